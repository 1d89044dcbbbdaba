import Basics

extension BoardLine {
  /// What waits; in the order in which a meeting goes through it.
  package enum Kind: String, CaseIterable, Sendable {
    case plans, actions, visits, referrals, missed, untold, offers, complaints
    case rights, tasks, questions, openings, circulars, findings, decisions
  }
}

extension BoardLine.Kind {
  /// Those who have it see the line; all who see the board where there is none.
  var duty: Duty? {
    switch self {
    case .complaints: .answerComplaints
    case .rights: .answerRights
    case .openings: .judgeOpenings
    default: nil
    }
  }

  var label: Phrase {
    switch self {
    case .plans: say("Plans not agreed in time")
    case .actions: say("Actions of plans that are late")
    case .visits: say("Visits that are late")
    case .referrals: say("Referrals that stand still")
    case .missed: say("Appointments missed, and nothing followed")
    case .untold: say("Appointments of which nobody told what became of them")
    case .offers: say("Offers of other antennas to answer")
    case .complaints: say("Complaints to be answered")
    case .rights: say("Requests about one's data to answer")
    case .tasks: say("Tasks that are late")
    case .questions: say("Questions to the centre without an answer")
    case .openings: say("Openings from outside to judge")
    case .circulars: say("Receipts of circulars that are late")
    case .findings: say("Open findings of reviews")
    case .decisions: say("Open decisions of meetings")
    }
  }

  /// Who has to act.
  var who: Phrase {
    switch self {
    case .plans, .actions, .visits: say("the contact person")
    case .referrals: say("the contact person, then the head of the antenna")
    case .missed, .untold: say("whoever had the appointment")
    case .offers, .rights: say("the head of the antenna")
    case .complaints: say("the head of the antenna, or the centre")
    case .tasks: say("whoever is meant")
    case .questions: say("the centre")
    case .openings: say("the head of the antenna, then the centre")
    case .circulars: say("whoever has not read them")
    case .findings: say("the contact person, or the antenna")
    case .decisions: say("whoever the decision names")
    }
  }
}
