import Basics

extension CaseFile.Stage {
  package var label: Phrase {
    switch self {
    case .received: say("Received")
    case .planned: say("Plan agreed")
    case .inProgress: say("In progress")
    case .followUp: say("In follow-up")
    case .closed: say("Closed")
    }
  }
}

extension CaseFile.Channel {
  package var label: Phrase {
    switch self {
    case .walkIn: say("Came to the office")
    case .web: say("Registered online")
    case .phone: say("By phone")
    case .attache: say("Social attaché abroad")
    case .consulate: say("Consulate")
    case .airport: say("At the airport")
    case .memberState: say("Referred by a member state")
    case .partner: say("Sent by a partner")
    }
  }
}

extension Due.What {
  package var label: Phrase {
    switch self {
    case .plan: say("Agree a plan")
    case .action: say("An action of the plan")
    case .visit: say("A visit")
    }
  }
}

extension ReturnFacts.Kind {
  package var label: Phrase {
    switch self {
    case .voluntary: say("Voluntary")
    case .ordered: say("Ordered to leave")
    case .forced: say("Removed by force")
    }
  }
}

extension Need.Kind {
  package var label: Phrase {
    switch self {
    case .housing: say("A roof")
    case .food: say("Food")
    case .health: say("Health")
    case .money: say("Money to get through")
    case .papers: say("Papers")
    case .school: say("School for the children")
    case .legal: say("Legal help")
    case .work: say("Work")
    case .other: say("Something else")
    }
  }
}

extension Need.Urgency {
  package var label: Phrase {
    switch self {
    case .today: say("Today")
    case .week: say("This week")
    case .later: say("Can wait")
    }
  }
}

extension Note.Section {
  package var label: Phrase {
    switch self {
    case .returning: say("Return and contact")
    case .social: say("Social survey")
    case .employment: say("Skills and employment")
    case .health: say("Health")
    }
  }
}

extension Closure.Outcome {
  package var label: Phrase {
    switch self {
    case .standing: say("Stands on their own feet")
    case .oriented: say("Oriented to other services")
    case .leftAgain: say("Left the country again")
    case .unreachable: say("Could not be reached any more")
    case .withdrew: say("No longer wishes to be accompanied")
    case .died: say("Died")
    case .other: say("Another outcome")
    }
  }
}
