import Names

/// Takes records in as they are read; keeps no text twice.
package struct PersonReader {
  private let mapping: LinkMapping
  private var ids: [String] = []
  /// The ids of the file that is being read.
  private var known: Set<String> = []
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
  package mutating func beginSecondFile() {
    second = ids.count
    known = []
  }

  /// - Parameters:
  ///   - cells: a row of the file in which `columns` were found; what is missing at its end is not known.
  ///   - row: its number, for the error.
  /// - Throws: `LinkFault` for a row without an id of its own, and for what is not UTF-8.
  package mutating func read(_ cells: [String], _ columns: LinkColumns, row: Int) throws(LinkFault) {
    func cell(_ column: Int) -> String { column < cells.count ? cells[column] : "" }
    let id = cell(columns.id)
    guard !id.isEmpty else { throw LinkFault("Row \(row) has no id.") }
    guard !id.unicodeScalars.contains(where: { $0.value < 32 }) else {
      throw LinkFault("Row \(row) has an id with a tab or another sign that cannot be printed.")
    }
    guard known.insert(id).inserted else {
      throw LinkFault("Row \(row) has the id “\(id)”, as a row before it has.")
    }
    guard !cells.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else {
      throw LinkFault("Row \(row) is not UTF-8 text: save the file as CSV (UTF-8).")
    }
    ids.append(id)
    for (field, columns) in columns.fields.enumerated() { read(columns.map(cell), field) }
  }

  /// Whether a text has the sign that stands for what is not UTF-8; most texts lack even its first byte.
  private static func isBroken(_ text: String) -> Bool {
    text.utf8.contains(0xEF) && text.unicodeScalars.contains("\u{FFFD}")
  }

  private mutating func read(_ texts: [String], _ field: Int) {
    let isContact = mapping.fields[field].kind.isContact
    let end = values.count + places[field].count
    for text in isContact ? texts.flatMap(Self.several) : texts where values.count < end {
      let number = vocabularies[vocabulary[field]].number(of: text)
      if number != 0 || !isContact { values.append(number) }
    }
    while values.count < end { values.append(0) }
  }

  /// `20 111 222 / 98 333 444`
  private static func several(_ text: String) -> [String] {
    text.split { "/;,|\n".contains($0) }.map(String.init)
  }

  func persons() -> Persons {
    let width = places.last?.upperBound ?? 0
    func row(_ record: Int) -> ArraySlice<UInt32> { values[record * width..<(record + 1) * width] }
    // In the order of the ids: what is found must not depend on the order of the rows.
    let files = [0..<(second ?? ids.count), (second ?? ids.count)..<ids.count]
    let order = files.flatMap { $0.sorted { ids[$0] < ids[$1] } }
    return Persons(
      fields: mapping.fields, ids: order.map { ids[$0] }, second: second, places: places,
      values: order.flatMap(row), vocabularies: vocabularies, vocabulary: vocabulary)
  }
}
