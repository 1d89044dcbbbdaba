import Basics

/// The words for what the journal tells of the end of a case.
enum ClosureReportWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "closure.report": say("Recorded how the person stands at the closing")
    case "closure.correct": say("Corrected how the person stands at the closing")
    case "closure.contact": say("Recorded a contact after the closing")
    case "closure.print": say("Made the final report")
    default: nil
    }
  }
}

extension ClosureReport.Question {
  package var label: Phrase {
    switch self {
    case .economic: say("Economic situation")
    case .social: say("Social situation")
    case .psychosocial: say("Psychosocial situation")
    case .reception: say("Reception and information")
    case .orientation: say("Orientation to other services")
    case .socialHelp: say("Social help")
    case .employmentHelp: say("Help with employment or training")
    case .projectHelp: say("Help with the project")
    case .followUp: say("Follow-up after the help")
    }
  }

  /// The answers in words: a situation is told from very hard to very good, a help by how content she is.
  package func label(of answer: ClosureReport.Answer) -> Phrase {
    switch answer {
    case .one: isSituation ? say("Very hard") : say("Not at all content")
    case .two: isSituation ? say("Hard") : say("Little content")
    case .three: isSituation ? say("Neither hard nor good") : say("Partly content")
    case .four: isSituation ? say("Good") : say("Content")
    case .five: isSituation ? say("Very good") : say("Very content")
    case .refused: say("Does not wish to say")
    case .notApplicable: say("Does not apply")
    case .notAsked: say("Not asked")
    }
  }
}
