import Basics
import Hummingbird
import Pages
import Storage
import Web

/// The acts inside a case: needs, notes, closing and opening again.
struct CaseRecordPages: Sendable {
  let cases: Cases

  func addRoutes(to routes: Routes) {
    routes.post("/cases/:id/needs", use: recordNeed)
    routes.post("/cases/:id/needs/:need/meeting", use: meetNeed)
    routes.post("/cases/:id/notes", use: writeNote)
    routes.post("/cases/:id/closure", use: close)
    routes.post("/cases/:id/reopening", use: reopen)
  }

  @Sendable func recordNeed(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    try context.actor.must(.recordNeeds)
    return try await act(context, .saved, CaseActTemplates.need) { id, actor in
      try await cases.record(NeedForm.checked(context.typed, today: page.today), in: id, by: actor)
    }
  }

  @Sendable func meetNeed(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    try context.actor.must(.recordNeeds)
    let need: RecordID<Need> = try context.id("need")
    return try await act(context, .saved, { CaseActTemplates.meeting($0, need, $1, $2, on: $3) }) {
      id, actor in
      let met = try NeedForm.met(context.typed, today: page.today)
      try await cases.meet(need, on: met.day, how: met.how, in: id, by: actor)
    }
  }

  @Sendable func writeNote(_ request: Request, _ context: AppContext) async throws -> Response {
    let writer = try context.actor
    guard Note.Section.allCases.contains(where: { writer.may($0.dutyToWrite) }) else {
      throw Refusal.notAllowed(.writeReturnSection)
    }
    return try await act(context, .saved, CaseActTemplates.note) { id, actor in
      let note = try NoteForm.checked(context.typed)
      try await cases.write(note.section, note.text, id: note.id, in: id, by: actor)
    }
  }

  @Sendable func close(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    try context.actor.must(.closeCases)
    return try await act(context, .closed, CaseActTemplates.closure) { id, actor in
      try await cases.close(id, ClosureForm.checked(context.typed, today: page.today), by: actor)
    }
  }

  @Sendable func reopen(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.reopenCases)
    return try await act(context, .reopened, CaseActTemplates.reopening) { id, actor in
      try await cases.reopen(id, reason: ClosureForm.reopening(context.typed), by: actor)
    }
  }

  /// Does it and shows the case; what was typed wrongly comes back on a page of its own.
  private func act(
    _ context: AppContext, _ notice: Notice,
    _ form: (_ id: RecordID<CaseFile>, _ typed: Typed, _ errors: [FieldError], _ page: Page) -> HTML,
    _ body: (RecordID<CaseFile>, Actor) async throws -> Void
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<CaseFile> = try context.id()
    do {
      try await body(id, actor)
      return .seeOther(CasePaths.show(id), notice)
    } catch Refusal.invalid(let errors) {
      let file = try await cases.open(id, for: actor).file
      return CaseActTemplates.alone(form(id, context.typed.renewed, errors, page), in: file, on: page)
        .response(.unprocessableContent)
    }
  }
}
