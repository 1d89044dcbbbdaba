import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: what pages and commands may ask about cases that go from one antenna to another.
package struct Transfers: Sendable {
  let database: Database
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  /// An offer that has waited so many days is shown to both sides and to the centre.
  let daysToAnswer: Int
  let now: @Sendable () -> Date

  package init(
    cases: Cases, accounts: Accounts, antennas: Antennas, daysToAnswer: Int = 7,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.daysToAnswer = daysToAnswer
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try TransferStore.reseal(file, from: old, to: new, in: db) }
  }

  /// An open offer goes with the contact person of its case; a case that is offered cannot be closed.
  package static let follower: CaseFollower = { file, place, isOpen, db in
    guard try isOpen || !TransferStore.hasOpen(file, in: db) else {
      throw Refusal.conflict(say("This case is offered to another antenna. Withdraw the offer first."))
    }
    try TransferStore.follow(file, contact: place.contact, in: db)
  }

  /// Offers a case to another antenna; the same id a second time is the same offer.
  /// - Throws: `Refusal.sentBefore` when it came with other words then; `Refusal.conflict` while another offer of the
  ///   case is open.
  package func offer(
    _ id: RecordID<Transfer>, _ offer: Transfer.Offer, of offered: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try actor.must(.offerTransfers)
    let territory = try await antennas.territory()
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(offered, for: actor, in: db)
      if try TransferStore.exists(id, in: db) {
        let kept = try TransferStore.ofCase(file.id, key: subject.key, in: db).first { $0.id == id }
        guard let kept, kept.offer != offer else { return }
        throw Refusal.sentBefore("summary", kept: kept.offer.summary)
      }
      try CaseRules.mustBeOpen(file)
      guard TransferRules.mayOffer(file, actor) else { throw Refusal.notAllowed(.assignCases) }
      try TransferRules.mustBeTarget(offer.to, from: file.antenna, in: territory, on: Day(of: now))
      guard try !TransferStore.hasOpen(file.id, in: db) else {
        throw Refusal.conflict(say("This case is offered to an antenna already."))
      }
      try TransferStore.insert(id, offer, of: file, key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "transfer.offer", on: Transfer.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["to": offer.to.rawValue, "summary": offer.summary, "reason": offer.reason]).asNew,
        in: db)
    }
  }

  /// Takes an offer back, for a reason; the same a second time changes nothing.
  package func withdraw(_ id: RecordID<Transfer>, because reason: String, by actor: Actor) async throws {
    try actor.must(.offerTransfers)
    try await answer(id, by: actor) { transfer, file, subject, now, db in
      if transfer.state == .withdrawn, transfer.answer?.words == reason { return }
      try TransferRules.mustBeOpen(transfer)
      guard file.isSeen(by: actor), TransferRules.mayOffer(file, actor) else {
        throw Refusal.notAllowed(.assignCases)
      }
      try TransferStore.answer(
        id, .withdrawn, words: reason, contact: nil, key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "transfer.withdraw", on: Transfer.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["reason": reason]).asNew, in: db)
    }
  }

  /// Declines an offer made to the actor's antenna, for a reason; the same a second time changes nothing.
  package func decline(_ id: RecordID<Transfer>, because reason: String, by actor: Actor) async throws {
    try actor.must(.answerTransfers)
    try await answer(id, by: actor, evenWhenOver: true) { transfer, _, subject, now, db in
      guard transfer.line.to == actor.antenna, actor.scope == .antenna else { throw Refusal.notFound }
      if transfer.state == .declined, transfer.answer?.words == reason { return }
      try TransferRules.mustBeOpen(transfer)
      try TransferStore.answer(
        id, .declined, words: reason, contact: nil, key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "transfer.decline", on: Transfer.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["reason": reason]).asNew, in: db)
    }
  }

  /// Accepts an offer made to the actor's antenna: from now on the case is there, and `contact` its contact person.
  /// The same a second time changes nothing.
  package func accept(_ id: RecordID<Transfer>, contact: AccountID, by actor: Actor) async throws {
    try actor.must(.answerTransfers)
    guard let own = actor.antenna else { throw Refusal.notFound }
    let colleagues = try await accounts.colleagues(of: own)
    try await answer(id, by: actor, evenWhenOver: true) { transfer, file, subject, now, db in
      guard transfer.line.to == own, actor.scope == .antenna else { throw Refusal.notFound }
      if transfer.state == .accepted, transfer.answer?.contact == contact { return }
      try TransferRules.mustBeOpen(transfer)
      guard colleagues.contains(where: { $0.id == contact }) else {
        throw Refusal.invalid([FieldError("contact", say("Choose a colleague of your antenna."))])
      }
      try TransferStore.answer(
        id, .accepted, words: nil, contact: contact, key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "transfer.accept", on: Transfer.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["contact": contact.text]).asNew, in: db)
      try cases.give(file.id, to: own, contact: contact, by: actor, at: now, in: db)
    }
  }

  /// An act on an offer in the actor's sight; whoever comes second waits until the first is done, and finds what it did.
  /// - Parameter evenWhenOver: whoever comes too late is told so, and a form sent twice finds what it did: `body` asks
  ///   who may.
  private func answer(
    _ id: RecordID<Transfer>, by actor: Actor, evenWhenOver: Bool = false,
    _ body: @escaping @Sendable (Transfer, CaseFile, Subject, Date, Connection) throws -> Void
  ) async throws {
    let now = now()
    try await database.write { db in
      let line = try TransferStore.require(id, visibleTo: evenWhenOver ? .program : actor, in: db)
      let (file, subject) = try cases.hold(line.file, for: .program, in: db)
      try body(try TransferStore.read(id, key: subject.key, in: db), file, subject, now, db)
    }
  }

  /// Opens an offer: the summary, and of the case what an antenna needs to decide. The journal tells that it was read.
  package func open(_ id: RecordID<Transfer>, for actor: Actor) async throws -> OpenedTransfer {
    try actor.must(.openFiles)
    let now = now()
    return try await database.write { db in
      let line = try TransferStore.require(id, visibleTo: actor, in: db)
      let (file, subject) = try cases.require(line.file, for: .program, in: db)
      let transfer = try TransferStore.read(id, key: subject.key, in: db)
      let identity = try cases.people.read(subject, in: db).person.identity
      try Journal.append(
        "transfer.open", on: Transfer.reference(id), of: subject, by: actor, at: now, in: db)
      return OpenedTransfer(
        transfer: transfer, number: file.number, stage: file.stage, sees: file.isSeen(by: actor),
        contact: file.contact, mayWithdraw: TransferRules.mayOffer(file, actor) && file.isSeen(by: actor),
        governorate: identity.governorate, age: identity.age(on: Day(of: now)))
    }
  }

  /// The offers of a case that was opened already, newest first.
  package func transfers(of opened: OpenedCase, in db: Connection) throws -> [Transfer] {
    try TransferStore.ofCase(opened.file.id, key: opened.subject.key, in: db)
  }

  /// A page of a list.
  package func list(_ list: TransferList, after cursor: TransferCursor?, for actor: Actor) async throws
    -> TransferPage
  {
    try actor.must(.openFiles)
    return try await database.read { db in
      let limit = TransferStore.pageSize + 1
      var lines =
        switch list {
        case .waiting: try TransferStore.waiting(for: actor, after: cursor, limit: limit, in: db)
        case .made: try TransferStore.made(for: actor, after: cursor, limit: limit, in: db)
        }
      let hasMore = lines.count == limit
      if hasMore { lines.removeLast() }
      return TransferPage(
        lines: lines, numbers: try cases.numbers(of: lines.map(\.file), in: db),
        next: hasMore ? lines.last.map(TransferCursor.init) : nil)
    }
  }

  /// What the home page of `actor` shows: every offer that waits for her answer; for the contact person of an offered
  /// case and for the centre those that nobody answered in time. At most 20 of each.
  package func day(of actor: Actor) async throws -> TransferDay {
    try actor.must(.openFiles)
    let late = now().addingTimeInterval(-Double(daysToAnswer) * 86_400)
    return try await database.read { db in
      let isCentre = actor.scope == .nation
      let waiting = isCentre ? [] : try TransferStore.waiting(for: actor, limit: 20, in: db)
      let unanswered =
        isCentre
        ? try TransferStore.waiting(for: actor, until: late, limit: 20, in: db)
        : try TransferStore.unanswered(by: late, contact: actor, limit: 20, in: db)
      return TransferDay(
        waiting: waiting, unanswered: unanswered, late: late,
        numbers: try cases.numbers(of: (waiting + unanswered).map(\.file), in: db))
    }
  }

  /// Where a case went that was at the actor's antenna; nil when she sees the case itself, or it never was there.
  package func trace(number: String, for actor: Actor) async throws -> RecordID<Transfer>? {
    guard actor.may(.openFiles), let file = try await cases.find(number: number, for: .program) else {
      return nil
    }
    return try await database.read { db in
      guard try cases.lines(of: [file], for: actor, in: db).lines.isEmpty else { return nil }
      return try TransferStore.given(file, visibleTo: actor, in: db)
    }
  }

  /// The case for the form that offers it, with the antennas to which it can go.
  func offerable(_ id: RecordID<CaseFile>, for actor: Actor) async throws -> (
    file: CaseFile, targets: [Antenna]
  ) {
    try actor.must(.offerTransfers)
    let territory = try await antennas.territory()
    let file = try await database.read { db in try cases.require(id, for: actor, in: db).file }
    guard TransferRules.mayOffer(file, actor) else { throw Refusal.notAllowed(.assignCases) }
    return (file, TransferRules.targets(from: file.antenna, in: territory, on: Day(of: now())))
  }
}

extension CaseFile {
  /// Whether the file itself is in the actor's sight.
  fileprivate func isSeen(by actor: Actor) -> Bool {
    switch actor.scope {
    case .nation: true
    case .antenna: antenna == actor.antenna
    case .assigned: contact == actor.id
    }
  }
}

/// An offer as one person may read it.
package struct OpenedTransfer: Sendable {
  package let transfer: Transfer
  package let number: String
  package let stage: CaseFile.Stage
  /// Whether the reader sees the case itself.
  package let sees: Bool
  /// Who accompanies the person now.
  package let contact: AccountID
  package let mayWithdraw: Bool
  /// Where the person lives: nobody needs her name to decide.
  package let governorate: GovernorateCode?
  package let age: Int?
}

/// A page of offers with the numbers of their cases.
package struct TransferPage: Sendable {
  package let lines: [TransferLine]
  package let numbers: [RecordID<CaseFile>: String]
  package let next: TransferCursor?
}

/// What stands on a home page.
package struct TransferDay: Sendable {
  /// Offers that wait for the reader's answer.
  package let waiting: [TransferLine]
  /// Offers that nobody answered in time.
  package let unanswered: [TransferLine]
  /// An offer made until then is late.
  package let late: Date
  package let numbers: [RecordID<CaseFile>: String]
}
