import Basics

/// A question of the survey.
struct SurveyQuestion: Sendable {
  enum Kind: Sendable {
    case line, paragraph, day
    case number(ClosedRange<Int>)
    /// Dinars with up to three decimals.
    case amount
    case choice([String])
    /// Any number of these.
    case choices([String])
  }

  let name: String
  let label: Phrase
  let kind: Kind
  /// What is said when it is empty; nil where it may be: what is empty was not asked.
  let needed: Phrase?

  init(_ name: String, _ label: Phrase, _ kind: Kind = .line, needed: Phrase? = nil) {
    self.name = name
    self.label = label
    self.kind = kind
    self.needed = needed
  }
}

/// A part of the survey, in the order in which it is asked.
enum SurveyPart: String, CaseIterable, Sendable {
  case interview, housing, income, debts, cover, health, schooling, safety, relations, opinion

  /// Kinds of income of the household.
  static let incomes = ["wage", "pension", "aid", "family", "other"]
  /// Why there is no amount. What is empty was not asked.
  static let noAmount = ["none", "refused", "not-known"]
  private static let yesNo = ["yes", "no", "not-known"]

  /// Left off the copy that leaves the office: somebody at home may read it.
  var isGuarded: Bool { self == .health || self == .safety }

  static let questions = allCases.flatMap(\.questions)
  static let byName = Dictionary(uniqueKeysWithValues: questions.map { ($0.name, $0) })

  var questions: [SurveyQuestion] {
    switch self {
    case .interview:
      [
        SurveyQuestion("on", say("Day of the interview"), .day, needed: say("Write the day.")),
        SurveyQuestion(
          "way", say("How you spoke"), .choice(Survey.Way.allCases.map(\.rawValue)),
          needed: say("Choose how you spoke.")),
        SurveyQuestion("present", say("Who was present")),
      ]
    case .housing: Self.housingQuestions
    case .income:
      Self.incomes.flatMap { kind in
        [
          SurveyQuestion("income-\(kind)", SurveyWords.income(kind), .amount),
          SurveyQuestion("income-\(kind)-why", SurveyWords.whyNone(kind), .choice(Self.noAmount)),
        ]
      } + [SurveyQuestion("income-told", say("What else was told about income"), .paragraph)]
    case .debts:
      [
        SurveyQuestion("debts", say("Debts"), .choice(["yes", "no", "refused", "not-known"])),
        SurveyQuestion("debts-amount", say("Amount of the debts, in dinars"), .amount),
        SurveyQuestion("debts-journey", say("Some of them are from the journey"), .choice(Self.yesNo)),
        SurveyQuestion("debts-told", say("To whom, and what for"), .paragraph),
      ]
    case .cover:
      [
        SurveyQuestion(
          "cover", say("Social cover"), .choices(["cnss", "cnrps", "cnam", "amg1", "amg2", "none"])),
        SurveyQuestion("cover-told", say("What is to be said about it")),
      ]
    case .health: [SurveyQuestion(Fields.health, say("Health, in words"), .paragraph)]
    case .schooling: [SurveyQuestion("schooling", say("Schooling of the children"), .paragraph)]
    case .safety:
      [
        SurveyQuestion(
          "danger", say("Violence or threats"), .choice(["none-told", "told", "urgent", "refused"])),
        SurveyQuestion("safety", say("What was told, and what protects the person"), .paragraph),
      ]
    case .relations:
      [
        SurveyQuestion("relations", say("Relations in the family and around it"), .paragraph),
        SurveyQuestion("support", say("Who can be counted on"), .paragraph),
      ]
    case .opinion:
      [
        SurveyQuestion("wishes", say("What the person wishes"), .paragraph),
        SurveyQuestion("opinion", say("Opinion of the social worker"), .paragraph),
        SurveyQuestion("proposals", say("Proposals"), .paragraph),
      ]
    }
  }

  private static let housingQuestions = [
    SurveyQuestion(
      "tenure", say("How the person is housed"),
      .choice(["owner", "tenant", "family", "hosted", "shelter", "without"])),
    SurveyQuestion("rooms", say("Rooms"), .number(0...50)),
    SurveyQuestion("water", say("Running water"), .choice(yesNo)),
    SurveyQuestion("electricity", say("Electricity"), .choice(yesNo)),
    SurveyQuestion("paid-until", say("Rent paid until"), .day),
    SurveyQuestion("housing", say("What was seen of the housing"), .paragraph),
  ]
}
