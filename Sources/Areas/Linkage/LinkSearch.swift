import Foundation
import Names

/// One search through the records: candidates, model, weights.
struct LinkSearch {
  let persons: Persons
  private var reader: PatternReader
  private var candidates: [Candidate] = []
  private var frequencies: [Frequencies]
  private(set) var model: LinkModel

  struct Candidate {
    let first, second: Int32
    let pattern: Pattern
    var weight = 0.0
  }

  init(_ persons: Persons, _ names: Names) {
    self.persons = persons
    let t0 = Date()
    frequencies = persons.fields.indices.map { Frequencies(persons, field: $0) }
    var reader = PatternReader(persons, names)
    var candidates: [Candidate] = []
    let blocks = Blocks(persons)
    let t1 = Date()
    blocks.eachPair(persons.count) { first, second in
      candidates.append(
        Candidate(first: first, second: second, pattern: reader.pattern(Int(first), Int(second))))
    }
    let t2 = Date()
    let learning = LinkLearning(
      kinds: persons.fields.map(\.kind), patterns: Self.counted(candidates.map(\.pattern)), pairs: persons.pairs,
      all: Self.all(persons, frequencies, &reader))
    let t3 = Date()
    model = learning.model()
    self.reader = reader
    self.candidates = candidates
    if ProcessInfo.processInfo.environment["TIMES"] != nil {
      note("candidates", candidates.count, "patterns", learning.patterns.count, "block", t1.timeIntervalSince(t0), "compare", t2.timeIntervalSince(t1), "sample", t3.timeIntervalSince(t2), "em", Date().timeIntervalSince(t3), "same", model.priorSame * persons.pairs, "relatives", model.priorRelatives * persons.pairs)
      for (f, field) in persons.fields.enumerated() {
        note(field.name, Agreement.allCases.dropFirst().map { String(format: "%@ m %.4f r %.4f u %.6f", "\($0)", model.same[f][Int($0.rawValue)], model.relatives[f][Int($0.rawValue)], model.strangers[f][Int($0.rawValue)]) })
      }
    }
  }

  private static func counted(_ patterns: [Pattern]) -> [(pattern: Pattern, count: Double)] {
    var counted: [(pattern: Pattern, count: Double)] = []
    for pattern in patterns.sorted() {
      if counted.last?.pattern == pattern { counted[counted.count - 1].count += 1 } else { counted.append((pattern, 1)) }
    }
    return counted
  }

  private static func all(
    _ persons: Persons, _ frequencies: [Frequencies], _ reader: inout PatternReader
  ) -> [[Double]] {
    var all = [[Double]](repeating: [Double](repeating: 0, count: Agreement.allCases.count), count: persons.fields.count)
    var chance = Chance()
    let second = persons.second
    let share = persons.pairs / Double(LinkLearning.sample)
    for _ in 0..<LinkLearning.sample {
      let first = chance.next(below: second ?? persons.count)
      var other = second.map { $0 + chance.next(below: persons.count - $0) } ?? chance.next(below: persons.count - 1)
      if second == nil, other >= first { other += 1 }
      let pattern = reader.pattern(first, other)
      for field in all.indices { all[field][Int(pattern[field].rawValue)] += share }
    }
    // Who shares a value is counted, not sampled: it is rare.
    for field in all.indices { all[field][Int(Agreement.equal.rawValue)] = frequencies[field].pairs }
    return all
  }

  mutating func learn() {
    let table = WeightTable(model)
    for candidate in candidates {
      let likely = Evidence.probability(table.evidence(candidate.pattern).total(model))
      if likely < 0.01 { continue }
      for field in frequencies.indices {
        eachShared(field, candidate) { frequencies[field].same[$0] += likely }
      }
    }
    for index in candidates.indices { candidates[index].weight = evidence(candidates[index], table).total(model) }
  }

  private func eachShared(_ field: Int, _ candidate: Candidate, _ visit: (Int) -> Void) {
    guard candidate.pattern[field] == .equal else { return }
    for one in persons.places[field] {
      let value = persons[Int(candidate.first), one]
      if value == 0 { continue }
      for other in persons.places[field] where persons[Int(candidate.second), other] == value { visit(Int(value)) }
    }
  }

  /// The weight of each field, a shared value by how many have it.
  func evidence(_ candidate: Candidate, _ table: WeightTable) -> Evidence {
    var evidence = Evidence()
    for (field, kind) in model.kinds.enumerated() {
      var (weight, relative) = table[field, candidate.pattern[field]]
      if candidate.pattern[field] == .equal {
        let rarity = rarity(field, candidate)
        weight += rarity
        if !kind.isPersonal { relative += rarity }
      }
      evidence.add(weight, relative: relative, isContact: kind.isContact)
    }
    return evidence
  }

  /// Bits by which the shared value is rarer than shared values are on average.
  private func rarity(_ field: Int, _ candidate: Candidate) -> Double {
    let average = model.strangers[field][Int(Agreement.equal.rawValue)]
    var share = 1.0
    eachShared(field, candidate) {
      share = min(share, frequencies[field].share($0, unseen: min(1, average * Double(persons.count))))
    }
    return log2(average / share)
  }

  func pairs(threshold: Double, why: Bool) -> [Linkage.Pair] {
    let scored = candidates.map { (candidate: $0, score: Evidence.probability($0.weight)) }
    return scored.filter { $0.score >= threshold }.map {
      Linkage.Pair(
        first: persons.ids[Int($0.candidate.first)], second: persons.ids[Int($0.candidate.second)], score: $0.score,
        reasons: [])
    }
  }
}

/// Chance that is the same in every run. Source: G. Steele, D. Lea and C. Flood, SplitMix64, 2014.
struct Chance {
  private var state: UInt64 = 1
  mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }
}

func note(_ items: Any...) { FileHandle.standardError.write(Data((items.map { "\($0)" }.joined(separator: " ") + "\n").utf8)) }
