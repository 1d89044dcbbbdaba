import Basics

/// What somebody typed to find a person: a name, and any numbers beside it.
struct PersonQuery: Equatable {
  /// Keys of numbers, each with what it shows.
  private(set) var proofs: [MatchReason: Set<String>] = [:]
  private(set) var birthYear: Int?
  /// The words that are no numbers, in either script.
  private(set) var name = ""

  var isEmpty: Bool { proofs.isEmpty && birthYear == nil && name.isEmpty }

  init(_ text: String) {
    var numbers: [String] = []
    var words: [String] = []
    for word in text.prefix(200).split(whereSeparator: \.isWhitespace).map(String.init) {
      if Self.isNumber(word) {
        numbers.append(word)
      } else {
        take(number: &numbers)
        if let email = PersonRules.email(word) {
          add(.sameEmail, "email:\(email)")
        } else if word.count(where: \.isNumber) >= 4, let passport = PersonRules.passport(word) {
          add(.samePassport, "passport:\(passport)")
        } else {
          words.append(word)
        }
      }
    }
    take(number: &numbers)
    name = words.joined(separator: " ")
  }

  /// A phone is often written in groups: what stands together is read together.
  private mutating func take(number groups: inout [String]) {
    guard !groups.isEmpty else { return }
    let text = groups.joined(separator: " ")
    if !read(text), groups.count > 1 { for group in groups { _ = read(group) } }
    groups = []
  }

  private mutating func read(_ text: String) -> Bool {
    if let day = FormCheck.day(typed: text) {
      add(.sameBirthDate, "born:\(day)")
      birthYear = day.year
      return true
    }
    if let year = Int(text.westernDigits), (1900...2099).contains(year) {
      birthYear = year
      return true
    }
    let before = proofs
    if let phone = PersonRules.phone(text) { add(.samePhone, PersonKeys.phone(phone)) }
    if let cin = PersonRules.cin(text) { add(.sameCIN, "cin:\(cin)") }
    if let passport = PersonRules.passport(text) { add(.samePassport, "passport:\(passport)") }
    return proofs != before
  }

  private mutating func add(_ reason: MatchReason, _ key: String) { proofs[reason, default: []].insert(key) }

  private static func isNumber(_ word: String) -> Bool {
    word.contains(where: \.isNumber)
      && word.allSatisfy { $0.isNumber || "+-./()".contains($0) || $0.unicodeScalars.allSatisfy(isMark) }
  }

  /// Direction marks come along when a number is copied from a page.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    [0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069].contains(scalar.value)
  }
}
