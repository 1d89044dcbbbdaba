import Basics

/// Decisions only: no database, no clock, no request. Nothing is scored: what was told stands as it was told.
enum SurveyRules {
  /// Surveys that a case may have; more are a mistake.
  static let most = 60
  /// Corrections that a survey may have.
  static let mostEditions = 50
  /// Dinars; more is a slip of the hand.
  static let mostMoney: Int64 = 10_000_000

  static func mayBegin(beside others: [Survey]) throws(Refusal) {
    guard others.count < most else {
      throw .conflict(say("This case has \(most) surveys already: no more can be added."))
    }
  }

  static func mustBeDraft(_ survey: Survey) throws(Refusal) {
    guard !survey.isConcluded else {
      throw .conflict(say("This survey is concluded: it is corrected with a reason, and kept as it was."))
    }
  }

  static func mustBeConcluded(_ survey: Survey) throws(Refusal) {
    guard survey.isConcluded else {
      throw .conflict(say("This survey is not concluded yet: change it without a reason."))
    }
    guard survey.editions.count < mostEditions else {
      throw .conflict(say("This survey was corrected \(mostEditions) times: write a new one."))
    }
  }

  /// The last concluded survey of an interview before this one.
  /// - Parameter surveys: the newest interview first.
  static func earlier(than survey: Survey, in surveys: [Survey]) -> Survey? {
    guard let day = survey.metOn else { return nil }
    return surveys.first { other in other.isConcluded && other.metOn.map { $0 < day } ?? false }
  }

  /// What a survey must hold before it is concluded.
  static func missing(in answers: Fields) -> [SurveyQuestion] {
    ["opinion", "proposals"].filter { answers[$0] == nil }.compactMap { SurveyPart.byName[$0] }
  }

  static func mayConclude(_ answers: Fields) throws(Refusal) {
    guard missing(in: answers).isEmpty else {
      throw .conflict(say("A survey is concluded when the opinion and the proposals are written."))
    }
  }

  /// Answers that do not go together: two windows may each have brought one of them.
  static func mustBeSound(_ answers: Fields, on today: Day) throws(Refusal) {
    var errors: [FieldError] = []
    if let day = answers["on"].flatMap({ Day($0) }), day > today {
      errors.append(FieldError("on", say("The interview is still to come: write it down when it was held.")))
    }
    for kind in SurveyPart.incomes where answers["income-\(kind)"] != nil {
      guard answers["income-\(kind)-why"] != nil else { continue }
      errors.append(FieldError("income-\(kind)-why", say("Write the amount, or why there is none.")))
    }
    if answers["debts-amount"] != nil, answers["debts"] != "yes" {
      errors.append(FieldError("debts", say("There is an amount: choose that there are debts.")))
    }
    let cover = answers["cover"]?.split(separator: " ") ?? []
    if cover.contains("none"), cover.count > 1 {
      errors.append(FieldError("cover", say("None, and one of them: choose one or the other.")))
    }
    guard errors.isEmpty else { throw .invalid(errors) }
  }

  /// The amounts that were told, together, and of how many kinds of income nothing is known: refused, not known or not
  /// asked. Nil where no amount was told.
  static func income(in answers: Fields) -> (sum: Money, unknown: Int)? {
    var (sum, known, unknown): (Int64, Int, Int) = (0, 0, 0)
    for kind in SurveyPart.incomes {
      if let money = answers["income-\(kind)"].flatMap({ Money(typed: $0, .tnd, most: mostMoney) }) {
        sum += money.minorUnits
        known += 1
      } else if answers["income-\(kind)-why"] != "none" {
        unknown += 1
      }
    }
    return known == 0 ? nil : (Money(sum, .tnd), unknown)
  }
}
