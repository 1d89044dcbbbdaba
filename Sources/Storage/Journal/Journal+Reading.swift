import Basics
import Foundation

extension Journal {
  private static let readingSize = 50

  /// A page of all entries, newest first, without what changed: that is sealed.
  /// - Parameter antenna: only what its staff did; nil for everything.
  package static func page(of antenna: AntennaCode?, after cursor: JournalCursor?, in db: Connection) throws
    -> JournalPage
  {
    var entries = try db.rows(statement(of: antenna, after: cursor)) { row in
      try JournalEntry(row, key: nil)
    }
    let hasMore = entries.count > readingSize
    if hasMore { entries.removeLast() }
    let head = try db.first("SELECT size, at, root FROM journal_head ORDER BY size DESC LIMIT 1") { row in
      SignedHead(size: try row[0], at: try row[1], root: try row[2])
    }
    return JournalPage(
      entries: entries, next: hasMore ? entries.last.map { JournalCursor(at: $0.at, id: $0.id) } : nil,
      head: head)
  }

  /// A page of the entries about one person, whose files may be several, newest first; each opened with its own key.
  /// - Parameter acts: only these; all where it is nil.
  package static func page(
    about subjects: [Subject], only acts: [String]? = nil, after cursor: JournalCursor?, in db: Connection
  ) throws -> (entries: [JournalEntry], next: JournalCursor?) {
    var entries = try subjects.flatMap { subject in
      var conditions: [SQL] = ["subject = \(subject.id)"]
      if let acts { conditions.append("act IN (\(list: acts))") }
      if let cursor { conditions.append("(at, id) < (\(cursor.at), \(cursor.id))") }
      return try db.rows(
        """
        SELECT id, at, actor, antenna, act, record_kind, record_id, subject, version, changes FROM journal_entry
        WHERE \(.all(conditions)) ORDER BY at DESC, id DESC LIMIT \(readingSize + 1)
        """
      ) { row in try JournalEntry(row, key: subject.key) }
    }
    if subjects.count > 1 { entries.sort { ($1.at, $1.id) < ($0.at, $0.id) } }
    let hasMore = entries.count > readingSize
    entries = Array(entries.prefix(readingSize))
    return (entries, hasMore ? entries.last.map { JournalCursor(at: $0.at, id: $0.id) } : nil)
  }

  /// What somebody did about a person, act by act; at most 1,000.
  package static func acts(of account: AccountID, on subject: Subject, in db: Connection) throws -> [String] {
    try db.rows(
      "SELECT act FROM journal_entry WHERE subject = \(subject.id) AND actor = \(account) LIMIT 1000"
    ) { row in try row[0] as String }
  }

  /// The statement itself, for the tests that ask the engine how it would run it.
  package static func statement(of antenna: AntennaCode?, after cursor: JournalCursor?) -> SQL {
    var conditions: [SQL] = []
    if let antenna { conditions.append("antenna = \(antenna)") }
    if let cursor { conditions.append("(at, id) < (\(cursor.at), \(cursor.id))") }
    return """
      SELECT id, at, actor, antenna, act, record_kind, record_id, subject, version, changes FROM journal_entry
      WHERE \(.all(conditions)) ORDER BY at DESC, id DESC LIMIT \(readingSize + 1)
      """
  }
}

/// A page of the journal.
package struct JournalPage: Sendable {
  package let entries: [JournalEntry]
  /// Where the next page begins; nil on the last.
  package let next: JournalCursor?
  /// The newest signed head; nil before the first.
  package let head: SignedHead?
}

/// A head as it is handed over.
package struct SignedHead: Sendable, Equatable {
  /// Entries under it.
  package let size: Int
  package let at: Date
  package let root: [UInt8]

  /// `SIZE:ROOT` with the root in base 64: what `tounesna audit verify --head` takes.
  package var text: String { "\(size):\(Data(root).base64EncodedString())" }
}

/// Where a page of the journal ended; it travels in the URL.
package struct JournalCursor: Sendable, Equatable {
  package let at: Date
  package let id: RecordID<JournalEntry>

  init(at: Date, id: RecordID<JournalEntry>) {
    self.at = at
    self.id = id
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let at = Int64(parts[0]), let id = RecordID<JournalEntry>(parts[1]) else {
      return nil
    }
    self.init(at: Date(timeIntervalSince1970: Double(at) / 1_000), id: id)
  }

  package var text: String { "\(at.milliseconds)~\(id)" }
}
