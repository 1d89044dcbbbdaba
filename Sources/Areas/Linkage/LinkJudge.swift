import Foundation
import Names

/// Judges pairs one by one, by a model learned beforehand from a sample: for a program that meets persons singly.
///
/// The sample has two parts. Records taken by chance tell how often strangers agree, and how common each value is. Some
/// of them with everybody who might be the same person are the mixture that expectation and maximisation part.
package struct LinkJudge: Sendable {
  private let mapping: LinkMapping
  private let columns: LinkColumns
  private let names: Names
  private let model: LinkModel
  private let weights: LinkWeights
  /// By field: how many of the sample have each value, as it is compared.
  private let counts: [[String: Double]]
  private let sampled: Double
  /// For each field those whose values may stand in its place.
  private let fieldsLike: [[Int]]

  /// How a pair stands.
  package struct Verdict: Sendable, Equatable {
    /// What each known field says, in the order of the mapping.
    package let findings: [Finding]
    /// What is taken off because contacts are shared in families, and because relatives might agree like this; 0 or less.
    package let relatives: Double
    /// Bits before anything is compared.
    package let before: Double
    /// The logarithm, base 2, of the odds that it is one person.
    package let total: Double

    package var probability: Double { Evidence.probability(total) }
  }

  package struct Finding: Sendable, Equatable {
    package let field: String
    package let agreement: Agreement
    /// In bits: above 0 it speaks for one person, below 0 for two.
    package let weight: Double

    package init(field: String, agreement: Agreement, weight: Double) {
      self.field = field
      self.agreement = agreement
      self.weight = weight
    }
  }

  /// However few there are: this many strangers for each pair of one person, before anything is compared.
  private static let fewestStrangers = 4_096.0

  /// - Parameters:
  ///   - records: taken by chance; each with its id first, then a text for each column of the mapping.
  ///   - candidates: some of them, each with all that might be the same.
  ///   - population: how many records there are in all.
  package init(
    _ mapping: LinkMapping, _ names: Names, records: [[String]] = [],
    candidates: [(record: [String], others: [[String]])] = [], population: Int = 0
  ) throws(LinkFault) {
    self.mapping = mapping
    self.names = names
    columns = try LinkColumns(
      mapping, header: [mapping.id] + mapping.fields.flatMap(\.columns), of: "the sample", isSecond: false)
    let persons = try Self.persons(records, mapping, columns, names)
    let frequencies = persons.fields.indices.map { Frequencies(persons, field: $0) }
    var reader = PatternReader(persons, names)
    let pairs = Double(max(1, candidates.count)) * Double(max(2, population) - 1)
    let kinds = mapping.fields.map(\.kind)
    var all = kinds.map { _ in Agreement.allCases.map { _ in 0.0 } }
    if persons.pairs > 0 {
      let scale = pairs / persons.pairs
      all = LinkSearch.all(persons, frequencies, &reader).map { $0.map { $0 * scale } }
    }
    var patterns: [Pattern] = []
    for (record, others) in candidates {
      patterns += try Self.patterns(record, others, mapping, columns, names).patterns
    }
    var learning = LinkLearning(
      kinds: kinds, patterns: LinkSearch.counted(patterns), pairs: pairs, all: all)
    learning.beliefs = LinkBeliefs(records: Double(records.count))
    var model = learning.model()
    model.priorSame = min(model.priorSame, 1 / Self.fewestStrangers)
    model.priorRelatives = min(model.priorRelatives, 1 / Self.fewestStrangers)
    self.model = model
    weights = LinkWeights(model)
    sampled = Double(max(1, records.count))
    fieldsLike = persons.fieldsLike
    counts = persons.fields.indices.map { field in
      let texts = persons.vocabularies[persons.vocabulary[field]].foldedTexts
      return Dictionary(
        frequencies[field].counts.enumerated().compactMap { value, count in
          count.first > 0 ? texts[UInt32(value)].map { ($0, count.first) } : nil
        }, uniquingKeysWith: +)
    }
  }

  /// How each of `others` stands to `record`, in their order; ids are all different.
  package func verdicts(_ record: [String], _ others: [[String]]) throws(LinkFault) -> [Verdict] {
    guard !others.isEmpty else { return [] }
    let (persons, first, places, patterns) = try Self.patterns(record, others, mapping, columns, names)
    let texts = persons.vocabularies.map(\.foldedTexts)
    return zip(places, patterns).map { second, pattern in
      verdict(pattern) { rarity($0, persons, texts, Int32(first), Int32(second)) }
    }
  }

  private func verdict(_ pattern: Pattern, _ rarity: (Int) -> Double) -> Verdict {
    let rarities = mapping.fields.indices.map { pattern[$0] == .equal ? rarity($0) : 0 }
    let evidence = weights.evidence(pattern) { rarities[$0] }
    let findings = mapping.fields.indices.filter { pattern[$0] != .missing }.map { field in
      Finding(
        field: mapping.fields[field].name, agreement: pattern[field],
        weight: weights.weight(field, pattern[field]) { rarities[$0] }.same)
    }
    return Verdict(
      findings: findings, relatives: evidence.contactsAboveRest + evidence.relativesToo,
      before: evidence.before, total: evidence.total)
  }

  /// Bits by which the value that a field shares is rarer than shared values are on average.
  private func rarity(
    _ field: Int, _ persons: Persons, _ texts: [[UInt32: String]], _ first: Int32, _ second: Int32
  ) -> Double {
    let average = model.strangers[field][Int(Agreement.equal.rawValue)]
    let unseen = min(1, average * sampled)
    var share = 1.0
    persons.eachShared(field, first, second) { value in
      guard let text = texts[persons.vocabulary[field]][UInt32(value)] else { return }
      let found = fieldsLike[field].reduce(0) { max($0, counts[$1][text] ?? 0) }
      share = min(share, (found + unseen) / sampled)
    }
    // A sample knows only roughly how rare a value is.
    return min(Self.mostRarity, log2(average / share))
  }

  private static let mostRarity = 4.0

  private static func persons(
    _ records: [[String]], _ mapping: LinkMapping, _ columns: LinkColumns, _ names: Names
  ) throws(LinkFault) -> Persons {
    var reader = PersonReader(mapping, names)
    for (row, record) in records.enumerated() { try reader.read(record, columns, row: row + 1) }
    return reader.persons()
  }

  private static func patterns(
    _ record: [String], _ others: [[String]], _ mapping: LinkMapping, _ columns: LinkColumns, _ names: Names
  ) throws(LinkFault) -> (persons: Persons, first: Int, places: [Int], patterns: [Pattern]) {
    let persons = try persons([record] + others, mapping, columns, names)
    let places = Dictionary(
      persons.ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var reader = PatternReader(persons, names, remembers: false)
    let first = places[record[0]] ?? 0
    let seconds = others.map { places[$0[0]] ?? 0 }
    return (persons, first, seconds, seconds.map { reader.pattern(first, $0) })
  }
}
