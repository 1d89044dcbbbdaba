import Basics
import Foundation
import NIOConcurrencyHelpers
import Storage

/// Every SQL statement about instruments. Callers bring the transaction.
enum InstrumentStore {
  /// Versions of instruments that an installation may have.
  static let most = 2_000

  /// Every version: those that were loaded, and those of what ships that nothing was decided about yet.
  static func all(_ read: InstrumentCache, in db: Connection) throws -> [KeptInstrument] {
    let rows = try db.rows(
      """
      SELECT text, is_shipped, loaded_at, forced_on, retired_on, retired_because, code, version FROM instrument
      ORDER BY code, version LIMIT \(most)
      """
    ) { try kept($0, read) }
    let known = Set(rows.map(\.instrument.id))
    let shipped = InstrumentShipped.all.filter { !known.contains($0.instrument.id) }
    return (rows + shipped).sorted {
      ($0.instrument.code, $0.instrument.version) < ($1.instrument.code, $1.instrument.version)
    }
  }

  static func find(_ id: InstrumentID, _ read: InstrumentCache, in db: Connection) throws -> KeptInstrument? {
    let row = try db.first(
      """
      SELECT text, is_shipped, loaded_at, forced_on, retired_on, retired_because, code, version FROM instrument
      WHERE code = \(id.code) AND version = \(id.version)
      """
    ) { try kept($0, read) }
    return row ?? InstrumentShipped.all.first { $0.instrument.id == id }
  }

  private static func kept(_ row: borrowing Row, _ read: InstrumentCache) throws -> KeptInstrument {
    let text: String = try row[0]
    guard let instrument = read.instrument(text) else {
      // What was checked when it was loaded is read by the same rules later: only a fault of ours comes here.
      throw StorageFault.other("an instrument that was loaded cannot be read")
    }
    return KeptInstrument(
      instrument: instrument, text: text, loadedAt: try row[2], forcedOn: try row[3],
      retiredOn: try row[4], retiredBecause: try row[5], isShipped: try row[1])
  }

  static func count(in db: Connection) throws -> Int {
    try db.value("SELECT COUNT(*) FROM instrument") ?? 0
  }

  /// - Returns: false when that version is there already.
  @discardableResult
  static func insert(
    _ instrument: Instrument, _ text: String, isShipped: Bool = false, by actor: AccountID, at now: Date,
    in db: Connection
  ) throws -> Bool {
    let forcedOn = isShipped && !instrument.isFrame ? instrument.from : nil
    return try db.run(
      """
      INSERT INTO instrument (code, version, text, is_shipped, loaded_at, loaded_by, forced_on, forced_by)
      VALUES (\(instrument.code), \(instrument.version), \(text), \(isShipped), \(now), \(actor), \(forcedOn),
        \(forcedOn.map { _ in actor }))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// What ships has no row until something stands on it or is decided about it.
  static func ensure(_ kept: KeptInstrument, at now: Date, in db: Connection) throws {
    guard kept.isShipped, kept.loadedAt == nil else { return }
    try insert(kept.instrument, kept.text, isShipped: true, by: Actor.program.id, at: now, in: db)
  }

  /// Whoever comes second waits here until the first is done.
  static func hold(_ id: InstrumentID, in db: Connection) throws {
    try db.run(
      "UPDATE instrument SET version = version WHERE code = \(id.code) AND version = \(id.version)")
  }

  /// Another text for a version that was never in force.
  static func replace(
    _ id: InstrumentID, with text: String, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE instrument SET text = \(text), loaded_at = \(now), loaded_by = \(actor.id)
      WHERE code = \(id.code) AND version = \(id.version) AND forced_on IS NULL AND retired_on IS NULL
      """)
  }

  static func force(_ id: InstrumentID, on day: Day, by actor: Actor, in db: Connection) throws {
    try db.run(
      """
      UPDATE instrument SET forced_on = \(day), forced_by = \(actor.id)
      WHERE code = \(id.code) AND version = \(id.version)
      """)
  }

  static func retire(
    _ id: InstrumentID, on day: Day, because reason: String, by actor: Actor, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE instrument SET retired_on = \(day), retired_by = \(actor.id), retired_because = \(reason)
      WHERE code = \(id.code) AND version = \(id.version)
      """)
  }
}

/// Instruments that were read lately, by their text: reading one takes some milliseconds, and a page needs all of them.
final class InstrumentCache: Sendable {
  private static let most = 400
  private let kept = NIOLockedValueBox<[String: Instrument]>([:])

  /// Nil for a text that is no instrument.
  func instrument(_ text: String) -> Instrument? {
    if let known = kept.withLockedValue({ $0[text] }) { return known }
    guard case .instrument(let instrument) = Instrument.read(text) else { return nil }
    kept.withLockedValue { kept in
      if kept.count >= Self.most { kept.removeAll() }
      kept[text] = instrument
    }
    return instrument
  }
}
