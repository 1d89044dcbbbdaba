extension Fields {
  /// Length-prefixed names and values in the order of the names: small, quick, the same bytes for the same fields.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      bytes.append(lengthPrefixed: name)
      bytes.append(lengthPrefixed: value)
    }
    return bytes
  }

  /// Nil when `bytes` were not written by `bytes`.
  package init?(bytes: [UInt8]) {
    var reader = LengthPrefixedReader(bytes)
    var values: [String: String] = [:]
    while !reader.isAtEnd {
      guard let name = reader.string(), let value = reader.string() else { return nil }
      values[name] = value
    }
    self.init(values)
  }
}

extension [FieldChange] {
  /// The same form for changes: name, before and after; a first byte tells "not filled" from empty text.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for change in self {
      bytes.append(lengthPrefixed: change.field)
      for value in [change.before, change.after] {
        bytes.append(value == nil ? 0 : 1)
        if let value { bytes.append(lengthPrefixed: value) }
      }
    }
    return bytes
  }

  /// Nil when `bytes` were not written by `bytes`.
  package init?(bytes: [UInt8]) {
    var reader = LengthPrefixedReader(bytes)
    self = []
    while !reader.isAtEnd {
      guard let field = reader.string(), let before = reader.optionalString(),
        let after = reader.optionalString()
      else { return nil }
      append(FieldChange(field: field, before: before, after: after))
    }
  }
}

extension [UInt8] {
  /// Appends the number of UTF-8 bytes of `text` (LEB128), then the bytes.
  package mutating func append(lengthPrefixed text: String) {
    var rest = text.utf8.count
    while rest > 127 {
      append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    append(UInt8(rest))
    append(contentsOf: text.utf8)
  }
}

private struct LengthPrefixedReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func string() -> String? {
    var length = 0
    var shift = 0
    while let byte = next(), shift < 56 {
      length |= Int(byte & 127) << shift
      shift += 7
      guard byte & 128 == 0 else { continue }
      guard length <= bytes.count - position else { return nil }
      defer { position += length }
      return String(validating: bytes[position..<position + length], as: UTF8.self)
    }
    return nil
  }

  /// `.some(nil)` where nothing was filled in; nil where the bytes are not of this form.
  mutating func optionalString() -> String?? {
    switch next() {
    case 0: .some(nil)
    case 1: string().map { .some($0) }
    default: nil
    }
  }

  private mutating func next() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }
}
