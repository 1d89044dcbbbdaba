import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about group sessions and the seats in them.
enum SessionStore {
  /// Sessions that one list holds at most: where there are more it says so, or goes on.
  static let most = 100
  /// Persons put down for one session, waiting or taken off, that a page shows at most.
  static let mostSeats = 400

  private static let columns: SQL = """
    id, antenna, kind, title_fr, title_ar, title_en, leader, room, place, day, from_minute, minutes, language,
    seats, waits, state, taken, why, version
    """

  static func find(_ id: RecordID<GroupSession>, in db: Connection) throws -> KeptSession? {
    try db.first("SELECT \(columns) FROM group_session WHERE id = \(id)") { try KeptSession($0) }
  }

  /// Locks the row until the transaction ends, in a way that both engines know.
  static func hold(_ id: RecordID<GroupSession>, in db: Connection) throws -> KeptSession? {
    try db.run("UPDATE group_session SET version = version WHERE id = \(id)")
    return try find(id, in: db)
  }

  /// From a day on, the next first: one page, and one more where there is a next.
  static func coming(at antenna: AntennaCode, from day: Day, after cursor: SessionCursor?, in db: Connection)
    throws -> [KeptSession]
  {
    let later: SQL =
      cursor.map { "AND (day, from_minute, id) > (\($0.day), \($0.from), \($0.id))" } ?? ""
    return try db.rows(
      """
      SELECT \(columns) FROM group_session WHERE antenna = \(antenna) AND day >= \(day) \(later)
      ORDER BY day, from_minute, id LIMIT \(most + 1)
      """
    ) { try KeptSession($0) }
  }

  /// Of the days before one, the latest first; one more than are shown where there are more.
  static func past(at antenna: AntennaCode, from day: Day, before end: Day, in db: Connection) throws
    -> [KeptSession]
  {
    try db.rows(
      """
      SELECT \(columns) FROM group_session WHERE antenna = \(antenna) AND day >= \(day) AND day < \(end)
      ORDER BY day DESC, from_minute DESC, id DESC LIMIT \(most + 1)
      """
    ) { try KeptSession($0) }
  }

  /// Of some days; one more than the limit where there are more.
  static func list(
    at antenna: AntennaCode, _ days: ClosedRange<Day>, limit: Int = most, in db: Connection
  ) throws -> [KeptSession] {
    try list("antenna = \(antenna)", days, limit: limit, in: db)
  }

  static func list(
    ledBy account: AccountID, _ days: ClosedRange<Day>, limit: Int = most, in db: Connection
  ) throws -> [KeptSession] {
    try list("leader = \(account)", days, limit: limit, in: db)
  }

  private static func list(_ whose: SQL, _ days: ClosedRange<Day>, limit: Int, in db: Connection) throws
    -> [KeptSession]
  {
    try db.rows(
      """
      SELECT \(columns) FROM group_session
      WHERE \(whose) AND day >= \(days.lowerBound) AND day <= \(days.upperBound)
      ORDER BY day, from_minute, id LIMIT \(limit + 1)
      """
    ) { try KeptSession($0) }
  }

  /// - Returns: false when one of that id is there.
  static func insert(_ session: GroupSession, by actor: Actor, at now: Date, in db: Connection) throws -> Bool
  {
    try db.run(
      """
      INSERT INTO group_session (id, antenna, kind, title_fr, title_ar, title_en, leader, room, place, day,
        from_minute, minutes, language, seats, waits, state, taken, version, made_at, made_by)
      VALUES (\(session.id), \(session.antenna), \(session.kind), \(session.titles?.french),
        \(session.titles?.arabic), \(session.titles?.english), \(session.leader), \(session.room), \(session.place),
        \(session.time.day), \(session.time.from), \(session.time.minutes), \(session.language),
        \(session.seats), \(session.hasWaitingList), \(GroupSession.State.planned), 0, 1, \(now), \(actor.id))
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  static func change(_ session: GroupSession, why: String?, in db: Connection) throws {
    try db.run(
      """
      UPDATE group_session SET kind = \(session.kind), title_fr = \(session.titles?.french),
        title_ar = \(session.titles?.arabic), title_en = \(session.titles?.english), leader = \(session.leader),
        room = \(session.room), place = \(session.place), day = \(session.time.day),
        from_minute = \(session.time.from), minutes = \(session.time.minutes),
        language = \(session.language), seats = \(session.seats), waits = \(session.hasWaitingList),
        why = \(why), version = version + 1
      WHERE id = \(session.id)
      """)
  }

  static func cancel(_ id: RecordID<GroupSession>, why: String, in db: Connection) throws {
    try db.run(
      """
      UPDATE group_session SET state = \(GroupSession.State.cancelled), why = \(why), version = version + 1
      WHERE id = \(id)
      """)
  }

  /// Takes one of the seats, where one is left: of two who ask for the last, one gets it.
  static func takeSeat(in id: RecordID<GroupSession>, in db: Connection) throws -> Bool {
    try db.run("UPDATE group_session SET taken = taken + 1 WHERE id = \(id) AND taken < seats") == 1
  }

  static func giveSeatBack(in id: RecordID<GroupSession>, in db: Connection) throws {
    try db.run("UPDATE group_session SET taken = taken - 1 WHERE id = \(id) AND taken > 0")
  }
}

extension SessionStore {
  private static let seatColumns: SQL = "id, session, case_file, state, version"

  static func seat(_ id: RecordID<SessionSeat>, in db: Connection) throws -> SessionSeat? {
    try db.first("SELECT \(seatColumns) FROM session_seat WHERE id = \(id)") { try SessionSeat($0) }
  }

  static func seat(of file: RecordID<CaseFile>, in id: RecordID<GroupSession>, in db: Connection) throws
    -> SessionSeat?
  {
    try db.first(
      "SELECT \(seatColumns) FROM session_seat WHERE session = \(id) AND case_file = \(file) AND state <> 'off'"
    ) { try SessionSeat($0) }
  }

  /// Those who are put down, in the order in which they were; those taken off left out.
  static func seats(in id: RecordID<GroupSession>, in db: Connection) throws -> [SessionSeat] {
    try db.rows(
      """
      SELECT \(seatColumns) FROM session_seat WHERE session = \(id) AND state <> 'off'
      ORDER BY put_at, id LIMIT \(mostSeats)
      """
    ) { try SessionSeat($0) }
  }

  static func waiting(for id: RecordID<GroupSession>, in db: Connection) throws -> [SessionSeat] {
    try db.rows(
      """
      SELECT \(seatColumns) FROM session_seat WHERE session = \(id) AND state = 'waiting'
      ORDER BY put_at, id LIMIT \(mostSeats)
      """
    ) { try SessionSeat($0) }
  }

  /// Of a case, the latest put down first.
  static func seats(of file: RecordID<CaseFile>, in db: Connection) throws -> [(
    seat: SessionSeat, kept: KeptSession
  )] {
    let seats = try db.rows(
      """
      SELECT \(seatColumns) FROM session_seat WHERE case_file = \(file) AND state <> 'off'
      ORDER BY id DESC LIMIT \(most)
      """
    ) { try SessionSeat($0) }
    let sessions = try db.rows(
      "SELECT \(columns) FROM group_session WHERE id IN (\(list: Array(Set(seats.map(\.session)))))"
    ) { try KeptSession($0) }
    let named = Dictionary(uniqueKeysWithValues: sessions.map { ($0.session.id, $0) })
    return seats.compactMap { seat in named[seat.session].map { (seat, $0) } }
  }

  /// - Returns: false when that id, or she, is there already.
  static func insert(
    _ id: RecordID<SessionSeat>, _ state: SessionSeat.State, of file: RecordID<CaseFile>,
    in session: RecordID<GroupSession>, by actor: Actor, at now: Date, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO session_seat (id, session, case_file, state, version, put_at, put_by)
      VALUES (\(id), \(session), \(file), \(state), 1, \(now), \(actor.id)) ON CONFLICT DO NOTHING
      """) == 1
  }

  static func set(_ state: SessionSeat.State, of id: RecordID<SessionSeat>, in db: Connection) throws {
    try db.run("UPDATE session_seat SET state = \(state), version = version + 1 WHERE id = \(id)")
  }
}

extension KeptSession {
  fileprivate init(_ row: borrowing Row) throws {
    let french: String? = try row[3]
    let (arabic, english): (String?, String?) = (try row[4], try row[5])
    let titles = french.map { GroupSession.Titles(french: $0, arabic: arabic ?? $0, english: english ?? $0) }
    let session = GroupSession(
      id: try row[0], antenna: try row[1], kind: try row[2], titles: titles, leader: try row[6],
      room: try row[7], place: try row[8],
      time: AppointmentTime(day: try row[9], from: try row[10], minutes: try row[11]),
      language: try row[12], seats: try row[13], hasWaitingList: try row[14])
    self.init(
      session: session, state: try row[15], taken: try row[16], why: try row[17], version: try row[18])
  }
}

extension SessionSeat {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], session: try row[1], file: try row[2], state: try row[3], version: try row[4])
  }
}
