import Basics
import Foundation

/// An entry as it stands in the tree and in an export: sealed, by ids alone.
struct JournalLine: Codable, Equatable, Sendable {
  let id: String
  /// Milliseconds since 1970, UTC.
  let at: Int64
  let actor: String
  let antenna: String?
  let act: String
  let recordKind: String
  let recordID: String
  let subject: String?
  let version: Int64?
  /// Base 64; sealed where the entry is about a person.
  let changes: String

  init(_ row: borrowing Row) throws {
    id = try row[0]
    at = try row[1]
    actor = try row[2]
    antenna = try row[3]
    act = try row[4]
    recordKind = try row[5]
    recordID = try row[6]
    subject = try row[7]
    version = try row[8]
    changes = Data(try row[9] as [UInt8]).base64EncodedString()
  }

  /// The bytes of its leaf: every field with its length, an empty one told from none.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    let fields = [
      id, String(at), actor, antenna, act, recordKind, recordID, subject, version.map { String($0) }, changes,
    ]
    for field in fields {
      bytes.append(field == nil ? 0 : 1)
      if let field { bytes.append(lengthPrefixed: field) }
    }
    return bytes
  }
}

/// One line of an export.
struct JournalExportLine: Codable, Sendable {
  /// The first line: the form of the export, and the key that signed.
  struct Opening: Codable, Sendable {
    let format: String
    let publicKey: String
  }

  struct Entry: Codable, Sendable {
    /// Nil while it waits for a head.
    let position: Int?
    /// Of its leaf, base 64, as the database keeps it.
    let hash: String?
    let entry: JournalLine
  }

  struct Head: Codable, Sendable {
    let size: Int
    let at: Int64
    let root: String
    let signature: String
  }

  var opening: Opening?
  var entry: Entry?
  var head: Head?

  static let format = "tounesna-journal-1"
}
