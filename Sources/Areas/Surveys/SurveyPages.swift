import Accounts
import Basics
import Cases
import Hummingbird
import Pages
import Papers
import Storage
import Web

/// The pages of the area: the surveys of a case, one of them, and its forms.
package struct SurveyPages: Area {
  let surveys: Surveys
  let accounts: Accounts
  /// Nil where no papers are made.
  let papers: Papers?

  package init(_ surveys: Surveys, accounts: Accounts, papers: Papers?) {
    self.surveys = surveys
    self.accounts = accounts
    self.papers = papers
  }

  package var migrations: [Migration] { Surveys.migrations }

  package func addRoutes(to routes: Routes) {
    routes.get("/surveys/:case", use: list)
    routes.get("/surveys/:case/new", use: editNew)
    routes.post("/surveys/:case", use: begin)
    routes.get("/surveys/:case/:survey", use: show)
    routes.get("/surveys/:case/:survey/answers", use: edit)
    routes.post("/surveys/:case/:survey/answers", use: change)
    routes.post("/surveys/:case/:survey/conclusion", use: conclude)
    routes.get("/surveys/:case/:survey/correction", use: editConcluded)
    routes.post("/surveys/:case/:survey/correction", use: correct)
    SurveyPaperPages(surveys: surveys, papers: papers).addRoutes(to: routes)
  }

  /// The tab on the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: SurveyWords.phrase,
      isKnown: { entry, actor in
        guard entry.act.hasPrefix("survey.") else { return true }
        return actor.may(entry.act == "survey.health" ? .readHealthSection : .readSocialSection)
      },
      tab: CaseTab(say("Social survey"), duty: .readSocialSection, path: SurveyPaths.list))
  }

  /// On the home page of Promotion sociale's counsellors: whose situation they have not written down yet.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      guard actor.may(.writeSocialSection) else { return .empty }
      return CaseListTemplates.unwritten(
        try await surveys.unwritten(for: actor), page("Without a social survey"), id: "without-survey",
        on: page)
    }
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (opened, found) = try await surveys.open(context.id("case"), for: context.actor)
    return SurveyTemplates.list(found.surveys, opened.file, on: try context.page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await surveys.open(
      context.id("survey"), edition: Int(request.query("edition")), in: context.id("case"),
      for: context.actor)
    let names = try await accounts.names(
      of: [found.survey.begunBy] + found.survey.editions.map(\.concludedBy))
    return SurveyTemplates.show(found, names, on: try context.page)
  }

  @Sendable func editNew(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await newForm(context, SurveyAttempt(Typed()))
  }

  private func newForm(_ context: AppContext, _ attempt: SurveyAttempt) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.writeSocialSection)
    let (opened, found) = try await surveys.open(context.id("case"), for: actor)
    return SurveyFormTemplates.new(opened.file, found.household, attempt, on: try context.page)
  }

  @Sendable func begin(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, shown: newForm) { file, actor, today in
      let form = try SurveyForm.checked(
        context.typed, today: today, mayHealth: actor.may(.writeHealthSection))
      let id = RecordID<Survey>(context.typed["once"]) ?? RecordID()
      try await surveys.begin(id, form.answers, in: file, by: actor)
      return SurveyPaths.show(file, id)
    }
  }

  /// A survey that is concluded is read, not changed.
  @Sendable func edit(_ request: Request, _ context: AppContext) async throws -> Response {
    try await form(context, isCorrection: false)
  }

  @Sendable func editConcluded(_ request: Request, _ context: AppContext) async throws -> Response {
    try await form(context, isCorrection: true)
  }

  private func form(_ context: AppContext, isCorrection: Bool) async throws -> Response {
    let found = try await writable(context)
    guard found.survey.isConcluded == isCorrection else {
      return .seeOther(SurveyPaths.show(found.opened.file.id, found.survey.id))
    }
    let attempt = SurveyAttempt(SurveyForm.typed(found.survey.answers))
    return SurveyFormTemplates.edit(found, isCorrection, attempt, on: try context.page).response()
  }

  private func writable(_ context: AppContext) async throws -> OpenedSurvey {
    let actor = try context.actor
    try actor.must(.writeSocialSection)
    return try await surveys.open(context.id("survey"), in: context.id("case"), for: actor)
  }

  @Sendable func change(_ request: Request, _ context: AppContext) async throws -> Response {
    let survey: RecordID<Survey> = try context.id("survey")
    return try await act(context, shown: { try await again($0, $1, isCorrection: false) }) {
      file, actor, today in
      let form = try SurveyForm.checked(
        context.typed, today: today, mayHealth: actor.may(.writeHealthSection))
      try await surveys.change(survey, to: form.answers, from: form.versions, in: file, by: actor)
      return SurveyPaths.show(file, survey)
    }
  }

  @Sendable func correct(_ request: Request, _ context: AppContext) async throws -> Response {
    let survey: RecordID<Survey> = try context.id("survey")
    return try await act(context, shown: { try await again($0, $1, isCorrection: true) }) {
      file, actor, today in
      let form = try SurveyForm.correction(
        context.typed, today: today, mayHealth: actor.may(.writeHealthSection))
      let edition = RecordID<Survey.Edition>(context.typed["once"]) ?? RecordID()
      try await surveys.correct(
        survey, to: form.answers, because: form.reason, as: edition, from: form.versions, in: file,
        by: actor)
      return SurveyPaths.show(file, survey)
    }
  }

  @Sendable func conclude(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.writeSocialSection)
    let (file, survey): (RecordID<CaseFile>, RecordID<Survey>) = (
      try context.id("case"), try context.id("survey")
    )
    let edition = RecordID<Survey.Edition>(context.typed["once"]) ?? RecordID()
    try await surveys.conclude(
      survey, as: edition, from: SurveyForm.versions(context.typed), in: file, by: actor)
    return .seeOther(SurveyPaths.show(file, survey), .saved)
  }

  private func again(_ context: AppContext, _ attempt: SurveyAttempt, isCorrection: Bool) async throws -> HTML
  {
    SurveyFormTemplates.edit(
      try await writable(context), isCorrection, attempt, on: try context.page)
  }

  /// Does it and shows the survey; what was typed wrongly comes back, and what two changed is shown from both.
  private func act(
    _ context: AppContext, shown: (AppContext, SurveyAttempt) async throws -> HTML,
    _ body: (RecordID<CaseFile>, Actor, Day) async throws -> String
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.writeSocialSection)
    do {
      return .seeOther(try await body(context.id("case"), actor, page.today), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, SurveyAttempt(context.typed.renewed, errors))
        .response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let errors = try await context.told(conflicts) { SurveyWords.shown($0, $1, page.reader) }
      var typed = SurveyForm.typed(draft)
      typed["reason"] = context.typed["reason"]
      return try await shown(context, SurveyAttempt(typed, errors, isNewest: true)).response(.conflict)
    }
  }
}

/// What somebody typed into a form of the area, and what was wrong with it.
struct SurveyAttempt: Sendable {
  let typed: Typed
  let errors: [FieldError]
  /// Typed on top of what is stored now.
  let isNewest: Bool

  init(_ typed: Typed, _ errors: [FieldError] = [], isNewest: Bool = false) {
    self.typed = typed
    self.errors = errors
    self.isNewest = isNewest
  }
}

/// Links into the area.
package enum SurveyPaths {
  package static func list(_ file: RecordID<CaseFile>) -> String { "/surveys/\(file)" }
  static func new(_ file: RecordID<CaseFile>) -> String { "\(list(file))/new" }
  static func show(_ file: RecordID<CaseFile>, _ id: RecordID<Survey>) -> String { "\(list(file))/\(id)" }
  static func edition(_ file: RecordID<CaseFile>, _ id: RecordID<Survey>, _ number: Int) -> String {
    "\(show(file, id))?edition=\(number)"
  }
  static func answers(_ file: RecordID<CaseFile>, _ id: RecordID<Survey>) -> String {
    "\(show(file, id))/answers"
  }
  static func conclusion(_ file: RecordID<CaseFile>, _ id: RecordID<Survey>) -> String {
    "\(show(file, id))/conclusion"
  }
  static func correction(_ file: RecordID<CaseFile>, _ id: RecordID<Survey>) -> String {
    "\(show(file, id))/correction"
  }
  /// - Parameters:
  ///   - edition: an older one; nil for what holds now.
  ///   - isWhole: with what is left off the copy that leaves the office.
  static func pdf(
    _ file: RecordID<CaseFile>, _ id: RecordID<Survey>, edition: Int?, _ language: Language, isWhole: Bool
  ) -> String {
    let query = [
      "language=\(language.rawValue)", isWhole ? "copy=office" : nil, edition.map { "edition=\($0)" },
    ]
    return "\(show(file, id))/survey.pdf?\(query.compactMap(\.self).joined(separator: "&"))"
  }
}
