import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about appointments. Callers have found the case first where they open what is sealed.
enum AppointmentStore {
  /// Appointments that one list holds at most: more are a fault of the day, and are said.
  static let most = 300
  /// Of a case, on one page.
  static let pageSize = 50
  /// A calendar outside reads half a year at once.
  static let mostOfFeed = 4_000

  private static let columns: SQL =
    "id, case_file, antenna, with_account, way, room, day, from_minute, minutes, state, version"

  /// - Parameter key: opens what is told; nil for lists.
  static func find(_ id: RecordID<Appointment>, key: SealingKey? = nil, in db: Connection) throws
    -> Appointment?
  {
    try db.first("SELECT \(columns), words FROM appointment WHERE id = \(id)") { row in
      try Appointment(row, words: key.flatMap { try Self.words(row[11], id, $0) })
    }
  }

  static func day(at antenna: AntennaCode, _ days: ClosedRange<Day>, in db: Connection) throws
    -> [Appointment]
  {
    try list("antenna = \(antenna)", days, in: db)
  }

  static func day(
    with account: AccountID, _ days: ClosedRange<Day>, limit: Int = most, in db: Connection
  ) throws
    -> [Appointment]
  {
    try list("with_account = \(account)", days, limit: limit, in: db)
  }

  private static func list(
    _ whose: SQL, _ days: ClosedRange<Day>, limit: Int = most, in db: Connection
  ) throws -> [Appointment] {
    try db.rows(
      """
      SELECT \(columns) FROM appointment
      WHERE \(whose) AND day >= \(days.lowerBound) AND day <= \(days.upperBound)
      ORDER BY day, from_minute, id LIMIT \(limit + 1)
      """
    ) { try Appointment($0, words: nil) }
  }

  /// - Returns: nil where it is another case's.
  static func find(
    _ id: RecordID<Appointment>, of file: RecordID<CaseFile>, key: SealingKey, in db: Connection
  ) throws -> Appointment? {
    guard try find(id, in: db)?.file == file else { return nil }
    return try find(id, key: key, in: db)
  }

  /// Those of some ids that are of a case, without what is told.
  static func find(_ ids: [RecordID<Appointment>], of file: RecordID<CaseFile>, in db: Connection) throws
    -> [Appointment]
  {
    try db.rows("SELECT \(columns) FROM appointment WHERE id IN (\(list: ids)) AND case_file = \(file)") {
      try Appointment($0, words: nil)
    }
  }

  /// Of a case, the latest first: one page, and one more where there is a next.
  static func all(
    of file: RecordID<CaseFile>, after cursor: AppointmentCursor?, key: SealingKey, in db: Connection
  ) throws -> [Appointment] {
    let earlier: SQL = cursor.map { "AND (day, id) < (\($0.day), \($0.id))" } ?? ""
    return try db.rows(
      """
      SELECT \(columns), words FROM appointment WHERE case_file = \(file) \(earlier)
      ORDER BY day DESC, id DESC LIMIT \(pageSize + 1)
      """
    ) { row in
      let id: RecordID<Appointment> = try row[0]
      return try Appointment(row, words: words(row[11], id, key))
    }
  }

  /// Those to come that another antenna holds of open cases that are with this contact person now.
  static func leftBehind(for contact: AccountID, from day: Day, in db: Connection) throws -> [Appointment] {
    try db.rows(
      """
      SELECT \(columns) FROM appointment
      WHERE case_contact = \(contact) AND state = 'planned' AND day >= \(day) AND antenna <> case_antenna
        AND case_open = 1
      ORDER BY day, id LIMIT \(pageSize)
      """
    ) { try Appointment($0, words: nil) }
  }

  static func follow(_ file: RecordID<CaseFile>, to place: CasePlace, isOpen: Bool, in db: Connection) throws
  {
    try db.run(
      """
      UPDATE appointment SET case_antenna = \(place.antenna), case_contact = \(place.contact),
        case_open = \(isOpen)
      WHERE case_file = \(file)
      """)
  }

  private static func words(_ sealed: [UInt8], _ id: RecordID<Appointment>, _ key: SealingKey) throws
    -> Appointment.Words?
  {
    // Nothing stands there once the person was erased.
    guard !sealed.isEmpty, let fields = Fields(bytes: try key.open(sealed, as: "appointment.words:\(id)"))
    else {
      return nil
    }
    return Appointment.Words(about: fields["about"], bring: fields["bring"], why: fields["why"])
  }

  static func insert(
    _ draft: AppointmentDraft, of file: CaseFile, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let words = try key.seal(draft.words.fields.bytes, as: "appointment.words:\(draft.id)")
    try db.run(
      """
      INSERT INTO appointment (id, case_file, antenna, with_account, way, room, day, from_minute, minutes, state,
        words, version, made_at, made_by, case_antenna, case_contact, case_open)
      VALUES (\(draft.id), \(file.id), \(file.antenna), \(draft.with), \(draft.way), \(draft.room),
        \(draft.time.day), \(draft.time.from), \(draft.time.minutes), \(Appointment.State.planned), \(words), 1,
        \(now), \(actor.id), \(file.antenna), \(file.contact), \(file.stage != .closed))
      """)
  }

  static func move(
    _ id: RecordID<Appointment>, to draft: AppointmentDraft, at antenna: AntennaCode, key: SealingKey,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE appointment SET antenna = \(antenna), with_account = \(draft.with), way = \(draft.way), room = \(draft.room),
        day = \(draft.time.day), from_minute = \(draft.time.from), minutes = \(draft.time.minutes),
        words = \(try key.seal(draft.words.fields.bytes, as: "appointment.words:\(id)")), version = version + 1
      WHERE id = \(id)
      """)
  }

  static func set(
    _ state: Appointment.State, of id: RecordID<Appointment>, _ words: Appointment.Words, key: SealingKey,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE appointment SET state = \(state), version = version + 1,
        words = \(try key.seal(words.fields.bytes, as: "appointment.words:\(id)"))
      WHERE id = \(id)
      """)
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    try CaseMoveStore.reseal(
      "words", of: "appointment", where: "case_file = \(file)", as: "appointment.words", from: old, to: new,
      in: db)
  }
}

extension Appointment {
  fileprivate init(_ row: borrowing Row, words: Words?) throws {
    self.init(
      id: try row[0], file: try row[1], antenna: try row[2], with: try row[3], way: try row[4],
      room: try row[5],
      time: AppointmentTime(day: try row[6], from: try row[7], minutes: try row[8]), state: try row[9],
      words: words, version: try row[10])
  }
}

extension Appointment.Words {
  var fields: Fields {
    var fields = Fields()
    (fields["about"], fields["bring"], fields["why"]) = (about, bring, why)
    return fields
  }
}
