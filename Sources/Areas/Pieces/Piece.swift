import Basics
import Cases
import Documents
import Foundation
import Storage

/// A paper that a case may need (*pièce*), as it stands there. What was never looked at has no row.
package struct Piece: Identifiable, Sendable, Equatable {
  package enum State: String, Storable, CaseIterable, Sendable {
    case asked, missing
    case lostAbroad = "lost-abroad"
    case had
    case notApplicable = "not-applicable"

    /// Whether it is still to be come by.
    package var isOpen: Bool { self == .asked || self == .missing || self == .lostAbroad }
  }

  package let id: RecordID<Piece>
  /// Of the entry of the knowledge: `cin`.
  package let code: String
  /// Counts from 1, one more with each change.
  package let version: Int
  package let state: State
  package let since: Day
  /// Why it does not apply, or what is to be said of it.
  package let note: String?
  /// Who follows it, and by which day it is to be there.
  package let follower: AccountID?
  package let dueOn: Day?

  package init(
    id: RecordID<Piece>, code: String, version: Int = 1, state: State, since: Day, note: String? = nil,
    follower: AccountID? = nil, dueOn: Day? = nil
  ) {
    self.id = id
    self.code = code
    self.version = version
    self.state = state
    self.since = since
    self.note = note
    self.follower = follower
    self.dueOn = dueOn
  }

  /// The piece that `fields` tell of; nil where they are not those of one.
  init?(id: RecordID<Piece>, code: String, version: Int, _ fields: Fields) {
    guard let state = fields["state"].flatMap({ State(rawValue: $0) }),
      let since = fields["since"].flatMap({ Day($0) })
    else { return nil }
    self.init(
      id: id, code: code, version: version, state: state, since: since, note: fields["note"],
      follower: fields["follower"].flatMap { AccountID($0) }, dueOn: fields["due-on"].flatMap { Day($0) })
  }

  /// What is compared, merged and told in the journal.
  package var fields: Fields {
    var fields = Fields(["state": state.rawValue, "since": since.description])
    fields["note"] = note
    fields["follower"] = follower?.text
    fields["due-on"] = dueOn?.description
    return fields
  }

  package static func reference(_ id: RecordID<Piece>) -> RecordReference { RecordReference("piece", id) }
}

/// An entry of the knowledge as it stands in a case.
package struct PieceLine: Sendable {
  package let entry: PieceEntry
  /// What was recorded; nil where nobody looked yet.
  package let piece: Piece?
  /// The newest document of a matching kind that is valid: by it the piece is there, whatever was recorded.
  package let document: Document?
  /// Since when the newest one is not valid any more; nil where one is valid or there was none.
  package let expiredOn: Day?

  /// How it stands by what was recorded and by what is on file; nil where nobody looked yet.
  package var state: Piece.State? { document == nil ? piece?.state : .had }
  package var isOpen: Bool { state?.isOpen == true }
}

/// A piece that somebody follows, in one of her cases.
package struct AwaitedPiece: Identifiable, Sendable {
  package let id: RecordID<Piece>
  package let file: RecordID<CaseFile>
  package let code: String
  package let state: Piece.State
  package let dueOn: Day?
}
