import Basics
import Pages

/// The words of the area: for its acts, its parts and its answers.
enum SurveyWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "survey.begin": say("Wrote a social survey")
    case "survey.change": say("Changed a social survey")
    case "survey.health": say("Wrote on health in a social survey")
    case "survey.conclude": say("Concluded a social survey")
    case "survey.correct": say("Corrected a social survey")
    case "survey.print": say("Printed a social survey")
    default: nil
    }
  }

  static func title(_ part: SurveyPart) -> Phrase {
    switch part {
    case .interview: say("Interview")
    case .housing: say("Housing")
    case .income: say("Income of the household, a month, in dinars")
    case .debts: say("Debts")
    case .cover: say("Social cover")
    case .health: say("Health")
    case .schooling: say("Schooling")
    case .safety: say("Safety")
    case .relations: say("Relations and support")
    case .opinion: say("Opinion and proposals")
    }
  }

  static func income(_ kind: String) -> Phrase {
    switch kind {
    case "wage": say("From work")
    case "pension": say("Pension")
    case "aid": say("Public aid")
    case "family": say("From the family, here or abroad")
    default: say("Other income")
    }
  }

  static func whyNone(_ kind: String) -> Phrase {
    switch kind {
    case "wage": say("From work: no amount, because")
    case "pension": say("Pension: no amount, because")
    case "aid": say("Public aid: no amount, because")
    case "family": say("From the family: no amount, because")
    default: say("Other income: no amount, because")
    }
  }

  static func label(_ question: SurveyQuestion, _ code: String) -> Phrase {
    switch question.name {
    case "way": way(code)
    case "tenure": tenure(code)
    case "cover": cover(code)
    case "danger": danger(code)
    default: answer(code)
    }
  }

  static func way(_ code: String) -> Phrase {
    switch code {
    case "office": say("At the office")
    case "home": say("At the person's home")
    case "phone": say("By telephone")
    default: say("Elsewhere")
    }
  }

  private static func answer(_ code: String) -> Phrase {
    switch code {
    case "yes": say("Yes")
    case "no": say("No")
    case "none": say("There is none")
    case "refused": say("Not answered")
    default: say("Not known")
    }
  }

  private static func tenure(_ code: String) -> Phrase {
    switch code {
    case "owner": say("In a home of her own")
    case "tenant": say("As a tenant")
    case "family": say("With the family")
    case "hosted": say("With others, for a while")
    case "shelter": say("In a shelter")
    default: say("Without a home")
    }
  }

  /// Names of schemes stay as they are known.
  private static func cover(_ code: String) -> Phrase {
    switch code {
    case "cnss": say("CNSS (private sector)")
    case "cnrps": say("CNRPS (public sector)")
    case "cnam": say("CNAM (health insurance)")
    case "amg1": say("AMG1 (free care)")
    case "amg2": say("AMG2 (care at a reduced price)")
    default: say("No social cover")
    }
  }

  private static func danger(_ code: String) -> Phrase {
    switch code {
    case "none-told": say("None told of")
    case "told": say("Told of")
    case "urgent": say("Told of, and it is urgent")
    default: say("Not answered")
    }
  }

  /// A value as the reader knows it.
  static func shown(_ name: String, _ value: String, _ reader: Reader) -> String {
    guard let question = SurveyPart.byName[name] else { return value }
    switch question.kind {
    case .choice: return reader(label(question, value))
    case .choices:
      return value.split(separator: " ").map { reader(label(question, String($0))) }
        .joined(separator: "\(reader.comma) ")
    case .day: return Day(value).map { reader.date($0) } ?? value
    case .amount:
      return Money(typed: value, .tnd, most: SurveyRules.mostMoney).map { reader.money($0) } ?? value
    case .line, .paragraph, .number: return value
    }
  }
}
