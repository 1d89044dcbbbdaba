import Basics
import Foundation
import Messages
import Storage

@testable import Server

extension Story {
  /// A message about a case: one that waits, or one that the gateway refused.
  static func message(_ thread: Thread, isRefused: Bool, _ house: Installation, by actor: Actor) async throws
    -> RecordID<Message>
  {
    let new = NewMessage(
      key: "story:\(thread.file)", .email, to: .provider,
      MessageText(address: "service@example.org", subject: "A word", text: "Call us."), what: Message.trial,
      language: .french, about: thread.file)
    let id = try await house.database.write { db in try house.messages.queue(new, by: actor, in: db) }
    if isRefused { while try await house.messages.sendNext(.email) {} }
    return id
  }
}
