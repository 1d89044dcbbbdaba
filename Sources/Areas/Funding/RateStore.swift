import Basics
import Foundation
import Storage

/// Every SQL statement about rates. Callers bring the transaction.
enum RateStore {
  static let listSize = 100

  static func insert(_ rate: ExchangeRate, by actor: Actor, at now: Date, in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO exchange_rate (id, from_day, until_day, millionths, source, entered_at, entered_by)
      VALUES (\(rate.id), \(rate.from), \(rate.until), \(rate.millionths), \(rate.source), \(now), \(actor.id))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  static func find(_ id: RecordID<ExchangeRate>, in db: Connection) throws -> (
    rate: ExchangeRate, isWithdrawn: Bool
  )? {
    try db.first("\(selection) WHERE id = \(id)") { try read($0) }
  }

  /// The rate of the day, or the latest earlier one that still holds on it; of two of one day the one entered last.
  static func rate(on day: Day, in db: Connection) throws -> ExchangeRate? {
    try db.first(
      """
      \(selection) WHERE withdrawn_at IS NULL AND from_day <= \(day) AND until_day >= \(day)
      ORDER BY from_day DESC, entered_at DESC, id DESC LIMIT 1
      """
    ) { try read($0).rate }
  }

  /// The latest first.
  static func list(in db: Connection) throws -> [(rate: ExchangeRate, isWithdrawn: Bool)] {
    try db.rows("\(selection) ORDER BY from_day DESC, entered_at DESC, id DESC LIMIT \(listSize)") {
      try read($0)
    }
  }

  /// - Returns: false when it was withdrawn before.
  static func withdraw(_ id: RecordID<ExchangeRate>, at now: Date, in db: Connection) throws -> Bool {
    try db.run(
      "UPDATE exchange_rate SET withdrawn_at = \(now) WHERE id = \(id) AND withdrawn_at IS NULL") == 1
  }

  private static let selection: SQL =
    "SELECT id, from_day, until_day, millionths, source, withdrawn_at FROM exchange_rate"

  private static func read(_ row: borrowing Row) throws -> (rate: ExchangeRate, isWithdrawn: Bool) {
    let withdrawn: Date? = try row[5]
    let rate = ExchangeRate(
      id: try row[0], from: try row[1], until: try row[2], millionths: try row[3], source: try row[4])
    return (rate, withdrawn != nil)
  }
}
