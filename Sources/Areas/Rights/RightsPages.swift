import Accounts
import Basics
import Cases
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Papers
import People
import Storage
import Web

/// The pages of one person: what she asked, what keeps her data, what is to be destroyed. `RightsListPages` has the
/// lists, `RightsPaperPages` what she takes away.
package struct RightsPages: Area {
  let rights: Rights
  /// Nil where no papers are made.
  let papers: Papers?
  /// The words for an act of any area.
  let words: @Sendable (_ act: String) -> Phrase

  package init(_ rights: Rights, papers: Papers?, words: @escaping @Sendable (_ act: String) -> Phrase?) {
    self.rights = rights
    self.papers = papers
    self.words = { words($0) ?? say("Another act") }
  }

  package var migrations: [Migration] { Rights.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Rights"), path: RightsPaths.list, icon: .lock, in: .persons, duty: .answerRights)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/rights/cases/:case", use: ofCase)
    routes.get("/rights/persons/:person", use: show)
    routes.post("/rights/persons/:person/requests", use: receive)
    routes.post("/rights/persons/:person/requests/:request", use: answer)
    routes.post("/rights/persons/:person/holds", use: keep)
    routes.post("/rights/persons/:person/holds/:hold", use: lift)
    routes.post("/rights/persons/:person/erasures", use: askErasure)
    RightsPaperPages(rights: rights, papers: papers, words: words).addRoutes(to: routes)
    RightsListPages(rights: rights).addRoutes(to: routes)
  }

  /// The words for the area's acts, and the tab on the page of a case.
  package static var section: CaseSection {
    CaseSection(
      words: RightsWords.phrase,
      tab: CaseTab(say("Rights on the data"), duty: .answerRights, path: RightsPaths.ofCase))
  }

  /// What stands on a person's page.
  package var personSection: PersonSection {
    { person, _, page in
      page.may(.answerRights) || page.may(.recordConsent) ? RightsTemplates.section(person, on: page) : .empty
    }
  }

  @Sendable func ofCase(_ request: Request, _ context: AppContext) async throws -> Response {
    .seeOther(RightsPaths.person(try await rights.person(of: context.id("case"), for: context.actor)))
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await show(context, RightsAttempt())
  }

  private func show(_ context: AppContext, _ attempt: RightsAttempt) async throws -> HTML {
    let opened = try await rights.open(context.id("person"), for: context.actor)
    return RightsTemplates.show(opened, attempt, term: rights.daysToAnswer, on: try context.page)
  }

  @Sendable func receive(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .answerRights, .request, renewed: true) { person, page in
      try await rights.receive(
        RightsForm.request(context.typed, of: person, today: page.today), by: context.actor)
    }
  }

  @Sendable func answer(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<RightsRequest> = try context.id("request")
    return try await act(context, .answerRights, .answer(id)) { person, page in
      try await rights.answer(
        id, of: person, RightsForm.answer(context.typed, today: page.today), by: context.actor)
    }
  }

  @Sendable func keep(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .answerRights, .hold, renewed: true) { person, page in
      try await rights.keep(RightsForm.hold(context.typed, today: page.today), of: person, by: context.actor)
    }
  }

  @Sendable func lift(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<RightsHold> = try context.id("hold")
    return try await act(context, .decideErasure, .hold) { person, _ in
      try await rights.lift(id, of: person, by: context.actor)
    }
  }

  @Sendable func askErasure(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .answerRights, .erasure, renewed: true) { person, _ in
      let form = try RightsForm.erasure(context.typed)
      try await rights.ask(form.id, of: person, on: form.ground, because: form.reason, by: context.actor)
    }
  }

  private func act(
    _ context: AppContext, _ duty: Duty, _ form: RightsAttempt.Form, renewed: Bool = false,
    _ body: (PersonID, Page) async throws -> Void
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(duty)
    let person: PersonID = try context.id("person")
    do {
      try await body(person, page)
      return .seeOther(RightsPaths.person(person), .saved)
    } catch Refusal.invalid(let errors) {
      let typed = renewed ? context.typed.renewed : context.typed
      return try await show(context, RightsAttempt(form: form, typed: typed, errors: errors))
        .response(.unprocessableContent)
    }
  }
}

/// Links into the area.
package enum RightsPaths {
  package static let list = "/rights"
  package static let due = "/rights/due"
  package static let erasures = "/rights/erasures"
  package static let rules = "/rights/rules"
  static func list(after cursor: RightsCursor) -> String { "\(list)?after=\(Page.queryEscaped(cursor.text))" }
  static func erasures(after cursor: RightsCursor) -> String {
    "\(erasures)?after=\(Page.queryEscaped(cursor.text))"
  }
  static func due(_ category: RetentionRule.Category, after cursor: RightsCursor? = nil) -> String {
    "\(due)?category=\(category.rawValue)" + (cursor.map { "&after=\(Page.queryEscaped($0.text))" } ?? "")
  }
  static func end(_ rule: RecordID<RetentionRule>) -> String { "\(rules)/\(rule)" }
  static func erasure(_ id: RecordID<Erasure>) -> String { "\(erasures)/\(id)" }
  static func erase(_ id: RecordID<Erasure>) -> String { "\(erasures)/\(id)/destruction" }
  static func decline(_ id: RecordID<Erasure>) -> String { "\(erasures)/\(id)/refusal" }
  package static func ofCase(_ id: RecordID<CaseFile>) -> String { "/rights/cases/\(id)" }
  package static func person(_ id: PersonID) -> String { "/rights/persons/\(id)" }
  static func requests(_ id: PersonID) -> String { "\(person(id))/requests" }
  static func answer(_ id: RecordID<RightsRequest>, of person: PersonID) -> String {
    "\(requests(person))/\(id)"
  }
  static func holds(_ id: PersonID) -> String { "\(person(id))/holds" }
  static func lift(_ id: RecordID<RightsHold>, of person: PersonID) -> String { "\(holds(person))/\(id)" }
  static func erasures(of id: PersonID) -> String { "\(person(id))/erasures" }
  static func copy(_ id: PersonID, _ form: PersonCopy.Form, _ language: Language) -> String {
    "\(person(id))/copy.\(form.rawValue)?language=\(language.rawValue)"
  }
  static func seen(_ id: PersonID, after cursor: JournalCursor? = nil) -> String {
    "\(person(id))/seen" + (cursor.map { "?after=\(Page.queryEscaped($0.text))" } ?? "")
  }
  static func seenPaper(_ id: PersonID, _ language: Language) -> String {
    "\(person(id))/seen.pdf?language=\(language.rawValue)"
  }
  package static func consent(_ id: PersonID, _ language: Language) -> String {
    "\(person(id))/consent?language=\(language.rawValue)"
  }
  static func consentPaper(_ id: PersonID, _ language: Language) -> String {
    "\(person(id))/consent.pdf?language=\(language.rawValue)"
  }
  /// - Parameter back: the page where the consent was withdrawn.
  package static func sharing(_ id: PersonID, _ purpose: Consent.Purpose, back: String) -> String {
    "\(person(id))/sharing?purpose=\(purpose.rawValue)&to=\(Page.queryEscaped(back))"
  }
}
