/// A text for a reader, not yet in her language: the English text is the key to the catalogues in `Words/`.
package struct Phrase: Hashable, Sendable {
  /// The English text with `{1}`, `{2}` where a value goes.
  package let key: String
  /// The English text for more than one; nil when the phrase counts nothing.
  package let pluralKey: String?
  /// What decides the plural form.
  package let count: Int?
  package let arguments: [Argument]

  /// A value that is put in; a day, an amount, and a name that each language has its own word for, as the reader knows
  /// them.
  package enum Argument: Hashable, Sendable {
    case text(String)
    case day(Day)
    case money(Money)
    case name([Language: String])
  }

  /// What stands between the quotes of `say("…")`: values are put in by interpolation.
  package struct Template: ExpressibleByStringInterpolation, Sendable {
    fileprivate var key = ""
    fileprivate var arguments: [Argument] = []

    package init(stringLiteral value: String) { key = value }

    package init(stringInterpolation: Interpolation) {
      key = stringInterpolation.key
      arguments = stringInterpolation.arguments
    }

    package struct Interpolation: StringInterpolationProtocol {
      fileprivate var key = ""
      fileprivate var arguments: [Argument] = []

      package init(literalCapacity: Int, interpolationCount: Int) { key.reserveCapacity(literalCapacity + 8) }
      package mutating func appendLiteral(_ literal: String) { key += literal }
      package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
        append(.text(value.description))
      }
      package mutating func appendInterpolation(_ day: Day) { append(.day(day)) }
      package mutating func appendInterpolation(_ money: Money) { append(.money(money)) }
      package mutating func appendInterpolation(_ name: [Language: String]) { append(.name(name)) }

      private mutating func append(_ argument: Argument) {
        arguments.append(argument)
        key += "{\(arguments.count)}"
      }
    }
  }

  /// Of what `fields` kept.
  init(kept key: String, arguments: [Argument]) {
    self.init(key: key, arguments: arguments)
  }

  fileprivate init(key: String, pluralKey: String? = nil, count: Int? = nil, arguments: [Argument]) {
    self.key = key
    self.pluralKey = pluralKey
    self.count = count
    self.arguments = arguments
  }
}

/// A phrase of the product. The literal is found by the catalogue test, so it must stand here and nowhere else.
package func say(_ template: Phrase.Template) -> Phrase {
  Phrase(key: template.key, arguments: template.arguments)
}

/// A phrase that counts: `one` and `many` in English; the catalogues hold the forms of each language.
package func say(_ count: Int, one: Phrase.Template, many: Phrase.Template) -> Phrase {
  Phrase(key: one.key, pluralKey: many.key, count: count, arguments: many.arguments)
}
