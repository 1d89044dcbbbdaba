import Basics
import Names

/// Why a search or a comparison holds two records for one person.
package enum MatchReason: String, CaseIterable, Sendable {
  case sameCIN, samePassport, samePhone, sameEmail, sameName, nameSoundsAlike, nameIsNear, nameBegins,
    partOfName
  case sameBirthDate, sameBirthYear, birthYearDiffers

  package var label: Phrase {
    switch self {
    case .sameCIN: say("same CIN")
    case .samePassport: say("same passport")
    case .samePhone: say("same phone")
    case .sameEmail: say("same e-mail")
    case .sameName: say("same name")
    case .nameSoundsAlike: say("name sounds alike")
    case .nameIsNear: say("name is nearly the same")
    case .nameBegins: say("name begins like this")
    case .partOfName: say("part of the name is the same")
    case .sameBirthDate: say("same date of birth")
    case .sameBirthYear: say("same year of birth")
    case .birthYearDiffers: say("year of birth differs")
    }
  }

  /// How much it says, beside a name that agrees in full (1).
  var weight: Double {
    switch self {
    case .sameCIN, .samePassport: 4
    case .samePhone, .sameEmail: 2
    case .sameBirthDate: 1
    case .sameBirthYear: 0.2
    case .birthYearDiffers: -0.4
    case .sameName, .nameSoundsAlike, .nameIsNear, .nameBegins, .partOfName: 0
    }
  }
}

/// A name that is compared with many others: what is asked of its words again and again is found once.
final class TypedName {
  let name: Name
  private let names: Names
  private var keys: [String: Set<String>] = [:]

  init(_ text: String, _ names: Names) {
    name = names.read(text)
    self.names = names
  }

  /// What a word is found under; one consonant alone begins too many names.
  func keys(of word: String) -> Set<String> {
    if let known = keys[word] { return known }
    let found = names.keys(of: word).all.filter { $0.count > 1 }
    keys[word] = found
    return found
  }
}

/// How a name that was typed stands to the name of a person: pure rules, which both the search and the warning before a
/// second file go by.
struct NameMatch: Equatable {
  /// 0 to 1, how much of what was typed is found; more for a name without other words.
  let score: Double
  let reason: MatchReason

  /// The better of the two scripts; nil when the name is another one.
  static func best(_ typed: TypedName, _ latin: String?, _ arabic: String?, _ names: Names) -> NameMatch? {
    [latin, arabic].compactMap { $0 }.compactMap { NameMatch(typed, names.read($0), names) }
      .max { $0.score < $1.score }
  }

  init?(_ typed: TypedName, _ known: Name, _ names: Names) {
    let comparison = names.compare(typed.name, known)
    let words = comparison.agreements.filter { $0.first != nil }
    guard !words.isEmpty else { return nil }
    let unfinished = Self.unfinished(words, typed, known, names)
    let values = words.enumerated().map { index, word in
      index == unfinished ? 0.7 : Self.value(of: word.degree)
    }
    let found = values.count { $0 > 0 }
    // One word of several may be missing in the file: a grandfather's name, a second given name.
    guard found == values.count || found >= 2 && found == values.count - 1 else { return nil }
    let isWhole = !comparison.agreements.contains { $0.degree == .missing }
    score = values.reduce(0, +) / Double(values.count) * 0.9 + comparison.score * 0.1
    if found < values.count {
      reason = .partOfName
    } else if unfinished != nil {
      reason = .nameBegins
    } else if words.contains(where: { $0.degree == .near }) {
      reason = .nameIsNear
    } else if words.allSatisfy({ $0.degree == .equal }) {
      reason = isWhole ? .sameName : .partOfName
    } else {
      reason = .nameSoundsAlike
    }
  }

  /// The place of a word that is not typed to its end: a word of the known name begins with it.
  private static func unfinished(
    _ words: [NameAgreement], _ typed: TypedName, _ known: Name, _ names: Names
  ) -> Int? {
    words.indices.last { index in
      guard let text = words[index].first, [.near, .missing].contains(words[index].degree),
        text.count > 1 || index == words.count - 1
      else {
        return false
      }
      if known.parts.contains(where: { $0.text.hasPrefix(text) }) { return true }
      // Across scripts its consonants tell.
      let keys = typed.keys(of: text)
      return names.keys(of: known).words.joined().contains { key in keys.contains(where: key.hasPrefix) }
    }
  }

  private static func value(of degree: NameAgreement.Degree) -> Double {
    switch degree {
    case .equal: 1
    case .soundsAlike: 0.9
    case .near: 0.5
    case .missing: 0
    }
  }
}
