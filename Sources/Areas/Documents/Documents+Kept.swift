import Basics
import Cases
import People
import Storage

/// What the area keeps of persons. The copy lists documents; each is handed over as the file it is.
extension Documents {
  package static let kept = Kept(
    [
      KeptTable("document", say("Documents"), by: .caseFile(), document),
      // The file itself, in pieces: it is opened and handed over as a file.
      KeptTable(
        "document_chunk", say("Documents"), by: .row("document", of: "document", .caseFile()), id: "document",
        isGiven: false, KeptColumn.all([], inner: ["document", "number", "sealed"])),
    ], erase: { files, _, db in try DocumentErasureStore.destroy(of: files, in: db) })

  private static let document: [KeptColumn] =
    KeptColumn.all(
      [
        .sealed("sealing_key", .key("document.key"), isRequired: true),
        .plain("kind", say("Kind"), .code { Document.Kind(rawValue: $0)?.label }),
        .sealed("title", say("Title"), in: "document.title", own: true),
        .sealed("name", say("File"), in: "document.name", own: true, isRequired: true),
        .plain("type", say("Type")), .plain("size", say("Size in bytes"), .number),
        .plain("valid_from", say("Valid from"), .day), .plain("valid_until", say("Valid until"), .day),
        .plain("added_at", say("Added"), .moment), .plain("added_by", say("Added by"), .account),
        .plain("withdrawn_at", say("Withdrawn"), .moment),
        .plain("withdrawn_by", say("Withdrawn by"), .account),
        .sealed("reason", say("Why"), in: "document.reason", own: true, isRequired: true),
        .sealed("digest", .withheld, isRequired: true),
      ], inner: ["id", "case_file", "antenna", "contact", "expires_on", "is_checked"])

  /// Gives every document of a person, withdrawn ones too, piece by piece: for whoever takes everything along.
  package static func every(
    of person: Subject, in db: Connection, _ body: (Document, _ pieces: () throws -> [UInt8]?) throws -> Void
  ) throws {
    for opened in try DocumentStore.all(of: person, in: db) {
      let count = DocumentRules.chunkCount(of: opened.document.size)
      var next = 0
      try body(opened.document) {
        guard next < count else { return nil }
        defer { next += 1 }
        return try DocumentStore.chunk(next, of: opened, in: db)
      }
    }
  }

  /// How many documents of these persons are kept, and how many bytes.
  package static func extent(of files: [PersonID], in db: Connection) throws -> (count: Int, bytes: Int) {
    try DocumentErasureStore.extent(of: files, in: db)
  }
}
