import Accounts
import Basics
import Hummingbird
import Pages
import Storage
import Web

/// The pages on which a session is prepared: its terms, who sits in it, what is on its agenda.
extension CommitteePages {
  func addPreparationRoutes(to routes: Routes) {
    routes.get("/committees/:session/edit", use: editTerms)
    routes.post("/committees/:session/edit", use: changeTerms)
    routes.get("/committees/:session/agenda", use: editAgenda)
    routes.post("/committees/:session/agenda", use: listItems)
    routes.get("/committees/:session/members", use: editMembers)
    routes.post("/committees/:session/members", use: seat)
    routes.post("/committees/:session/removal", use: remove)
  }

  /// Of a session that is over nothing is prepared: whoever comes too late sees the session.
  private func whileOpen(_ session: CommitteeSession, _ form: () async throws -> HTML) async throws
    -> Response
  {
    guard session.state == .convened else { return .seeOther(CommitteePaths.show(session.id)) }
    return try await form().response()
  }

  @Sendable func editTerms(_ request: Request, _ context: AppContext) async throws -> Response {
    let session = try await committees.session(context.id("session"), for: context.actor)
    return try await whileOpen(session) {
      PreparationTemplates.terms(
        session, seen: session.terms.mark, Typed(session.terms.fields), [], on: try context.page)
    }
  }

  @Sendable func changeTerms(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try CommitteeRules.mustConvene(actor)
    let id: RecordID<CommitteeSession> = try context.id("session")
    do {
      let form = try CommitteeForm.terms(context.typed, today: context.page.today)
      try await committees.change(id, to: form.terms, seen: form.seen, by: actor)
      return .seeOther(CommitteePaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return PreparationTemplates.terms(
        try await committees.session(id, for: actor), seen: context.typed["seen"], context.typed, errors,
        on: try context.page
      ).response(.unprocessableContent)
    }
  }

  @Sendable func editAgenda(_ request: Request, _ context: AppContext) async throws -> Response {
    let (session, waiting) = try await committees.waiting(for: context.id("session"), by: context.actor)
    return try await whileOpen(session) {
      PreparationTemplates.agenda(session, waiting, Typed(), [], on: try context.page)
    }
  }

  @Sendable func listItems(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try CommitteeRules.mustConvene(actor)
    let id: RecordID<CommitteeSession> = try context.id("session")
    do {
      try await committees.list(CommitteeForm.items(context.typed), in: id, by: actor)
      return .seeOther(CommitteePaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      let (session, waiting) = try await committees.waiting(for: id, by: actor)
      return PreparationTemplates.agenda(session, waiting, context.typed, errors, on: try context.page)
        .response(.unprocessableContent)
    }
  }

  @Sendable func editMembers(_ request: Request, _ context: AppContext) async throws -> Response {
    let opened = try await committees.openToLead(context.id("session"), for: context.actor)
    return try await whileOpen(opened.session) { try await members(opened, context, Typed(), []) }
  }

  private func members(
    _ opened: OpenedSession, _ context: AppContext, _ typed: Typed, _ errors: [FieldError]
  ) async throws -> HTML {
    let able =
      CommitteeRules.convenes(opened.reader)
      ? try await committees.accounts.holders(of: .sitInCommittees, at: opened.session.antenna) : []
    return PreparationTemplates.members(
      opened, able: able, try await names(opened), typed, errors, on: try context.page)
  }

  @Sendable func seat(_ request: Request, _ context: AppContext) async throws -> Response {
    try CommitteeRules.mustConvene(context.actor)
    return try await changeMembers(context) { id, actor in
      let form = try CommitteeForm.seat(context.typed)
      try await committees.seat(form.account, as: form.role, in: id, by: actor)
    }
  }

  @Sendable func remove(_ request: Request, _ context: AppContext) async throws -> Response {
    try await changeMembers(context) { id, actor in
      guard let account = CommitteeForm.accounts(context.typed, "removed").first else {
        throw Refusal.invalid([FieldError("removed", say("Choose somebody of the list."))])
      }
      try await committees.remove(account, from: id, by: actor)
    }
  }

  private func changeMembers(
    _ context: AppContext, _ body: (RecordID<CommitteeSession>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try CommitteeRules.mustTakePart(actor)
    let id: RecordID<CommitteeSession> = try context.id("session")
    do {
      try await body(id, actor)
      return .seeOther(CommitteePaths.act("members", id), .saved)
    } catch Refusal.invalid(let errors) {
      let opened = try await committees.openToLead(id, for: actor)
      return try await members(opened, context, context.typed, errors).response(.unprocessableContent)
    }
  }
}
