/// Groups of records that share what few others have: only pairs within a group are compared.
///
/// A key that many records have makes no group: its records are parted by a common key of another field, and by a
/// third. So two records are compared when they share one rare thing, or two or three common ones.
struct Blocks {
  /// Pairs in a group; a larger one is parted.
  static let mostPairs = 45
  /// Common keys that may part a group.
  static let mostKeys = 5
  /// What is too large even then is cut into pieces of so many records.
  static let piece = 10

  /// Where the second file begins; 0 when there is one file.
  private let second: Int32
  private var members: [Int32] = []
  private var ends: [Int] = [0]
  /// For each record its common keys, by number, in ascending order.
  private var common: Slices<Int32>
  /// For each common key the first one of the next field.
  private var nextField: [Int32] = []

  init(_ persons: Persons) {
    second = Int32(persons.second ?? 0)
    common = Slices()
    var large: [[Int32]] = []
    for field in persons.fields.indices {
      let start = large.count
      for group in Self.groups(persons, field, \.keys) where !keepSmall(group) { large.append(group) }
      for group in Self.groups(persons, field, \.partKeys) { _ = keepSmall(group) }
      nextField += [Int32](repeating: Int32(large.count), count: large.count - start)
    }
    var keys = [[Int32]](repeating: [], count: persons.count)
    for (key, group) in large.enumerated() { for record in group { keys[Int(record)].append(Int32(key)) } }
    for row in keys { common.append(row) }
    for (key, group) in large.enumerated() { part(group[...], by: Int32(key), keys: 2) }
    common = Slices()
  }

  /// Calls `visit` once for each pair that shares a group; of two files, the first is of the first file.
  func eachPair(_ count: Int, _ visit: (Int32, Int32) -> Void) {
    var groups = [[Int32]](repeating: [], count: count)
    for group in 0..<ends.count - 1 {
      for place in ends[group]..<ends[group + 1] { groups[Int(members[place])].append(Int32(group)) }
    }
    var seen = [Int32](repeating: -1, count: count)
    for record in 0..<Int32(count) where second == 0 || record < second {
      for group in groups[Int(record)] {
        for place in ends[Int(group)]..<ends[Int(group) + 1] {
          let other = members[place]
          if second == 0 ? other <= record : other < second { continue }
          if seen[Int(other)] == record { continue }
          seen[Int(other)] = record
          visit(record, other)
        }
      }
    }
  }

  /// The records under each key of a field.
  private static func groups(
    _ persons: Persons, _ field: Int, _ keys: KeyPath<Vocabulary, Slices<UInt64>>
  ) -> [[Int32]] {
    let vocabulary = persons.vocabularies[persons.vocabulary[field]]
    var numbers: [UInt64: Int] = [:]
    var groups: [[Int32]] = []
    // Each value has few keys: they are looked up once.
    let keys = (0..<vocabulary.count).map { value in
      vocabulary[keyPath: keys][value].map { key in
        if let number = numbers[key] { return number }
        numbers[key] = numbers.count
        groups.append([])
        return numbers.count - 1
      }
    }
    for record in 0..<persons.count {
      for place in persons.places[field] {
        for number in keys[Int(persons[record, place])] where groups[number].last != Int32(record) {
          groups[number].append(Int32(record))
        }
      }
    }
    return groups
  }

  private mutating func part(_ group: ArraySlice<Int32>, by key: Int32, keys: Int) {
    var entries: [UInt64] = []
    let next = nextField[Int(key)]
    for record in group {
      for place in common.range(Int(record)).reversed() {
        let other = common.all[place]
        if other < next { break }
        entries.append(UInt64(other) << 32 | UInt64(record))
      }
    }
    entries.sort()
    var start = 0
    while start < entries.count {
      let other = entries[start] >> 32
      var end = start + 1
      while end < entries.count, entries[end] >> 32 == other { end += 1 }
      let group = entries[start..<end].map { Int32(truncatingIfNeeded: $0) }
      start = end
      if keepSmall(group) { continue }
      if keys < Self.mostKeys {
        part(group[...], by: Int32(other), keys: keys + 1)
      } else {
        cut(group)
      }
    }
  }

  /// False for a group that is too large.
  private mutating func keepSmall(_ group: [Int32]) -> Bool {
    let pairs = pairs(group)
    if pairs > 0, pairs <= Self.mostPairs { keep(group) }
    return pairs <= Self.mostPairs
  }

  private mutating func keep(_ group: [Int32]) {
    members += group
    ends.append(members.count)
  }

  private mutating func cut(_ group: [Int32]) {
    for start in stride(from: 0, to: group.count, by: Self.piece - 1) {
      keep(Array(group[start..<min(start + Self.piece, group.count)]))
    }
  }

  private func pairs(_ group: [Int32]) -> Int {
    if second == 0 { return group.count * (group.count - 1) / 2 }
    let first = group.count { $0 < second }
    return first * (group.count - first)
  }
}
