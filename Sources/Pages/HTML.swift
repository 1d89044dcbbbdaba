/// Markup that is safe by construction: text put in by interpolation is escaped, only `HTML` goes in as it is.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
  package private(set) var bytes: [UInt8]

  /// A `StaticString` is taken over as it lies in the program, without becoming a `String` first.
  package init(stringLiteral markup: StaticString) { bytes = markup.withUTF8Buffer { Array($0) } }

  package init(stringInterpolation: Interpolation) { bytes = stringInterpolation.bytes }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  package static let empty = HTML(bytes: [])

  package var isEmpty: Bool { bytes.isEmpty }
  /// In bytes.
  package var size: Int { bytes.count }

  /// Makes room for so many bytes more, once.
  package mutating func reserve(_ size: Int) { bytes.reserveCapacity(bytes.count + size) }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Markup from elsewhere that is known to be safe: an icon of ours, a drawing made by code.
  package static func unescaped(_ markup: String) -> HTML { HTML(bytes: Array(markup.utf8)) }

  package static func + (a: HTML, b: HTML) -> HTML { HTML(bytes: a.bytes + b.bytes) }
  package static func += (a: inout HTML, b: HTML) { a.bytes.append(contentsOf: b.bytes) }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 48)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    package mutating func appendInterpolation(_ text: String) {
      var text = text
      text.withUTF8 { letters in
        // Most texts hold nothing to escape and are taken over whole.
        guard letters.contains(where: Self.isSpecial) else {
          return bytes.append(contentsOf: letters)
        }
        for letter in letters {
          if let entity = Self.entity(of: letter) {
            bytes.append(contentsOf: entity.utf8)
          } else {
            bytes.append(letter)
          }
        }
      }
    }

    private static func isSpecial(_ letter: UInt8) -> Bool {
      letter < 63
        && (letter == 38 || letter == 60 || letter == 62 || letter == 34 || letter == 39 || letter == 0)
    }

    private static func entity(of letter: UInt8) -> String? {
      switch letter {
      case 38: "&amp;"
      case 60: "&lt;"
      case 62: "&gt;"
      case 34: "&quot;"
      case 39: "&#39;"
      case 0: "\u{FFFD}"
      default: nil
      }
    }

    package mutating func appendInterpolation(_ html: HTML) {
      // Room for what follows a large part too: it would be copied a second time for the few letters after it.
      if html.bytes.count > 1_000 { bytes.reserveCapacity(bytes.count + html.bytes.count + 2_000) }
      bytes.append(contentsOf: html.bytes)
    }
    package mutating func appendInterpolation(_ html: HTML?) {
      if let html { appendInterpolation(html) }
    }
    package mutating func appendInterpolation(_ list: [HTML]) {
      bytes.reserveCapacity(bytes.count + list.reduce(0) { $0 + $1.bytes.count } + 200)
      for html in list { bytes.append(contentsOf: html.bytes) }
    }
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      appendInterpolation(value.description)
    }

    /// An attribute that is there or not: `\(attribute: "checked", if: isChecked)`.
    package mutating func appendInterpolation(attribute name: StaticString, if isThere: Bool) {
      if isThere { bytes.append(contentsOf: " \(name)".utf8) }
    }

    /// An attribute with a value, left out when there is none.
    package mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
      guard let value else { return }
      bytes.append(contentsOf: " \(name)=\"".utf8)
      appendInterpolation(value)
      bytes.append(UInt8(ascii: "\""))
    }
  }
}
