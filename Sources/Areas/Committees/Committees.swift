import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Messages
import People
import Storage

/// The door of the area: what pages and other areas may ask about committees, their items and their decisions.
package struct Committees: Sendable {
  let database: Database
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  let messages: Messages
  let grids: CommitteeGrids
  /// Days within which a person appeals, from the day of the session; nil where nobody has said it.
  let daysToAppeal: Int?
  /// Rooms that act upon a decision, in its transaction.
  private(set) var followers: [DecisionFollower]
  /// Who would pay; nil where no room knows it.
  private(set) var money: MoneyBehind?
  let now: @Sendable () -> Date

  package init(
    cases: Cases, accounts: Accounts, antennas: Antennas, messages: Messages,
    grids: CommitteeGrids = .own, daysToAppeal: Int? = nil, followers: [DecisionFollower] = [],
    money: MoneyBehind? = nil, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.messages = messages
    self.grids = grids
    self.daysToAppeal = daysToAppeal
    self.followers = followers
    self.money = money
    self.now = now
  }

  /// The same door, which tells others of what is decided: they stand on this area, and so come after it.
  package func telling(_ followers: [DecisionFollower]) -> Committees {
    var committees = self
    committees.followers = followers
    return committees
  }

  /// The same door, which knows what money there is.
  package func knowing(_ money: @escaping MoneyBehind) -> Committees {
    var committees = self
    committees.money = money
    return committees
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try CommitteeItemStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Items go with their case to another antenna; a case that is before a committee cannot be closed.
  package static let follower: CaseFollower = { file, place, isOpen, db in
    guard try isOpen || !CommitteeItemStore.isPending(file, in: db) else {
      throw Refusal.conflict(say("This case is before a committee. Take it back first."))
    }
    try CommitteeItemStore.follow(file, to: place.antenna, in: db)
  }

  /// Puts an item before the committees within the caller's transaction; the same id a second time is the same item.
  /// - Throws: `Refusal.sentBefore` when it came with something else then; `Refusal.conflict` for a closed case;
  ///   `Refusal.invalid` for what is not whole.
  package func submit(_ item: NewItem, in db: Connection, by actor: Actor) throws {
    try actor.must(.prepareAids)
    try CommitteeRules.mustBeWhole(item)
    let (file, subject) = try cases.hold(item.file, for: actor, in: db)
    let now = now()
    if try CommitteeItemStore.find(item.id, in: db) == nil, file.stage == .closed {
      throw Refusal.conflict(say("This case is closed. Open it again before you change it."))
    }
    guard try CommitteeItemStore.insert(item, file, key: subject.key, by: actor, at: now, in: db) else {
      let kept = try CommitteeItemStore.require(item.id, in: db)
      let summary = try CommitteeItemStore.summary(of: item.id, key: subject.key, in: db)
      guard kept.file == item.file, kept.origin == item.origin, kept.track == item.track,
        kept.amount == item.amount, kept.preparedBy == item.preparedBy, summary == item.summary
      else { throw Refusal.sentBefore("summary") }
      return
    }
    try Journal.append(
      "committee.submit", on: CommitteeItem.reference(item.id), of: subject, by: actor, at: now,
      changes: Fields([
        "track": item.track.rawValue, "amount": item.amount.typed,
        "currency": item.amount.currency.rawValue,
      ]).asNew, in: db)
  }

  /// Whether an item waits for a decision, or for one upon an appeal.
  package func waits(_ id: RecordID<CommitteeItem>, in db: Connection) throws -> Bool {
    let state = try CommitteeItemStore.find(id, in: db)?.state
    return state == .waiting || state == .listed
  }

  /// Takes an item back before it is decided, or an appeal: then what was decided stands. Within the caller's transaction;
  /// a second time changes nothing.
  /// - Throws: `Refusal.conflict` for one that was decided.
  package func withdraw(
    _ id: RecordID<CommitteeItem>, because reason: String, in db: Connection, by actor: Actor
  ) throws {
    try actor.must(.prepareAids)
    guard let item = try CommitteeItemStore.find(id, in: db) else { throw Refusal.notFound }
    let (_, subject) = try cases.hold(item.file, for: actor, in: db)
    // Whoever decides it at this moment is waited for.
    try CommitteeItemStore.hold(id, in: db)
    let held = try CommitteeItemStore.require(id, in: db)
    if held.state == .withdrawn { return }
    let isAppealed = try CommitteeItemStore.appeal(of: id, in: db) != nil
    if held.state == .decided {
      // An appeal that was taken back already.
      if isAppealed, try decision(of: id, in: db)?.isOnAppeal == false { return }
      throw Refusal.conflict(say("A committee has decided this: it cannot be taken back."))
    }
    guard !reason.isEmpty else {
      throw Refusal.invalid([FieldError("reason", say("Write the reason."))])
    }
    let now = now()
    if isAppealed {
      try CommitteeItemStore.takeOff(id, at: now, in: db)
      try CommitteeItemStore.set(.decided, of: id, in: db)
    } else {
      try CommitteeItemStore.withdraw(id, because: reason, key: subject.key, by: actor, at: now, in: db)
    }
    try Journal.append(
      isAppealed ? "committee.withdraw-appeal" : "committee.withdraw", on: CommitteeItem.reference(id),
      of: subject, by: actor, at: now,
      changes: isAppealed ? Fields(["reason": reason]).asNew : [], in: db)
  }

  /// What was decided last on an item; nil while nothing was. A postponement is a decision, and another follows.
  package func decision(of id: RecordID<CommitteeItem>, in db: Connection) throws -> Decision? {
    guard let item = try CommitteeItemStore.find(id, in: db) else { return nil }
    let key = try cases.findUnerased(item.file, for: .program, in: db)?.subject.key
    return try CommitteeDecisionStore.decisions(of: [item], key: { _ in key }, in: db).last
  }
}
