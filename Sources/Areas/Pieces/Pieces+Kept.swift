import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Pieces {
  package static let kept = Kept([
    KeptTable(
      "piece", say("Pieces of the file"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("code", say("Piece")),
          .plain("state", say("State"), .code { Piece.State(rawValue: $0).map(PieceWords.label) }),
          .plain("since", say("Since"), .day),
          .sealed("note", say("Note"), in: "piece.note"),
          .plain("due_on", say("By when"), .day),
          .plain("follower", say("Followed by"), .account),
          .plain("recorded_at", say("Recorded"), .moment),
          .plain("recorded_by", say("Recorded by"), .account),
        ], inner: ["id", "case_file", "version", "awaited_by"]))
  ])
}
