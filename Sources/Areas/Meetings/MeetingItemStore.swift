import Basics
import Cases
import Foundation
import Storage
import Tasks

/// Every SQL statement about what meetings spoke of and decided. Callers bring the transaction.
enum MeetingItemStore {
  static let pageSize = 50

  private static let columns: SQL =
    """
    id, meeting, case_file, addendum, at, by, words, decision, receiver, due, given_at, ended_at, ended_as,
      version
    """

  /// By which key the words of a case, or of no case, are opened for a reader; nil where she does not read them.
  typealias KeyOf = (RecordID<CaseFile>?) throws -> SealingKey?

  /// - Returns: whether it was written: the same form may have been first.
  static func insert(
    _ new: NewMeetingItem, of meeting: Meeting, isAddendum: Bool, key: SealingKey, by actor: Actor,
    at now: Date, in db: Connection
  ) throws -> Bool {
    let decision = new.decision
    let words = try key.seal(new.words, as: "meeting_item.words:\(new.id)")
    let decided = try decision.map { try key.seal($0.words, as: "meeting_item.decision:\(new.id)") }
    return try db.run(
      """
      INSERT INTO meeting_item (id, meeting, antenna, case_file, addendum, at, by, words, decision, receiver, due)
      VALUES (\(new.id), \(meeting.id), \(meeting.antenna?.rawValue ?? ""), \(new.file), \(isAddendum ? 1 : 0),
        \(now), \(actor.id), \(words), \(decided), \(decision?.to.code), \(decision?.due))
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  static func find(_ id: RecordID<MeetingItem>, key: KeyOf, in db: Connection) throws -> MeetingItem? {
    try db.first("SELECT \(columns) FROM meeting_item WHERE id = \(id)") { try MeetingItem($0, key: key) }
  }

  /// In the order in which they were written.
  static func of(_ meeting: RecordID<Meeting>, key: KeyOf, in db: Connection) throws -> [MeetingItem] {
    try db.rows("SELECT \(columns) FROM meeting_item WHERE meeting = \(meeting) ORDER BY id LIMIT 500") {
      try MeetingItem($0, key: key)
    }.sorted { ($0.at, $0.id.text) < ($1.at, $1.id.text) }
  }

  /// - Returns: false when it is not as it was in `version` any more.
  static func update(
    _ item: NewMeetingItem, of meeting: RecordID<Meeting>, from version: Int, key: SealingKey,
    in db: Connection
  ) throws -> Bool {
    let decision = item.decision
    let words = try key.seal(item.words, as: "meeting_item.words:\(item.id)")
    let decided = try decision.map { try key.seal($0.words, as: "meeting_item.decision:\(item.id)") }
    return try db.run(
      """
      UPDATE meeting_item SET case_file = \(item.file), words = \(words), decision = \(decided),
        receiver = \(decision?.to.code), due = \(decision?.due), version = version + 1
      WHERE id = \(item.id) AND meeting = \(meeting) AND task IS NULL AND version = \(version)
      """) == 1
  }

  /// - Returns: whether it was there.
  static func remove(_ id: RecordID<MeetingItem>, of meeting: RecordID<Meeting>, in db: Connection) throws
    -> Bool
  {
    try db.run("DELETE FROM meeting_item WHERE id = \(id) AND meeting = \(meeting) AND task IS NULL") == 1
  }

  static func given(
    _ id: RecordID<MeetingItem>, _ task: RecordID<OfficeTask>, at now: Date, in db: Connection
  )
    throws
  {
    try db.run("UPDATE meeting_item SET task = \(task), given_at = \(now) WHERE id = \(id) AND task IS NULL")
  }

  static func end(_ task: RecordID<OfficeTask>, as state: OfficeTask.State, at now: Date, in db: Connection)
    throws
  {
    try db.run(
      """
      UPDATE meeting_item SET ended_at = \(now), ended_as = \(state) WHERE task = \(task) AND ended_at IS NULL
      """)
  }

  /// Decisions: open ones the oldest first, ended ones the newest first.
  /// - Parameter place: the code of an antenna, empty for the centre; nil: all.
  static func decisions(
    isOpen: Bool, at place: String?, after cursor: RecordID<MeetingItem>?, limit: Int, key: KeyOf,
    in db: Connection
  ) throws -> [MeetingItem] {
    var conditions: [SQL] = [isOpen ? "task IS NOT NULL AND ended_at IS NULL" : "ended_at IS NOT NULL"]
    if let place { conditions.append("antenna = \(place)") }
    if let cursor { conditions.append(isOpen ? "id > \(cursor)" : "id < \(cursor)") }
    let order: SQL = isOpen ? "id" : "id DESC"
    return try db.rows(
      "SELECT \(columns) FROM meeting_item WHERE \(.all(conditions)) ORDER BY \(order) LIMIT \(limit)"
    ) { try MeetingItem($0, key: key) }
  }

  static func waiting(at place: String, in db: Connection) throws -> Waiting? {
    try Waiting(
      moments: """
        SELECT given_at AS since FROM meeting_item WHERE antenna = \(place) AND task IS NOT NULL AND ended_at IS NULL
        ORDER BY id
        """, in: db)
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [
      ("words", "meeting_item.words"), ("decision", "meeting_item.decision"),
    ] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "meeting_item", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension MeetingItem {
  fileprivate init(_ row: borrowing Row, key: MeetingItemStore.KeyOf) throws {
    id = try row[0]
    meeting = try row[1]
    file = try row[2]
    isAddendum = try row[3] as Int == 1
    at = try row[4]
    by = try row[5]
    version = try row[13]
    let (sealed, decided): ([UInt8], [UInt8]?) = (try row[6], try row[7])
    let (code, due): (String?, Day?) = (try row[8], try row[9])
    let (givenAt, endedAt, endedAs): (Date?, Date?, OfficeTask.State?) = (
      try row[10], try row[11], try row[12]
    )
    // Without bytes it was erased with its person.
    let key = sealed.isEmpty ? nil : try key(file)
    let id = id
    words = try key?.openText(sealed, as: "meeting_item.words:\(id)")
    if let due, let receiver = code.flatMap({ OfficeTask.Receiver(code: $0) }) {
      decision = Decision(
        words: try decided.flatMap { try key?.openText($0, as: "meeting_item.decision:\(id)") }, to: receiver,
        due: due, givenAt: givenAt, ended: endedAt.map { Ended(at: $0, isDone: endedAs == .done) })
    } else {
      decision = nil
    }
  }
}
