import Basics
import Foundation
import Storage

/// Every SQL statement about rooms, absences and holidays.
enum AgendaStore {
  static let most = 200

  /// Those in which somebody may be received.
  static func rooms(of antenna: AntennaCode, in db: Connection) throws -> [Room] {
    try allRooms(of: antenna, in: db).filter { !$0.isClosed }
  }

  /// With the closed ones, whose names old appointments bear.
  static func allRooms(of antenna: AntennaCode, in db: Connection) throws -> [Room] {
    try db.rows(
      """
      SELECT id, antenna, name, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END FROM room
      WHERE antenna = \(antenna) ORDER BY name LIMIT \(most)
      """
    ) { Room(id: try $0[0], antenna: try $0[1], name: try $0[2], isClosed: try $0[3]) }
  }

  static func room(_ id: RecordID<Room>, in db: Connection) throws -> Room? {
    try db.first(
      "SELECT id, antenna, name, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END FROM room WHERE id = \(id)"
    ) { Room(id: try $0[0], antenna: try $0[1], name: try $0[2], isClosed: try $0[3]) }
  }

  /// - Returns: false when it is so already.
  static func setClosed(_ id: RecordID<Room>, _ moment: Date?, in db: Connection) throws -> Bool {
    let isOther: SQL = moment == nil ? "closed_at IS NOT NULL" : "closed_at IS NULL"
    return try db.run("UPDATE room SET closed_at = \(moment) WHERE id = \(id) AND \(isOther)") == 1
  }

  /// How much is still to take place in each of some rooms; those in which nothing is are left out.
  static func planned(in rooms: [RecordID<Room>], from day: Day, in db: Connection) throws
    -> [RecordID<Room>: Int]
  {
    let which: SQL = "room IN (\(list: rooms)) AND day >= \(day) AND state = 'planned'"
    let counts = try db.rows(
      """
      SELECT room, COUNT(*) FROM appointment WHERE \(which) GROUP BY room
      UNION ALL SELECT room, COUNT(*) FROM group_session WHERE \(which) GROUP BY room
      """
    ) { (room: try $0[0] as RecordID<Room>, count: try $0[1] as Int) }
    return counts.reduce(into: [:]) { $0[$1.room, default: 0] += $1.count }
  }

  /// - Returns: false when one of that id or name is there.
  static func insert(_ room: Room, in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO room (id, antenna, name) VALUES (\(room.id), \(room.antenna), \(room.name))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// Absences that are not over, the next first.
  static func absences(at antenna: AntennaCode, from day: Day, in db: Connection) throws -> [Absence] {
    try db.rows(
      """
      SELECT id, account, from_day, until_day FROM absence
      WHERE antenna = \(antenna) AND until_day >= \(day) AND ended_at IS NULL ORDER BY until_day, id LIMIT \(most)
      """
    ) { Absence(id: try $0[0], account: try $0[1], from: try $0[2], until: try $0[3]) }
  }

  static func absence(of account: AccountID, on day: Day, in db: Connection) throws -> Absence? {
    try db.first(
      """
      SELECT id, account, from_day, until_day FROM absence
      WHERE account = \(account) AND until_day >= \(day) AND from_day <= \(day) AND ended_at IS NULL
      ORDER BY until_day LIMIT 1
      """
    ) { Absence(id: try $0[0], account: try $0[1], from: try $0[2], until: try $0[3]) }
  }

  static func absence(_ id: RecordID<Absence>, in db: Connection) throws -> (
    absence: Absence, antenna: AntennaCode
  )? {
    try db.first("SELECT id, account, from_day, until_day, antenna FROM absence WHERE id = \(id)") {
      (Absence(id: try $0[0], account: try $0[1], from: try $0[2], until: try $0[3]), try $0[4])
    }
  }

  /// - Returns: false when it is there.
  static func insert(
    _ absence: Absence, at antenna: AntennaCode, by actor: Actor, at now: Date, in db: Connection
  )
    throws -> Bool
  {
    try db.run(
      """
      INSERT INTO absence (id, account, antenna, from_day, until_day, recorded_at, recorded_by)
      VALUES (\(absence.id), \(absence.account), \(antenna), \(absence.from), \(absence.until), \(now), \(actor.id))
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  static func end(_ id: RecordID<Absence>, at now: Date, in db: Connection) throws -> Bool {
    try db.run("UPDATE absence SET ended_at = \(now) WHERE id = \(id) AND ended_at IS NULL") == 1
  }

  static func holiday(on day: Day, in db: Connection) throws -> Holiday? {
    try db.first("SELECT day, name, source, is_to_confirm FROM holiday WHERE day = \(day)") {
      try Holiday($0)
    }
  }

  static func holidays(_ days: ClosedRange<Day>, in db: Connection) throws -> [Holiday] {
    try db.rows(
      """
      SELECT day, name, source, is_to_confirm FROM holiday
      WHERE day >= \(days.lowerBound) AND day <= \(days.upperBound) ORDER BY day LIMIT \(most)
      """
    ) { try Holiday($0) }
  }

  static func set(_ holiday: Holiday, by actor: Actor, at now: Date, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO holiday (day, name, source, is_to_confirm, set_at, set_by)
      VALUES (\(holiday.day), \(holiday.name), \(holiday.source), \(holiday.isToConfirm), \(now), \(actor.id))
      ON CONFLICT (day) DO UPDATE SET name = excluded.name, source = excluded.source,
        is_to_confirm = excluded.is_to_confirm, set_at = excluded.set_at, set_by = excluded.set_by
      """)
  }

  static func remove(_ day: Day, in db: Connection) throws -> Bool {
    try db.run("DELETE FROM holiday WHERE day = \(day)") == 1
  }
}

extension Holiday {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(day: try row[0], name: try row[1], source: try row[2], isToConfirm: try row[3])
  }
}
