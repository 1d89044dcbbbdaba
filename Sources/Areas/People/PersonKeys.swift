import Basics
import Names

/// Under what a person is found. The database holds only blind tokens of these keys.
///
/// A name in either script has the same keys: the consonants of its words, each word alone, every two words together
/// (few bear both), and what a word begins with, in sounds and in letters, for a search while it is typed.
enum PersonKeys {
  /// How many pairs of words of one name are kept: the four words of a full name make six.
  private static let mostPairs = 10

  /// When it changes, the keys of everybody are to be made anew.
  static func version(_ names: Names) -> String { "\(names.version) 2" }

  /// Every key under which a person is found.
  static func keys(of identity: Identity, _ names: Names) -> Set<String> {
    var keys = Set(proofs(of: identity).map(\.key))
    for name in identity.names {
      let own = names.keys(of: name)
      keys.formUnion(own.words.joined().map(word))
      keys.formUnion(own.words.joined().flatMap(beginnings).map(beginning))
      keys.formUnion(own.beginnings.map(letters))
      keys.formUnion(pairs(own.words).prefix(mostPairs))
    }
    return keys
  }

  /// The numbers and addresses of a person, each with what it shows when another has it too.
  static func proofs(of identity: Identity) -> [(reason: MatchReason, key: String)] {
    var proofs: [(MatchReason, String)] = []
    if let cin = identity[.cin] { proofs.append((.sameCIN, "cin:\(cin)")) }
    if let passport = identity[.passport] { proofs.append((.samePassport, "passport:\(passport)")) }
    proofs += identity.phones.map { (.samePhone, phone($0)) }
    if let email = identity[.email] { proofs.append((.sameEmail, "email:\(email)")) }
    if let born = identity.birthDate { proofs.append((.sameBirthDate, "born:\(born)")) }
    return proofs
  }

  static func word(_ key: String) -> String { "word:\(key)" }
  static func beginning(_ key: String) -> String { "begins:\(key)" }
  static func letters(_ three: String) -> String { "letters:\(three)" }

  /// The last eight digits: the same phone with and without its country.
  static func phone(_ number: String) -> String { "phone:\(number.suffix(8))" }

  /// Every two words of a name together, in whatever order they stand.
  static func pairs(_ words: [[String]]) -> [String] {
    words.indices.flatMap { first in
      words.indices.dropFirst(first + 1).flatMap { second in pairs(words[first], words[second]) }
    }
  }

  static func pairs(_ first: [String], _ second: [String]) -> [String] {
    first.flatMap { a in second.map { b in "both:\(min(a, b))+\(max(a, b))" } }
  }

  /// Its first two to four consonants, when there are more. A `ben` begins too many names to tell more of them than
  /// that it is one.
  private static func beginnings(of key: String) -> [String] {
    key.hasPrefix("bn") ? ["bn"] : (2...4).filter { $0 < key.count }.map { String(key.prefix($0)) }
  }
}
