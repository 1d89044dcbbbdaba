import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: offers that wait, one offer with its answers, and the form that makes one.
package struct TransferPages: Area {
  let transfers: Transfers

  package init(_ transfers: Transfers) { self.transfers = transfers }

  package var migrations: [Migration] { Transfers.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Transfers"), path: TransferPaths.list, icon: .transfer, in: .persons, duty: .openFiles)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/transfers", use: list)
    routes.get("/transfers/of/:case", use: edit)
    routes.post("/transfers/of/:case", use: offer)
    routes.get("/transfers/:transfer", use: show)
    routes.post("/transfers/:transfer/withdrawal", use: withdraw)
    routes.post("/transfers/:transfer/acceptance", use: accept)
    routes.post("/transfers/:transfer/decline", use: decline)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    let standard: TransferList = actor.may(.answerTransfers) || actor.scope == .nation ? .waiting : .made
    let list = TransferList(rawValue: request.query("show")) ?? standard
    let found = try await transfers.list(list, after: TransferCursor(request.query("after")), for: actor)
    return TransferTemplates.list(
      found, list, try await transfers.antennas.territory(), transfers.daysToAnswer, on: try context.page)
  }

  @Sendable func edit(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await edit(context, Typed(), [])
  }

  private func edit(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let (file, targets) = try await transfers.offerable(context.id("case"), for: context.actor)
    return TransferTemplates.form(file, targets, typed, errors, on: try context.page)
  }

  @Sendable func offer(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.offerTransfers)
    do {
      let form = try TransferForm.offer(context.typed)
      try await transfers.offer(form.id, form.offer, of: context.id("case"), by: actor)
      return .seeOther(TransferPaths.show(form.id), .offered)
    } catch Refusal.invalid(let errors) {
      return try await edit(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await show(context, Typed(), [])
  }

  /// - Parameter isMine: what was typed wrongly comes back to whoever may do what was wanted.
  private func show(
    _ context: AppContext, _ typed: Typed, _ errors: [FieldError],
    when isMine: (OpenedTransfer, Actor) -> Bool = { _, _ in true }
  ) async throws -> HTML {
    let actor = try context.actor
    let opened = try await transfers.open(context.id("transfer"), for: actor)
    guard isMine(opened, actor) else { throw Refusal.notFound }
    let transfer = opened.transfer
    let mayAnswer =
      transfer.state == .open && actor.may(.answerTransfers) && transfer.line.to == actor.antenna
    let view = TransferView(
      opened: opened,
      names: try await transfers.accounts.names(
        of: [transfer.line.offeredBy, opened.contact, transfer.line.contact]
          + [transfer.answer?.by, transfer.answer?.contact].compactMap { $0 }),
      colleagues: mayAnswer ? try await transfers.accounts.colleagues(of: transfer.line.to) : nil,
      territory: try await transfers.antennas.territory(), daysToAnswer: transfers.daysToAnswer,
      typed: typed, errors: errors)
    return TransferTemplates.show(view, on: try context.page)
  }

  @Sendable func accept(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .answerTransfers, .accepted, when: Self.isOffered) { id, actor in
      try await transfers.accept(id, contact: TransferForm.contact(context.typed), by: actor)
    }
  }

  @Sendable func decline(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.answerTransfers)
    let id: RecordID<Transfer> = try context.id("transfer")
    do {
      try await transfers.decline(id, because: TransferForm.decline(context.typed), by: actor)
      // What was declined is not to be read there any more.
      return .seeOther(TransferPaths.list, .declined)
    } catch Refusal.invalid(let errors) {
      return try await show(context, context.typed, errors, when: Self.isOffered).response(
        .unprocessableContent)
    }
  }

  @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .offerTransfers, .takenBack, when: { opened, _ in opened.mayWithdraw }) {
      id, actor in
      try await transfers.withdraw(id, because: TransferForm.withdrawal(context.typed), by: actor)
    }
  }

  private func act(
    _ context: AppContext, _ duty: Duty, _ notice: Notice, when isMine: (OpenedTransfer, Actor) -> Bool,
    _ body: (RecordID<Transfer>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try actor.must(duty)
    let id: RecordID<Transfer> = try context.id("transfer")
    do {
      try await body(id, actor)
      return .seeOther(TransferPaths.show(id), notice)
    } catch Refusal.invalid(let errors) {
      return try await show(context, context.typed, errors, when: isMine).response(.unprocessableContent)
    }
  }

  private static func isOffered(_ opened: OpenedTransfer, to actor: Actor) -> Bool {
    opened.transfer.line.to == actor.antenna
  }

  /// What stands on the page of a case.
  package var section: CaseSection {
    CaseSection(words: TransferWords.phrase) { opened, db in
      let found = try transfers.transfers(of: opened, in: db)
      let territory = try transfers.antennas.territory(in: db)
      return { page in TransferTemplates.section(found, opened, territory, on: page) }
    }
  }

  /// What stands on the home page.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      let day = try await transfers.day(of: actor)
      guard !day.waiting.isEmpty || !day.unanswered.isEmpty else { return .empty }
      return TransferTemplates.day(
        day, try await transfers.antennas.territory(), transfers.daysToAnswer, on: page)
    }
  }

  /// The page that tells where a case went whose number is typed into the search of the antenna that gave it away.
  package var shortcut: @Sendable (_ query: String, _ actor: Actor) async throws -> String? {
    { query, actor in try await transfers.trace(number: query, for: actor).map(TransferPaths.show) }
  }
}

/// Links into the area.
package enum TransferPaths {
  package static let list = "/transfers"
  static func list(_ list: TransferList) -> String { "/transfers?show=\(list.rawValue)" }
  static func list(_ shown: TransferList, after cursor: TransferCursor) -> String {
    "\(list(shown))&after=\(Page.queryEscaped(cursor.text))"
  }
  package static func show(_ id: RecordID<Transfer>) -> String { "/transfers/\(id)" }
  package static func offer(_ file: RecordID<CaseFile>) -> String { "/transfers/of/\(file)" }
  static func withdrawal(_ id: RecordID<Transfer>) -> String { "/transfers/\(id)/withdrawal" }
  static func acceptance(_ id: RecordID<Transfer>) -> String { "/transfers/\(id)/acceptance" }
  static func decline(_ id: RecordID<Transfer>) -> String { "/transfers/\(id)/decline" }
}
