import Basics
import Cases
import Foundation
import People
import Storage

/// What staff see of the outbox, and do about what did not go.
extension Messages {
  /// A page of messages with the numbers of their cases.
  package struct Listed: Sendable {
    package let messages: [Message]
    package let numbers: [RecordID<CaseFile>: String]
    package let next: RecordID<Message>?
  }

  /// A message as one person may read it.
  package struct Opened: Sendable {
    package let message: Message
    /// Nil where it is about no case.
    package let number: String?
    package let text: MessageText
    /// How its person is reached safely; nil for others, and where nothing is kept of it.
    package let safeWay: String?
    package let mayChange: Bool
  }

  /// A page of a shelf, the newest first.
  package func list(_ shelf: Message.Shelf, after: RecordID<Message>?, for actor: Actor) async throws
    -> Listed
  {
    try actor.must(.openFiles)
    return try await database.read { db in
      try page(MessageStore.shelf(shelf, for: actor, after: after, in: db), in: db)
    }
  }

  /// The messages about a case, the newest first; the journal tells that the case was opened.
  package func list(of file: RecordID<CaseFile>, after: RecordID<Message>?, for actor: Actor) async throws
    -> (
      opened: OpenedCase, listed: Listed
    )
  {
    let (opened, listed) = try await cases.open(file, for: actor) { _, db in
      try page(MessageStore.ofCase(file, after: after, in: db), in: db)
    }
    return (opened, listed)
  }

  private func page(_ found: [Message], in db: Connection) throws -> Listed {
    let shown = Array(found.prefix(MessageStore.pageSize))
    return Listed(
      messages: shown, numbers: try cases.numbers(of: shown.compactMap(\.file), in: db),
      next: found.count > shown.count ? shown.last?.id : nil)
  }

  /// At most five that did not go and are the reader's own matter.
  package func failed(of actor: Actor) async throws -> Listed {
    try actor.must(.openFiles)
    return try await database.read { db in
      try page(MessageStore.failed(ofContact: actor, limit: 5, in: db), in: db)
    }
  }

  /// One message with what it says; the journal tells that it was read.
  package func open(_ id: RecordID<Message>, for actor: Actor) async throws -> Opened {
    try actor.must(.openFiles)
    let now = now()
    return try await database.write { db in
      let message = try MessageStore.require(id, visibleTo: actor, in: db)
      let held = try message.file.flatMap { try cases.find($0, for: actor, in: db) }
      if message.file != nil, held == nil { throw Refusal.notFound }
      let key = try held?.subject.key ?? InstallationKeys.key(for: .messages, in: db)
      try Journal.append(
        "message.open", on: Message.reference(id), of: held?.subject, by: actor, at: now, in: db)
      return Opened(
        message: message, number: held?.file.number,
        text: try MessageStore.words(of: id, key: key, in: db).text,
        safeWay: message.recipient == .person
          ? try held.flatMap { try cases.people.read($0.subject, in: db).person.identity[.safeWay] } : nil,
        mayChange: actor.may(.writeLetters))
    }
  }

  /// Puts a message that did not go among those that wait; of an SMS of which nobody knows whether it went, this is the
  /// decision to send it perhaps a second time. The same a second time changes nothing.
  package func tryAgain(_ id: RecordID<Message>, by actor: Actor) async throws {
    try await change(id, by: actor) { message, subject, now, db in
      if message.state == .waiting { return }
      try MessageRules.mayTryAgain(message, isThere: gateways.isThere(message.kind))
      let key = try subject?.key ?? InstallationKeys.key(for: .messages, in: db)
      let words = try MessageStore.words(of: id, key: key, in: db)
      guard
        try mayReach(subject, by: message.kind, message.recipient, saying: words.text, in: db)
      else {
        throw Refusal.conflict(
          say("The person has not agreed to be written to in this way, or it is not safe for her."))
      }
      try MessageSendingStore.renew(id, at: now, in: db)
      try Journal.append(
        "message.again", on: Message.reference(id), of: subject, by: actor, at: now, in: db)
    }
  }

  /// Records what was done instead; the same a second time changes nothing.
  package func settle(_ id: RecordID<Message>, _ how: Message.Settlement, by actor: Actor) async throws {
    try await change(id, by: actor) { message, subject, now, db in
      if message.settled == how { return }
      try MessageRules.mustHaveFailed(message)
      try MessageStore.settle(id, how, by: actor, at: now, in: db)
      try Journal.append(
        "message.settle", on: Message.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["how": how.rawValue]).asNew, in: db)
    }
  }

  /// Takes back a message that waits; the same a second time changes nothing.
  package func withdraw(_ id: RecordID<Message>, by actor: Actor) async throws {
    try await change(id, by: actor) { message, _, _, db in
      if message.state == .withdrawn { return }
      guard message.state == .waiting, try withdraw(message, by: actor, in: db) else {
        throw Refusal.conflict(say("This message does not wait any more."))
      }
    }
  }

  private func change(
    _ id: RecordID<Message>, by actor: Actor,
    _ body: @escaping @Sendable (Message, Subject?, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.writeLetters)
    let now = now()
    try await database.write { db in
      let message = try MessageStore.require(id, visibleTo: actor, in: db)
      // Whoever comes second waits at the case, and then sees what the first one did.
      let subject = try message.file.map { try cases.hold($0, for: actor, in: db).subject }
      try body(MessageStore.require(id, visibleTo: actor, in: db), subject, now, db)
    }
  }
}
