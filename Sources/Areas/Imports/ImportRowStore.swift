import Basics
import Cases
import Foundation
import People
import Storage

/// Every SQL statement about the rows of a file. Callers have found the file first, and so may see it.
struct ImportRowStore {
  let file: RecordID<ImportFile>
  /// Opens what the rows say; nil once the file is in.
  let key: SealingKey?
  /// Opens the sender's references.
  let references: SealingKey

  init(_ file: ImportFile, in db: Connection) throws {
    self.file = file.id
    let isOpen = file.state == .reading || file.state == .preview
    key = isOpen ? try ImportStore.key(of: file.id, in: db) : nil
    references = try InstallationKeys.key(for: .imports, in: db)
  }

  /// The rows after `number`, in their order.
  func rows(after number: Int, only result: ImportRow.Result? = nil, limit: Int, in db: Connection) throws
    -> [ImportRow]
  {
    let kind: SQL = result.map { "result = \($0)" } ?? "1 = 1"
    return try db.rows(
      "\(Self.rows) WHERE file = \(file) AND \(kind) AND number > \(number) ORDER BY number LIMIT \(limit)"
    ) { row in try read(row) }
  }

  func require(_ number: Int, in db: Connection) throws -> ImportRow {
    let row = try db.first("\(Self.rows) WHERE file = \(file) AND number = \(number)") { row in try read(row)
    }
    guard let row else { throw Refusal.notFound }
    return row
  }

  func insert(_ row: ImportRow, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO import_row (file, number, result, reasons, same_as, reference, content)
      VALUES (\(file), \(row.number), \(row.result), \(Self.bytes(row.reasons)), \(row.sameAs),
        \(try sealed(row.reference, row.number)), \(try sealed(row.typed, row.number)))
      """)
  }

  func update(_ row: ImportRow, in db: Connection) throws {
    try db.run(
      """
      UPDATE import_row SET result = \(row.result), reasons = \(Self.bytes(row.reasons)),
        same_as = \(row.sameAs), reference = \(try sealed(row.reference, row.number)),
        content = \(try sealed(row.typed, row.number))
      WHERE file = \(file) AND number = \(row.number)
      """)
  }

  /// What became of a row for good: what it said is gone.
  func finish(
    _ number: Int, _ result: ImportRow.Result, _ reasons: [FieldError], _ caseFile: RecordID<CaseFile>?,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE import_row SET result = \(result), reasons = \(Self.bytes(reasons)), same_as = NULL, content = NULL,
        case_file = \(caseFile)
      WHERE file = \(file) AND number = \(number)
      """)
  }

  /// Notes a proof that stands in a row.
  /// - Returns: the first row before it that holds the same, unless that one is left out.
  func note(_ proof: Int64, _ row: Int, in db: Connection) throws -> Int? {
    try db.run(
      """
      INSERT INTO import_proof (file, token, number) VALUES (\(file), \(proof), \(row)) ON CONFLICT DO NOTHING
      """)
    return try db.value(
      """
      SELECT p.number FROM import_proof p
      WHERE p.file = \(file) AND p.token = \(proof) AND p.number < \(row) ORDER BY p.number LIMIT 1
      """)
  }

  /// A row that is left out, or says something else now, proves nothing.
  func forgetProofs(of row: Int, in db: Connection) throws {
    try db.run("DELETE FROM import_proof WHERE file = \(file) AND number = \(row)")
  }

  private static var rows: SQL {
    "SELECT number, result, reasons, same_as, reference, content, case_file FROM import_row"
  }

  private func read(_ row: borrowing Row) throws -> ImportRow {
    let number: Int = try row[0]
    let (reference, content): ([UInt8]?, [UInt8]?) = (try row[4], try row[5])
    let fields = try content.flatMap { content in
      try key.map { Fields(bytes: try $0.open(content, as: place("content", number))) ?? Fields() }
    }
    return ImportRow(
      number: number, result: try row[1], reasons: Self.reasons(try row[2]), sameAs: try row[3],
      reference: try reference.map { try references.openText($0, as: place("reference", number)) },
      typed: Typed(fields ?? Fields()), caseFile: try row[6])
  }

  private func sealed(_ reference: String?, _ number: Int) throws -> [UInt8]? {
    try reference.map { try references.seal($0, as: place("reference", number)) }
  }

  private func sealed(_ typed: Typed, _ number: Int) throws -> [UInt8]? {
    let fields = Fields(typed.values.compactMapValues { $0.first }.filter { !$0.value.isEmpty })
    return try key?.seal(fields.bytes, as: place("content", number))
  }

  private func place(_ column: String, _ number: Int) -> String { "import_row.\(column):\(file):\(number)" }

  /// `field`, then the phrase, for each.
  private static func bytes(_ reasons: [FieldError]) -> [UInt8] {
    var fields = Fields()
    for (index, reason) in reasons.prefix(99).enumerated() {
      fields.values["\(index).field"] = reason.field
      for (name, value) in reason.message.fields.values { fields.values["\(index).\(name)"] = value }
    }
    return fields.bytes
  }

  private static func reasons(_ bytes: [UInt8]) -> [FieldError] {
    var reasons: [Int: (field: String, phrase: Fields)] = [:]
    for (name, value) in Fields(bytes: bytes)?.values ?? [:] {
      let parts = name.split(separator: ".")
      guard parts.count == 2, let index = Int(parts[0]) else { continue }
      var reason = reasons[index] ?? ("", Fields())
      if parts[1] == "field" { reason.field = value } else { reason.phrase.values[String(parts[1])] = value }
      reasons[index] = reason
    }
    return reasons.sorted { $0.key < $1.key }.compactMap { _, reason in
      Phrase(reason.phrase).map { FieldError(reason.field, $0) }
    }
  }
}
