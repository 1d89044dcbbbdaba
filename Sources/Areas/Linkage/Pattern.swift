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

  init(_ persons: Persons, _ names: Names, remembers: Bool = true) {
    self.persons = persons
    comparisons = persons.vocabularies.map { Comparison($0, names, remembers: remembers) }
    given = persons.fields.firstIndex { $0.kind == .givenName }
    family = persons.fields.firstIndex { $0.kind == .familyName }
  }

  mutating func pattern(_ first: Int, _ second: Int) -> Pattern {
    var pattern = Pattern()
    for field in persons.fields.indices { pattern[field] = best(field, first, second) }
    if let given, let family {
      if pattern[given] <= .distant, isShared(given, family, first, second) { pattern[given] = .swapped }
      if pattern[family] <= .distant, isShared(family, given, first, second) { pattern[family] = .swapped }
    }
    return pattern
  }

  /// The best agreement of any value of the one with any of the other; of names, in one script where both have it.
  private mutating func best(_ field: Int, _ first: Int, _ second: Int) -> Agreement {
    let vocabulary = persons.vocabulary[field]
    let places = persons.places[field]
    if places.count == 1 {
      return comparisons[vocabulary].agreement(
        persons[first, places.lowerBound], persons[second, places.lowerBound])
    }
    var best = Agreement.missing
    if !persons.fields[field].kind.isContact {
      for place in places {
        best = max(best, comparisons[vocabulary].agreement(persons[first, place], persons[second, place]))
      }
      if best != .missing { return best }
    }
    for one in places {
      let value = persons[first, one]
      if value == 0 { continue }
      for two in places { best = max(best, comparisons[vocabulary].agreement(value, persons[second, two])) }
      if best == .equal { break }
    }
    return best
  }

  /// Whether a value of one field of the first is in the other field of the second.
  private func isShared(_ field: Int, _ other: Int, _ first: Int, _ second: Int) -> Bool {
    for one in persons.places[field] {
      let value = persons[first, one]
      if value == 0 { continue }
      for two in persons.places[other]
      where comparisons[persons.vocabulary[field]].sharesWord(value, persons[second, two]) {
        return true
      }
    }
    return false
  }
}
