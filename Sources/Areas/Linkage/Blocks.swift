/// Groups of records that share what few others have: only pairs within a group are compared.
///
/// A key that many records have makes no group: its records are parted by a second common key, and by a third. So two
/// records are compared when they share one rare thing, or two or three common ones.
struct Blocks {
  /// Pairs in a group; a larger one is parted.
  static let mostPairs = 60
  /// Common keys that may part a group; what is too large even then is left.
  static let mostKeys = 3

  /// Where the second file begins; 0 when there is one file.
  private let second: Int32
  private var members: [Int32] = []
  private var ends: [Int] = [0]
  /// The common keys of each record, by number.
  private var common: [[UInt64]]

  /// A record under one of its keys.
  private struct Entry: Comparable {
    let key: UInt64
    let record: Int32

    static func < (a: Entry, b: Entry) -> Bool { a.key == b.key ? a.record < b.record : a.key < b.key }
  }

  init(_ persons: Persons) {
    second = Int32(persons.second ?? 0)
    common = [[UInt64]](repeating: [], count: persons.count)
    let large = parted(Self.entries(persons))
    for group in large {
      for entry in group where common[Int(entry.record)].last != entry.key {
        common[Int(entry.record)].append(entry.key)
      }
    }
    for group in large { part(group, keys: 2) }
    common = []
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

  private static func entries(_ persons: Persons) -> [Entry] {
    var entries: [Entry] = []
    for (field, places) in persons.places.enumerated() {
      let vocabulary = persons.vocabularies[persons.vocabulary[field]]
      // Of the same word in two fields, two keys.
      let salt = UInt64(persons.vocabulary[field] + 1) &* 0x9E37_79B9_7F4A_7C15
      for record in 0..<persons.count {
        for place in places {
          for key in vocabulary.keys[Int(persons[record, place])] {
            entries.append(Entry(key: key ^ salt, record: Int32(record)))
          }
        }
      }
    }
    return entries
  }

  /// Keeps the small groups of entries with one key and returns the large ones.
  private mutating func parted(_ entries: [Entry]) -> [ArraySlice<Entry>] {
    let entries = entries.sorted()
    var large: [ArraySlice<Entry>] = []
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].key == entries[start].key { end += 1 }
      let pairs = pairs(entries[start..<end])
      if pairs > Self.mostPairs {
        large.append(entries[start..<end])
      } else if pairs > 0 {
        members += entries[start..<end].lazy.map(\.record)
        ends.append(members.count)
      }
      start = end
    }
    return large
  }

  private mutating func part(_ group: ArraySlice<Entry>, keys: Int) {
    guard let key = group.first?.key else { return }
    var entries: [Entry] = []
    for entry in group {
      for other in common[Int(entry.record)] where other > key {
        entries.append(Entry(key: other, record: entry.record))
      }
    }
    for group in parted(entries) where keys < Self.mostKeys { part(group, keys: keys + 1) }
  }

  private func pairs(_ group: ArraySlice<Entry>) -> Int {
    if second == 0 { return group.count * (group.count - 1) / 2 }
    let first = group.count { $0.record < second }
    return first * (group.count - first)
  }
}
