import Basics

/// What was answered to one item. What was not asked has none: three kinds of missing are kept apart.
package enum Answer: Hashable, Sendable {
  /// Codes of options between spaces, a whole number, a day as ISO text, or words.
  case value(String)
  case refused
  case notApplicable

  private static let (refusedText, notApplicableText) = ("!refused", "!not-applicable")

  /// As it is kept among the fields of an assessment.
  package var text: String {
    switch self {
    case .value(let value): value
    case .refused: Self.refusedText
    case .notApplicable: Self.notApplicableText
    }
  }

  package init(text: String) {
    switch text {
    case Self.refusedText: self = .refused
    case Self.notApplicableText: self = .notApplicable
    default: self = .value(text)
    }
  }
}

/// The score of an assessment, with what it rests on.
package struct Scoring: Sendable, Equatable {
  package enum Outcome: Sendable, Equatable {
    case score(Score)
    case withheld(Reason)

    package var score: Score? {
      if case .score(let score) = self { score } else { nil }
    }
  }

  /// Why there is no score.
  package enum Reason: Sendable, Equatable {
    case weightsNotLoaded
    /// So many items were answered, and so many are needed.
    case tooFew(answered: Int, needed: Int)
    /// A dimension that concerns the person has no score.
    case dimension(String)
    /// None of its items concerns the person.
    case notConcerned
  }

  package struct DimensionScore: Sendable, Equatable {
    package let code: String
    package let outcome: Outcome
    package let answered: Int
    /// Items that concern the person: without those that do not apply or were not to be asked.
    package let concerned: Int
  }

  package let composite: Outcome
  package let band: String?
  package let dimensions: [DimensionScore]
  /// Scored items the score rests on.
  package let answered: Int
  package let concerned: Int
  /// Of all items, scored or not, those that were to be asked.
  package let refused: Int
  package let notApplicable: Int
  package let notAsked: Int
}

/// Counting, and nothing else: no database, no clock. What is missing is left out, and never counted as nothing.
enum AssessmentScoring {
  typealias Answers = [String: Answer]

  /// The items that are to be asked, after what was answered. They stand after those they go by; an answer to an item
  /// that itself is not to be asked decides nothing.
  static func asked(_ instrument: Instrument, _ answers: Answers) -> Set<String> {
    var asked: Set<String> = []
    for item in instrument.items where item.condition.map({ holds($0, asked, answers) }) ?? true {
      asked.insert(item.code)
    }
    return asked
  }

  private static func holds(_ condition: Condition, _ asked: Set<String>, _ answers: Answers) -> Bool {
    func value(_ code: String) -> String? {
      guard asked.contains(code), case .value(let value)? = answers[code] else { return nil }
      return value
    }
    switch condition {
    case .isOneOf(let item, let codes):
      return value(item)?.split(separator: " ").contains { codes.contains(String($0)) } ?? false
    case .atLeast(let item, let least): return value(item).flatMap { Int($0) }.map { $0 >= least } ?? false
    case .atMost(let item, let most): return value(item).flatMap { Int($0) }.map { $0 <= most } ?? false
    case .all(let parts): return parts.allSatisfy { holds($0, asked, answers) }
    case .any(let parts): return parts.contains { holds($0, asked, answers) }
    }
  }

  /// What one answer scores; nil where it scores nothing at all, which is not the same as 0.
  static func score(of answer: Answer?, to item: Item) -> Score? {
    guard case .value(let value)? = answer else { return nil }
    switch item.kind {
    case .oneOf, .yesNo: return item.option(value)?.score
    case .severalOf:
      let chosen = value.split(separator: " ").compactMap { item.option(String($0)) }
      guard !chosen.isEmpty else { return nil }
      let sum = chosen.reduce(0) { $0 + ($1.score?.thousandths ?? 0) }
      return Score(thousandths: min(sum, Score.highest.thousandths))
    case .number(_, let steps):
      guard let number = Int(value) else { return nil }
      return steps.first { $0.range.contains(number) }?.score
    case .text, .date: return nil
    }
  }

  static func scoring(_ instrument: Instrument, _ answers: Answers) -> Scoring {
    let codes = asked(instrument, answers)
    let asked = instrument.items.filter { codes.contains($0.code) }
    let dimensions = instrument.dimensions.map { scoring($0, asked, instrument, answers) }
    let answered = dimensions.reduce(0) { $0 + $1.score.answered }
    let composite = composite(instrument, dimensions, answered)
    func count(_ answer: Answer?) -> Int { asked.count { answers[$0.code] == answer } }
    return Scoring(
      composite: composite, band: composite.score.flatMap { instrument.band(of: $0)?.code },
      dimensions: dimensions.map(\.score), answered: answered,
      concerned: dimensions.reduce(0) { $0 + $1.score.concerned }, refused: count(.refused),
      notApplicable: count(.notApplicable), notAsked: count(nil))
  }

  /// A dimension, with its score in billionths: the composite is not made of rounded thousandths.
  private static func scoring(
    _ dimension: Instrument.Dimension, _ asked: [Item], _ instrument: Instrument, _ answers: Answers
  ) -> (score: Scoring.DimensionScore, weight: Int, exact: Int?) {
    let items = asked.filter { $0.dimension == dimension.code && answers[$0.code] != .notApplicable }
    let scored = items.compactMap { item in
      score(of: answers[item.code], to: item).map { (weight: item.weight, score: $0.thousandths) }
    }
    func made(_ outcome: Scoring.Outcome, _ exact: Int?) -> (Scoring.DimensionScore, Int, Int?) {
      let score = Scoring.DimensionScore(
        code: dimension.code, outcome: outcome, answered: scored.count, concerned: items.count)
      return (score, dimension.weight, exact)
    }
    guard instrument.weights != .none else { return made(.withheld(.weightsNotLoaded), nil) }
    guard !items.isEmpty else { return made(.withheld(.notConcerned), nil) }
    let needed = min(dimension.minimum, items.count)
    guard scored.count >= max(needed, 1) else {
      return made(.withheld(.tooFew(answered: scored.count, needed: max(needed, 1))), nil)
    }
    let exact = mean(scored.map { (weight: $0.weight, value: $0.score * 1_000_000) })
    return made(.score(Score(thousandths: rounded(exact, by: 1_000_000))), exact)
  }

  private static func composite(
    _ instrument: Instrument, _ dimensions: [(score: Scoring.DimensionScore, weight: Int, exact: Int?)],
    _ answered: Int
  ) -> Scoring.Outcome {
    guard instrument.weights != .none else { return .withheld(.weightsNotLoaded) }
    let concerned = dimensions.filter { $0.score.outcome != .withheld(.notConcerned) }
    guard !concerned.isEmpty else { return .withheld(.notConcerned) }
    guard answered >= instrument.minimum else {
      return .withheld(.tooFew(answered: answered, needed: instrument.minimum))
    }
    var parts: [(weight: Int, value: Int)] = []
    for dimension in concerned {
      guard let exact = dimension.exact else { return .withheld(.dimension(dimension.score.code)) }
      parts.append((dimension.weight, exact))
    }
    return .score(Score(thousandths: rounded(mean(parts), by: 1_000_000)))
  }

  /// The weighted mean of whole numbers, rounded half up: sums of whole numbers do not depend on their order.
  private static func mean(_ parts: [(weight: Int, value: Int)]) -> Int {
    let weight = parts.reduce(0) { $0 + $1.weight }
    return rounded(parts.reduce(0) { $0 + $1.weight * $1.value }, by: max(weight, 1))
  }

  private static func rounded(_ value: Int, by divisor: Int) -> Int { (2 * value + divisor) / (2 * divisor) }
}
