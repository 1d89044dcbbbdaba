/// How many records have each value of a field: to share a rare one says more than to share a common one.
struct Frequencies {
  /// By value: records that have it, in the first file and the second; all in the first when there is one file.
  private(set) var counts: [(first: Double, second: Double)]
  /// By value: pairs that share it and are believed the same person, which must not make it common.
  var same: [Double]
  private let isOneFile: Bool
  private let size: (first: Double, second: Double)

  init(_ persons: Persons, field: Int) {
    let values = persons.vocabularies[persons.vocabulary[field]].count
    counts = [(Double, Double)](repeating: (0, 0), count: values)
    same = [Double](repeating: 0, count: values)
    let days = persons.vocabularies[persons.vocabulary[field]].days
    // Two that are born in one year are not born on one day.
    func isVague(_ value: Int) -> Bool { days[value].map { $0.agreement($0) != .equal } ?? false }
    let second = persons.second ?? persons.count
    isOneFile = persons.second == nil
    size = (Double(second), Double(persons.count - second))
    for record in 0..<persons.count {
      for place in persons.places[field] {
        let value = Int(persons[record, place])
        if value == 0 || isVague(value) { continue }
        if record < second { counts[value].first += 1 } else { counts[value].second += 1 }
      }
    }
  }

  /// Pairs of records that share `value`.
  func pairs(_ value: Int) -> Double {
    isOneFile
      ? counts[value].first * (counts[value].first - 1) / 2 : counts[value].first * counts[value].second
  }

  var pairs: Double { counts.indices.reduce(0) { $0 + pairs($1) } }

  /// The share of other persons who have `value` too; `unseen` persons are added, since the files are not the world.
  func share(_ value: Int, unseen: Double) -> Double {
    let others = max(0, pairs(value) - same[value])
    let possible =
      isOneFile
      ? counts[value].first * size.first / 2
      : (counts[value].first * size.second + counts[value].second * size.first) / 2
    let records = isOneFile ? size.first : (size.first + size.second) / 2
    return min(1, others / max(possible, 1) + unseen / max(records, 1))
  }
}
