import Basics

/// Words of the area that stand in several places.
enum ImportWords {
  /// What a row is while the file waits.
  static func label(_ result: ImportRow.Result) -> Phrase {
    switch result {
    case .new: say("new")
    case .perhaps: say("perhaps the same")
    case .known: say("already there")
    case .refused: say("refused")
    case .left: say("left out")
    }
  }

  /// What became of it.
  static func outcome(_ result: ImportRow.Result) -> Phrase {
    switch result {
    case .new: say("taken")
    case .perhaps: say("not taken: perhaps already there")
    case .known, .refused, .left: label(result)
    }
  }
}
