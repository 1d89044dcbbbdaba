/// Text that somebody wrote, with the direction of its letters, as `free` of `house.typ` shows it.
package struct PaperText: Encodable, Sendable {
  package let text: String
  package let isArabic: Bool

  package init(_ text: String) {
    self.text = text
    isArabic = text.unicodeScalars.first { $0.properties.isAlphabetic }.map(Self.isArabic) ?? false
  }

  private static func isArabic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0600...0x08FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF: true
    default: false
    }
  }
}

/// A label and a value, as `facts` of `house.typ` shows them.
package struct PaperRow: Encodable, Sendable {
  package let label: String
  package let value: PaperText

  package init(label: String, value: PaperText) {
    self.label = label
    self.value = value
  }
}
