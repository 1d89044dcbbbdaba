import Accounts
import Basics
import Cases
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@testable import Server

@Suite struct `Every field of every form` {
  @Test(arguments: TestDatabase.engines)
  func `keeps hostile text as text, or refuses it by name`(engine: Database.Engine) async throws {
    try await Premises.with(engine) { premises in
      let counsellor = try await premises.hire(.counsellor, "aline")
      var trial = Trial(premises, counsellor, try await Story.tell(premises, by: counsellor))
      let found = try await trial.findForms()
      // Behind a link that is open in one browser alone: the tests of referrals are there.
      let elsewhere: Set = ["/answers/:token/:act"]
      let unreached = Set(premises.routes.filter { $0.method == .post }.map(\.path)).subtracting(
        found.map(\.route.path)
      ).subtracting(elsewhere)
      #expect(unreached.isEmpty, "no page holds a form for \(unreached)")

      try await trial.keep()
      for form in found { try await trial.tryAll(form) }
      #expect(trial.wrong.isEmpty, "\(trial.wrong.joined(separator: "\n"))")
      let shown: Set = [
        "given-latin", "family-latin", "given-arabic", "family-arabic", "safe-way", "address", "delegation",
        "languages", "programme", "programme-reference", "details", "how", "text", "reason", "goal", "action",
        "who", "signed-by", "why-abandoned", "payer", "seen", "next-step", "q",
        "name", "sign-in-name",
      ]
      #expect(trial.shownAsText.isSuperset(of: shown), "\(shown.subtracting(trial.shownAsText))")
      #expect(trial.count > 1_500)

      let report = try await premises.audit()
      #expect(report.isSound, "\(report.findings)")
    }
  }
}

/// A form on a page of the story, for one who may send it.
private struct FoundForm {
  let visitor: Visitor
  /// The page that holds it: a route, and which of its paths.
  let page: Routes.Route
  let variant: Int
  let route: Routes.Route
  var form: Form

  var shape: String { "\(route.path) \(form.fields.map(\.name).sorted())" }
}

private struct Trial {
  private let premises: Premises
  private let counsellor: Actor
  private let story: Story
  /// After the forms were found: what is sent takes things away that other forms are about.
  private var moment: Moment?
  private(set) var wrong: [String] = []
  private(set) var count = 0
  /// Fields whose hostile text was seen in a page, escaped.
  private(set) var shownAsText: Set<String> = []

  private var engine: Database.Engine { premises.installation.database.engine }

  private static let expected: Set<Int> = [200, 303, 400, 404, 409, 413, 422]

  init(_ premises: Premises, _ counsellor: Actor, _ story: Story) {
    self.premises = premises
    self.counsellor = counsellor
    self.story = story
  }

  /// One form of each shape, on all pages, of everyone.
  func findForms() async throws -> [FoundForm] {
    var found: [FoundForm] = []
    // Whoever has had a file in hand does not review it: one looks at reviews alone.
    let reviewer = try await premises.desk(of: try await premises.hire(.centre, "reviewer"))
    // Somebody of a service outside sees her desk alone.
    let service = try await premises.desk(of: try await premises.hire(.partner))
    try await Story.seat(story.open.referral, premises.installation)
    for visitor in [service, reviewer] + (try await visitors()) {
      let own = visitor === service ? "/desk" : visitor === reviewer ? "/reviews" : "/"
      for page in premises.routes.got where page.path.hasPrefix(own) {
        for (variant, path) in story.paths(of: page).enumerated() {
          for form in try await visitor.get(path).forms {
            let route = try #require(premises.routes.posted(form.action), "\(form.action)")
            let new = FoundForm(visitor: visitor, page: page, variant: variant, route: route, form: form)
            if !found.contains(where: { $0.shape == new.shape }) { found.append(new) }
          }
        }
      }
    }
    return found
  }

  /// Those who may do everything between them; the last has not signed in.
  private func visitors() async throws -> [Visitor] {
    var visitors: [Visitor] = []
    for role in [Role.antennaHead, .administrator, .socialCounsellor, .employmentCounsellor, .centre] {
      visitors.append(try await premises.desk(of: try await premises.hire(role)))
    }
    // Some forms are for the author of what stands there.
    visitors.append(try await premises.desk(of: counsellor))
    return visitors + [Visitor(premises.client)]
  }

  mutating func keep() async throws { moment = try await Moment.keep(premises.installation.database) }

  mutating func tryAll(_ found: FoundForm) async throws {
    var found = found
    // What was sent before may have decided what this form asks.
    if try await !renew(&found) { try await goBack(to: &found) }
    for field in Set(found.form.fields.map(\.name)).sorted() {
      for value in found.form.hostile(field, on: engine) { try await send(&found, field, value) }
    }
  }

  private mutating func send(
    _ found: inout FoundForm, _ field: String, _ value: Hostile.Value
  )
    async throws
  {
    var values = found.form.filled
    values[field] = nil
    let body = [Visitor.encoded(values), "\(field)=\(value.encoded)"].filter { !$0.isEmpty }.joined(
      separator: "&")
    let answer = try await found.visitor.post(found.form.action, encoded: body)
    count += 1
    let place = "\(found.route.path) \(field), \(value.name)"
    // Whoever is asked for a password is slowed down after some wrong ones.
    let asks = ["/sign-in", "/account/", "/answers/", "/times/"].contains(where: found.route.path.hasPrefix)
    let isSlowed = answer.status == 429 && asks
    let isOver =
      answer.status == 410 && ["/answers/", "/times/"].contains(where: found.route.path.hasPrefix)
    if !Self.expected.contains(answer.status), !isSlowed, !isOver {
      wrong.append("\(place): \(answer.status)")
    }
    if Hostile.isLoose(in: answer.text) { wrong.append("\(place): loose in the answer") }
    if answer.status == 422, !answer.text.contains("class=\"summary\"") {
      wrong.append("\(place): does not say what to mend")
    }
    if answer.status == 303 { try await follow(answer, &found, field, value, place) }
  }

  /// Looks at what was stored, and at the form as it stands now: some can be sent once only.
  private mutating func follow(
    _ answer: Visitor.Answer, _ found: inout FoundForm, _ field: String,
    _ value: Hostile.Value, _ place: String
  ) async throws {
    let location = answer.location ?? ""
    let isLocal = location.hasPrefix("/") && !location.hasPrefix("//") && !location.contains { $0.isNewline }
    if !isLocal { wrong.append("\(place): leads to \(location)") }
    let shown = try await found.visitor.get(location)
    if shown.status != 200 && shown.status != 303 { wrong.append("\(place): then \(shown.status)") }
    if Hostile.isLoose(in: shown.text) { wrong.append("\(place): loose in the page") }
    if value.name == "script", shown.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") {
      shownAsText.insert(field)
    }
    if try await !renew(&found, seen: shown) { try await goBack(to: &found) }
  }

  /// The form as it stood before anything was sent.
  private func goBack(to found: inout FoundForm) async throws {
    try await moment?.goBack(premises.installation.database)
    let isThere = try await renew(&found)
    try #require(isThere, "\(found.shape) is gone")
  }

  /// - Parameter seen: a page that was just opened, perhaps the one that holds the form.
  /// - Returns: false when the page no longer holds the form.
  @discardableResult
  private func renew(_ found: inout FoundForm, seen: Visitor.Answer? = nil) async throws -> Bool {
    let path = story.paths(of: found.page)[found.variant]
    let isThere = seen?.path.prefix { $0 != "?" && $0 != "#" } == path[...]
    let page = isThere ? seen : try await found.visitor.get(path)
    for form in page?.forms ?? [] {
      var now = found
      now.form = form
      if premises.routes.posted(form.action) == found.route, now.shape == found.shape {
        found = now
        return true
      }
    }
    return false
  }
}
