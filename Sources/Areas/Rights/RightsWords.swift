import Basics
import Pages

/// The words for what the journal tells of a person's rights.
enum RightsWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "rights.open": say("Opened the page of a person’s rights")
    case "rights.receive": say("Recorded a request about the data")
    case "rights.answer": say("Answered a request about the data")
    case "rights.copy": say("Made a copy of all data")
    case "rights.seen": say("Printed who saw the data")
    case "rights.consent-form": say("Printed the form of consent")
    case "rights.keep": say("Decided to keep the data longer")
    case "rights.lift": say("Lifted what kept the data")
    case "rights.ask-erasure": say("Asked for the destruction of the data")
    case "rights.decline-erasure": say("Declined the destruction of the data")
    case "person.erase": say("Destroyed the data of the person")
    default: nil
    }
  }
}

extension RightsRequest.Kind {
  package var label: Phrase {
    switch self {
    case .copy: say("A copy of the data")
    case .correction: say("A correction")
    case .erasure: say("That the data be erased")
    case .objection: say("That the data not be used for something")
    }
  }
}

extension RightsRequest.Asker {
  package var label: Phrase {
    switch self {
    case .herself: say("The person")
    case .representative: say("Somebody in the person’s name")
    }
  }
}

extension RightsRequest.Proof {
  package var label: Phrase {
    switch self {
    case .card: say("Identity card seen")
    case .passport: say("Passport seen")
    case .known: say("Known to whoever received her")
    case .other: say("In another way")
    }
  }
}

extension RightsRequest.Outcome {
  package var label: Phrase {
    switch self {
    case .done: say("done")
    case .partly: say("done in part")
    case .refused: say("refused, with reasons")
    }
  }
}

extension RightsHold.Kind {
  package var label: Phrase {
    switch self {
    case .legal: say("A court, an inquiry or an audit needs them")
    case .longer: say("Kept longer by decision")
    }
  }
}

extension RetentionRule.Category {
  package var label: Phrase {
    switch self {
    case .withAid: say("Closed, with an aid: money was paid")
    case .withHelp: say("Closed, with help: at least one action of a plan was carried out")
    case .withoutHelp: say("Closed without help")
    }
  }
}

extension Erasure.Ground {
  package var label: Phrase {
    switch self {
    case .request: say("The person asks for it")
    case .term: say("The term of keeping is over")
    case .authority: say("An authority orders it")
    }
  }
}

extension Erasure.State {
  package var label: Phrase {
    switch self {
    case .asked: say("waits for a second person")
    case .erased: say("erased")
    case .declined: say("declined")
    }
  }

  var tone: Page.Tone {
    switch self {
    case .asked: .attention
    case .erased: .plain
    case .declined: .info
    }
  }
}
