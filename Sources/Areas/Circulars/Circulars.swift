import Accounts
import Antennas
import Basics
import Foundation
import Storage

/// The door of the area: what the centre tells those at the antennas, and who has read it.
package struct Circulars: Sendable {
  let database: Database
  let accounts: Accounts
  let antennas: Antennas
  let now: @Sendable () -> Date

  package init(
    database: Database, accounts: Accounts, antennas: Antennas,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.database = database
    self.accounts = accounts
    self.antennas = antennas
    self.now = now
  }

  private static func key(in db: Connection) throws -> SealingKey {
    try InstallationKeys.key(for: .office, in: db)
  }

  /// Sends a circular to everybody for whom it is at this moment; the same id a second time is the same circular.
  /// - Returns: to how many it went.
  /// - Throws: `Refusal.invalid` where it would reach nobody; `Refusal.sentBefore` when the id came with other words.
  @discardableResult
  package func send(_ new: NewCircular, by actor: Actor) async throws -> Int {
    try actor.must(.writeCirculars)
    let now = now()
    let readers = try await accounts.colleagues(of: antennas.territory().antennas.map(\.id))
      .filter { CircularRules.isFor($0, new) }
    return try await database.write { db in
      let key = try Self.key(in: db)
      guard try CircularStore.find(new.id, key: key, in: db) != nil || !readers.isEmpty else {
        throw Refusal.invalid([FieldError("roles", say("It would reach nobody."))])
      }
      guard try CircularStore.insert(new, by: actor, at: now, key: key, in: db) else {
        let kept = try CircularStore.find(new.id, key: key, in: db)
        guard kept?.words == new.words, kept?.sentBy == actor.id, kept?.readBy == new.readBy else {
          throw Refusal.sentBefore("title-fr", kept: kept?.words(for: .french)?.words.title)
        }
        return readers.count
      }
      for reader in readers {
        guard let antenna = reader.antenna else { continue }
        try CircularStore.send(new, to: reader.id, at: antenna, in: db)
      }
      try Journal.append(
        "circular.send", on: Circular.reference(new.id), by: actor, at: now,
        changes: Fields(["readers": String(readers.count)]).asNew, in: db)
      return readers.count
    }
  }

  /// A page of a list, the newest first.
  func list(_ list: CircularList, before cursor: RecordID<Circular>?, for actor: Actor) async throws
    -> CircularsFound
  {
    if list == .sent { try actor.must(.writeCirculars) }
    return try await database.read { db in
      let key = try Self.key(in: db)
      let found =
        list == .sent
        ? try CircularStore.sent(before: cursor, key: key, in: db)
        : try CircularStore.received(
          by: actor.id, isRead: list == .read, before: cursor, key: key, in: db)
      let lines = Array(found.prefix(CircularStore.pageSize))
      return CircularsFound(lines: lines, next: found.count > lines.count ? lines.last?.circular.id : nil)
    }
  }

  /// One circular, for those to whom it went and for those who may know who has read it.
  func find(_ id: RecordID<Circular>, for actor: Actor) async throws -> CircularShown {
    try await database.read { db in
      let own = try CircularStore.receipt(id, of: actor.id, in: db)
      let sight = CircularRules.sight(of: actor)
      guard let circular = try CircularStore.find(id, key: Self.key(in: db), in: db) else {
        throw Refusal.notFound
      }
      var antenna: AntennaCode?
      if case .antenna(let code) = sight { antenna = code }
      let counts = sight == .nobody ? [] : try CircularStore.counts(of: id, at: antenna, in: db)
      // What concerns nobody of one's antenna is not one's matter.
      guard own != nil || sight == .everybody || !counts.isEmpty else { throw Refusal.notFound }
      let isSeen = sight != .nobody
      return CircularShown(
        circular: circular, own: own, counts: counts,
        missing: isSeen ? try CircularStore.readers(of: id, haveRead: false, at: antenna, in: db) : [],
        readers: isSeen ? try CircularStore.readers(of: id, haveRead: true, at: antenna, in: db) : [])
    }
  }

  /// Confirms that the actor has read it; a second time changes nothing.
  package func read(_ id: RecordID<Circular>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      guard try CircularStore.receipt(id, of: actor.id, in: db) != nil else { throw Refusal.notFound }
      guard try CircularStore.read(id, by: actor, at: now, in: db) else { return }
      try Journal.append("circular.read", on: Circular.reference(id), by: actor, at: now, in: db)
    }
  }

  /// What waits for the actor, and what is late with those whose receipts she sees.
  package func day(of actor: Actor) async throws -> CircularDay {
    try await database.read { db in try day(of: actor, in: db) }
  }

  private func day(of actor: Actor, in db: Connection) throws -> CircularDay {
    let today = Day(of: now())
    let unread = try CircularStore.unread(by: actor.id, in: db)
    let lateReaders =
      switch CircularRules.sight(of: actor) {
      case .everybody: try CircularStore.late(on: today, at: nil, in: db)
      case .antenna(let antenna): try CircularStore.late(on: today, at: antenna, in: db)
      case .nobody: 0
      }
    return CircularDay(
      unread: unread.count, late: unread.count { $0 < today }, lateReaders: lateReaders)
  }

  /// What the daily word by e-mail says of circulars, for whoever asked for it: how many, and nothing of what they say.
  package var dailyLine: @Sendable (_ actor: Actor, _ reader: Reader, _ db: Connection) throws -> String? {
    { actor, reader, db in
      let day = try day(of: actor, in: db)
      var lines: [String] = []
      if day.unread > 0 { lines.append(reader("Circulars that you have not read: \(day.unread)")) }
      if day.late > 0 { lines.append(reader("Late: \(day.late)")) }
      if day.lateReaders > 0 {
        lines.append(reader("Receipts of circulars that are late: \(day.lateReaders)"))
      }
      return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
  }
}
