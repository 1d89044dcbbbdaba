/// A sound by its number in `sounds.tsv`.
typealias Sound = UInt8

/// Reads the sounds out of letters: the longest spelling that fits, and what stands in its place only there first.
struct Spellings: Sendable {
  /// By first letter; Latin and Arabic letters lie below U+0700.
  private var rules = [[Rule]](repeating: [], count: 0x700)

  private struct Rule {
    let letters: [Unicode.Scalar]
    let isFirst: Bool
    let isLast: Bool
    let before: Set<Unicode.Scalar>
    let sounds: [Sound]

    var rank: Int { letters.count * 2 + (isFirst || isLast || !before.isEmpty ? 1 : 0) }
  }

  mutating func add(_ spelling: String, _ sounds: [Sound]) {
    var letters = spelling[...]
    let isFirst = letters.first == "^"
    if isFirst { letters.removeFirst() }
    let isLast = letters.last == "$"
    if isLast { letters.removeLast() }
    var before: Set<Unicode.Scalar> = []
    if let open = letters.firstIndex(of: "("), letters.last == ")" {
      before = Set(letters[open...].unicodeScalars.dropFirst().dropLast())
      letters = letters[..<open]
    }
    guard let first = letters.unicodeScalars.first.map({ Int($0.value) }), first < rules.count else { return }
    let rule = Rule(
      letters: Array(letters.unicodeScalars), isFirst: isFirst, isLast: isLast, before: before, sounds: sounds
    )
    rules[first].append(rule)
    rules[first].sort { $0.rank > $1.rank }
  }

  /// Letters that no spelling knows are silent. Sounds written twice count once.
  func sounds(of word: some RandomAccessCollection<Unicode.Scalar>) -> [Sound] {
    let word = Array(word)
    var sounds: [Sound] = []
    var place = 0
    while place < word.count {
      let first = Int(word[place].value)
      guard first < rules.count, let rule = rules[first].first(where: { fits($0, word, at: place) }) else {
        place += 1
        continue
      }
      for sound in rule.sounds where sound != sounds.last { sounds.append(sound) }
      place += rule.letters.count
    }
    return sounds
  }

  private func fits(_ rule: Rule, _ word: [Unicode.Scalar], at place: Int) -> Bool {
    let end = place + rule.letters.count
    if rule.isFirst && place > 0 || rule.isLast && end != word.count || end > word.count { return false }
    for (offset, letter) in rule.letters.enumerated() where word[place + offset] != letter { return false }
    if rule.before.isEmpty { return true }
    return end < word.count && rule.before.contains(word[end])
  }
}
