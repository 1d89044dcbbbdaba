import Basics

/// How far two raters agree about the same questions of the same files.
package struct Agreement: Equatable, Sendable {
  /// Questions that both answered.
  package let pairs: Int
  /// Those that both answered alike.
  package let same: Int
  /// Cohen's kappa, from -1 to 1: agreement beyond what chance gives. Nil where both gave one and the same answer
  /// throughout: chance alone would agree, and there is nothing to divide by.
  package let kappa: Double?

  /// Under so many pairs neither share nor kappa is told. Ours, to be confirmed by the office.
  package static let least = 20

  package var isEnough: Bool { pairs >= Self.least }
  /// In whole percent.
  package var share: Int { pairs == 0 ? 0 : (same * 100 + pairs / 2) / pairs }

  /// Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
  /// 20 (1960).
  package init<Answer: Hashable & Sendable>(_ pairs: [(first: Answer, second: Answer)]) {
    self.pairs = pairs.count
    same = pairs.count { $0.first == $0.second }
    var (firsts, seconds): ([Answer: Int], [Answer: Int]) = ([:], [:])
    for pair in pairs {
      firsts[pair.first, default: 0] += 1
      seconds[pair.second, default: 0] += 1
    }
    // In whole numbers up to the division, so that full agreement by chance is told from nearly full.
    let chance = firsts.reduce(0) { $0 + $1.value * seconds[$1.key, default: 0] }
    let whole = pairs.count * pairs.count
    kappa = whole == chance ? nil : Double(same * pairs.count - chance) / Double(whole - chance)
  }
}

/// What a round came to.
package struct ReviewSummary: Sendable, Equatable {
  package struct Line: Sendable, Equatable {
    package let item: String
    package let counts: [ReviewReading.Answer: Int]
    package let agreement: Agreement
  }

  /// Files of which all readings are done.
  package let settled: Int
  package let lines: [Line]
  package let agreement: Agreement

  /// - Parameters:
  ///   - readings: of each file those that are done, the first begun first.
  ///   - raters: so many read each file.
  package init(_ readings: [[ReviewReading]], items: [String], raters: Int) {
    let settled = readings.filter { $0.count >= raters }
    self.settled = settled.count
    func pairs(_ item: String) -> [(first: ReviewReading.Answer, second: ReviewReading.Answer)] {
      settled.compactMap { readings in
        guard readings.count > 1, let first = readings[0].answers[item],
          let second = readings[1].answers[item]
        else { return nil }
        return (first, second)
      }
    }
    lines = items.map { item in
      let answers = settled.joined().compactMap { $0.answers[item] }
      return Line(
        item: item, counts: Dictionary(answers.map { ($0, 1) }, uniquingKeysWith: +),
        agreement: Agreement(pairs(item)))
    }
    agreement = Agreement(items.flatMap(pairs))
  }
}

/// How often a question was answered yes, quarter by quarter.
package struct ReviewFigures: Sendable, Equatable {
  package struct Share: Sendable, Equatable {
    /// Answers yes, of those that were yes or no.
    package var yes = 0
    package var answered = 0
  }

  /// The first day of each quarter, the oldest first.
  package let quarters: [Day]
  /// By question, one share a quarter.
  package let lines: [(item: String, shares: [Share])]

  /// Readings that are counted at most, the newest.
  static let most = 20_000

  /// - Parameter readings: with the day on which each was done.
  package init(
    _ readings: [(day: Day, answers: [String: ReviewReading.Answer])], items: [String], quarters: [Day]
  ) {
    self.quarters = quarters
    var shares: [String: [Share]] = [:]
    for reading in readings {
      guard let index = quarters.lastIndex(where: { $0 <= reading.day }) else { continue }
      for (item, answer) in reading.answers where answer != .apart {
        shares[item, default: Array(repeating: Share(), count: quarters.count)][index].answered += 1
        if answer == .yes { shares[item]?[index].yes += 1 }
      }
    }
    lines = items.compactMap { item in shares[item].map { (item: item, shares: $0) } }
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.quarters == b.quarters && a.lines.map(\.item) == b.lines.map(\.item)
      && a.lines.map(\.shares) == b.lines.map(\.shares)
  }
}
