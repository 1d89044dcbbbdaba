import Basics
import Cases
import Foundation
import Pages
import People

/// What was typed wrongly, and in which form.
struct RightsAttempt {
  enum Form: Equatable {
    case request, hold, erasure, rule
    case answer(RecordID<RightsRequest>)
    case end(RecordID<RetentionRule>)
  }

  var form: Form?
  var typed = Typed()
  var errors: [FieldError] = []

  /// What belongs to one form; nothing where another was sent.
  func of(_ form: Form) -> (typed: Typed, errors: [FieldError], isTried: Bool) {
    self.form == form ? (typed, errors, true) : (Typed(), [], false)
  }
}

/// The page of one person's rights. Values in, markup out.
enum RightsTemplates {
  /// On a person's page.
  static func section(_ person: PersonID, on page: Page) -> HTML {
    let rights: HTML =
      page.may(.answerRights)
      ? page.button(page("Rights on the data"), to: RightsPaths.person(person), icon: .lock, weight: .quiet)
      : .empty
    let forms = Language.allCases.map { language -> HTML in
      "<li><a href=\"\(RightsPaths.consent(person, language))\" hreflang=\"\(language.rawValue)\"><bdi lang=\"\(language.rawValue)\">\(language.ownName)</bdi></a></li>"
    }
    let consent: HTML =
      page.may(.recordConsent)
      ? "<p>\(page("The form of consent, to be read aloud or printed:"))</p><ul>\(forms)</ul>" : .empty
    return page.section(page("Rights on the data"), id: "rights", rights + consent)
  }

  static func show(_ opened: OpenedRights, _ attempt: RightsAttempt, term: Int?, on page: Page) -> HTML {
    guard let known = opened.known else { return erased(opened, on: page) }
    let person = opened.person
    let label = known.person.label.text(for: page.reader)
    let back: HTML = "<a href=\"\(PersonPaths.show(person))\">\(page("Back to the person"))</a>"
    let cases = opened.cases.map { line -> HTML in
      " · <a href=\"\(CasePaths.show(line.id))\">\(page.bdi(line.number))</a>"
    }
    return page.layout(
      "\(page("Rights on the data")) · \(label)",
      """
      \(page.title(page("Rights on the data"), under: "<p><bdi>\(label)</bdi>\(cases) · \(back)</p>"))
      \(requests(opened, attempt, term, on: page))
      \(copies(person, on: page))
      \(RightsSharedTemplates.section(person, opened.shared, on: page))
      \(holds(opened, attempt, on: page))
      \(erasure(opened, attempt, on: page))
      """)
  }

  /// Of an erased person only what the record says.
  private static func erased(_ opened: OpenedRights, on page: Page) -> HTML {
    let records = opened.erasures.filter { $0.state == .erased }.map { erasure -> HTML in
      "<li><a href=\"\(RightsPaths.erasure(erasure.id))\">\(page.bdi(erasure.number ?? "—"))</a></li>"
    }
    let day = opened.erasure.map { page.day($0.on) } ?? .empty
    return page.layout(
      page("Erased"),
      """
      \(page.title(page("Erased"), under: "<p>\(page("Erased on")) \(day)</p>"))
      \(page.section(page("Record of the destruction"), "<ul>\(records)</ul>"))
      """)
  }

  private static func requests(_ opened: OpenedRights, _ attempt: RightsAttempt, _ term: Int?, on page: Page)
    -> HTML
  {
    let items = opened.requests.map { request -> HTML in
      """
      <li><p><strong>\(page(request.kind.label))</strong> \(state(request, term, on: page))</p>
      <p class="faint">\(page("received on \(request.receivedOn)")) · \(page(request.asker.label)) · \(page(request.proof.label))</p>\
      \(request.words.map { page.prose($0) })\(answered(request, opened.person, attempt, on: page))</li>
      """
    }
    let list: HTML =
      items.isEmpty
      ? page.emptyState(page("Nothing was asked about these data."))
      : "<ul class=\"records\">\(items)</ul>"
    let mine = attempt.of(.request)
    let fields = FormFields(page, typed: mine.typed, errors: mine.errors)
    let form = page.form(
      RightsPaths.requests(opened.person), submit: page("Record the request"), errors: mine.errors,
      """
      \(page.once(mine.typed))
      \(fields.radios("kind", page("What is asked"), options: choices(RightsRequest.Kind.allCases, \.label, page), required: true))
      \(fields.radios("asked-by", page("Who asks"), options: choices(RightsRequest.Asker.allCases, \.label, page), required: true))
      \(fields.radios("proof", page("How the identity was checked"), options: choices(RightsRequest.Proof.allCases, \.label, page), required: true))
      \(fields.paragraph("words", page("In words"), rows: 2))
      \(fields.text("received-on", page("Received on"), hint: page("Leave empty for today."), kind: .date))
      """)
    return page.section(
      page("Requests about the data"), id: "requests",
      list + page.disclosure(page("Record a request"), icon: .plus, isOpen: mine.isTried, form))
  }

  static func state(_ request: RightsRequest, _ term: Int?, on page: Page) -> HTML {
    if let answer = request.answer { return page.badge(page(answer.outcome.label), .good, icon: .done) }
    if let late = RightsRules.daysLate(request, on: page.today, term: term) {
      return page.badge(
        page(late, one: "one day over the term", many: "\(late) days over the term"), .attention, icon: .late)
    }
    return page.badge(page("waits for an answer"), .info)
  }

  private static func answered(
    _ request: RightsRequest, _ person: PersonID, _ attempt: RightsAttempt, on page: Page
  ) -> HTML {
    if let answer = request.answer {
      return "<p class=\"faint\">\(page("answered on \(answer.on)"))</p>\(page.prose(answer.words))"
    }
    let mine = attempt.of(.answer(request.id))
    let fields = FormFields(page, typed: mine.typed, errors: mine.errors, about: request.id.text)
    let form = page.form(
      RightsPaths.answer(request.id, of: person), submit: page("Record the answer"), errors: mine.errors,
      about: request.id.text,
      """
      \(fields.radios("outcome", page("Outcome"), options: choices(RightsRequest.Outcome.allCases, \.label, page), required: true))
      \(fields.paragraph("answer", page("What was answered"), required: true, rows: 2))
      \(fields.text("answered-on", page("Answered on"), hint: page("Leave empty for today."), kind: .date))
      """)
    return page.disclosure(page("Answer"), icon: .done, isOpen: mine.isTried, form)
  }

  private static func copies(_ person: PersonID, on page: Page) -> HTML {
    func links(_ path: (Language) -> String) -> HTML {
      """
      <a href="\(path(.french))" download>\(page("PDF in French"))</a> · \
      <a href="\(path(.arabic))" download>\(page("PDF in Arabic"))</a>
      """
    }
    let language = page.reader.language
    return page.section(
      page("What the person takes away"), id: "copy",
      """
      <h3>\(page("A copy of the data"))</h3>
      <p>\(page("It holds every section, also those that you do not read on the screen. Hand it over closed."))</p>
      <p>\(links { RightsPaths.copy(person, .pdf, $0) }) · <a href="\(RightsPaths.copy(person, .json, language))" download>JSON</a></p>
      <h3>\(page("Who saw the data"))</h3>
      <p><a href="\(RightsPaths.seen(person))">\(page("Show"))</a> · \(links { RightsPaths.seenPaper(person, $0) })</p>
      <h3>\(page("The form of consent"))</h3>
      <p><a href="\(RightsPaths.consent(person, language))">\(page("Show"))</a> · \(links { RightsPaths.consentPaper(person, $0) })</p>
      """)
  }

  private static func holds(_ opened: OpenedRights, _ attempt: RightsAttempt, on page: Page) -> HTML {
    let items = opened.holds.map { hold -> HTML in
      let until: HTML = hold.until.map { "\(page("until \($0)"))" } ?? "\(page("until it is lifted"))"
      let state =
        hold.isInForce(on: page.today) ? page.badge(page("in force"), .attention) : page.badge(page("over"))
      let lift: HTML =
        hold.isInForce(on: page.today) && page.may(.decideErasure)
        ? page.form(RightsPaths.lift(hold.id, of: opened.person), submit: page("Lift"), weight: .quiet)
        : .empty
      return
        "<li><p><strong>\(page(hold.kind.label))</strong> \(state) <span class=\"faint\">\(until)</span></p>\(page.prose(hold.reason))\(lift)</li>"
    }
    let list: HTML =
      items.isEmpty
      ? "<p class=\"faint\">\(page("Nothing keeps these data beyond their term."))</p>"
      : "<ul class=\"records\">\(items)</ul>"
    let mine = attempt.of(.hold)
    let fields = FormFields(page, typed: mine.typed, errors: mine.errors)
    let form = page.form(
      RightsPaths.holds(opened.person), submit: page("Keep the data"), errors: mine.errors,
      """
      \(page.once(mine.typed))
      \(fields.radios("hold-kind", page("What keeps them"), options: choices(RightsHold.Kind.allCases, \.label, page), required: true))
      \(fields.text("until", page("Until"), kind: .date))
      \(fields.paragraph("why-kept", page("Why"), required: true, rows: 2))
      """)
    return page.section(
      page("What keeps the data longer"), id: "holds",
      list + page.disclosure(page("Keep the data"), icon: .lock, isOpen: mine.isTried, form))
  }

  private static func erasure(_ opened: OpenedRights, _ attempt: RightsAttempt, on page: Page) -> HTML {
    let items = opened.erasures.map { erasure -> HTML in
      "<li><a href=\"\(RightsPaths.erasure(erasure.id))\">\(page(erasure.ground.label))</a> \(page.badge(page(erasure.state.label), erasure.state.tone)) <span class=\"faint\">\(page.time(erasure.askedAt))</span></li>"
    }
    let list: HTML = items.isEmpty ? .empty : "<ul>\(items)</ul>"
    if !opened.obstacles.isEmpty {
      let why = opened.obstacles.map { "<li>\(page($0))</li>" as HTML }
      return page.section(
        page("Destruction of the data"), id: "erasure",
        list + "<p>\(page("They cannot be destroyed now:"))</p><ul>\(why)</ul>")
    }
    guard !opened.erasures.contains(where: { $0.state == .asked }) else {
      return page.section(page("Destruction of the data"), id: "erasure", list)
    }
    let mine = attempt.of(.erasure)
    let fields = FormFields(page, typed: mine.typed, errors: mine.errors)
    let form = page.form(
      RightsPaths.erasures(of: opened.person), submit: page("Ask for the destruction"), errors: mine.errors,
      weight: .secondary,
      """
      \(page.once(mine.typed))
      \(fields.radios("ground", page("Ground"), options: choices(Erasure.Ground.allCases, \.label, page), required: true))
      \(fields.paragraph("why-erase", page("Why"), hint: page("It is destroyed with the data."), required: true, rows: 2))
      """)
    return page.section(
      page("Destruction of the data"), id: "erasure",
      """
      \(list)<p>\(page("A second person decides. Then nobody can read these data any more, and nothing brings them back; the counts stay."))</p>
      \(page.disclosure(page("Ask for the destruction"), icon: .stop, isOpen: mine.isTried, form))
      """)
  }

  static func choices<Value: RawRepresentable<String>>(
    _ values: [Value], _ label: (Value) -> Phrase, _ page: Page
  ) -> [Choice] {
    values.map { Choice($0.rawValue, page(label($0))) }
  }
}
