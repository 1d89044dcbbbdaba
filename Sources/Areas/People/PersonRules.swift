import Basics

/// Decisions only: no database, no clock, no request.
enum PersonRules {
  /// A name and a way to reach the person are all that is compulsory.
  static func missing(in identity: Identity) -> [FieldError] {
    var errors: [FieldError] = []
    if identity.latinName == nil, identity.arabicName == nil {
      errors.append(
        FieldError(Identity.Field.familyLatin.rawValue, say("Write a name, in Latin or in Arabic letters.")))
    }
    let ways: [Identity.Field] = [.phones, .email, .address, .safeWay]
    if ways.allSatisfy({ identity[$0] == nil }) {
      errors.append(
        FieldError(
          Identity.Field.phones.rawValue,
          say(
            "Write one way to reach the person: a phone, an e-mail, an address, or someone who can pass a word on."
          )))
    }
    return errors
  }

  /// A number as it is dialled from anywhere: `+21620123456`; nil when it is none.
  ///
  /// Eight digits that begin with 2 to 9 are Tunisian; others need `+` or `00` and 7 to 15 digits (ITU-T E.164).
  static func phone(_ text: String) -> String? {
    let kept = text.westernDigits.filter { !" .-()/\u{A0}\u{202F}\u{200E}\u{200F}".contains($0) }
    let isForeign = kept.hasPrefix("+") || kept.hasPrefix("00")
    let digits = kept.hasPrefix("+") ? kept.dropFirst() : kept.hasPrefix("00") ? kept.dropFirst(2) : kept[...]
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    if digits.count == 8, !isForeign, let first = digits.first, "23456789".contains(first) {
      return "+216\(digits)"
    }
    if digits.count == 11, digits.hasPrefix("216") { return "+\(digits)" }
    guard isForeign, (7...15).contains(digits.count), digits.first != "0" else { return nil }
    return digits.hasPrefix("216") ? nil : "+\(digits)"
  }

  /// Eight digits; no check digit is known.
  static func cin(_ text: String) -> String? {
    let digits = text.westernDigits.filter { $0 != " " }
    return digits.count == 8 && digits.allSatisfy({ $0.isASCII && $0.isNumber }) ? digits : nil
  }

  /// 5 to 12 letters and digits, in capitals.
  static func passport(_ text: String) -> String? {
    let kept = text.westernDigits.uppercased().filter { $0 != " " }
    let isPlain = kept.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return (5...12).contains(kept.count) && isPlain ? kept : nil
  }

  /// One `@`, something before it, a dot after it, no white space. Whether it exists only a message can tell.
  static func email(_ text: String) -> String? {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].split(separator: ".").count >= 2,
      !parts[1].hasSuffix("."),
      !text.contains(where: \.isWhitespace), text.allSatisfy(\.isASCII)
    else { return nil }
    return text.lowercased()
  }
}
