import Basics
import Pages

/// The words for what the journal tells of a plan, and for the fields of what stands in it.
enum PlanWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "goal.add": say("Wrote a goal into the plan")
    case "goal.correct": say("Corrected a goal of the plan")
    case "goal.abandoned": say("Gave up a goal of the plan")
    case "action.add": say("Wrote an action into the plan")
    case "action.correct": say("Corrected an action of the plan")
    case "action.doing": say("Began an action of the plan")
    case "action.blocked": say("An action of the plan is blocked")
    case "action.to-do": say("An action of the plan is to do again")
    case "action.done": say("Completed an action of the plan")
    case "action.abandoned": say("Gave up an action of the plan")
    case "budget.add": say("Wrote a budget line into the plan")
    case "budget.correct": say("Corrected a budget line of the plan")
    case "budget.strike": say("Struck out a budget line of the plan")
    case "plan.agree": say("Agreed the plan")
    case "plan.attach": say("Attached the signed paper to the plan")
    case "plan.complete": say("Completed the plan")
    case "plan.take-up": say("Took up the plan again")
    case "plan.print": say("Made a PDF of the plan")
    default: nil
    }
  }

  /// A field of what stands in a plan.
  static func label(_ field: String) -> Phrase {
    switch field {
    case "track": say("Track")
    case "goal": say("Goal")
    case "action": say("What will be done")
    case "who": say("Who does it")
    case "by": say("By when")
    case "amount": say("Amount")
    case "currency": say("Currency")
    case "payer": say("Who pays it")
    case "way": say("How it is paid")
    default: say("Something else")
    }
  }

  static func currency(_ currency: Money.Currency) -> Phrase {
    switch currency {
    case .tnd: say("Tunisian dinar")
    case .eur: say("Euro")
    }
  }

  /// The value of a field, as it is read.
  static func shown(_ field: String, _ value: String, _ fields: Fields = Fields(), _ reader: Reader) -> String
  {
    switch field {
    case "track": Plan.Track(rawValue: value).map { reader($0.label) } ?? value
    case "way": Plan.BudgetLine.Way(rawValue: value).map { reader($0.label) } ?? value
    case "currency": Money.Currency(rawValue: value).map { reader(currency($0)) } ?? value
    case "by": Day(value).map { reader.date($0) } ?? value
    case "amount": Int64(value).map { amount($0, fields, reader) } ?? value
    default: value
    }
  }

  /// What is compared knows its currency by another field, and it may have changed as well.
  private static func amount(_ units: Int64, _ fields: Fields, _ reader: Reader) -> String {
    let currency = fields["currency"].flatMap { Money.Currency(rawValue: $0) } ?? .tnd
    return reader.money(Money(units, currency))
  }
}
