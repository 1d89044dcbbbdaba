import Basics
import Cases
import Foundation
import People
import Storage

/// Every SQL statement about documents. Callers have found the case first, and so may see it.
enum DocumentStore {
  static let pageSize = 40

  private static let columns: SQL = """
    id, kind, type, size, sealing_key, name, title, valid_from, valid_until, added_at, is_checked, withdrawn_at, reason
    """

  /// The documents of a case that the actor may know of, the newest first.
  static func documents(
    of file: RecordID<CaseFile>, for actor: Actor, after cursor: DocumentCursor?, limit: Int, key: SealingKey,
    in db: Connection
  ) throws -> [Document] {
    let before: SQL = cursor.map { "(added_at, id) < (\($0.at), \($0.id))" } ?? "1 = 1"
    return try db.rows(
      """
      SELECT \(columns) FROM document WHERE case_file = \(file) AND \(known(to: actor)) AND \(before)
      ORDER BY added_at DESC, id DESC LIMIT \(limit)
      """
    ) { row in try OpenedDocument(row, key: key).document }
  }

  /// All of a person's, withdrawn ones too.
  static func all(of person: Subject, in db: Connection) throws -> [OpenedDocument] {
    try db.rows(
      """
      SELECT \(columns) FROM document
      WHERE case_file IN (SELECT id FROM case_file WHERE person = \(person.id)) ORDER BY id
      """
    ) { row in try OpenedDocument(row, key: person.key) }
  }

  /// Kinds of document that are valid on a day, by case: of those the actor may know of.
  static func kinds(
    of files: [RecordID<CaseFile>], validOn day: Day, for actor: Actor, in db: Connection
  ) throws -> [(file: RecordID<CaseFile>, kind: Document.Kind)] {
    try db.rows(
      """
      SELECT DISTINCT case_file, kind FROM document WHERE case_file IN (\(list: files)) AND withdrawn_at IS NULL
        AND (valid_until IS NULL OR valid_until >= \(day)) AND \(known(to: actor)) LIMIT 5000
      """
    ) { row in (file: try row[0], kind: try row[1]) }
  }

  /// What the actor may not know of is not found.
  static func require(
    _ id: RecordID<Document>, of file: RecordID<CaseFile>, for actor: Actor, key: SealingKey,
    in db: Connection
  ) throws -> OpenedDocument {
    let found = try db.first(
      "SELECT \(columns) FROM document WHERE id = \(id) AND case_file = \(file) AND \(known(to: actor))"
    ) { row in try OpenedDocument(row, key: key) }
    guard let found else { throw Refusal.notFound }
    return found
  }

  private static func known(to actor: Actor) -> SQL {
    let hidden = Document.Kind.allCases.filter { !DocumentRules.mayKnow(of: $0, actor) }
    return hidden.isEmpty ? "1 = 1" : "kind NOT IN (\(list: hidden))"
  }

  /// In which case it is; nil when there is no such document.
  static func caseFile(of id: RecordID<Document>, in db: Connection) throws -> RecordID<CaseFile>? {
    try db.value("SELECT case_file FROM document WHERE id = \(id)")
  }

  static func digest(of opened: OpenedDocument, in db: Connection) throws -> [UInt8]? {
    let id = opened.document.id
    let sealed: [UInt8]? = try db.value("SELECT digest FROM document WHERE id = \(id)")
    return try sealed.map { try opened.key.open($0, as: "document.digest:\(id)") }
  }

  static func insert(
    _ document: Document, _ content: DocumentContent, digest: [UInt8], in file: CaseFile, key: SealingKey,
    by actor: Actor, _ db: Connection
  ) throws {
    let (id, own) = (document.id, SealingKey())
    try db.run(
      """
      INSERT INTO document (id, case_file, antenna, contact, kind, type, size, sealing_key, name, title, digest,
        valid_from, valid_until, expires_on, is_checked, added_at, added_by)
      VALUES (\(id), \(file.id), \(file.antenna), \(file.contact), \(document.kind), \(document.type),
        \(document.size), \(try key.seal(own, as: "document.key:\(id)")),
        \(try own.seal(document.name, as: "document.name:\(id)")),
        \(try document.title.map { try own.seal($0, as: "document.title:\(id)") }),
        \(try own.seal(digest, as: "document.digest:\(id)")), \(document.validFrom), \(document.validUntil),
        \(document.validUntil), \(document.isChecked), \(document.addedAt), \(actor.id))
      """)
    let count = content.chunkCount
    for number in 0..<count {
      let sealed = try own.seal(content.chunk(number), as: DocumentRules.place(number, of: count, in: id))
      try db.run("INSERT INTO document_chunk (document, number, sealed) VALUES (\(id), \(number), \(sealed))")
    }
  }

  /// - Throws: `KeyFault` when the chunk is not the one that was put there; `StorageFault` when there is none.
  static func chunk(_ number: Int, of opened: OpenedDocument, in db: Connection) throws -> [UInt8] {
    let id = opened.document.id
    let sealed: [UInt8]? = try db.value(
      "SELECT sealed FROM document_chunk WHERE document = \(id) AND number = \(number)")
    guard let sealed else { throw StorageFault.other("chunk \(number) of document \(id) is not there") }
    let count = DocumentRules.chunkCount(of: opened.document.size)
    return try opened.key.open(sealed, as: DocumentRules.place(number, of: count, in: id))
  }

  static func withdraw(
    _ opened: OpenedDocument, at now: Date, reason: String, by actor: Actor, in db: Connection
  ) throws {
    let id = opened.document.id
    try db.run(
      """
      UPDATE document SET withdrawn_at = \(now), withdrawn_by = \(actor.id), expires_on = NULL,
        reason = \(try opened.key.seal(reason, as: "document.reason:\(id)")) WHERE id = \(id)
      """)
  }

  /// When the case has another contact person, is closed or opened again.
  static func follow(
    _ file: RecordID<CaseFile>, to place: CasePlace, isOpen: Bool, in db: Connection
  ) throws {
    let expiry: SQL = isOpen ? "CASE WHEN withdrawn_at IS NULL THEN valid_until END" : "NULL"
    try db.run(
      """
      UPDATE document SET antenna = \(place.antenna), contact = \(place.contact), expires_on = \(expiry)
      WHERE case_file = \(file)
      """)
  }

  /// All else of a document is under its own key.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    try CaseMoveStore.reseal(
      "sealing_key", of: "document", where: "case_file = \(file)", as: "document.key", from: old, to: new,
      in: db)
  }

  /// A page of documents that expire in `days`, the longest expired first.
  static func expiring(
    _ filter: ExpiryFilter, in days: ClosedRange<Day>, after cursor: ExpiryCursor?, for actor: Actor,
    in db: Connection
  ) throws -> [ExpiringDocument] {
    var conditions = scope(of: actor, narrowedBy: filter)
    conditions += [
      "expires_on IS NOT NULL AND expires_on >= \(days.lowerBound) AND expires_on <= \(days.upperBound)",
      known(to: actor),
    ]
    if let cursor { conditions.append("(expires_on, id) > (\(cursor.on), \(cursor.id))") }
    return try db.rows(
      """
      SELECT id, case_file, kind, expires_on FROM document WHERE \(.all(conditions))
      ORDER BY expires_on, id LIMIT \(pageSize + 1)
      """
    ) { row in
      ExpiringDocument(id: try row[0], caseFile: try row[1], kind: try row[2], validUntil: try row[3])
    }
  }

  private static func scope(of actor: Actor, narrowedBy filter: ExpiryFilter) -> [SQL] {
    let antenna: [SQL] = filter.antenna.map { ["antenna = \($0)"] } ?? []
    switch (actor.scope, actor.antenna) {
    case (.assigned, _): return ["contact = \(actor.id)"] + antenna
    case _ where filter.whose == .mine: return ["contact = \(actor.id)"] + antenna
    case (.nation, _): return antenna
    case (.antenna, let own?): return ["antenna = \(own)"] + antenna
    case (.antenna, nil): return ["1 = 0"]
    }
  }
}

extension OpenedDocument {
  fileprivate init(_ row: borrowing Row, key: SealingKey) throws {
    let id: RecordID<Document> = try row[0]
    let own = try key.openKey(try row[4], as: "document.key:\(id)")
    let (title, reason): ([UInt8]?, [UInt8]?) = (try row[6], try row[12])
    var withdrawal: Document.Withdrawal?
    if let at: Date = try row[11], let reason {
      withdrawal = Document.Withdrawal(at: at, reason: try own.openText(reason, as: "document.reason:\(id)"))
    }
    self.key = own
    document = Document(
      id: id, kind: try row[1], title: try title.map { try own.openText($0, as: "document.title:\(id)") },
      name: try own.openText(try row[5], as: "document.name:\(id)"), type: try row[2], size: try row[3],
      validFrom: try row[7], validUntil: try row[8], addedAt: try row[9], isChecked: try row[10],
      withdrawal: withdrawal)
  }
}

/// Where a page of a case's documents ended; it travels in the URL.
package struct DocumentCursor: Equatable, Sendable {
  package let at: Date
  package let id: RecordID<Document>

  init(after document: Document) { (at, id) = (document.addedAt, document.id) }

  package init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let at = Int64(parts[0]), let id = RecordID<Document>(parts[1]) else {
      return nil
    }
    self.at = Date(timeIntervalSince1970: Double(at) / 1_000)
    self.id = id
  }

  package var text: String { "\(at.milliseconds)~\(id)" }
}

/// Where a page of the list of what expires ended; it travels in the URL.
package struct ExpiryCursor: Equatable, Sendable {
  package let on: Day
  package let id: RecordID<Document>

  init(after line: ExpiringDocument) { (on, id) = (line.validUntil, line.id) }

  package init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let on = Day(parts[0]), let id = RecordID<Document>(parts[1]) else { return nil }
    (self.on, self.id) = (on, id)
  }

  package var text: String { "\(on)~\(id)" }
}
