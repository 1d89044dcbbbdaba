import Basics

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
  /// For each field those with its vocabulary, itself among them.
  let fieldsLike: [[Int]]

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
    fieldsLike = vocabulary.map { one in vocabulary.indices.filter { vocabulary[$0] == one } }
  }

  var count: Int { ids.count }

  /// The number of a value; 0 for none.
  subscript(record: Int, place: Int) -> UInt32 { values[record * (places.last?.upperBound ?? 0) + place] }

  /// How many pairs there are to choose from.
  var pairs: Double {
    let (all, first) = (Double(count), Double(second ?? 0))
    return second == nil ? all * (all - 1) / 2 : first * (all - first)
  }

  /// Whether the pair is one to look at: of one file any, of two files one record of each.
  func isBetweenFiles(_ first: Int32, _ second: Int32) -> Bool {
    guard let begin = self.second else { return true }
    return Int(first) < begin && Int(second) >= begin
  }

  /// Two records taken by chance.
  func pair(_ dice: inout Dice) -> (Int, Int) {
    if let second { return (dice.next(below: second), second + dice.next(below: count - second)) }
    let first = dice.next(below: count)
    let other = dice.next(below: count - 1)
    return (first, other < first ? other : other + 1)
  }

  /// The values of a field that two records share.
  func eachShared(_ field: Int, _ first: Int32, _ second: Int32, _ visit: (Int) -> Void) {
    for one in places[field] {
      let value = self[Int(first), one]
      if value == 0 { continue }
      for other in places[field] where self[Int(second), other] == value { visit(Int(value)) }
    }
  }
}
