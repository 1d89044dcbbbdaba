import Basics
import Plans

/// The words for what the journal tells of a visit.
enum VisitWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "visit.plan": say("Planned a visit")
    case "visit.schedule": say("Planned the visits of the schedule")
    case "visit.move": say("Put a visit on another day")
    case "visit.report": say("Recorded a visit")
    case "visit.correct": say("Corrected the report of a visit")
    case "visit.miss": say("Recorded that a visit did not take place")
    case "visit.call-off": say("Called off the planned visits of a closed case")
    case "visit.hand-over": say("Recorded goods handed over")
    case "visit.look": say("Recorded a second look at a visit")
    default: nil
    }
  }
}

extension Visit.Activity {
  package var label: Phrase {
    switch self {
    case .notStarted: say("Not begun yet")
    case .goingOn: say("Goes on")
    case .inDifficulty: say("In difficulty")
    case .stopped: say("Stopped")
    }
  }
}

extension Visit.Way {
  package var label: Phrase {
    switch self {
    case .home: say("At home or at the place of work")
    case .antenna: say("At the antenna")
    case .phone: say("By telephone")
    case .video: say("By video")
    }
  }
}

extension Visit.Hindrance.Kind {
  package var label: Phrase {
    switch self {
    case .notReachable: say("The person could not be reached")
    case .away: say("The person was away")
    case .counsellor: say("The counsellor was prevented")
    case .road: say("Weather or road")
    case .other: say("Another reason")
    }
  }
}

extension Visit.Difficulty {
  package var label: Phrase {
    switch self {
    case .money: say("Money")
    case .premises: say("Premises")
    case .suppliers: say("Suppliers")
    case .customers: say("Customers")
    case .health: say("Health")
    case .family: say("Family")
    case .papers: say("Papers")
    case .housing: say("Housing")
    case .other: say("Another difficulty")
    }
  }
}

extension Visit.Wish {
  package var label: Phrase {
    switch self {
    case .no: say("No")
    case .thinks: say("Thinks of it")
    case .yes: say("Yes")
    }
  }
}

extension Visit.Jobs {
  package var label: Phrase {
    switch self {
    case .keptByWomen: say("Jobs kept: women")
    case .keptByMen: say("Jobs kept: men")
    case .createdForWomen: say("Jobs created: women")
    case .createdForMen: say("Jobs created: men")
    }
  }
}

extension VisitTerms.Name {
  package var label: Phrase {
    switch self {
    case .social: say("Visits for the track “Social life”, in months")
    case .employment: say("Visits for the track “Employment”, in months")
    case .project: say("Visits for the track “Economic project”, in months")
    case .income: say("Where the ranges of income begin, in dinars a month")
    case .correction: say("Days for which a report may be corrected")
    }
  }
}
