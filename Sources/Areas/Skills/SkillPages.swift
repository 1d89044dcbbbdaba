import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the employment section: what is known of a person, and a form for each of its parts.
package struct SkillPages: Area {
  let skills: Skills

  package init(_ skills: Skills) { self.skills = skills }

  package var migrations: [Migration] { Skills.migrations }

  package func addRoutes(to routes: Routes) {
    routes.get("/skills/:case", use: show)
    routes.get("/skills/:case/profile") { _, context in try await form(.profile, context) }
    routes.get("/skills/:case/idea") { _, context in try await form(.idea, context) }
    routes.get("/skills/:case/experience") { _, context in try await form(.experience, context) }
    routes.get("/skills/:case/certificate") { _, context in try await form(.certificate, context) }
    routes.post("/skills/:case/profile") { _, context in try await save(.profile, context) }
    routes.post("/skills/:case/idea") { _, context in try await save(.idea, context) }
    routes.post("/skills/:case/experience") { _, context in try await save(.experience, context) }
    routes.post("/skills/:case/certificate") { _, context in try await save(.certificate, context) }
    routes.get("/skills/:case/entries/:skill", use: entry)
    routes.post("/skills/:case/entries/:skill/correction", use: correct)
    routes.post("/skills/:case/entries/:skill/recognition", use: recognise)
    routes.post("/skills/:case/entries/:skill/withdrawal", use: withdraw)
  }

  /// The tab on the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: SkillWords.phrase,
      isKnown: { entry, actor in
        !entry.act.hasPrefix("skill.") || actor.may(.readEmploymentSection)
      },
      tab: CaseTab(say("Skills"), duty: .readEmploymentSection, path: SkillPaths.show))
  }

  /// On the home page of ANETI's counsellors: whom they have not asked about her work yet.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      guard actor.may(.writeEmploymentSection) else { return .empty }
      return CaseListTemplates.unwritten(
        try await skills.unwritten(for: actor), page("Without a profile of skills"), id: "without-profile",
        on: page)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (opened, known) = try await skills.open(context.id("case"), for: context.actor)
    return SkillTemplates.all(known, opened.file, on: try context.page)
  }

  private func form(_ kind: Skill.Kind, _ context: AppContext, _ attempt: SkillAttempt? = nil) async throws
    -> HTML
  {
    let actor = try context.actor
    try actor.must(.writeEmploymentSection)
    let (opened, known) = try await skills.open(context.id("case"), for: actor)
    let current = kind.isSingle ? known.last { $0.kind == kind } : nil
    return SkillFormTemplates.page(
      kind, current, attempt ?? SkillAttempt(Typed(current?.fields ?? Fields())), opened.file,
      on: try context.page)
  }

  private func save(_ kind: Skill.Kind, _ context: AppContext) async throws -> Response {
    try await act(context, to: SkillPaths.show, shown: { try await form(kind, context, $0) }) { file, actor in
      let (id, version, fields) = try SkillForm.checked(context.typed, kind.questions)
      guard kind.isSingle else {
        return try await skills.add(Skill(id: id, kind: kind, fields: fields), in: file, by: actor)
      }
      try await skills.save(kind, fields, from: version, as: id, in: file, by: actor)
    }
  }

  @Sendable func entry(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await entry(context, nil)
  }

  private func entry(_ context: AppContext, _ attempt: SkillAttempt?) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.writeEmploymentSection)
    let id: RecordID<Skill> = try context.id("skill")
    let (opened, known) = try await skills.open(context.id("case"), for: actor)
    guard let skill = known.first(where: { $0.id == id }), !skill.kind.isSingle else {
      throw Refusal.notFound
    }
    return SkillFormTemplates.entry(skill, attempt, opened.file, on: try context.page)
  }

  @Sendable func correct(_ request: Request, _ context: AppContext) async throws -> Response {
    try await onEntry(context, .correction) { id, file, actor in
      let current = try await find(id, in: file, for: actor)
      let form = try SkillForm.checked(context.typed, current.kind.questions)
      try await skills.correct(
        id, to: form.fields.keeping(current.fields, besides: current.kind.questions), from: form.version,
        in: file, by: actor)
    }
  }

  @Sendable func recognise(_ request: Request, _ context: AppContext) async throws -> Response {
    try await onEntry(context, .recognition) { id, file, actor in
      let current = try await find(id, in: file, for: actor)
      let form = try SkillForm.checked(context.typed, Skill.Kind.recognitionQuestions)
      try SkillRules.mustBeSoundRecognition(form.fields)
      try await skills.correct(
        id, to: form.fields.keeping(current.fields, besides: Skill.Kind.recognitionQuestions),
        from: form.version, act: .recognition, in: file, by: actor)
    }
  }

  @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    try await onEntry(context, .withdrawal) { id, file, actor in
      let reason = try SkillForm.reason(context.typed)
      try await skills.withdraw(id, because: reason, in: file, by: actor)
    }
  }

  private func find(_ id: RecordID<Skill>, in file: RecordID<CaseFile>, for actor: Actor) async throws
    -> Skill
  {
    let known = try await skills.open(file, for: actor).1
    guard let skill = known.first(where: { $0.id == id }), !skill.kind.isSingle else {
      throw Refusal.notFound
    }
    return skill
  }

  private func onEntry(
    _ context: AppContext, _ form: SkillAttempt.Form,
    _ body: (RecordID<Skill>, RecordID<CaseFile>, Actor) async throws -> Void
  ) async throws -> Response {
    try await act(
      context, to: SkillPaths.show,
      shown: { attempt in
        var attempt = attempt
        attempt.form = form
        return try await entry(context, attempt)
      }
    ) { file, actor in try await body(try context.id("skill"), file, actor) }
  }

  /// Does it and shows the section; what was typed wrongly comes back, and what two changed is shown from both.
  private func act(
    _ context: AppContext, to path: (RecordID<CaseFile>) -> String,
    shown: (SkillAttempt) async throws -> HTML, _ body: (RecordID<CaseFile>, Actor) async throws -> Void
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.writeEmploymentSection)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      try await body(id, actor)
      return .seeOther(path(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(SkillAttempt(context.typed.renewed, errors)).response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let errors = try await context.told(conflicts) { SkillWords.shown($0, $1, on: page) }
      return try await shown(SkillAttempt(Typed(draft), errors, isNewest: true)).response(.conflict)
    }
  }
}

extension Fields {
  /// These answers, with what `others` holds besides the questions that were asked.
  fileprivate func keeping(_ others: Fields, besides questions: [SkillField]) -> Fields {
    let asked = Set(questions.map(\.name))
    return Fields(others.values.filter { !asked.contains($0.key) }.merging(values) { $1 })
  }
}

/// What somebody typed into a form of the area, and what was wrong with it.
struct SkillAttempt: Sendable {
  enum Form: Sendable { case correction, recognition, withdrawal }

  var form: Form?
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
package enum SkillPaths {
  package static func show(_ file: RecordID<CaseFile>) -> String { "/skills/\(file)" }
  static func form(_ kind: Skill.Kind, _ file: RecordID<CaseFile>) -> String {
    "/skills/\(file)/\(kind.rawValue)"
  }
  static func entry(_ file: RecordID<CaseFile>, _ id: RecordID<Skill>) -> String {
    "/skills/\(file)/entries/\(id)"
  }
  static func correction(_ file: RecordID<CaseFile>, _ id: RecordID<Skill>) -> String {
    "\(entry(file, id))/correction"
  }
  static func recognition(_ file: RecordID<CaseFile>, _ id: RecordID<Skill>) -> String {
    "\(entry(file, id))/recognition"
  }
  static func withdrawal(_ file: RecordID<CaseFile>, _ id: RecordID<Skill>) -> String {
    "\(entry(file, id))/withdrawal"
  }
}
