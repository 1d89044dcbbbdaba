import Foundation

/// Estimates the model from the records themselves, without a single known answer.
///
/// Pairs taken by chance are nearly all of strangers: they tell how often those agree. The candidates are a mixture of
/// the three kinds; expectation and maximisation part it: A. P. Dempster, N. M. Laird and D. B. Rubin, 1977.
struct LinkLearning {
  /// How many pairs are taken by chance: 50,000, or where there are fewer, as many as there are.
  static func sample(of pairs: Double) -> Int { Int(max(1, min(50_000, pairs))) }
  static let mostRounds = 60
  /// Rounds end when the expected number of pairs moves by less than this share.
  static let settled = 1e-4

  private static let agreements = Agreement.allCases.count

  let kinds: [FieldKind]
  let patterns: [(pattern: Pattern, count: Double)]
  let pairs: Double
  /// Among all pairs: how many have each agreement, by field.
  let all: [[Double]]
  /// What is believed until many records say otherwise; nil: only what is taken for granted below.
  var beliefs: LinkBeliefs?
  /// What is taken for an agreement that was not met among the pairs taken by chance: half of one of them.
  private var unmet: Double { beliefs == nil ? 0.5 * scale : 0 }
  /// For how many pairs one that was taken by chance stands.
  private var scale: Double { pairs / Double(Self.sample(of: pairs)) }

  func model() -> LinkModel {
    var model = start()
    var before = 0.0
    for _ in 0..<Self.mostRounds {
      let expected = step(&model)
      if abs(expected - before) < Self.settled * before { break }
      before = expected
    }
    return model
  }

  private func start() -> LinkModel {
    let prior = 1e-3 * max(1, patterns.reduce(0) { $0 + $1.count }) / pairs
    return LinkModel(
      kinds: kinds, same: kinds.map(ofOne), relatives: kinds.map(ofOne),
      strangers: all.indices.map { strangers(all[$0].map { max($0, unmet) }, kinds[$0]) },
      priorSame: prior, priorRelatives: prior)
  }

  /// What is taken for granted until the records say otherwise: those of one person mostly agree, relatives do in what
  /// they share, strangers mostly differ.
  static let ofOne = guess(.equal, 0.8)
  static let ofStrangers = guess(.different, 0.9)
  /// It counts as much as so many pairs: a handful of records teaches nothing.
  private static let granted = 4.0

  private func ofOne(_ kind: FieldKind) -> [Double] { beliefs?.ofOne(kind) ?? Self.ofOne }

  private func ofOne(_ sums: [Double], _ kind: FieldKind) -> [Double] {
    guard let beliefs else { return Self.shares(sums, like: Self.ofOne) }
    return Self.shares(sums, like: beliefs.ofOne(kind), granted: beliefs.pairs)
  }

  private func strangers(_ sums: [Double], _ kind: FieldKind) -> [Double] {
    guard let beliefs else { return Self.shares(sums, like: Self.ofStrangers) }
    // However many pairs some records make, they say no more than so many records can.
    return Self.shares(
      sums, like: beliefs.ofStrangers(kind), granted: beliefs.pairs * pairs / max(1, beliefs.records))
  }

  static func guess(_ agreement: Agreement, _ share: Double) -> [Double] {
    Agreement.allCases.map {
      $0 == .missing ? 0 : $0 == agreement ? share : (1 - share) / Double(Agreement.allCases.count - 2)
    }
  }

  /// One round; returns how many pairs of one person the model expects.
  private func step(_ model: inout LinkModel) -> Double {
    var same = Sums(kinds.count)
    var relatives = Sums(kinds.count)
    let weights = LinkWeights(model)
    for (pattern, count) in patterns {
      let evidence = weights.evidence(pattern)
      let likely = Evidence.probability(evidence.total)
      let odds = evidence.relativeOdds
      same.add(pattern, count * likely)
      relatives.add(pattern, count * (1 - likely) * odds / (1 + odds))
    }
    for field in kinds.indices {
      model.same[field] = ofOne(same.byField[field], kinds[field])
      model.relatives[field] = ofOne(relatives.byField[field], kinds[field])
      // Random pairs hold pairs of the other kinds too: they are taken out.
      let rest = Agreement.allCases.indices.map { agreement in
        let least = beliefs == nil && agreement == Int(Agreement.equal.rawValue) ? 0.5 : unmet
        return max(
          least, all[field][agreement] - same.byField[field][agreement] - relatives.byField[field][agreement])
      }
      model.strangers[field] = strangers(rest, kinds[field])
    }
    let strangers = max(1, pairs - same.total - relatives.total)
    model.priorSame = max(same.total, 0.5) / strangers
    model.priorRelatives = max(relatives.total, 0.5) / strangers
    return same.total
  }

  /// Expected pairs, in all and by field and agreement.
  private struct Sums {
    var total = 0.0
    var byField: [[Double]]

    init(_ fields: Int) {
      byField = [[Double]](repeating: [Double](repeating: 0, count: LinkLearning.agreements), count: fields)
    }

    mutating func add(_ pattern: Pattern, _ expected: Double) {
      if expected < 1e-9 { return }
      total += expected
      for field in byField.indices { byField[field][Int(pattern[field].rawValue)] += expected }
    }
  }

  /// Shares of what is known, with some pairs more that are as was taken for granted.
  static func shares(_ sums: [Double], like guess: [Double], granted: Double = granted) -> [Double] {
    let known = sums.dropFirst().reduce(granted, +)
    return [0] + zip(sums, guess).dropFirst().map { ($0 + granted * $1) / known }
  }
}
