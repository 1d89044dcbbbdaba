import Basics

/// The words for what the journal tells of a letter.
enum LetterWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "letter.write": say("Wrote a letter")
    case "letter.send": say("Recorded how a letter went out")
    case "letter.withdraw": say("Withdrew a letter")
    case "letter.print": say("Made the PDF of a letter")
    default: nil
    }
  }
}

extension Letter.Way {
  package var label: Phrase {
    switch self {
    case .handed: say("Printed and handed over")
    case .posted: say("Sent by post")
    case .phone: say("Read out by phone")
    case .sms: say("SMS sent by hand")
    }
  }
}
