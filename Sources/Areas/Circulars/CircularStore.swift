import Accounts
import Basics
import Foundation
import Storage

/// Every SQL statement about circulars. Callers bring the transaction.
enum CircularStore {
  static let pageSize = 50
  /// So many readers stand on a page at most, of those who have read it and of those who have not.
  static let mostReaders = 200

  static func insert(_ new: NewCircular, by actor: Actor, at now: Date, key: SealingKey, in db: Connection)
    throws -> Bool
  {
    let roles = new.roles.map(\.rawValue).sorted().joined(separator: ",")
    let antennas = new.antennas.map(\.rawValue).sorted().joined(separator: ",")
    let words = try key.seal(fields(new.words).bytes, as: "circular.words:\(new.id)")
    return try db.run(
      """
      INSERT INTO circular (id, sent_at, sent_by, read_by, roles, antennas, words, until_day)
      VALUES (\(new.id), \(now), \(actor.id), \(new.readBy), \(roles), \(antennas), \(words), \(new.until))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: whether it had not gone to her before.
  @discardableResult
  static func send(
    _ new: NewCircular, to account: AccountID, at antenna: AntennaCode, readBy: Day? = nil, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO circular_receipt (account, circular, antenna, read_by)
      VALUES (\(account), \(new.id), \(antenna), \(readBy ?? new.readBy)) ON CONFLICT DO NOTHING
      """) == 1
  }

  /// Those that hold on a day, the newest first, without their words.
  static func inForce(on day: Day, limit: Int, in db: Connection) throws -> [NewCircular] {
    try db.rows(
      """
      SELECT id, read_by, roles, antennas, until_day FROM circular
      WHERE until_day IS NULL OR until_day >= \(day) ORDER BY id DESC LIMIT \(limit)
      """
    ) { row in
      let (roles, antennas): (String, String) = (try row[2], try row[3])
      return NewCircular(
        id: try row[0], readBy: try row[1], words: [:],
        roles: Set(roles.split(separator: ",").compactMap { Role(rawValue: String($0)) }),
        antennas: Set(antennas.split(separator: ",").map { AntennaCode(rawValue: String($0)) }),
        until: try row[4])
    }
  }

  /// To whom of some accounts it did not go.
  static func missing(_ id: RecordID<Circular>, of accounts: [AccountID], in db: Connection) throws
    -> Set<AccountID>
  {
    guard !accounts.isEmpty else { return [] }
    let known = try db.rows(
      "SELECT account FROM circular_receipt WHERE circular = \(id) AND account IN (\(list: accounts))"
    ) { try $0[0] as AccountID }
    return Set(accounts).subtracting(known)
  }

  static func find(_ id: RecordID<Circular>, key: SealingKey, in db: Connection) throws -> Circular? {
    try db.first(
      "SELECT c.id, c.sent_at, c.sent_by, c.read_by, c.words, c.until_day FROM circular c WHERE c.id = \(id)"
    ) {
      try Circular($0, key: key)
    }
  }

  static func receipt(_ id: RecordID<Circular>, of account: AccountID, in db: Connection) throws
    -> CircularReader?
  {
    try db.first(
      "SELECT account, antenna, read_at FROM circular_receipt WHERE account = \(account) AND circular = \(id)"
    ) { try CircularReader($0) }
  }

  /// - Returns: whether it was not read until now.
  static func read(_ id: RecordID<Circular>, by actor: Actor, at now: Date, in db: Connection) throws -> Bool
  {
    try db.run(
      """
      UPDATE circular_receipt SET read_at = \(now)
      WHERE account = \(actor.id) AND circular = \(id) AND read_at IS NULL
      """) == 1
  }

  /// Those that went to somebody, the newest first.
  static func received(
    by account: AccountID, isRead: Bool, before cursor: RecordID<Circular>?, key: SealingKey,
    in db: Connection
  ) throws -> [CircularLine] {
    let state: SQL = isRead ? "r.read_at IS NOT NULL" : "r.read_at IS NULL"
    let earlier: SQL = cursor.map { "AND r.circular < \($0)" } ?? ""
    return try db.rows(
      """
      SELECT c.id, c.sent_at, c.sent_by, c.read_by, c.words, c.until_day, r.read_at
      FROM circular_receipt r JOIN circular c ON c.id = r.circular
      WHERE r.account = \(account) AND \(state) \(earlier) ORDER BY r.circular DESC LIMIT \(pageSize + 1)
      """
    ) { CircularLine(circular: try Circular($0, key: key), readAt: try $0[6]) }
  }

  static func sent(before cursor: RecordID<Circular>?, key: SealingKey, in db: Connection) throws
    -> [CircularLine]
  {
    let earlier: SQL = cursor.map { "WHERE c.id < \($0)" } ?? ""
    return try db.rows(
      """
      SELECT c.id, c.sent_at, c.sent_by, c.read_by, c.words, c.until_day FROM circular c \(earlier)
      ORDER BY c.id DESC LIMIT \(pageSize + 1)
      """
    ) { CircularLine(circular: try Circular($0, key: key), readAt: nil) }
  }

  private static func at(_ antenna: AntennaCode?) -> SQL { antenna.map { "AND antenna = \($0)" } ?? "" }

  /// How many of each antenna have read it: as many lines as antennas.
  static func counts(of id: RecordID<Circular>, at antenna: AntennaCode?, in db: Connection) throws
    -> [CircularCount]
  {
    var counts: [AntennaCode: (missing: Int, read: Int)] = [:]
    let missing = try db.rows(
      """
      SELECT antenna, COUNT(*) FROM circular_receipt
      WHERE circular = \(id) AND read_at IS NULL \(at(antenna)) GROUP BY antenna
      """
    ) { (try $0[0] as AntennaCode, try $0[1] as Int) }
    let read = try db.rows(
      """
      SELECT antenna, COUNT(*) FROM circular_receipt
      WHERE circular = \(id) AND read_at IS NOT NULL \(at(antenna)) GROUP BY antenna
      """
    ) { (try $0[0] as AntennaCode, try $0[1] as Int) }
    for (antenna, count) in missing { counts[antenna, default: (0, 0)].missing = count }
    for (antenna, count) in read { counts[antenna, default: (0, 0)].read = count }
    return counts.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      CircularCount(antenna: $0.key, sent: $0.value.missing + $0.value.read, read: $0.value.read)
    }
  }

  static func readers(
    of id: RecordID<Circular>, haveRead: Bool, at antenna: AntennaCode?, in db: Connection
  ) throws -> [CircularReader] {
    let state: SQL = haveRead ? "read_at IS NOT NULL" : "read_at IS NULL"
    return try db.rows(
      """
      SELECT account, antenna, read_at FROM circular_receipt
      WHERE circular = \(id) AND \(state) \(at(antenna)) ORDER BY antenna, account LIMIT \(mostReaders + 1)
      """
    ) { try CircularReader($0) }
  }

  /// By when somebody was to read what she has not read.
  static func unread(by account: AccountID, in db: Connection) throws -> [Day] {
    try db.rows(
      "SELECT read_by FROM circular_receipt WHERE account = \(account) AND read_at IS NULL LIMIT \(pageSize)"
    ) { try $0[0] as Day }
  }

  /// How many receipts are late, counted up to `mostReaders`.
  static func late(on day: Day, at antenna: AntennaCode?, in db: Connection) throws -> Int {
    try db.value(
      """
      SELECT COUNT(*) FROM (
        SELECT 1 FROM circular_receipt WHERE read_at IS NULL AND read_by < \(day) \(at(antenna))
        LIMIT \(mostReaders)
      ) AS late
      """) ?? 0
  }

  fileprivate static func fields(_ words: [Language: Circular.Words]) -> Fields {
    var fields = Fields()
    for (language, words) in words {
      fields["title-\(language.rawValue)"] = words.title
      fields["text-\(language.rawValue)"] = words.text
    }
    return fields
  }
}

extension Circular {
  fileprivate init(_ row: borrowing Row, key: SealingKey) throws {
    id = try row[0]
    (sentAt, sentBy, readBy) = (try row[1], try row[2], try row[3])
    let fields = Fields(bytes: try key.open(try row[4], as: "circular.words:\(id)")) ?? Fields()
    var words: [Language: Words] = [:]
    for language in Language.allCases {
      guard let title = fields["title-\(language.rawValue)"], let text = fields["text-\(language.rawValue)"]
      else { continue }
      words[language] = Words(title: title, text: text)
    }
    self.words = words
    until = try row[5]
  }
}

extension CircularReader {
  fileprivate init(_ row: borrowing Row) throws {
    (account, antenna, readAt) = (try row[0], try row[1], try row[2])
  }
}
