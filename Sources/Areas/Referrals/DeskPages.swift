import Antennas
import Basics
import Directory
import Documents
import Hummingbird
import Pages
import Storage
import Web

/// The pages for somebody of a service who has an account, and for whoever says for which provider an account answers.
struct DeskPages: Sendable {
  let referrals: Referrals

  func addRoutes(to routes: Routes) {
    routes.get("/desk", use: list)
    routes.get("/desk/:referral", use: show)
    routes.get("/desk/:referral/document", use: document)
    routes.post("/desk/:referral/:act", use: answer)
    routes.get("/referrals/desks/:provider", use: desks)
    routes.post("/referrals/desks/:provider", use: name)
    routes.post("/referrals/desks/:provider/removal", use: unname)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let list = Referrals.DeskList(rawValue: request.query("show")) ?? .waiting
    let desk = try await referrals.desk(list, after: RecordID(request.query("after")), for: context.anyActor)
    return DeskTemplates.list(desk, list, on: try context.page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let found = try await referrals.openAtDesk(context.id("referral"), for: context.anyActor)
    return DeskTemplates.show(
      found, try await referrals.antennas.territory(), typed, errors, on: try context.page)
  }

  @Sendable func document(_ request: Request, _ context: AppContext) async throws -> Response {
    let opened = try await referrals.documentAtDesk(context.id("referral"), for: context.anyActor)
    // Its own name may be hers.
    return DocumentPages.response(referrals.documents, opened, isNamed: false)
  }

  @Sendable func answer(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.anyActor
    try actor.must(.answerReferrals)
    guard let act = context.parameters.get("act").flatMap({ Referral.Act(rawValue: $0) }) else {
      throw Refusal.notFound
    }
    let id: RecordID<Referral> = try context.id("referral")
    do {
      let answer = try ReferralForm.answer(act, context.typed, today: try context.page.today)
      try await referrals.answerAtDesk(id, answer, by: actor)
      return .seeOther(act == .acknowledge ? DeskPaths.list : DeskPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func desks(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await desks(context, Typed(), [])
  }

  private func desks(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let found = try await referrals.desks(of: context.id("provider"), for: context.actor)
    return DeskTemplates.desks(found.provider, found.accounts, typed, errors, on: try context.page)
  }

  @Sendable func name(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageAccounts)
    let id: RecordID<Provider> = try context.id("provider")
    do {
      let name = try ReferralForm.words(context.typed, "sign-in-name", say("Write the sign-in name."))
      try await referrals.name(name, for: id, by: actor)
      return .seeOther(DeskPaths.desks(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await desks(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func unname(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageAccounts)
    let id: RecordID<Provider> = try context.id("provider")
    guard let account = AccountID(context.typed["account"]) else {
      let error = FieldError("account", say("Choose one of the answers offered."))
      return try await desks(context, Typed(), [error]).response(.unprocessableContent)
    }
    try await referrals.unname(account, for: id, by: actor)
    return .seeOther(DeskPaths.desks(id), .saved)
  }
}

/// Links for accounts of services.
package enum DeskPaths {
  package static let list = "/desk"
  static func list(_ shown: Referrals.DeskList) -> String { "\(list)?show=\(shown.rawValue)" }
  static func list(_ shown: Referrals.DeskList, after id: RecordID<Referral>) -> String {
    "\(list(shown))&after=\(id)"
  }
  static func show(_ id: RecordID<Referral>) -> String { "\(list)/\(id)" }
  static func act(_ id: RecordID<Referral>, _ act: Referral.Act) -> String { "\(show(id))/\(act.rawValue)" }
  static func document(_ id: RecordID<Referral>) -> String { "\(show(id))/document" }
  package static func desks(_ id: RecordID<Provider>) -> String { "/referrals/desks/\(id)" }
  static func removal(_ id: RecordID<Provider>) -> String { "\(desks(id))/removal" }
}
