import Basics
import Cases
import Foundation
import Storage

/// A task as it is kept, still sealed.
struct KeptTask: Sendable {
  let id: RecordID<OfficeTask>
  let receiver: String
  let givenBy: AccountID
  let givenAt: Date
  let due: Day
  let file: RecordID<CaseFile>?
  let origin: String?
  let state: OfficeTask.State
  let words: [UInt8]
  let reason: [UInt8]?
  let takenBy: AccountID?
  let endedAt: Date?
  let endedBy: AccountID?

  var cursor: TaskCursor { TaskCursor(due: due, id: id) }
}

/// Every SQL statement about tasks. Callers bring the transaction.
enum TaskStore {
  /// Tasks of a list at most.
  static let listSize = 50
  /// So many are counted at most.
  static let mostCounted = 200

  private static let columns: SQL =
    """
    id, receiver, given_by, given_at, due, case_file, origin, state, words, reason, taken_by, ended_at, ended_by
    """

  static func named(_ key: String, in db: Connection) throws -> KeptTask? {
    try db.first("SELECT \(columns) FROM task WHERE given_key = \(key)") { row in try KeptTask(row) }
  }

  /// What is meant for none of `receivers` is not found.
  /// - Parameter giver: who may look at it, too: whoever gave it.
  static func require(
    _ id: RecordID<OfficeTask>, of receivers: [String], orGivenBy giver: AccountID? = nil, in db: Connection
  ) throws -> KeptTask {
    let found = try db.first(
      """
      SELECT \(columns) FROM task
      WHERE id = \(id) AND (receiver IN (\(list: receivers)) OR given_by = \(giver?.text ?? ""))
      """
    ) { row in try KeptTask(row) }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// The open tasks of one receiver, the longest due first.
  /// - Parameter day: before which they were due; nil: all.
  static func open(
    of receiver: String, before day: Day? = nil, after cursor: TaskCursor?, limit: Int, in db: Connection
  ) throws -> [KeptTask] {
    let late: SQL = day.map { "AND due < \($0)" } ?? ""
    return try db.rows(
      """
      SELECT \(columns) FROM task
      WHERE receiver = \(receiver) AND state = 'open' \(late) \(later(cursor))
      ORDER BY due, id LIMIT \(limit)
      """
    ) { row in try KeptTask(row) }
  }

  static func open(about file: RecordID<CaseFile>, in db: Connection) throws -> [KeptTask] {
    try db.rows(
      "SELECT \(columns) FROM task WHERE case_file = \(file) AND state = 'open' ORDER BY id"
    ) { row in try KeptTask(row) }
  }

  /// What the program gave under keys that begin so.
  static func open(keys start: String, givenBy giver: Actor, in db: Connection) throws -> [KeptTask] {
    try db.rows(
      """
      SELECT \(columns) FROM task
      WHERE given_key >= \(start) AND given_key < \(start + "~") AND given_by = \(giver.id) AND state = 'open'
      ORDER BY id
      """
    ) { row in try KeptTask(row) }
  }

  static func given(by giver: AccountID, after cursor: TaskCursor?, limit: Int, in db: Connection) throws
    -> [KeptTask]
  {
    try db.rows(
      """
      SELECT \(columns) FROM task WHERE given_by = \(giver) AND state = 'open' \(later(cursor))
      ORDER BY due, id LIMIT \(limit)
      """
    ) { row in try KeptTask(row) }
  }

  private static func later(_ cursor: TaskCursor?) -> SQL {
    cursor.map { "AND (due, id) > (\($0.due), \($0.id))" } ?? ""
  }

  /// What is over of one receiver, the latest due first.
  static func ended(of receiver: String, after cursor: TaskCursor?, limit: Int, in db: Connection) throws
    -> [KeptTask]
  {
    try db.rows(
      """
      SELECT \(columns) FROM task WHERE receiver = \(receiver) AND state <> 'open' \(earlier(cursor))
      ORDER BY due DESC, id DESC LIMIT \(limit)
      """
    ) { row in try KeptTask(row) }
  }

  static func ended(givenBy giver: AccountID, after cursor: TaskCursor?, limit: Int, in db: Connection) throws
    -> [KeptTask]
  {
    try db.rows(
      """
      SELECT \(columns) FROM task WHERE given_by = \(giver) AND state <> 'open' \(earlier(cursor))
      ORDER BY due DESC, id DESC LIMIT \(limit)
      """
    ) { row in try KeptTask(row) }
  }

  private static func earlier(_ cursor: TaskCursor?) -> SQL {
    cursor.map { "AND (due, id) < (\($0.due), \($0.id))" } ?? ""
  }

  /// When open tasks of some receivers are due; at most `mostCounted` and one.
  static func dues(of receivers: [String], in db: Connection) throws -> [Day] {
    try db.rows(
      """
      SELECT due FROM task WHERE receiver IN (\(list: receivers)) AND state = 'open' LIMIT \(mostCounted + 1)
      """
    ) { row in try row[0] as Day }
  }

  /// - Returns: whether it was written: a task of the same key may have been first.
  static func insert(_ task: NewTask, words: [UInt8], by actor: Actor, at now: Date, in db: Connection) throws
    -> Bool
  {
    try db.run(
      """
      INSERT INTO task (id, given_key, receiver, given_by, given_at, due, case_file, origin, state, words)
      VALUES (\(task.id), \(task.key), \(task.to.code), \(actor.id), \(now), \(task.due), \(task.about),
        \(task.origin.map { "\($0.kind):\($0.id)" }), 'open', \(words))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: whether nobody else took it, or ended it, since `earlier` was seen.
  static func take(_ id: RecordID<OfficeTask>, from earlier: AccountID?, by actor: Actor, in db: Connection)
    throws -> Bool
  {
    try db.run(
      """
      UPDATE task SET taken_by = \(actor.id)
      WHERE id = \(id) AND state = 'open' AND COALESCE(taken_by, '') = \(earlier?.text ?? "")
      """) == 1
  }

  /// Gives an open task to somebody else, who has not taken it yet.
  /// - Returns: whose it was; nil where it is not open, or was hers already.
  static func address(_ id: RecordID<OfficeTask>, to receiver: OfficeTask.Receiver, in db: Connection) throws
    -> String?
  {
    let earlier: String? = try db.value(
      "SELECT receiver FROM task WHERE id = \(id) AND state = 'open' AND receiver <> \(receiver.code)")
    guard let earlier else { return nil }
    try db.run("UPDATE task SET receiver = \(receiver.code), taken_by = NULL WHERE id = \(id)")
    return earlier
  }

  /// - Returns: whether it was open until now.
  static func end(
    _ id: RecordID<OfficeTask>, _ state: OfficeTask.State, reason: [UInt8]?, by actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE task SET state = \(state), ended_at = \(now), ended_by = \(actor.id), reason = \(reason)
      WHERE id = \(id) AND state = 'open'
      """) == 1
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [("words", "task.words"), ("reason", "task.reason")] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "task", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension OfficeTask {
  /// - Parameter words: nil where nobody reads them.
  init(_ kept: KeptTask, words: String? = nil, ending: Ending? = nil) throws {
    guard let receiver = Receiver(code: kept.receiver) else { throw Refusal.notFound }
    self.init(
      id: kept.id, receiver: receiver, givenBy: kept.givenBy, givenAt: kept.givenAt, due: kept.due,
      file: kept.file, origin: kept.origin, state: kept.state, takenBy: kept.takenBy, words: words,
      ending: ending)
  }
}

extension KeptTask {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    receiver = try row[1]
    givenBy = try row[2]
    givenAt = try row[3]
    due = try row[4]
    file = try row[5]
    origin = try row[6]
    state = try row[7]
    words = try row[8]
    reason = try row[9]
    takenBy = try row[10]
    endedAt = try row[11]
    endedBy = try row[12]
  }
}
