import Basics

enum QuestionWords {
  @Sendable static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "question.ask": say("Asked the centre")
    case "question.answer": say("Answered a question of an antenna")
    case "question.see": say("Saw the answer of the centre")
    default: nil
    }
  }
}

extension Question.Kind {
  var label: Phrase {
    switch self {
    case .advice: say("Advice")
    case .exception: say("Exception")
    case .document: say("Paper")
    }
  }
}

extension Question.Outcome {
  var label: Phrase {
    switch self {
    case .granted: say("given")
    case .refused: say("not given")
    }
  }
}

extension QuestionList {
  var label: Phrase {
    switch self {
    case .waiting: say("Questions that wait")
    case .answered: say("Questions answered")
    }
  }
}
