import Basics
import Crypto
import Foundation

extension Journal {
  /// Entries taken under a head in one transaction.
  private static let batch = 5_000

  /// Puts every entry that waits into the tree and signs a new head.
  ///
  /// Two programs may do this at once: the second waits until the first is done, and goes on behind its head.
  package static func seal(_ database: Database, at now: Date) async throws {
    while try await database.write({ db in try sealBatch(at: now, in: db) }) == batch {}
  }

  /// - Returns: how many entries were sealed.
  private static func sealBatch(at now: Date, in db: Connection) throws -> Int {
    guard try db.exists("SELECT 1 FROM journal_entry WHERE position IS NULL LIMIT 1") else { return 0 }
    // The row is locked until the transaction ends.
    try InstallationKeys.mark("journal sealed", String(now.milliseconds), in: db)
    let waiting = try db.rows(
      """
      SELECT id, at, actor, antenna, act, record_kind, record_id, subject, version, changes FROM journal_entry
      WHERE position IS NULL ORDER BY at, id LIMIT \(batch)
      """
    ) { row in try JournalLine(row) }
    guard !waiting.isEmpty else { return 0 }
    var frontier = try lastFrontier(in: db)
    for line in waiting {
      let hash = MerkleTree.leaf(line.bytes)
      try db.run("UPDATE journal_entry SET position = \(frontier.size), hash = \(hash) WHERE id = \(line.id)")
      frontier.append(hash)
    }
    let head = try JournalHead(
      size: frontier.size, at: now, root: frontier.root, key: InstallationKeys.key(for: .journal, in: db))
    try db.run(
      """
      INSERT INTO journal_head (size, at, root, frontier, signature)
      VALUES (\(head.size), \(head.at), \(head.root), \(frontier.roots.flatMap { $0 }), \(head.signature))
      """)
    return waiting.count
  }

  private static func lastFrontier(in db: Connection) throws -> MerkleTree.Frontier {
    let last = try db.first("SELECT size, frontier FROM journal_head ORDER BY size DESC LIMIT 1") { row in
      (size: try row[0] as Int, bytes: try row[1] as [UInt8])
    }
    guard let last else { return MerkleTree.Frontier() }
    let roots = stride(from: 0, to: last.bytes.count, by: 32).map {
      Array(last.bytes[$0..<min($0 + 32, last.bytes.count)])
    }
    guard let frontier = MerkleTree.Frontier(size: last.size, roots: roots) else {
      throw StorageFault.other("the last head of the journal is damaged: run `tounesna audit verify`")
    }
    return frontier
  }
}

/// A signed head: the tree had this root over so many leaves at this moment.
struct JournalHead: Sendable {
  let size: Int
  let at: Date
  let root: [UInt8]
  let signature: [UInt8]

  init(size: Int, at: Date, root: [UInt8], signature: [UInt8]) {
    self.size = size
    self.at = at
    self.root = root
    self.signature = signature
  }

  init(size: Int, at: Date, root: [UInt8], key: SealingKey) throws {
    let bytes = Self.signed(size: size, at: at, root: root)
    self.init(size: size, at: at, root: root, signature: Array(try key.signingKey.signature(for: bytes)))
  }

  func isSigned(by key: Curve25519.Signing.PublicKey) -> Bool {
    key.isValidSignature(signature, for: Self.signed(size: size, at: at, root: root))
  }

  private static func signed(size: Int, at: Date, root: [UInt8]) -> [UInt8] {
    Array("tounesna journal head 1\n\(size)\n\(at.milliseconds)\n".utf8) + root
  }
}
