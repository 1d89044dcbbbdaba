import Basics
import Foundation

/// What is equal for a search: words without case, accents, vowel signs and the letters that are written one for another.
enum NameKeys {
  /// The words of a text, folded; one-letter words count too. The Arabic article is left out: some write it, some not.
  static func words(_ text: String) -> [String] {
    let folded = text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars.compactMap(fold)
    return String(String.UnicodeScalarView(folded)).split(separator: " ").map { word in
      String(word.hasPrefix("ال") && word.count > 4 ? word.dropFirst(2) : word)
    }
  }

  /// Every key under which a person is found.
  static func keys(of identity: Identity) -> Set<String> {
    var keys = Set<String>()
    for name in [identity.latinName, identity.arabicName].compactMap({ $0 }) {
      keys.formUnion(words(name).map { "name:\($0)" })
    }
    keys.formUnion(identity.phones.map(phoneKey))
    if let cin = identity[.cin] { keys.insert("number:\(cin)") }
    if let passport = identity[.passport] { keys.insert("number:\(passport)") }
    if let email = identity[.email] { keys.insert("email:\(email)") }
    return keys
  }

  /// What proves, each by itself, that two records are of one person: a number, or the whole name with a phone.
  static func proofs(of identity: Identity) -> [(what: String, keys: [String])] {
    var proofs: [(String, [String])] = []
    if let cin = identity[.cin] { proofs.append(("same CIN", ["number:\(cin)"])) }
    if let passport = identity[.passport] { proofs.append(("same passport", ["number:\(passport)"])) }
    for name in [identity.latinName, identity.arabicName].compactMap({ $0 }) {
      for phone in identity.phones {
        // The phone first: few share it, while a common name is that of thousands.
        proofs.append(("same name and phone", [phoneKey(phone)] + words(name).map { "name:\($0)" }))
      }
    }
    return proofs
  }

  /// For each word of a query the keys it may stand for.
  static func alternatives(for query: String) -> [[String]] {
    if let phone = PersonRules.phone(query) { return [[phoneKey(phone)] + numberKeys(query)] }
    if let email = PersonRules.email(query) { return [["email:\(email)"]] }
    return words(query).prefix(6).map { ["name:\($0)"] + numberKeys($0) }
  }

  private static func numberKeys(_ text: String) -> [String] {
    [PersonRules.cin(text), PersonRules.passport(text)].compactMap { $0 }.map { "number:\($0)" }
  }

  /// The last eight digits: the same phone with and without its country.
  private static func phoneKey(_ phone: String) -> String { "phone:\(phone.suffix(8))" }

  /// Nil for what is left out: accents, vowel signs, tatweel. White space and punctuation part words.
  private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x0300...0x036F, 0x064B...0x065F, 0x0670, 0x0640, 0x200B...0x200F: nil
    case 0x0622, 0x0623, 0x0625, 0x0671: "\u{0627}"
    case 0x0649, 0x06CC: "\u{064A}"
    case 0x0629: "\u{0647}"
    case 0x06A9: "\u{0643}"
    case 0x0660...0x0669, 0x06F0...0x06F9: Unicode.Scalar(scalar.value % 16 + 48)
    case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil: scalar
    default: " "
    }
  }
}
