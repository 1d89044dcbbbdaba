import Accounts
import Basics
import Cases
import Hummingbird
import Pages
import Papers
import Storage
import Web

/// The pages of a case's assessments: the list, one of them, its forms, and how it went over time.
package struct AssessmentPages: Area {
  let assessments: Assessments
  let accounts: Accounts
  let instruments: InstrumentPages

  package init(_ assessments: Assessments, accounts: Accounts, papers: Papers?) {
    self.assessments = assessments
    self.accounts = accounts
    instruments = InstrumentPages(assessments: assessments, papers: papers)
  }

  package var migrations: [Migration] { Assessments.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Questionnaires"), path: InstrumentPaths.list, icon: .note, in: .aids, duty: .keepInstruments)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/assessments/:case", use: list)
    routes.get("/assessments/:case/new", use: editNew)
    routes.post("/assessments/:case", use: begin)
    routes.get("/assessments/:case/trajectory", use: trajectory)
    routes.get("/assessments/:case/:assessment", use: show)
    routes.get("/assessments/:case/:assessment/answers", use: edit)
    routes.post("/assessments/:case/:assessment/answers", use: change)
    routes.post("/assessments/:case/:assessment/conclusion", use: conclude)
    routes.get("/assessments/:case/:assessment/correction", use: editConcluded)
    routes.post("/assessments/:case/:assessment/correction", use: correct)
    routes.post("/assessments/:case/:assessment/withdrawal", use: withdraw)
    instruments.addRoutes(to: routes)
  }

  /// The tab on the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: AssessmentWords.phrase,
      isKnown: { entry, actor in
        switch entry.record.kind {
        case "assessment_social": actor.may(.readSocialSection)
        case "assessment_employment": actor.may(.readEmploymentSection)
        case "assessment_health": actor.may(.readHealthSection)
        default: true
        }
      },
      tab: CaseTab(say("Assessments"), duty: .openFiles, path: AssessmentPaths.list))
  }

  /// On the home page: what one began to fill in and has not concluded.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      guard actor.may(.recordAssessments) else { return .empty }
      return AssessmentDraftTemplates.home(try await assessments.drafts(of: actor), on: page)
    }
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    AssessmentTemplates.list(
      try await assessments.open(context.id("case"), for: context.actor), on: try context.page)
  }

  @Sendable func trajectory(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await assessments.open(context.id("case"), for: context.actor)
    let code = request.query("instrument")
    let versions = found.instruments.values.filter { $0.instrument.code == code }
    guard let newest = versions.max(by: { $0.instrument.version < $1.instrument.version }) else {
      throw Refusal.notFound
    }
    let rows = found.assessments.filter {
      $0.instrument.code == code && $0.counts && $0.isConcluded && !found.isBlind($0.id)
    }
    return TrajectoryTemplates.show(
      Trajectory(rows, found.instruments), newest.instrument, found.opened.file, on: try context.page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await assessments.open(
      context.id("assessment"), edition: Int(request.query("edition")), in: context.id("case"),
      for: context.actor)
    let assessment = found.assessment
    let people =
      [assessment.begunBy] + assessment.editions.map(\.concludedBy)
      + [assessment.withdrawn?.by].compactMap(\.self)
    return AssessmentTemplates.show(found, try await accounts.names(of: people), on: try context.page)
  }

  @Sendable func editNew(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (file, second) = (RecordID<CaseFile>(context.parameters.get("case") ?? ""), request.query("second"))
    var typed = Typed()
    if let file, let first = RecordID<Assessment>(second) {
      let found = try await assessments.open(first, in: file, for: try context.actor)
      typed["wave"] = found.assessment.wave?.rawValue ?? ""
    }
    return try await newForm(
      context, InstrumentID(rawValue: request.query("instrument")), second: RecordID(second),
      AssessmentAttempt(typed))
  }

  private func newForm(
    _ context: AppContext, _ instrument: InstrumentID, second: RecordID<Assessment>?,
    _ attempt: AssessmentAttempt
  ) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.recordAssessments)
    let found = try await assessments.open(context.id("case"), for: actor)
    guard let kept = found.instruments[instrument], kept.forcedOn != nil else { throw Refusal.notFound }
    return AssessmentFormTemplates.new(
      kept, found.opened.file, second: second, attempt, on: try context.page)
  }

  @Sendable func begin(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.recordAssessments)
    guard !context.typed["instrument"].isEmpty else {
      let found = try await assessments.open(context.id("case"), for: context.actor)
      let errors = [FieldError("instrument", say("Choose a questionnaire."))]
      return AssessmentTemplates.list(found, errors, on: try context.page).response(.unprocessableContent)
    }
    let instrument = InstrumentID(rawValue: context.typed["instrument"])
    let second = RecordID<Assessment>(context.typed["second"])
    guard second != nil || context.typed["second"].isEmpty else { throw Refusal.notFound }
    let form: (AppContext, AssessmentAttempt) async throws -> HTML = {
      try await newForm($0, instrument, second: second, $1)
    }
    let kept = try await known(instrument, context)
    return try await act(context, kept.instrument, shown: form) { file, actor, today in
      let form = try AssessmentForm.checked(context.typed, kept.instrument, today: today)
      let id = RecordID<Assessment>(context.typed["once"]) ?? RecordID()
      try await assessments.begin(id, instrument, secondOf: second, form.fields, in: file, by: actor)
      return AssessmentPaths.show(file, id)
    }
  }

  private func known(_ id: InstrumentID, _ context: AppContext) async throws -> KeptInstrument {
    let actor = try context.actor
    try actor.must(.recordAssessments)
    let kept = try await assessments.instrument(id, for: actor)
    if let duty = kept.instrument.section.duty { try actor.must(duty) }
    return kept
  }

  /// What is concluded is read, not changed.
  @Sendable func edit(_ request: Request, _ context: AppContext) async throws -> Response {
    try await form(context, isCorrection: false)
  }

  @Sendable func editConcluded(_ request: Request, _ context: AppContext) async throws -> Response {
    try await form(context, isCorrection: true)
  }

  private func form(_ context: AppContext, isCorrection: Bool) async throws -> Response {
    let found = try await writable(context)
    let assessment = found.assessment
    guard assessment.isConcluded == isCorrection, assessment.withdrawn == nil, !found.isBlind else {
      return .seeOther(AssessmentPaths.show(found.opened.file.id, assessment.id))
    }
    let attempt = AssessmentAttempt(AssessmentForm.typed(assessment.fields, found.kept.instrument))
    return AssessmentFormTemplates.edit(found, isCorrection, attempt, on: try context.page).response()
  }

  private func writable(_ context: AppContext) async throws -> OpenedAssessment {
    let actor = try context.actor
    try actor.must(.recordAssessments)
    return try await assessments.open(context.id("assessment"), in: context.id("case"), for: actor)
  }

  @Sendable func change(_ request: Request, _ context: AppContext) async throws -> Response {
    let found = try await writable(context)
    let (id, instrument) = (found.assessment.id, found.kept.instrument)
    return try await act(context, instrument, shown: { try await again($0, $1, isCorrection: false) }) {
      file, actor, today in
      let form = try AssessmentForm.checked(context.typed, instrument, today: today)
      try await assessments.change(id, to: form.fields, from: form.version, in: file, by: actor)
      return AssessmentPaths.show(file, id)
    }
  }

  @Sendable func correct(_ request: Request, _ context: AppContext) async throws -> Response {
    let found = try await writable(context)
    let (id, instrument) = (found.assessment.id, found.kept.instrument)
    return try await act(context, instrument, shown: { try await again($0, $1, isCorrection: true) }) {
      file, actor, today in
      let form = try AssessmentForm.correction(context.typed, instrument, today: today)
      let edition = RecordID<Assessment.Edition>(context.typed["once"]) ?? RecordID()
      try await assessments.correct(
        id, to: form.fields, because: form.reason, as: edition, from: form.version, in: file, by: actor)
      return AssessmentPaths.show(file, id)
    }
  }

  @Sendable func conclude(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.recordAssessments)
    let (file, id): (RecordID<CaseFile>, RecordID<Assessment>) = (
      try context.id("case"), try context.id("assessment")
    )
    let edition = RecordID<Assessment.Edition>(context.typed["once"]) ?? RecordID()
    try await assessments.conclude(
      id, as: edition, from: Int(context.typed["version"]) ?? 0, in: file, by: actor)
    return .seeOther(AssessmentPaths.show(file, id), .saved)
  }

  @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    let found = try await writable(context)
    let (file, id) = (found.opened.file.id, found.assessment.id)
    do {
      try await assessments.withdraw(
        id, because: AssessmentForm.reason(context.typed), in: file, by: context.actor)
      return .seeOther(AssessmentPaths.show(file, id), .saved)
    } catch Refusal.invalid(let errors) {
      let attempt = AssessmentAttempt(context.typed, errors)
      let names = try await accounts.names(of: [found.assessment.begunBy])
      return AssessmentTemplates.show(found, names, withdrawal: attempt, on: try context.page)
        .response(.unprocessableContent)
    }
  }

  private func again(
    _ context: AppContext, _ attempt: AssessmentAttempt, isCorrection: Bool
  ) async throws -> HTML {
    AssessmentFormTemplates.edit(
      try await writable(context), isCorrection, attempt, on: try context.page)
  }

  /// Does it and shows the assessment; what was typed wrongly comes back, and what two changed is shown from both.
  private func act(
    _ context: AppContext, _ instrument: Instrument,
    shown: (AppContext, AssessmentAttempt) async throws -> HTML,
    _ body: (RecordID<CaseFile>, Actor, Day) async throws -> String
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    do {
      return .seeOther(try await body(context.id("case"), actor, page.today), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, AssessmentAttempt(context.typed.renewed, errors))
        .response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let errors = try await context.told(conflicts) {
        AssessmentWords.shown($0, $1, instrument, page.reader)
      }
      var typed = AssessmentForm.typed(draft, instrument)
      typed["reason"] = context.typed["reason"]
      return try await shown(context, AssessmentAttempt(typed, errors, isNewest: true)).response(.conflict)
    }
  }
}

/// Links into the area.
package enum AssessmentPaths {
  package static func list(_ file: RecordID<CaseFile>) -> String { "/assessments/\(file)" }
  static func new(_ file: RecordID<CaseFile>, _ instrument: InstrumentID) -> String {
    "\(list(file))/new?instrument=\(instrument)"
  }
  static func second(_ file: RecordID<CaseFile>, _ instrument: InstrumentID, _ id: RecordID<Assessment>)
    -> String
  {
    "\(new(file, instrument))&second=\(id)"
  }
  static func trajectory(_ file: RecordID<CaseFile>, _ code: String) -> String {
    "\(list(file))/trajectory?instrument=\(code)"
  }
  package static func show(_ file: RecordID<CaseFile>, _ id: RecordID<Assessment>) -> String {
    "\(list(file))/\(id)"
  }
  static func edition(_ file: RecordID<CaseFile>, _ id: RecordID<Assessment>, _ number: Int) -> String {
    "\(show(file, id))?edition=\(number)"
  }
  static func answers(_ file: RecordID<CaseFile>, _ id: RecordID<Assessment>) -> String {
    "\(show(file, id))/answers"
  }
  static func conclusion(_ file: RecordID<CaseFile>, _ id: RecordID<Assessment>) -> String {
    "\(show(file, id))/conclusion"
  }
  static func correction(_ file: RecordID<CaseFile>, _ id: RecordID<Assessment>) -> String {
    "\(show(file, id))/correction"
  }
  static func withdrawal(_ file: RecordID<CaseFile>, _ id: RecordID<Assessment>) -> String {
    "\(show(file, id))/withdrawal"
  }
}
