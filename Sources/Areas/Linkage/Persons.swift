import Names

/// The records of one file or two, field by field as numbers of values.
struct Persons {
  let fields: [LinkMapping.Field]
  /// By record, in the order of the ids.
  let ids: [String]
  /// Where the second file begins; nil when one file is compared with itself.
  let second: Int?
  /// For each field its places in a record: columns, or several phones in one.
  let places: [Range<Int>]
  /// The values of the first record, then those of the next.
  private let values: [UInt32]
  let vocabularies: [Vocabulary]
  /// The vocabulary of each field: given and family name have one together.
  let vocabulary: [Int]

  init(
    fields: [LinkMapping.Field], ids: [String], second: Int?, places: [Range<Int>], values: [UInt32],
    vocabularies: [Vocabulary], vocabulary: [Int]
  ) {
    self.fields = fields
    self.ids = ids
    self.second = second
    self.places = places
    self.values = values
    self.vocabularies = vocabularies
    self.vocabulary = vocabulary
  }

  var count: Int { ids.count }

  /// The number of a value; 0 for none.
  subscript(record: Int, place: Int) -> UInt32 { values[record * (places.last?.upperBound ?? 0) + place] }

  /// How many pairs there are to choose from.
  var pairs: Double {
    let (all, first) = (Double(count), Double(second ?? 0))
    return second == nil ? all * (all - 1) / 2 : first * (all - first)
  }
}

/// Takes records in as they are read; keeps no text twice.
package struct PersonReader {
  private let mapping: LinkMapping
  private var ids: [String] = []
  private var second: Int?
  private let places: [Range<Int>]
  private var values: [UInt32] = []
  private var vocabularies: [Vocabulary] = []
  private var vocabulary: [Int] = []

  package init(_ mapping: LinkMapping, _ names: Names) {
    self.mapping = mapping
    var places: [Range<Int>] = []
    for field in mapping.fields {
      let start = places.last?.upperBound ?? 0
      places.append(start..<start + max(field.columns.count, field.kind.isContact ? Self.contacts : 1))
      let isPersonal = field.kind == .givenName || field.kind == .familyName
      if isPersonal, let known = vocabularies.firstIndex(where: { $0.kind == .givenName }) {
        vocabulary.append(known)
      } else {
        vocabulary.append(vocabularies.count)
        vocabularies.append(Vocabulary(isPersonal ? .givenName : field.kind, names))
      }
    }
    self.places = places
  }

  /// Phones or addresses of a person that are looked at.
  private static let contacts = 2

  /// What is read from now on is of the second file.
  package mutating func beginSecondFile() { second = ids.count }

  /// - Parameter cells: for each field its columns, in the order of the mapping.
  package mutating func read(id: String, cells: [[String]]) {
    ids.append(id)
    for (field, texts) in cells.enumerated() {
      let parts = mapping.fields[field].kind.isContact ? texts.flatMap(Self.several) : texts
      var numbers = parts.map { vocabularies[vocabulary[field]].number(of: $0) }.filter { $0 != 0 }
      numbers += [UInt32](repeating: 0, count: max(0, places[field].count - numbers.count))
      values += numbers.prefix(places[field].count)
    }
  }

  /// `20 111 222 / 98 333 444`
  private static func several(_ text: String) -> [String] {
    text.split { "/;,|\n".contains($0) }.map(String.init)
  }

  func persons() -> Persons {
    let width = places.last?.upperBound ?? 0
    func row(_ record: Int) -> ArraySlice<UInt32> { values[record * width..<(record + 1) * width] }
    // In the order of the ids: what is found must not depend on the order of the rows.
    func isBefore(_ one: Int, _ other: Int) -> Bool {
      ids[one] == ids[other] ? row(one).lexicographicallyPrecedes(row(other)) : ids[one] < ids[other]
    }
    let order =
      (0..<(second ?? ids.count)).sorted(by: isBefore) + ((second ?? ids.count)..<ids.count).sorted(by: isBefore)
    return Persons(
      fields: mapping.fields, ids: order.map { ids[$0] }, second: second, places: places,
      values: order.flatMap(row), vocabularies: vocabularies, vocabulary: vocabulary)
  }
}
