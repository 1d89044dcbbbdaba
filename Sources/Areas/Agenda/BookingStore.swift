import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about links by which persons take a time.
enum BookingStore {
  /// Links of one case that a page shows at most.
  static let most = 20

  private static let columns: SQL = """
    id, case_file, antenna, account, way, minutes, language, until_at, revoked_at, uses, appointment
    """

  static func find(_ id: RecordID<BookingLink>, in db: Connection) throws -> BookingLink? {
    try db.first("SELECT \(columns) FROM booking_link WHERE id = \(id)") { try BookingLink($0) }
  }

  /// Of a case, the newest first.
  static func links(of file: RecordID<CaseFile>, in db: Connection) throws -> [BookingLink] {
    try db.rows(
      "SELECT \(columns) FROM booking_link WHERE case_file = \(file) ORDER BY id DESC LIMIT \(most)"
    ) { try BookingLink($0) }
  }

  /// - Returns: false when it is there.
  static func insert(_ link: BookingLink, by actor: Actor, at now: Date, in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO booking_link (id, case_file, antenna, account, way, minutes, language, made_at, made_by, until_at,
        uses)
      VALUES (\(link.id), \(link.file), \(link.antenna), \(link.account), \(link.way), \(link.minutes),
        \(link.language), \(now), \(actor.id), \(link.until), 0)
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  static func revoke(_ id: RecordID<BookingLink>, at now: Date, in db: Connection) throws -> Bool {
    try db.run("UPDATE booking_link SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL") == 1
  }

  static func use(_ id: RecordID<BookingLink>, for appointment: RecordID<Appointment>, in db: Connection)
    throws
  {
    try db.run("UPDATE booking_link SET uses = uses + 1, appointment = \(appointment) WHERE id = \(id)")
  }
}

extension BookingLink {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], file: try row[1], antenna: try row[2], account: try row[3], way: try row[4],
      minutes: try row[5], language: try row[6], until: try row[7], revokedAt: try row[8], uses: try row[9],
      appointment: try row[10])
  }
}
