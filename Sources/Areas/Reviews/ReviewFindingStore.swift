import Basics
import Cases
import Foundation
import Storage
import Tasks

/// Every SQL statement about findings. Callers bring the transaction.
enum ReviewFindingStore {
  static let pageSize = 50

  private static let columns: SQL =
    "id, entry, case_file, antenna, item, checklist, receiver, due, at, by, closed_at, closed_as, words"

  static func insert(
    _ finding: ReviewFinding, words: [UInt8], task: RecordID<OfficeTask>, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO review_finding (id, entry, case_file, antenna, item, checklist, receiver, due, at, by, words, task)
      VALUES (\(finding.id), \(finding.entry), \(finding.file), \(finding.antenna), \(finding.item),
        \(finding.checklist), \(finding.to), \(finding.due), \(finding.at), \(finding.by), \(words), \(task))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Parameter key: nil where nobody asks for words, or when the person was erased.
  static func find(_ id: RecordID<ReviewFinding>, key: SealingKey?, in db: Connection) throws
    -> ReviewFinding?
  {
    try db.first("SELECT \(columns) FROM review_finding WHERE id = \(id)") {
      try ReviewFinding($0) { _ in key }
    }
  }

  static func of(_ entry: RecordID<ReviewEntry>, key: SealingKey?, in db: Connection) throws
    -> [ReviewFinding]
  {
    try db.rows("SELECT \(columns) FROM review_finding WHERE entry = \(entry) ORDER BY id LIMIT 100") {
      try ReviewFinding($0) { _ in key }
    }
  }

  /// Those of some files, without words.
  static func of(_ entries: [RecordID<ReviewEntry>], in db: Connection) throws -> [ReviewFinding] {
    try entries.isEmpty
      ? []
      : db.rows("SELECT \(columns) FROM review_finding WHERE entry IN (\(list: entries)) LIMIT 1000") {
        try ReviewFinding($0) { _ in nil }
      }
  }

  /// A page: open ones the oldest first, closed ones the newest first; one more than fits.
  /// - Parameter key: of the person of a file, where the reader sees it.
  static func page(
    isOpen: Bool, at antenna: AntennaCode?, after cursor: ReviewCursor?,
    key: (RecordID<CaseFile>) throws -> SealingKey?, in db: Connection
  ) throws -> [ReviewFinding] {
    var conditions: [SQL] = [isOpen ? "closed_at IS NULL" : "closed_at IS NOT NULL"]
    if let antenna { conditions.append("antenna = \(antenna)") }
    if let cursor {
      conditions.append(
        isOpen
          ? "(at, id) > (\(cursor.at), \(cursor.id))" : "(at, id) < (\(cursor.at), \(cursor.id))")
    }
    let order: SQL = isOpen ? "at, id" : "at DESC, id DESC"
    return try db.rows(
      """
      SELECT \(columns) FROM review_finding WHERE \(.all(conditions)) ORDER BY \(order) LIMIT \(pageSize + 1)
      """
    ) { try ReviewFinding($0, key: key) }
  }

  /// What is open by antenna, and since when; where nothing is, the antenna is left out.
  static func open(at antennas: [AntennaCode], in db: Connection) throws -> [OpenFindings] {
    try antennas.compactMap { antenna in
      try waiting(at: antenna, in: db).map { OpenFindings(antenna: antenna, waiting: $0) }
    }
  }

  static func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try Waiting(
      moments: """
        SELECT at AS since FROM review_finding WHERE antenna = \(antenna) AND closed_at IS NULL
        ORDER BY since
        """, in: db)
  }

  /// The open ones about a case with their tasks, without words.
  static func open(about file: RecordID<CaseFile>, in db: Connection) throws -> [(
    finding: ReviewFinding, task: RecordID<OfficeTask>
  )] {
    try db.rows(
      "SELECT \(columns), task FROM review_finding WHERE case_file = \(file) AND closed_at IS NULL"
    ) { row in (finding: try ReviewFinding(row) { _ in nil }, task: try row[13]) }
  }

  static func follow(_ id: RecordID<ReviewFinding>, to antenna: AntennaCode, in db: Connection) throws {
    try db.run("UPDATE review_finding SET antenna = \(antenna) WHERE id = \(id)")
  }

  static func close(_ task: RecordID<OfficeTask>, as state: OfficeTask.State, at now: Date, in db: Connection)
    throws
  {
    try db.run(
      """
      UPDATE review_finding SET closed_at = \(now), closed_as = \(state)
      WHERE task = \(task) AND closed_at IS NULL
      """)
  }
}

/// Where the next page of findings begins.
package struct ReviewCursor: Sendable, Equatable {
  let at: Date
  let id: RecordID<ReviewFinding>

  init(after finding: ReviewFinding) { (at, id) = (finding.at, finding.id) }

  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = RecordID<ReviewFinding>(parts[1])
    else { return nil }
    (at, self.id) = (Date(timeIntervalSince1970: Double(milliseconds) / 1_000), id)
  }

  var text: String { "\(at.milliseconds)~\(id)" }
}

extension ReviewFinding {
  fileprivate init(_ row: borrowing Row, key: (RecordID<CaseFile>) throws -> SealingKey?) throws {
    id = try row[0]
    entry = try row[1]
    file = try row[2]
    antenna = try row[3]
    item = try row[4]
    checklist = try row[5]
    to = try row[6]
    due = try row[7]
    at = try row[8]
    by = try row[9]
    let (closedAt, closedAs): (Date?, OfficeTask.State?) = (try row[10], try row[11])
    closed = closedAt.map { Closed(at: $0, isDone: closedAs == .done) }
    let (sealed, id): ([UInt8]?, RecordID<ReviewFinding>) = (try row[12], id)
    if let sealed, !sealed.isEmpty, let key = try key(file) {
      words = try key.openText(sealed, as: "review_finding.words:\(id)")
    } else {
      words = nil
    }
  }
}
