import Antennas
import Basics
import Cases
import People

/// Words for answers, facts and acts.
enum EligibilityWords {
  static func label(_ answer: Verdict.Answer) -> Phrase {
    switch answer {
    case .yes: say("Yes")
    case .notYet: say("Not yet")
    case .no: say("No")
    }
  }

  static func label(_ truth: Truth) -> Phrase {
    switch truth {
    case .yes: say("holds")
    case .unknown: say("not known")
    case .no: say("does not hold")
    }
  }

  static func label(_ ceiling: AmountRule.Ceiling) -> Phrase {
    switch ceiling {
    case .aid: say("Most for this aid")
    case .kind: say("Most for aids of this kind")
    case .track: say("Most for aids of this track")
    case .funder: say("Most from this funder")
    case .person: say("Most for one person")
    }
  }

  static func label(_ kept: KeptRuleSet, on day: Day) -> Phrase {
    switch kept.state {
    case .draft: say("Draft")
    case .discarded: say("Discarded")
    case .decided:
      kept.isInForce(on: day)
        ? say("In force") : kept.set.from > day ? say("In force later") : say("No longer in force")
    }
  }

  /// What the journal's acts mean.
  static func phrase(_ act: String) -> Phrase? {
    act == "eligibility.judge" ? say("kept what the rules of an aid say") : nil
  }
}
