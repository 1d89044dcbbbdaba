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
}

extension Pieces {
  /// Pieces of one person that a page shows; more are a sign that nobody looks at them.
  static let mostAwaited = 200

  /// When a case is closed, nobody waits for its pieces any more; when it is opened again, they do.
  package static let follower: CaseFollower = { file, _, isOpen, db in
    try PieceStore.follow(file, isOpen: isOpen, in: db)
  }

  /// The open pieces that the actor follows, of cases in her sight, the earliest day first; those of which a valid
  /// document is on file are there, and left out.
  package func awaited(by actor: Actor) async throws -> AwaitedPieces {
    try actor.must(.readDocuments)
    let today = Day(of: now())
    return try await cases.database.read { db in
      let found = try PieceStore.awaited(by: actor.id, limit: Self.mostAwaited, in: db)
      let (lines, names) = try cases.lines(of: found.map(\.file), for: actor, in: db)
      let kinds = try documents.kinds(onFileOf: Array(lines.keys), validOn: today, for: actor, in: db)
      let open = found.filter { piece in
        guard lines[piece.file] != nil, let entry = knowledge.entry(piece.code) else { return false }
        return kinds[piece.file, default: []].isDisjoint(with: entry.documents)
      }
      return AwaitedPieces(pieces: open, cases: lines, names: names)
    }
  }
}
