import Testing

@testable import Linkage

@Suite struct `Learning what agreement says` {
  static let same = [
    [0, 0.10, 0, 0, 0, 0.20, 0, 0, 0.70], [0, 0.05, 0, 0, 0, 0, 0, 0, 0.95],
    [0, 0.3, 0, 0, 0.1, 0, 0, 0, 0.6],
  ]
  static let strangers = [
    [0, 0.97, 0, 0, 0, 0.02, 0, 0, 0.01], [0, 0.998, 0, 0, 0, 0, 0, 0, 0.002],
    [0, 0.90, 0, 0, 0.05, 0, 0, 0, 0.05],
  ]
  static let pairs = 1_000_000.0
  static let pairsOfOne = 2_000.0

  /// Every pattern as often as the shares say; of strangers, all that agree somewhere are candidates.
  private static func learned(_ kinds: [FieldKind]) -> LinkModel {
    var patterns: [(pattern: Pattern, count: Double)] = [(Pattern(), 0)]
    func share(_ table: [[Double]], _ pattern: Pattern) -> Double {
      table.indices.reduce(1) { $0 * table[$1][Int(pattern[$1].rawValue)] }
    }
    for field in kinds.indices {
      patterns = patterns.flatMap { entry in
        Agreement.allCases.dropFirst().map { agreement in
          var pattern = entry.pattern
          pattern[field] = agreement
          return (pattern, 0)
        }
      }
    }
    let counted = patterns.map {
      ($0.pattern, pairsOfOne * share(same, $0.pattern) + (pairs - pairsOfOne) * share(strangers, $0.pattern))
    }
    let all = kinds.indices.map { field in
      same[field].indices.map { pairsOfOne * same[field][$0] + (pairs - pairsOfOne) * strangers[field][$0] }
    }
    return LinkLearning(kinds: kinds, patterns: counted.filter { $0.1 > 0 }, pairs: pairs, all: all).model()
  }

  @Test func `recovers the shares that made the pairs`() {
    let model = Self.learned([.date, .number, .givenName])
    #expect(abs(model.priorSame * Self.pairs / Self.pairsOfOne - 1) < 0.05)
    for field in Self.same.indices {
      for agreement in Self.same[field].indices {
        #expect(abs(model.same[field][agreement] - Self.same[field][agreement]) < 0.02)
        #expect(abs(model.strangers[field][agreement] - Self.strangers[field][agreement]) < 0.002)
      }
    }
  }

  @Test func `shares are of what is known, and none is nothing`() {
    let shares = LinkLearning.shares([1_000, 3, 0, 0, 0, 0, 0, 0, 5], like: LinkLearning.ofOne)
    #expect(shares[0] == 0 && shares.dropFirst().allSatisfy { $0 > 0 })
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
  }

  @Test func `contacts count as much as the rest and no more`() {
    let model = LinkModel(
      kinds: [.phone, .givenName], same: [[0.5], [0.5]], relatives: [[0.5], [0.5]],
      strangers: [[0.5], [0.5]],
      priorSame: 1e-3, priorRelatives: 1e-9)
    var evidence = Evidence(model)
    evidence.add((same: 14, relatives: 0), isContact: true)
    #expect(evidence.contactsAboveRest == -14)
    evidence.add((same: 6, relatives: 0), isContact: false)
    #expect(evidence.contactsAboveRest == -8)
    evidence.add((same: 20, relatives: 0), isContact: false)
    #expect(evidence.contactsAboveRest == 0)
  }
}
