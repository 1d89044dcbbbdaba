import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about items: what was submitted, withdrawn, appealed against. Callers bring the transaction.
enum CommitteeItemStore {
  static let pageSize = 50
  /// So many of those that wait stand beside an agenda, which may be long itself.
  static let offered = 20

  static let columns: SQL =
    """
    i.id, i.case_file, i.antenna, i.origin, i.track, i.title_fr, i.title_ar, i.title_en, i.amount, i.currency,
    i.prepared_by, i.submitted_at, i.state
    """

  static func find(_ id: RecordID<CommitteeItem>, in db: Connection) throws -> CommitteeItem? {
    try db.first("SELECT \(columns) FROM committee_item i WHERE i.id = \(id)") { try CommitteeItem($0) }
  }

  static func require(_ id: RecordID<CommitteeItem>, in db: Connection) throws -> CommitteeItem {
    guard let item = try find(id, in: db) else { throw Refusal.notFound }
    return item
  }

  /// Whoever comes second waits here, and then sees what the first one did.
  static func hold(_ id: RecordID<CommitteeItem>, in db: Connection) throws {
    try db.run("UPDATE committee_item SET state = state WHERE id = \(id)")
  }

  /// - Returns: false when there is one of this id.
  static func insert(
    _ item: NewItem, _ file: CaseFile, key: SealingKey, by actor: Actor, at now: Date, in db: Connection
  ) throws -> Bool {
    func title(_ language: Language) -> String { Reader(language)(item.title) }
    let summary = try key.seal(item.summary, as: "committee.summary:\(item.id)")
    return try db.run(
      """
      INSERT INTO committee_item (id, case_file, antenna, origin, track, title_fr, title_ar, title_en, amount,
        currency, prepared_by, summary, submitted_at, submitted_by, state)
      VALUES (\(item.id), \(file.id), \(file.antenna), \(item.origin), \(item.track), \(title(.french)),
        \(title(.arabic)), \(title(.english)), \(item.amount.minorUnits), \(item.amount.currency),
        \(item.preparedBy), \(summary), \(now), \(actor.id), 'waiting')
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  /// - Returns: nil when it was erased with the person.
  static func summary(of id: RecordID<CommitteeItem>, key: SealingKey?, in db: Connection) throws -> String? {
    let sealed = try db.value("SELECT summary FROM committee_item WHERE id = \(id)", as: [UInt8].self)
    guard let key, let sealed, !sealed.isEmpty else { return nil }
    return try key.openText(sealed, as: "committee.summary:\(id)")
  }

  /// What waits for a session, the oldest first.
  /// - Parameter antenna: of one antenna alone; nil for all.
  static func waiting(
    at antenna: AntennaCode?, after cursor: ItemCursor?, limit: Int, in db: Connection
  ) throws -> [CommitteeItem] {
    var conditions: [SQL] = ["i.state = 'waiting'"]
    if let antenna { conditions.append("i.antenna = \(antenna)") }
    if let cursor { conditions.append("(i.submitted_at, i.id) > (\(cursor.at), \(cursor.id))") }
    return try db.rows(
      """
      SELECT \(columns) FROM committee_item i WHERE \(.all(conditions))
      ORDER BY i.submitted_at, i.id LIMIT \(limit)
      """
    ) { try CommitteeItem($0) }
  }

  /// Those of a case, the oldest first; at most 50.
  static func items(of file: RecordID<CaseFile>, in db: Connection) throws -> [CommitteeItem] {
    try db.rows(
      """
      SELECT \(columns) FROM committee_item i WHERE i.case_file = \(file) ORDER BY i.submitted_at LIMIT \(pageSize)
      """
    ) { try CommitteeItem($0) }
  }

  static func isPending(_ file: RecordID<CaseFile>, in db: Connection) throws -> Bool {
    try db.exists(
      "SELECT 1 FROM committee_item WHERE case_file = \(file) AND state IN ('waiting', 'listed')")
  }

  static func set(_ state: CommitteeItem.State, of id: RecordID<CommitteeItem>, in db: Connection) throws {
    try db.run("UPDATE committee_item SET state = \(state) WHERE id = \(id)")
  }

  /// What waits of erased persons is decided by nobody.
  static func withdraw(of files: [PersonID], in db: Connection) throws {
    let waiting = """
      state IN ('waiting', 'listed') AND case_file IN (SELECT id FROM case_file WHERE person IN (\(list: files)))
      """ as SQL
    try db.run(
      """
      UPDATE committee_entry SET taken_off = listed_at
      WHERE item IN (SELECT id FROM committee_item WHERE state = 'listed' AND \(waiting)) AND \(undecided)
      """)
    try db.run("UPDATE committee_item SET state = 'withdrawn' WHERE \(waiting)")
  }

  static func withdraw(
    _ id: RecordID<CommitteeItem>, because reason: String, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE committee_item SET state = 'withdrawn', withdrawn_at = \(now), withdrawn_by = \(actor.id),
        withdrawn = \(try key.seal(reason, as: "committee.withdrawn:\(id)"))
      WHERE id = \(id)
      """)
    try takeOff(id, at: now, in: db)
  }

  /// From the agenda on which it stands undecided.
  static func takeOff(_ id: RecordID<CommitteeItem>, at now: Date, in db: Connection) throws {
    try db.run(
      """
      UPDATE committee_entry SET taken_off = \(now) WHERE item = \(id) AND \(undecided)
      """)
  }

  /// What a session decided stays in its minutes.
  private static let undecided: SQL = """
    taken_off IS NULL AND NOT EXISTS (SELECT 1 FROM committee_decision d
      WHERE d.item = committee_entry.item AND d.session = committee_entry.session)
    """

  static func appeal(of id: RecordID<CommitteeItem>, in db: Connection) throws -> RecordID<Appeal>? {
    try db.value("SELECT id FROM committee_appeal WHERE item = \(id)")
  }

  static func readAppeal(of id: RecordID<CommitteeItem>, key: SealingKey?, in db: Connection) throws
    -> Appeal?
  {
    try db.first(
      """
      SELECT id, item, against, received_on, recorded_at, recorded_by, words FROM committee_appeal
      WHERE item = \(id)
      """
    ) { row in try Appeal(row, key: key) }
  }

  static func insert(_ appeal: Appeal, key: SealingKey, in db: Connection) throws {
    let words = try key.seal(appeal.words ?? "", as: "committee.appeal:\(appeal.id)")
    try db.run(
      """
      INSERT INTO committee_appeal (id, item, against, received_on, words, recorded_at, recorded_by)
      VALUES (\(appeal.id), \(appeal.item), \(appeal.against), \(appeal.receivedOn), \(words),
        \(appeal.recordedAt), \(appeal.recordedBy))
      """)
  }

  /// On whose agenda it stands, or stood last.
  static func place(of id: RecordID<CommitteeItem>, in db: Connection) throws -> SessionPlace? {
    try db.first(
      """
      SELECT s.id, s.day, s.confirmed_at FROM committee_entry e JOIN committee_session s ON s.id = e.session
      WHERE e.item = \(id) AND e.taken_off IS NULL ORDER BY s.day DESC, s.id DESC LIMIT 1
      """
    ) { SessionPlace(id: try $0[0], day: try $0[1], isSigned: try $0[2] as Date? != nil) }
  }

  static func isSigned(_ session: RecordID<CommitteeSession>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM committee_session WHERE id = \(session) AND confirmed_at IS NOT NULL")
  }

  static func follow(_ file: RecordID<CaseFile>, to antenna: AntennaCode, in db: Connection) throws {
    try db.run("UPDATE committee_item SET antenna = \(antenna) WHERE case_file = \(file)")
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [
      ("summary", "committee.summary"), ("withdrawn", "committee.withdrawn"),
    ] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "committee_item", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
    let ofCase = "item IN (SELECT id FROM committee_item WHERE case_file = \(file))" as SQL
    for (table, column, context) in [
      ("committee_decision", "conditions", "committee.conditions"),
      ("committee_decision", "words", "committee.words"), ("committee_appeal", "words", "committee.appeal"),
    ] as [(SQL, SQL, String)] {
      try CaseMoveStore.reseal(column, of: table, where: ofCase, as: context, from: old, to: new, in: db)
    }
  }
}

/// Where the next page of a list begins.
struct ItemCursor: Sendable {
  let at: Date
  let id: RecordID<CommitteeItem>
}

extension CommitteeItem {
  /// How many columns a row of it has.
  static let width = 13

  /// - Parameter first: the position of its first column.
  init(_ row: borrowing Row, from first: Int = 0) throws {
    id = try row[first]
    file = try row[first + 1]
    antenna = try row[first + 2]
    origin = try row[first + 3]
    track = try row[first + 4]
    title = Title(french: try row[first + 5], arabic: try row[first + 6], english: try row[first + 7])
    amount = Money(try row[first + 8], try row[first + 9])
    preparedBy = try row[first + 10]
    submittedAt = try row[first + 11]
    state = try row[first + 12]
  }
}

extension Appeal {
  fileprivate init(_ row: borrowing Row, key: SealingKey?) throws {
    id = try row[0]
    item = try row[1]
    against = try row[2]
    receivedOn = try row[3]
    recordedAt = try row[4]
    recordedBy = try row[5]
    let sealed: [UInt8] = try row[6]
    words = sealed.isEmpty ? nil : try key?.openText(sealed, as: "committee.appeal:\(id)")
  }
}
