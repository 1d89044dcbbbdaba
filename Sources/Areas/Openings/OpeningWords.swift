import Basics
import Pages

/// The words for what the journal tells of openings.
enum OpeningWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "case.break-glass": say("Opened the file from outside, for a stated reason")
    case "case.open-outside": say("Read the file from outside")
    case "person.open-outside": say("Read who the person is from outside")
    case "opening.open": say("Looked at an opening from outside")
    case "opening.judge": say("Judged an opening from outside")
    default: nil
    }
  }
}

extension Opening.Why {
  package var label: Phrase {
    switch self {
    case .health: say("urgent health or safety")
    case .present: say("the person stands here")
    case .instruction: say("instruction of the centre")
    case .other: say("another reason")
    }
  }
}

extension Opening.Verdict {
  package var label: Phrase {
    switch self {
    case .justified: say("justified")
    case .unjustified: say("not justified")
    }
  }

  var tone: Page.Tone { self == .justified ? .good : .attention }
}

extension OpeningList {
  var label: Phrase {
    switch self {
    case .waiting: say("To be judged")
    case .judged: say("Already judged")
    case .mine: say("Opened by you")
    }
  }
}
