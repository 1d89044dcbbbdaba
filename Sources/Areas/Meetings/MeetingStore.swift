import Basics
import Cases
import Foundation
import Storage
import Tasks

/// Every SQL statement about minutes. Callers bring the transaction.
enum MeetingStore {
  static let pageSize = 30

  private static let columns: SQL =
    "id, antenna, day, present, guests, begun_at, begun_by, version, closed_at, closed_by"

  /// - Returns: whether it was written: the same form may have been first.
  static func insert(_ meeting: Meeting, key: SealingKey, in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO meeting (id, antenna, day, present, guests, begun_at, begun_by, version)
      VALUES (\(meeting.id), \(meeting.antenna?.rawValue ?? ""), \(meeting.day), \(text(of: meeting.present)),
        \(try sealed(meeting.guests, of: meeting.id, key)), \(meeting.begunAt), \(meeting.begunBy), 1)
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  private static func text(of present: [AccountID]) -> String { present.map(\.text).joined(separator: " ") }

  private static func sealed(_ guests: String?, of id: RecordID<Meeting>, _ key: SealingKey) throws
    -> [UInt8]?
  {
    try guests.map { try key.seal($0, as: "meeting.guests:\(id)") }
  }

  static func find(_ id: RecordID<Meeting>, key: SealingKey, in db: Connection) throws -> Meeting {
    let found = try db.first("SELECT \(columns) FROM meeting WHERE id = \(id)") { try Meeting($0, key: key) }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// Whoever comes second waits here, and then sees what the first one did.
  static func hold(_ id: RecordID<Meeting>, in db: Connection) throws {
    try db.run("UPDATE meeting SET version = version WHERE id = \(id)")
  }

  /// - Returns: false where they were changed or closed meanwhile.
  static func update(
    _ id: RecordID<Meeting>, to head: MeetingHead, from version: Int, key: SealingKey, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE meeting SET day = \(head.day), present = \(text(of: head.present)),
        guests = \(try sealed(head.guests, of: id, key)), version = version + 1
      WHERE id = \(id) AND version = \(version) AND closed_at IS NULL
      """) == 1
  }

  static func close(_ id: RecordID<Meeting>, by actor: Actor, at now: Date, in db: Connection) throws {
    try db.run(
      "UPDATE meeting SET closed_at = \(now), closed_by = \(actor.id), version = version + 1 WHERE id = \(id)"
    )
  }

  /// A page, the latest meeting first; one more than fits.
  /// - Parameters:
  ///   - place: the code of an antenna, empty for the centre; nil: all.
  ///   - drafts: at which place drafts are shown; nil: at none.
  static func page(
    at place: String?, drafts: String?, after cursor: MeetingCursor?, key: SealingKey, in db: Connection
  ) throws -> [Meeting] {
    var conditions: [SQL] = []
    if let place { conditions.append("antenna = \(place)") }
    if let drafts {
      conditions.append("closed_at IS NOT NULL OR antenna = \(drafts)")
    } else {
      conditions.append("closed_at IS NOT NULL")
    }
    if let cursor { conditions.append("(day, id) < (\(cursor.day), \(cursor.id))") }
    return try db.rows(
      """
      SELECT \(columns) FROM meeting WHERE \(.all(conditions)) ORDER BY day DESC, id DESC LIMIT \(pageSize + 1)
      """
    ) { try Meeting($0, key: key) }
  }

  /// Where and when some meetings were.
  static func places(of ids: [RecordID<Meeting>], in db: Connection) throws -> [RecordID<Meeting>: (
    antenna: AntennaCode?, day: Day
  )] {
    guard !ids.isEmpty else { return [:] }
    let rows = try db.rows("SELECT id, antenna, day FROM meeting WHERE id IN (\(list: Array(Set(ids))))") {
      (try $0[0] as RecordID<Meeting>, try $0[1] as String, try $0[2] as Day)
    }
    return Dictionary(
      uniqueKeysWithValues: rows.map { ($0.0, (antenna: AntennaCode(stored: $0.1), day: $0.2)) })
  }
}

extension AntennaCode {
  /// As it is kept: empty for the centre.
  fileprivate init?(stored text: String) {
    if text.isEmpty { return nil }
    self.init(rawValue: text)
  }
}

extension Meeting {
  fileprivate init(_ row: borrowing Row, key: SealingKey) throws {
    id = try row[0]
    let place: String = try row[1]
    antenna = AntennaCode(stored: place)
    day = try row[2]
    let accounts: String = try row[3]
    present = accounts.split(separator: " ").compactMap { AccountID($0) }
    let (sealed, id): ([UInt8]?, RecordID<Meeting>) = (try row[4], id)
    guests = try sealed.map { try key.openText($0, as: "meeting.guests:\(id)") }
    begunAt = try row[5]
    begunBy = try row[6]
    version = try row[7]
    let (at, by): (Date?, AccountID?) = (try row[8], try row[9])
    closed = at.flatMap { at in by.map { Closed(at: at, by: $0) } }
  }
}
