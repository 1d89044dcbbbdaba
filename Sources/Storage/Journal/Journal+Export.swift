import Basics
import Crypto
import Foundation

extension Journal {
  private static let pageSize = 1_000

  /// Writes the journal line by line, in constant memory: an opening, the entries of each head in their order, the
  /// head after its last entry, and at the end what still waits. All is of one moment, so that an entry which gets its
  /// place meanwhile is neither missing nor there twice.
  package static func export(_ database: Database, to write: @escaping @Sendable (String) -> Void)
    async throws
  {
    let key = try await database.write { db in
      try InstallationKeys.key(for: .journal, in: db).signingKey.publicKey.rawRepresentation
    }
    write(
      text(
        JournalExportLine(
          opening: .init(format: JournalExportLine.format, publicKey: key.base64EncodedString()))))
    try await database.read { db in
      var position = -1
      var size = 0
      while true {
        let page = try exportPage(after: position, heads: size, in: db)
        for line in page.lines { write(text(line)) }
        (position, size) = (page.position, page.size)
        if !page.hasMore { break }
      }
      try exportWaiting(in: db, to: write)
    }
  }

  private struct Page {
    var lines: [JournalExportLine] = []
    var position: Int
    var size: Int
    var hasMore = false
  }

  private static func exportPage(after position: Int, heads size: Int, in db: Connection) throws -> Page {
    let entries = try db.rows(
      """
      SELECT id, at, actor, antenna, act, record_kind, record_id, subject, version, changes, position, hash
      FROM journal_entry WHERE position > \(position) ORDER BY position LIMIT \(pageSize)
      """
    ) { row in try exportEntry(row) }
    var page = Page(
      position: entries.last?.position ?? position, size: size, hasMore: entries.count == pageSize)
    // After the last page come the heads beyond the last entry too: a removed tail must show.
    let limit = page.hasMore ? page.position + 1 : Int.max
    var heads = try db.rows(
      "SELECT size, at, root, signature FROM journal_head WHERE size > \(size) AND size <= \(limit) ORDER BY size"
    ) { row in try exportHead(row) }[...]
    for entry in entries {
      while let head = heads.first, head.size <= entry.position ?? 0 {
        page.lines.append(.init(head: heads.removeFirst())); page.size = head.size
      }
      page.lines.append(.init(entry: entry))
    }
    for head in heads {
      page.lines.append(.init(head: head))
      page.size = head.size
    }
    return page
  }

  private static func exportWaiting(in db: Connection, to write: (String) -> Void) throws {
    var last = (at: Int64.min, id: "")
    while true {
      let entries = try db.rows(
        """
        SELECT id, at, actor, antenna, act, record_kind, record_id, subject, version, changes, position, hash
        FROM journal_entry WHERE position IS NULL AND (at, id) > (\(last.at), \(last.id)) ORDER BY at, id
        LIMIT \(pageSize)
        """
      ) { row in try exportEntry(row) }
      for entry in entries { write(text(.init(entry: entry))) }
      guard entries.count == pageSize, let end = entries.last else { return }
      last = (end.entry.at, end.entry.id)
    }
  }

  private static func exportEntry(_ row: borrowing Row) throws -> JournalExportLine.Entry {
    let hash: [UInt8]? = try row[11]
    return .init(
      position: try row[10], hash: hash.map { Data($0).base64EncodedString() }, entry: try JournalLine(row))
  }

  private static func exportHead(_ row: borrowing Row) throws -> JournalExportLine.Head {
    .init(
      size: try row[0], at: try row[1], root: Data(try row[2] as [UInt8]).base64EncodedString(),
      signature: Data(try row[3] as [UInt8]).base64EncodedString())
  }

  private static func text(_ line: JournalExportLine) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Nothing in a line can fail to encode: text and whole numbers only.
    return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
