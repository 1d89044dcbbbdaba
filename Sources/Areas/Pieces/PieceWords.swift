import Basics
import Pages

/// The words of the area: for its acts and for how a piece stands.
enum PieceWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "piece.ask": say("Asked for a piece of the file")
    case "piece.set": say("Recorded how a piece of the file stands")
    case "piece.print": say("Printed the sheet of pieces to bring")
    default: nil
    }
  }

  static func label(_ state: Piece.State) -> Phrase {
    switch state {
    case .asked: say("asked for")
    case .missing: say("missing")
    case .lostAbroad: say("lost abroad")
    case .had: say("there")
    case .notApplicable: say("does not apply")
    }
  }

  static func tone(_ state: Piece.State) -> Page.Tone {
    switch state {
    case .asked: .info
    case .missing, .lostAbroad: .attention
    case .had: .good
    case .notApplicable: .plain
    }
  }

  /// A value of a field as the reader knows it.
  static func shown(
    _ field: String, _ value: String, _ names: [AccountID: String], _ reader: Reader
  ) -> String {
    switch field {
    case "state": Piece.State(rawValue: value).map { reader(label($0)) } ?? value
    case "since", "due-on": Day(value).map { reader.date($0) } ?? value
    case "follower": AccountID(value).flatMap { names[$0] } ?? value
    default: value
    }
  }
}
