import Names

/// How the fields of two records agree, four bits a field.
struct Pattern: Hashable, Comparable {
  private(set) var bits: UInt64 = 0

  subscript(field: Int) -> Agreement {
    get { Agreement(rawValue: UInt8(truncatingIfNeeded: bits >> UInt64(field * 4)) & 15) ?? .missing }
    set {
      let shift = UInt64(field * 4)
      bits = bits & ~(15 << shift) | UInt64(newValue.rawValue) << shift
    }
  }

  static func < (first: Pattern, second: Pattern) -> Bool { first.bits < second.bits }
}

/// Compares records field by field.
struct PatternReader {
  let persons: Persons
  private var comparisons: [Comparison]
  private let given, family: Int?

  init(_ persons: Persons, _ names: Names) {
    self.persons = persons
    comparisons = persons.vocabularies.map { Comparison($0, names) }
    given = persons.fields.firstIndex { $0.kind == .givenName }
    family = persons.fields.firstIndex { $0.kind == .familyName }
  }

  mutating func pattern(_ first: Int, _ second: Int) -> Pattern {
    var pattern = Pattern()
    for field in persons.fields.indices { pattern[field] = best(field, field, first, second) }
    if let given, let family {
      let isSwapped = { (agreement: Agreement) in agreement <= .distant }
      if isSwapped(pattern[given]), best(given, family, first, second) >= .close { pattern[given] = .swapped }
      if isSwapped(pattern[family]), best(family, given, first, second) >= .close { pattern[family] = .swapped }
    }
    return pattern
  }

  /// The best agreement of any value of the one with any of the other.
  private mutating func best(_ field: Int, _ other: Int, _ first: Int, _ second: Int) -> Agreement {
    let vocabulary = persons.vocabulary[field]
    var best = Agreement.missing
    for one in persons.places[field] {
      let value = persons[first, one]
      if value == 0 { continue }
      for two in persons.places[other] {
        best = max(best, comparisons[vocabulary].agreement(value, persons[second, two]))
      }
      if best == .equal { break }
    }
    return best
  }
}
