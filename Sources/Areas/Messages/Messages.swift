import Accounts
import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: other rooms queue messages here in their own transaction; what came of them is shown.
package struct Messages: Sendable {
  let database: Database
  let cases: Cases
  package let gateways: MessageGateways
  /// Seconds after the first try that failed; twice as long after each further one.
  let firstDelay: Double
  /// Seconds after which a try that told nothing is taken for lost: longer than any try lasts.
  let lease: Double
  let now: @Sendable () -> Date

  package init(
    cases: Cases, gateways: MessageGateways = MessageGateways(), firstDelay: Double = 60, lease: Double = 150,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.gateways = gateways
    self.firstDelay = firstDelay
    self.lease = lease
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try MessageStore.reseal(file, from: old, to: new, in: db) }
  }

  /// The messages of a case are seen by whoever holds it.
  package static let follower: CaseFollower = { file, place, _, db in
    try MessageStore.follow(file, to: place, in: db)
  }

  /// The first word of a text that nobody may read on the outside; nil where none tells.
  package static func telling(in text: String) throws -> String? { try OutsideWords.own.telling(in: text) }

  /// Queues a message within the caller's transaction: it goes when that is kept, and not otherwise. The same key a second
  /// time is the same message.
  ///
  /// Without a gateway for it the message does not wait: it stands among those that did not go, to be printed or called.
  /// Whether the person has agreed to be written to is asked when it is sent, too.
  /// - Throws: `Refusal.invalid` for an address that is none, a text that is too long or that tells what others may not read.
  @discardableResult
  package func queue(_ new: NewMessage, by actor: Actor = .program, in db: Connection) throws -> RecordID<
    Message
  > {
    if let known = try MessageStore.id(ofKey: new.key, in: db) { return known }
    try MessageRules.mayQueue(new, OutsideWords.own)
    let (id, now) = (RecordID<Message>(), now())
    let held = try new.about.flatMap { try cases.find($0, for: .program, in: db) }
    if new.about != nil, held == nil { throw Refusal.notFound }
    let key = try held?.subject.key ?? InstallationKeys.key(for: .messages, in: db)
    let state = try self.state(of: new, held?.subject, in: db)
    let isNew = try MessageStore.insert(
      id, new, antenna: held?.file.antenna ?? new.antenna, contact: held?.file.contact ?? new.account,
      state: state, key: key, by: actor, at: now, in: db)
    guard isNew else { return try MessageStore.id(ofKey: new.key, in: db) ?? id }
    try Journal.append(
      "message.queue", on: Message.reference(id), of: held?.subject, by: actor, at: now,
      changes: Fields(["what": new.what.key, "kind": new.kind.rawValue, "state": state.rawValue]).asNew,
      in: db)
    return id
  }

  private func state(of new: NewMessage, _ subject: Subject?, in db: Connection) throws -> Message.State {
    guard try mayReach(subject, by: new.kind, new.recipient, saying: new.text, in: db) else {
      return .unagreed
    }
    return gateways.isThere(new.kind) ? .waiting : .unavailable
  }

  /// Whether the person agrees to be written to in this way, it is safe for her, and no word is in it that is not to be
  /// used; others need not.
  func mayReach(
    _ subject: Subject?, by kind: Message.Kind, _ recipient: Message.Recipient, saying text: MessageText,
    in db: Connection
  ) throws -> Bool {
    guard recipient == .person, let subject else { return recipient != .person }
    let purpose: Consent.Purpose = kind == .sms ? .sms : .email
    let person = try cases.people.read(subject, in: db)
    let identity = person.person.identity
    return person.consents.contains { $0.isInForce && $0.purpose == purpose }
      && Self.isSafe(kind, for: identity)
      && Self.avoided(in: "\(text.subject)\n\(text.text)", for: identity) == nil
  }

  /// Takes back those messages that have not gone yet; what went stays gone.
  package func withdraw(keys: [String], by actor: Actor = .program, in db: Connection) throws {
    for message in try MessageStore.states(ofKeys: keys, in: db).values.sorted(by: { $0.id < $1.id }) {
      try withdraw(message, by: actor, in: db)
    }
  }

  /// How the messages stand that were queued under these keys.
  package func messages(ofKeys keys: [String], in db: Connection) throws -> [String: Message] {
    try MessageStore.states(ofKeys: keys, in: db)
  }

  @discardableResult
  func withdraw(_ message: Message, by actor: Actor, in db: Connection) throws -> Bool {
    let now = now()
    let outcome = MessageRules.Outcome(state: .withdrawn)
    guard message.settled == nil, message.state != .sent, message.state != .sending,
      try MessageSendingStore.end(message.id, outcome, from: message.state, at: now, in: db)
    else { return false }
    try Journal.append(
      "message.withdraw", on: Message.reference(message.id), of: known(message.file, in: db), by: actor,
      at: now,
      in: db)
    return true
  }

  func subject(of file: RecordID<CaseFile>?, in db: Connection) throws -> Subject? {
    try file.flatMap { try cases.find($0, for: .program, in: db)?.subject }
  }
}
