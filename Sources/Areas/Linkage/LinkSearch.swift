import Basics
import Foundation
import Names

/// One search through the records: candidates, then a model of them, then persons.
final class LinkSearch {
  private let persons: Persons
  private var reader: PatternReader
  private let candidates: [Candidate]
  private let frequencies: [Frequencies]
  private let model: LinkModel
  private let weights: LinkWeights

  /// Two records that share something rare.
  private struct Candidate {
    let first, second: Int32
    let pattern: Pattern
  }

  init(_ persons: Persons, _ names: Names) {
    var reader = PatternReader(persons, names)
    var candidates: [Candidate] = []
    Blocks(persons).eachPair(persons.count) { first, second in
      let pattern = reader.pattern(Int(first), Int(second))
      candidates.append(Candidate(first: first, second: second, pattern: pattern))
    }
    var frequencies = persons.fields.indices.map { Frequencies(persons, field: $0) }
    model = LinkLearning(
      kinds: persons.fields.map(\.kind), patterns: Self.counted(candidates.lazy.map(\.pattern)),
      pairs: persons.pairs,
      all: Self.all(persons, frequencies, &reader)
    ).model()
    weights = LinkWeights(model)
    for candidate in candidates {
      let likely = Evidence.probability(weights.evidence(candidate.pattern).total)
      if likely < Self.unlikely { continue }
      for field in frequencies.indices where candidate.pattern[field] == .equal {
        persons.eachShared(field, candidate.first, candidate.second) { frequencies[field].same[$0] += likely }
      }
    }
    self.persons = persons
    self.reader = reader
    self.candidates = candidates
    self.frequencies = frequencies
  }

  /// Pairs less likely than this are taken for two persons when values are counted.
  private static let unlikely = 0.01

  /// The pairs of records of one person, in the order of the ids.
  func pairs(atLeast least: Double, why: Bool) -> [Linkage.Pair] {
    let sure =
      candidates
      .map { (first: $0.first, second: $0.second, weight: evidence($0.first, $0.second, $0.pattern).total) }
      .filter { $0.weight >= least }
      .sorted { ($1.weight, $0.first, $0.second) < ($0.weight, $1.first, $1.second) }
    var groups = LinkGroups()
    for pair in sure {
      groups.join(pair.first, pair.second, atLeast: least) { first, second in
        self.evidence(first, second, reader.pattern(Int(first), Int(second))).total
      }
    }
    return groups.pairs.filter { persons.isBetweenFiles($0.first, $0.second) }
      .sorted { ($0.first, $0.second) < ($1.first, $1.second) }
      .map { pair($0, why: why) }
  }

  private func pair(_ found: LinkGroups.Pair, why: Bool) -> Linkage.Pair {
    Linkage.Pair(
      first: persons.ids[Int(found.first)], second: persons.ids[Int(found.second)],
      score: Evidence.probability(found.weight), reasons: why ? reasons(found) : [])
  }

  private func reasons(_ found: LinkGroups.Pair) -> [Linkage.Reason] {
    let pattern = reader.pattern(Int(found.first), Int(found.second))
    let evidence = evidence(found.first, found.second, pattern)
    let known = persons.fields.indices.filter { pattern[$0] != .missing }
    let ofFields = known.map { field in
      let weight = weights.weight(field, pattern[field]) { rarity($0, found.first, found.second) }
      return Linkage.Reason(
        what: "\(persons.fields[field].name) \(pattern[field].words)", weight: weight.same)
    }
    let beside = [
      ("contacts say no more than the rest", evidence.contactsAboveRest),
      ("relatives might agree like this", evidence.relativesToo),
      ("other records of the person", found.weight - evidence.total),
    ]
    return ofFields + [.init(what: "before anything is compared", weight: evidence.before)]
      + beside.filter { $0.1 != 0 }.map { .init(what: $0.0, weight: $0.1) }
  }

  private func evidence(_ first: Int32, _ second: Int32, _ pattern: Pattern) -> Evidence {
    weights.evidence(pattern) { rarity($0, first, second) }
  }

  /// Bits by which the value that a field shares is rarer than shared values are on average.
  private func rarity(_ field: Int, _ first: Int32, _ second: Int32) -> Double {
    let average = model.strangers[field][Int(Agreement.equal.rawValue)]
    let unseen = min(1, average * Double(persons.count))
    var share = 1.0
    persons.eachShared(field, first, second) { value in
      // A family name in the place of the given name is as common as in its own.
      let found = persons.fieldsLike[field].reduce(0) {
        max($0, frequencies[$1].share(value, unseen: unseen))
      }
      share = min(share, found)
    }
    return log2(average / share)
  }

  static func counted(_ patterns: some Sequence<Pattern>) -> [(pattern: Pattern, count: Double)] {
    var counts: [Pattern: Double] = [:]
    for pattern in patterns { counts[pattern, default: 0] += 1 }
    // In one order: sums of fractions depend on it.
    return counts.map { (pattern: $0.key, count: $0.value) }.sorted { $0.pattern < $1.pattern }
  }

  /// How many of all pairs have each agreement, by field: from pairs taken by chance.
  static func all(
    _ persons: Persons, _ frequencies: [Frequencies], _ reader: inout PatternReader
  ) -> [[Double]] {
    let none = [Double](repeating: 0, count: Agreement.allCases.count)
    var all = [[Double]](repeating: none, count: persons.fields.count)
    var dice = Dice(seed: 1)
    let sample = LinkLearning.sample(of: persons.pairs)
    for _ in 0..<sample {
      let (first, second) = persons.pair(&dice)
      let pattern = reader.pattern(first, second)
      for field in all.indices { all[field][Int(pattern[field].rawValue)] += persons.pairs / Double(sample) }
    }
    // Who shares a value is counted, not sampled: it is rare.
    for field in all.indices { all[field][Int(Agreement.equal.rawValue)] = frequencies[field].pairs }
    return all
  }
}
