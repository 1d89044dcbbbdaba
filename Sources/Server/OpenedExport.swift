import Basics
import Documents
import Foundation
import People
import Storage

/// What an export holds sealed, opened, for a scheme that leaves: `opened.jsonl` and the documents as the files they are.
///
/// A line of `opened.jsonl` is what one row of one table holds sealed: `{"person", "table", "id", "values"}`, the values
/// by column, or by field where a column holds several. Everything else of the row is in the table's own file, under the
/// same id. Persons who were erased are not there: nobody can open what was theirs. Not opened either: the journal, begun
/// receptions, the rows of partners' files, and reasons that are sealed under the keys of two persons.
struct OpenedExport: Sendable {
  static let lines = "opened.jsonl"
  static let documents = "documents"
  private static let personsAtOnce = 200

  let people: People

  private struct Line: Encodable {
    let person: String
    let table: String
    let id: String
    let values: [String: String]
  }

  /// Writes into `folder` what the transaction sees, in constant memory.
  func write(to folder: CopyFolder, in db: Connection) throws -> [CopyFolder.File] {
    let writer = try CopyWriter(Self.lines, in: folder)
    try FileManager.default.createDirectory(
      atPath: folder.path(of: Self.documents), withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var files: [CopyFolder.File] = []
    var last: PersonID?
    while true {
      let batch = try people.subjects(after: last, limit: Self.personsAtOnce, in: db)
      for person in batch {
        for table in Installation.kept.flatMap(\.tables) {
          for row in try KeptStore.opened(table, about: person, in: db) {
            let line = Line(person: person.id.text, table: table.name, id: row.id, values: row.values)
            let bytes = try encoder.encode(line)
            try writer.append { $0 += bytes + [UInt8(ascii: "\n")] }
          }
        }
        try Documents.every(of: person, in: db) { document, piece in
          files.append(try Self.write(document, piece, to: folder))
        }
      }
      guard let end = batch.last?.id else { break }
      last = end
    }
    return [try writer.finish()] + files
  }

  private static func write(
    _ document: Document, _ piece: () throws -> [UInt8]?, to folder: CopyFolder
  ) throws -> CopyFolder.File {
    let writer = try CopyWriter("\(documents)/\(document.id).\(document.type.suffixes[0])", in: folder)
    while let bytes = try piece() { try writer.append { $0 += bytes } }
    return try writer.finish()
  }
}
