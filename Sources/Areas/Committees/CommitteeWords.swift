import Basics

enum CommitteeWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "committee.submit": say("Put a request before the committees")
    case "committee.withdraw": say("Took a request to a committee back")
    case "committee.withdraw-appeal": say("Took an appeal to a committee back")
    case "committee.convene": say("Convened a session of a committee")
    case "committee.change": say("Changed a session of a committee")
    case "committee.seat": say("Gave somebody a seat in a committee")
    case "committee.remove": say("Removed a member from a committee")
    case "committee.presence": say("Recorded who is in a session")
    case "committee.list": say("Put a request on the agenda of a committee")
    case "committee.take-off": say("Took a request off the agenda of a committee")
    case "committee.cancel": say("Cancelled a session of a committee")
    case "committee.read": say("Read a request before a committee")
    case "committee.conflict": say("Keeps out of a request before a committee")
    case "committee.score": say("Scored a request before a committee")
    case "committee.vote": say("Voted on a request before a committee")
    case "committee.decide": say("Recorded a decision of a committee")
    case "committee.close": say("Closed a session of a committee")
    case "committee.confirm": say("Confirmed the minutes of a committee")
    case "committee.print": say("Made the PDF of the minutes of a committee")
    case "committee.appeal": say("Recorded an appeal against a committee")
    case "committee.notice": say("Made the PDF of a committee's answer")
    default: nil
    }
  }

  /// What members do alone is told in the journal, and not in the history of the case.
  static let secret: Set<String> = ["committee.conflict", "committee.score", "committee.vote"]
}

extension CommitteeItem.Track {
  var label: Phrase {
    switch self {
    case .social: say("Social aid")
    case .employment: say("Employment aid")
    case .business: say("Business creation")
    }
  }
}

extension CommitteeItem.State {
  var label: Phrase {
    switch self {
    case .waiting: say("waits for a session")
    case .listed: say("on an agenda")
    case .decided: say("decided")
    case .withdrawn: say("taken back")
    }
  }
}

/// What can be asked by hand, until a room prepares it. Source: the aids that the scheme names.
enum ItemPurpose: String, CaseIterable, Sendable {
  case housing, health, education
  case specialNeeds = "special-needs"
  case salary, training, business

  var track: CommitteeItem.Track {
    switch self {
    case .housing, .health, .education, .specialNeeds: .social
    case .salary, .training: .employment
    case .business: .business
    }
  }

  var label: Phrase {
    switch self {
    case .housing: say("Social aid: housing")
    case .health: say("Social aid: health")
    case .education: say("Social aid: education")
    case .specialNeeds: say("Social aid: special needs")
    case .salary: say("Employment aid: share of the salary")
    case .training: say("Employment aid: training")
    case .business: say("Business creation: grant")
    }
  }
}

extension Decision.Outcome {
  var label: Phrase {
    switch self {
    case .granted: say("granted")
    case .conditions: say("granted with conditions")
    case .postponed: say("postponed to another session")
    case .refused: say("refused")
    }
  }
}

extension Decision.Reason {
  var label: Phrase {
    switch self {
    case .criteria: say("the conditions of the aid are not met")
    case .money: say("the money there is does not suffice")
    case .papers: say("papers or facts are missing")
    case .feasibility: say("the project cannot be carried out as it is")
    case .otherHelp: say("other help meets the need")
    case .amount: say("the amount is not explained")
    case .other: say("another reason")
    }
  }
}

extension CommitteeSession.Role {
  var label: Phrase {
    switch self {
    case .chair: say("Chair")
    case .member: say("Member")
    case .secretary: say("Secretary, without a vote")
    }
  }
}

extension CommitteeSession.State {
  var label: Phrase {
    switch self {
    case .convened: say("convened")
    case .closed: say("closed, its minutes to be confirmed")
    case .signed: say("minutes signed")
    case .cancelled: say("cancelled")
    }
  }
}

extension ConflictKind {
  var label: Phrase {
    switch self {
    case .family: say("family")
    case .friendship: say("friendship or enmity")
    case .work: say("works or worked with the person")
    case .money: say("money or business with the person")
    case .other: say("another reason")
    }
  }
}
