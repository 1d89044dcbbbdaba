import Basics
import Cases
import Documents
import Foundation
import People
import Storage

/// What somebody follows, with the cases and persons it belongs to.
package struct AwaitedPieces: Sendable {
  package let pieces: [AwaitedPiece]
  package let cases: [RecordID<CaseFile>: CaseLine]
  package let names: [PersonID: PersonLabel]
  /// Where the next page begins; nil on the last.
  package let next: PieceCursor?
}

/// Where a page of pieces that somebody follows ended; it travels in the URL.
package struct PieceCursor: Equatable, Sendable {
  /// Nil once those with a day are through.
  let dueOn: Day?
  let id: RecordID<Piece>

  init(_ piece: AwaitedPiece) { (dueOn, id) = (piece.dueOn, piece.id) }

  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let id = RecordID<Piece>(parts[1]) else { return nil }
    (dueOn, self.id) = (Day(parts[0]), id)
  }

  var text: String { "\(dueOn?.description ?? "none")~\(id)" }
}

extension Pieces {
  static let pageSize = 50

  /// When a case is closed, nobody waits for its pieces any more; when it is opened again, they do.
  package static let follower: CaseFollower = { file, _, isOpen, db in
    try PieceStore.follow(file, isOpen: isOpen, in: db)
  }

  /// A page of the open pieces that the actor follows, of cases in her sight, the earliest day first; those of which a valid
  /// document is on file are there, and left out.
  package func awaited(after cursor: PieceCursor? = nil, by actor: Actor) async throws -> AwaitedPieces {
    try actor.must(.readDocuments)
    let today = Day(of: now())
    return try await cases.database.read { db in
      var found = try PieceStore.awaited(by: actor.id, after: cursor, limit: Self.pageSize + 1, in: db)
      let hasMore = found.count > Self.pageSize
      if hasMore { found.removeLast() }
      let next = hasMore ? found.last.map { PieceCursor($0) } : nil
      let (lines, names) = try cases.lines(of: found.map(\.file), for: actor, in: db)
      let kinds = try documents.kinds(onFileOf: Array(lines.keys), validOn: today, for: actor, in: db)
      let open = found.filter { piece in
        guard lines[piece.file] != nil, let entry = knowledge.entry(piece.code) else { return false }
        return kinds[piece.file, default: []].isDisjoint(with: entry.documents)
      }
      return AwaitedPieces(pieces: open, cases: lines, names: names, next: next)
    }
  }
}
