import Accounts
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: what waits, what went, what did not go, and one message.
package struct MessagePages: Area {
  let messages: Messages
  let accounts: Accounts

  package init(_ messages: Messages, accounts: Accounts) {
    self.messages = messages
    self.accounts = accounts
  }

  package var migrations: [Migration] { Messages.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Messages"), path: MessagePaths.list, icon: .message, in: .day, duty: .openFiles)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/messages", use: list)
    routes.get("/messages/of/:case", use: ofCase)
    routes.get("/messages/:message", use: show)
    routes.post("/messages/:message/again", use: tryAgain)
    routes.post("/messages/:message/settlement", use: settle)
    routes.post("/messages/:message/withdrawal", use: withdraw)
  }

  package var section: CaseSection {
    CaseSection(
      words: MessageWords.phrase, tab: CaseTab(say("Messages"), duty: .openFiles, path: MessagePaths.ofCase))
  }

  /// What stands on the home page of whoever must do something about a message that did not go.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      let found = try await messages.failed(of: actor)
      return found.messages.isEmpty ? .empty : MessageTemplates.day(found, on: page)
    }
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let shelf = Message.Shelf(rawValue: request.query("show")) ?? .failed
    let found = try await messages.list(
      shelf, after: RecordID(request.query("after")), for: context.actor)
    return MessageTemplates.list(found, shelf, messages.gateways, on: try context.page)
  }

  @Sendable func ofCase(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (opened, found) = try await messages.list(
      of: context.id("case"), after: RecordID(request.query("after")), for: context.actor)
    return MessageTemplates.ofCase(opened.file, found, on: try context.page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let opened = try await messages.open(context.id("message"), for: context.actor)
    let names = try await accounts.names(of: [opened.message.queuedBy])
    return MessageTemplates.show(
      opened, by: names[opened.message.queuedBy], isThere: messages.gateways.isThere(opened.message.kind),
      typed,
      errors, on: try context.page)
  }

  @Sendable func tryAgain(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in try await messages.tryAgain(id, by: actor) }
  }

  @Sendable func settle(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in
      try await messages.settle(id, MessageForm.settlement(context.typed), by: actor)
    }
  }

  @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in try await messages.withdraw(id, by: actor) }
  }

  private func act(_ context: AppContext, _ body: (RecordID<Message>, Actor) async throws -> Void)
    async throws
    -> Response
  {
    let actor = try context.actor
    try actor.must(.writeLetters)
    let id: RecordID<Message> = try context.id("message")
    do {
      try await body(id, actor)
      return .seeOther(MessagePaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }
}

/// Links into the area.
package enum MessagePaths {
  package static let list = "/messages"
  static func list(_ shelf: Message.Shelf) -> String { "\(list)?show=\(shelf.rawValue)" }
  static func list(_ shelf: Message.Shelf, after id: RecordID<Message>) -> String {
    "\(list(shelf))&after=\(id)"
  }
  package static func ofCase(_ id: RecordID<CaseFile>) -> String { "\(list)/of/\(id)" }
  static func ofCase(_ id: RecordID<CaseFile>, after message: RecordID<Message>) -> String {
    "\(ofCase(id))?after=\(message)"
  }
  package static func show(_ id: RecordID<Message>) -> String { "\(list)/\(id)" }
  static func again(_ id: RecordID<Message>) -> String { "\(show(id))/again" }
  static func settlement(_ id: RecordID<Message>) -> String { "\(show(id))/settlement" }
  static func withdrawal(_ id: RecordID<Message>) -> String { "\(show(id))/withdrawal" }
}
