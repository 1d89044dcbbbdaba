import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// A file as it waits: read once, sealed, looked at and mended row by row.
extension Imports {
  /// Rows in one transaction while a file is read: others can write in between.
  private static let batch = 200

  /// Reads a file into a preview. The same id a second time is the same file.
  /// - Throws: `ImportFault` for what is wrong with the file as a whole: nothing of it is kept then.
  package func read(
    _ path: String, _ mapping: KeptMapping, as id: RecordID<ImportFile>, by actor: Actor
  ) async throws {
    let rules = try await rules(mapping.mapping, for: actor)
    try actor.must(.receivePersons)
    let file = ImportFile(
      id: id, partner: mapping.mapping.partner, antenna: actor.antenna, sentBy: actor.id, sentAt: now(),
      state: .reading, mapping: mapping.text, counts: [:])
    var (reader, columns) = try ImportColumns.open(path, mapping.mapping)
    let isFirst = try await database.write { db in
      try ImportStore.insert(file, wrapped: db.vault.newKey().wrapped, in: db)
    }
    guard isFirst else { return }
    do {
      try await readRows(&reader, columns, rules, into: file)
      try await finishReading(file, by: actor)
    } catch {
      try await database.write { db in try ImportStore.delete(id, in: db) }
      throw error
    }
  }

  private func readRows(
    _ reader: inout any RowReader, _ columns: ImportColumns, _ rules: ImportRules, into file: ImportFile
  ) async throws {
    var count = 0
    while true {
      var rows: [WaitingRow] = []
      while rows.count < Self.batch, let row = try reader.next() {
        count += 1
        guard count <= ImportLimits.rows else { throw ImportFault(Self.tooManyRows) }
        rows.append(
          WaitingRow(
            number: row.number, typed: columns.typed(row),
            isTitles: columns.holdsTitles(row, isFirst: count == 1)))
      }
      guard !rows.isEmpty else { break }
      let batch = rows
      try await database.write { db in
        try ImportStore.hold(file.id, in: db)
        guard try ImportStore.require(file.id, visibleTo: rules.actor, in: db).state == .reading else {
          throw Refusal.conflict(say("This file was discarded meanwhile."))
        }
        let store = try ImportRowStore(file, in: db)
        for row in batch { try store.insert(self.row(row, rules, store, in: db), in: db) }
      }
    }
    guard count > 0 else { throw ImportFault(say("The file holds titles and no row under them.")) }
  }

  private func finishReading(_ file: ImportFile, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      try ImportStore.set(.preview, of: file.id, in: db)
      try Journal.append(
        "import.read", on: ImportFile.reference(file.id), by: actor, at: now,
        changes: Fields(["partner": file.partner]).asNew, in: db)
    }
  }

  /// A row on its way from the file into the preview.
  private struct WaitingRow: Sendable {
    let number: Int
    let typed: Typed
    let isTitles: Bool
  }

  private func row(
    _ waiting: WaitingRow, _ rules: ImportRules, _ store: ImportRowStore, in db: Connection
  ) throws -> ImportRow {
    if waiting.isTitles { return ImportRow(waiting.number, ImportCheck.titlesAgain, waiting.typed) }
    return try found(waiting.typed, waiting.number, rules, store, in: db)
  }

  /// A row looked at anew.
  func found(
    _ typed: Typed, _ number: Int, _ rules: ImportRules, _ store: ImportRowStore,
    looksForPerhaps: Bool = true,
    in db: Connection
  ) throws -> ImportRow {
    let check = ImportCheck(
      rules: rules, people: cases.people, duplicates: looksForPerhaps ? duplicates : nil
    ) {
      proof, row in
      try store.note(proof, row, in: db)
    }
    return ImportRow(number, try check.find(typed, row: number, in: db).finding, typed)
  }

  /// The files that the actor may see, newest first.
  package func list(before mark: String, for actor: Actor) async throws -> (
    files: [ImportFile], next: String?
  ) {
    try actor.must(.importPersons)
    let place = ImportStore.Mark(mark)
    let files = try await database.read { db in
      try ImportStore.list(before: place, limit: Self.page + 1, for: actor, in: db)
    }
    let shown = Array(files.prefix(Self.page))
    return (shown, files.count > Self.page ? shown.last.map { ImportStore.Mark($0).text } : nil)
  }

  static let page = 50

  /// A page of a file's rows; that they were looked at is in the journal while they name anyone.
  package func open(
    _ id: RecordID<ImportFile>, after number: Int, only result: ImportRow.Result?, for actor: Actor
  ) async throws -> OpenedImport {
    try actor.must(.importPersons)
    let opened = try await database.read { db in
      let file = try ImportStore.require(id, visibleTo: actor, in: db)
      let rows = try ImportRowStore(file, in: db).rows(
        after: number, only: result, limit: Self.page + 1, in: db)
      let shown = Array(rows.prefix(Self.page))
      return OpenedImport(
        file: file, mapping: try ImportMapping(yaml: file.mapping), rows: shown,
        next: rows.count > Self.page ? shown.last?.number : nil,
        labels: try cases.people.labels(of: shown.compactMap(\.sameAs), for: actor, in: db))
    }
    if opened.file.state == .preview { try await noteOpening(of: id, by: actor) }
    return opened
  }

  private func noteOpening(of id: RecordID<ImportFile>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      try Journal.append("import.open", on: ImportFile.reference(id), by: actor, at: now, in: db)
    }
  }

  /// One row, to be mended.
  package func row(_ number: Int, of id: RecordID<ImportFile>, for actor: Actor) async throws -> OpenedImport
  {
    let opened = try await open(id, after: number - 1, only: nil, for: actor)
    guard let row = opened.rows.first, row.number == number, opened.file.state == .preview else {
      throw Refusal.notFound
    }
    return OpenedImport(
      file: opened.file, mapping: opened.mapping, rows: [row], next: nil, labels: opened.labels)
  }
}

/// A file and some of its rows, as one actor may see them.
package struct OpenedImport: Sendable {
  package let file: ImportFile
  package let mapping: ImportMapping
  package let rows: [ImportRow]
  /// After which row the next page begins.
  package let next: Int?
  /// Names of those whom rows resemble, where the actor may see them.
  package let labels: [PersonID: PersonLabel]
}

extension ImportStore.Mark {
  init(_ file: ImportFile) { self.init(at: file.sentAt, id: file.id) }

  /// Nil for what is none: the list begins at its beginning.
  init?(_ text: String) {
    let parts = text.split(separator: "-").map(String.init)
    guard parts.count == 2, let at = Int64(parts[0]), let id = RecordID<ImportFile>(parts[1]) else {
      return nil
    }
    self.init(at: Date(timeIntervalSince1970: Double(at) / 1_000), id: id)
  }

  var text: String { "\(at.milliseconds)-\(id)" }
}

extension ImportRow {
  /// What was found of a row, as it is kept.
  init(_ number: Int, _ finding: ImportFinding, _ typed: Typed) {
    let result: Result
    var reasons: [FieldError] = []
    var sameAs: PersonID?
    switch finding {
    case .new: result = .new
    case .perhaps(let other):
      (result, reasons, sameAs) = (.perhaps, [FieldError("", other.what)], other.person)
    case .known(let who): (result, reasons, sameAs) = (.known, [FieldError("", who.what)], who.person)
    case .twice(_, let row):
      (result, reasons) = (.known, [FieldError("", say("the same person as in row \(row) of this file"))])
    case .refused(let errors): (result, reasons) = (.refused, errors)
    }
    self.init(
      number: number, result: result, reasons: reasons, sameAs: sameAs, reference: Self.reference(in: typed),
      typed: typed, caseFile: nil)
  }

  /// The sender's own reference; of a length that a reference can have.
  private static func reference(in typed: Typed) -> String? {
    let text = typed[ReturnFacts.Field.reference.rawValue]
    return text.isEmpty ? nil : String(text.prefix(60))
  }
}
