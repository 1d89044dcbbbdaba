import Names

/// How two values of one vocabulary stand to each other.
struct Comparison {
  private let vocabulary: Vocabulary
  private let names: Names
  /// What area Names said lately is not asked again.
  private var asked: [UInt64]
  private var answers: [Bool]

  private static let remembered = 1 << 16

  /// - Parameter remembers: whether values are compared again and again, as in a file.
  init(_ vocabulary: Vocabulary, _ names: Names, remembers: Bool = true) {
    self.vocabulary = vocabulary
    self.names = names
    let size = remembers && vocabulary.kind.isName ? Self.remembered : 0
    asked = [UInt64](repeating: 0, count: size)
    answers = [Bool](repeating: false, count: size)
  }

  mutating func agreement(_ first: UInt32, _ second: UInt32) -> Agreement {
    if first == 0 || second == 0 { return .missing }
    let (first, second) = (Int(first), Int(second))
    if first == second { return vocabulary.days[first].map { $0.agreement($0) } ?? .equal }
    switch vocabulary.kind {
    case .givenName, .familyName, .name, .relative, .place: return ofNames(first, second)
    case .date: return ofDays(first, second)
    case .number, .phone: return ofNumbers(first, second)
    case .email: return max(ofNumbers(first, second), sharesWord(first, second) ? .partial : .different)
    case .text: return ofTexts(first, second)
    }
  }

  private mutating func ofNames(_ first: Int, _ second: Int) -> Agreement {
    let isMixed = vocabulary.isArabic[first] != vocabulary.isArabic[second]
    let byLetters = isMixed ? .different : ofLetters(first, second)
    guard byLetters < .close || vocabulary.isArabic[first], sharesWord(first, second) else {
      return byLetters
    }
    return areAlike(min(first, second), max(first, second)) ? .alike : max(byLetters, .partial)
  }

  private mutating func areAlike(_ first: Int, _ second: Int) -> Bool {
    if asked.isEmpty { return isSame(first, second) }
    let question = UInt64(first) << 32 | UInt64(second)
    let place = Int(truncatingIfNeeded: (question &* 0x9E37_79B9_7F4A_7C15) >> 48)
    if asked[place] == question { return answers[place] }
    asked[place] = question
    answers[place] = isSame(first, second)
    return answers[place]
  }

  private func isSame(_ first: Int, _ second: Int) -> Bool {
    guard let one = vocabulary.read[first], let other = vocabulary.read[second] else { return false }
    return names.compare(one, other).isSame
  }

  private func ofTexts(_ first: Int, _ second: Int) -> Agreement {
    let byLetters = ofLetters(first, second)
    return byLetters < .partial && sharesAllWords(first, second) ? .partial : byLetters
  }

  private func ofDays(_ first: Int, _ second: Int) -> Agreement {
    guard let one = vocabulary.days[first], let other = vocabulary.days[second] else {
      return ofNumbers(first, second)
    }
    let days = one.agreement(other)
    if days == .swapped || days == .partial { return days }
    return edits(first, second, most: 1) == 1 ? .close : days
  }

  private func ofNumbers(_ first: Int, _ second: Int) -> Agreement {
    switch edits(first, second, most: 2) {
    case 1: .close
    case 2: .near
    default: .different
    }
  }

  private func ofLetters(_ first: Int, _ second: Int) -> Agreement {
    let length = max(vocabulary.letters.range(first).count, vocabulary.letters.range(second).count)
    let edits = edits(first, second, most: length * 2 / 5)
    if edits <= max(1, length / 8) { return .close }
    if edits <= length / 4 { return .near }
    return edits <= length * 2 / 5 ? .distant : .different
  }

  /// More than `most` when there are more.
  private func edits(_ first: Int, _ second: Int, most: Int) -> Int {
    let (one, other) = (vocabulary.letters.range(first), vocabulary.letters.range(second))
    if abs(one.count - other.count) > most { return most + 1 }
    if Letters.fewest(vocabulary.marks[first], vocabulary.marks[second]) > most { return most + 1 }
    return vocabulary.letters.all.withUnsafeBufferPointer { all in
      Letters.edits(.init(rebasing: all[one]), .init(rebasing: all[other]))
    }
  }

  /// Whether a word of the one is in the other; of names, one with the same consonants.
  func sharesWord(_ first: UInt32, _ second: UInt32) -> Bool {
    first != 0 && second != 0 && sharesWord(Int(first), Int(second))
  }

  private func sharesWord(_ first: Int, _ second: Int) -> Bool {
    if vocabulary.wordMarks[first] & vocabulary.wordMarks[second] == 0 { return false }
    let other = vocabulary.words[second]
    return vocabulary.words[first].contains { other.contains($0) }
  }

  private func sharesAllWords(_ first: Int, _ second: Int) -> Bool {
    let common = vocabulary.wordMarks[first] & vocabulary.wordMarks[second]
    if common != vocabulary.wordMarks[first], common != vocabulary.wordMarks[second] { return false }
    let (one, other) = (vocabulary.words[first], vocabulary.words[second])
    let (few, many) = one.count <= other.count ? (one, other) : (other, one)
    return !few.isEmpty && few.allSatisfy { many.contains($0) }
  }
}

extension Agreement: Comparable {
  package static func < (first: Agreement, second: Agreement) -> Bool { first.rawValue < second.rawValue }
}
