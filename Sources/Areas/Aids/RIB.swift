import Basics

/// The number of a bank account in Tunisia: 20 digits, of which the last two are a key.
package struct RIB: Hashable, Sendable {
  /// 20 digits.
  package let digits: String

  /// Why something typed is no such number.
  package enum Fault: Error, Equatable {
    case notDigits
    /// So many were typed.
    case length(Int)
    /// What the last two digits should be.
    case key(String)
    /// An IBAN of another country, or with other digits after `TN`.
    case iban
  }

  /// Reads a number as it is typed: with spaces or hyphens, in either kind of digits, also as an IBAN.
  package init(typed text: String) throws(Fault) {
    let spaces: Set<Character> = [" ", "\u{A0}", "\u{202F}", "-", "."]
    var text = String(text.westernDigits.uppercased().filter { !spaces.contains($0) })
    if text.first?.isLetter == true {
      guard text.hasPrefix(Self.prefix) else { throw .iban }
      text.removeFirst(Self.prefix.count)
    }
    guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { throw .notDigits }
    guard text.utf8.count == 20 else { throw .length(text.utf8.count) }
    let key = Self.key(of: text.prefix(18))
    guard text.suffix(2) == key else { throw .key(key) }
    digits = text
  }

  /// `97 - (the first 18 digits x 100 mod 97)`, two digits.
  package static func key(of account: some StringProtocol) -> String {
    var rest = 0
    for digit in account.utf8 { rest = (rest * 10 + Int(digit) - 48) % 97 }
    let key = 97 - rest * 100 % 97
    return key < 10 ? "0\(key)" : "\(key)"
  }

  /// The check digits of an IBAN follow from the key: they are the same for every account.
  private static let prefix = "TN59"

  package var iban: String { Self.prefix + digits }

  /// Bank, branch, account and key, for reading.
  package var grouped: String {
    let digits = Array(digits)
    return [digits[0..<2], digits[2..<5], digits[5..<18], digits[18..<20]].map { String($0) }
      .joined(separator: "\u{A0}")
  }
}
