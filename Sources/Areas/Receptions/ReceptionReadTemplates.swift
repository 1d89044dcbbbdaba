import Antennas
import Basics
import Cases
import Pages
import People

/// What was told, read back before the file is opened, and in the case afterwards.
enum ReceptionReadTemplates {
  static func readBack(
    _ draft: ReceptionDraft, _ attempt: ReceptionAttempt, _ names: [AccountID: String],
    _ territory: Territory, on page: Page
  ) -> HTML {
    let isMine = draft.author == page.actor?.id
    let parts = ReceptionDraft.Step.allCases.map { step -> HTML in
      let facts = page.facts(facts(step, draft.fields, territory, on: page))
      let change: HTML =
        isMine ? page.button(page("Change"), to: ReceptionPaths.step(step, draft.id), weight: .quiet) : .empty
      return page.section(
        page(step.label), id: step.rawValue, actions: change,
        facts.isEmpty ? page.emptyState(page("Nothing was told here.")) : facts)
    }
    let title = page("Read back")
    return page.layout(
      "\(page("Reception")) · \(title)",
      """
      \(page.title(title, under: "<p>\(page.name(latin: Identity(draft.fields).latinName, arabic: Identity(draft.fields).arabicName)) · \(page("Begun by \(names[draft.author] ?? "—")")) · \(page.time(draft.begunAt))</p>"))
      \(isMine ? ReceptionStepTemplates.steps(nil, draft, on: page) : .empty)\(parts)
      \(isMine ? acts(draft, attempt, on: page) : takeover(draft, on: page))
      <p><a href="\(ReceptionPaths.list)">\(page("Receptions begun"))</a></p>
      """)
  }

  private static func acts(_ draft: ReceptionDraft, _ attempt: ReceptionAttempt, on page: Page) -> HTML {
    let isDiscarding = attempt.errors.contains { $0.field == "discarding" }
    let fields = FormFields(
      page, typed: attempt.typed, errors: isDiscarding ? attempt.errors : [])
    let missing = ReceptionRules.missing(in: draft)
    let hint: HTML =
      missing.isEmpty || !attempt.errors.isEmpty
      ? .empty : page.alert(.attention, "\(missing.map { "<p>\(page($0.message))</p>" as HTML })")
    let errors = isDiscarding ? [] : attempt.errors
    let places = errors.map { error -> HTML in
      "<p id=\"f-\(error.field)\"><a href=\"\(ReceptionPaths.step(step(of: error.field), draft.id))\">\(page(step(of: error.field).label))</a></p>"
    }
    return """
      \(page.section(page("Open the file"), id: "opening", "\(hint)\(places)\(page.form(ReceptionPaths.opening(draft.id), submit: page("Open the file"), errors: errors, "\(attempt.warning)<p>\(page("Read everything back to the person first."))</p>"))"))
      \(page.section(page("Not to be gone on with"), id: "discarding", page.form(ReceptionPaths.discarding(draft.id), submit: page("Discard"), errors: isDiscarding ? attempt.errors : [], weight: .secondary, fields.radios("discarding", page("Why"), options: ReceptionDraft.Discarding.allCases.map { Choice($0.rawValue, page($0.label)) }, hint: page("Everything that was told is destroyed."), required: true))))
      """
  }

  private static func step(of field: String) -> ReceptionDraft.Step {
    ReceptionDraft.Step.allCases.first { $0.names.contains(field) } ?? .who
  }

  private static func takeover(_ draft: ReceptionDraft, on page: Page) -> HTML {
    page.section(
      page("A colleague’s reception"), id: "takeover",
      page.form(
        ReceptionPaths.takeover(draft.id), submit: page("Take it over"), weight: .secondary,
        "<p>\(page("It is yours then, and your colleague’s no more."))</p>"))
  }

  /// The page of a case that tells what was said at the reception.
  static func told(_ told: Fields?, _ file: CaseFile, on page: Page) -> HTML {
    let title = page("Reception")
    let steps: [ReceptionDraft.Step] = [.consent, .returning, .household, .wishes]
    let parts = steps.map { step -> HTML in
      let facts = page.facts(own(step, told ?? Fields(), on: page))
      return facts.isEmpty ? .empty : page.section(page(step.label), id: step.rawValue, facts)
    }
    let body: HTML =
      parts.allSatisfy(\.isEmpty)
      ? page.emptyState(page("Nothing more was asked at the reception.")) : "\(parts)"
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(page.title(title, under: "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"))
      \(body)
      """)
  }

  private typealias Facts = [(label: String, value: HTML?)]

  private static func facts(
    _ step: ReceptionDraft.Step, _ fields: Fields, _ territory: Territory, on page: Page
  ) -> Facts {
    switch step {
    case .who:
      let channel = fields["channel"].flatMap { CaseFile.Channel(rawValue: $0) }
      return [(page("First contact"), channel.map { "\(page($0.label))" })]
        + Identity.Field.allCases.map { field in
          (
            page(field.label),
            fields[field.rawValue].map {
              text(PersonTemplates.shown(field.rawValue, $0, territory, on: page))
            }
          )
        }
    case .consent:
      let way = fields["consent-way"].flatMap { Consent.Way(rawValue: $0) }
      return own(step, fields, on: page) + [(page("How it was given"), way.map { "\(page($0.label))" })]
    case .returning:
      return ReturnFacts.Field.allCases.map { field in
        (page(field.label), fields[field.rawValue].map { text(returned(field, $0, territory, on: page)) })
      } + own(step, fields, on: page)
    case .household, .wishes: return own(step, fields, on: page)
    case .needs:
      return ReceptionStepForm.needs(in: fields, on: page.today).map { need in
        let words = [page(need.urgency.label), need.details, need.whatWasDone].compactMap { $0 }
        return (page(need.kind.label), text(words.joined(separator: " · ")))
      }
    }
  }

  /// The questions that are no other room's. A sign that nobody asked about is said to be so where others were asked.
  private static func own(_ step: ReceptionDraft.Step, _ fields: Fields, on page: Page) -> Facts {
    let wasAsked = fields.values.keys.contains { $0.hasPrefix("sign-") }
    return step.questions.map { question in
      let unasked = question.name.hasPrefix("sign-") && wasAsked ? "not-asked" : nil
      return (
        page(question.label),
        (fields[question.name] ?? unasked).map { text(ReceptionWords.shown(question, $0, on: page)) }
      )
    }
  }

  private static func text(_ value: String) -> HTML { "<span dir=\"auto\">\(value)</span>" }

  /// An answer to any question of any step, as the reader knows it.
  static func shown(_ field: String, _ value: String, _ territory: Territory, on page: Page) -> String {
    if Identity.Field(rawValue: field) != nil {
      return PersonTemplates.shown(field, value, territory, on: page)
    }
    if let known = ReturnFacts.Field(rawValue: field) {
      return returned(known, value, territory, on: page)
    }
    let questions = ReceptionDraft.Step.allCases.flatMap(\.questions)
    if let question = questions.first(where: { $0.name == field }) {
      return ReceptionWords.shown(question, value, on: page)
    }
    return ReceptionWords.shown(field, value, on: page)
  }

  private static func returned(
    _ field: ReturnFacts.Field, _ value: String, _ territory: Territory, on page: Page
  ) -> String {
    switch field {
    case .country, .transit:
      territory.countries.first { $0.id.rawValue == value }?.name.text(in: page.reader.language) ?? value
    case .returnedOn, .leftOn: Day(value).map { page.reader.date($0) } ?? value
    case .kind: ReturnFacts.Kind(rawValue: value).map { page($0.label) } ?? value
    default: value
    }
  }
}
