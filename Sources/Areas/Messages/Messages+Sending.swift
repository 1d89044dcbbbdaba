import Basics
import Cases
import Foundation
import Storage

/// Sending. E-mail goes at least once, always under the same Message-ID; an SMS at most once: that it is being sent is
/// written down before, and where the program ends before it knows more, somebody is shown that nobody knows.
extension Messages {
  private struct Try: Sendable {
    let claim: RecordID<Message>
    let id: RecordID<Message>
    let kind: Message.Kind
    let language: Language
    let text: MessageText
    let file: RecordID<CaseFile>?
    let tries: Int
  }

  private enum Step: Sendable {
    case nothing
    /// It ended without a gateway being asked.
    case ended
    case send(Try)
  }

  /// Sends the next message of a kind that is due.
  /// - Returns: false when none is.
  @discardableResult
  package func sendNext(_ kind: Message.Kind) async throws -> Bool {
    let now = now()
    // Mostly nothing waits: then no other writer is kept waiting either.
    guard try await database.read({ db in try MessageSendingStore.next(kind, at: now, in: db) != nil }) else {
      return false
    }
    switch try await database.write({ db in try begin(kind, in: db) }) {
    case .nothing: return false
    case .ended: return true
    case .send(let attempt):
      let answer = await ask(attempt)
      try await database.write { db in try finish(attempt, answer, in: db) }
      return true
    }
  }

  private func begin(_ kind: Message.Kind, in db: Connection) throws -> Step {
    let now = now()
    guard let due = try MessageSendingStore.next(kind, at: now, in: db) else { return .nothing }
    var subject: Subject?
    if let file = due.file {
      do {
        subject = try self.subject(of: file, in: db)
      } catch Refusal.gone {
        // She was erased: what was to be said to her or of her is gone too.
      }
      guard subject != nil else { return try end(due, .withdrawn, nil, at: now, in: db) }
    }
    if let until = due.until, until < now { return try end(due, .late, subject, at: now, in: db) }
    let key = try subject?.key ?? InstallationKeys.key(for: .messages, in: db)
    let words = try MessageStore.words(of: due.id, key: key, in: db)
    guard try mayReach(subject, by: kind, due.recipient, saying: words.text, in: db) else {
      return try end(due, .unagreed, subject, at: now, in: db)
    }
    guard gateways.isThere(kind) else { return try end(due, .unavailable, subject, at: now, in: db) }
    let claim = RecordID<Message>()
    guard
      try MessageSendingStore.claim(
        due.id, as: claim, until: now.addingTimeInterval(lease), at: now, in: db)
    else { return .ended }
    return .send(
      Try(
        claim: claim, id: due.id, kind: kind, language: due.language, text: words.text.with(link: words.link),
        file: due.file, tries: due.tries + 1))
  }

  private func end(
    _ due: MessageSendingStore.Due, _ state: Message.State, _ subject: Subject?, at now: Date,
    in db: Connection
  ) throws -> Step {
    let outcome = MessageRules.Outcome(state: state)
    if try MessageSendingStore.end(due.id, outcome, from: .waiting, at: now, in: db) {
      try tell(state, of: due.id, subject, at: now, in: db)
    }
    return .ended
  }

  private func ask(_ attempt: Try) async -> GatewayAnswer {
    switch attempt.kind {
    case .sms:
      guard let sms = gateways.sms else { return .notNow("none") }
      return await sms.send(attempt.text.address, attempt.text.text)
    case .email:
      guard let mail = gateways.mail else { return .notNow("none") }
      let bytes = MailText.bytes(
        of: attempt.text, id: attempt.id, from: mail.from, language: attempt.language, at: now())
      return await mail.send(OutgoingMail(to: attempt.text.address, bytes: bytes))
    }
  }

  private func finish(_ attempt: Try, _ answer: GatewayAnswer, in db: Connection) throws {
    let now = now()
    let outcome = MessageRules.outcome(
      answer, of: attempt.kind, tries: attempt.tries, first: firstDelay, at: now)
    guard try MessageSendingStore.finish(attempt.id, outcome, of: attempt.claim, at: now, in: db) else {
      return
    }
    if outcome.state != .waiting {
      try tell(outcome.state, of: attempt.id, known(attempt.file, in: db), at: now, in: db)
    }
  }

  /// Takes up what a program that died was in the middle of.
  /// - Returns: how many there were.
  @discardableResult
  package func recover() async throws -> Int {
    let now = now()
    guard try await !database.read({ db in try MessageSendingStore.lost(at: now, in: db) }).isEmpty else {
      return 0
    }
    return try await database.write { db in
      let lost = try MessageSendingStore.lost(at: now, in: db)
      for message in lost {
        let outcome = MessageRules.afterCrash(message.kind, at: now)
        guard try MessageSendingStore.end(message.id, outcome, from: .sending, at: now, in: db) else {
          continue
        }
        if outcome.state != .waiting {
          try tell(outcome.state, of: message.id, known(message.file, in: db), at: now, in: db)
        }
      }
      return lost.count
    }
  }

  /// Nil where she was erased.
  func known(_ file: RecordID<CaseFile>?, in db: Connection) throws -> Subject? {
    do {
      return try subject(of: file, in: db)
    } catch Refusal.gone {
      return nil
    }
  }

  private func tell(
    _ state: Message.State, of id: RecordID<Message>, _ subject: Subject?, at now: Date, in db: Connection
  ) throws {
    try Journal.append(
      "message.\(state.rawValue)", on: Message.reference(id), of: subject, by: .program, at: now, in: db)
  }
}
