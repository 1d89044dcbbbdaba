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

  /// Why an amount cannot be told: what its table goes by, and is not known; nil where the table gives one.
  static func untold(_ amount: AmountReading) -> Phrase? {
    if amount.lacksRow { return say("The table of amounts has no row for this vulnerability.") }
    guard !amount.missing.isEmpty else { return nil }
    let missing = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { language in
        let reader = Reader(language)
        return (language, amount.missing.map { reader($0.label) }.joined(separator: "\(reader.comma) "))
      })
    return say("The amount cannot be told yet. Not known: \(missing).")
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
