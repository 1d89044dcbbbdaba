import Storage

/// The texts that the cells of a workbook share by their numbers. They may be many: they lie in two files without a
/// name, gone with the program, so that memory does not grow with the list.
final class SharedTexts {
  private let texts: ScratchFile
  /// Where each text ends, eight bytes a text.
  private let ends: ScratchFile
  private(set) var count = 0

  init() throws { (texts, ends) = (try ScratchFile(), try ScratchFile()) }

  func append(_ text: [UInt8]) throws {
    try texts.append(text)
    try ends.append(withUnsafeBytes(of: UInt64(texts.count).littleEndian) { Array($0) })
    count += 1
  }

  /// - Throws: `ImportFault` when the workbook names a text that it does not hold.
  subscript(number: Int) -> [UInt8] {
    get throws {
      guard (0..<count).contains(number) else { throw WorkbookParts.unreadable }
      let start = number == 0 ? 0 : try end(number - 1)
      return try texts.read(start..<end(number))
    }
  }

  private func end(_ number: Int) throws -> Int {
    let bytes = try ends.read(number * 8..<number * 8 + 8)
    return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

/// Gathers the texts of `sharedStrings.xml`; what tells how to say a Japanese word is left out.
final class SharedTextsHandler: XMLHandler {
  let texts: SharedTexts
  private var text: [UInt8] = []
  private var isInText = false
  private var isSpoken = false

  init(_ texts: SharedTexts) { self.texts = texts }

  override func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "si": text = []
    case "rPh": isSpoken = true
    case "t": isInText = !isSpoken
    default: break
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    // A cell holds at most 32,767 letters; what is longer is no name either way.
    if isInText, text.count < ImportLimits.row { text += bytes }
  }

  override func end(_ name: String) throws {
    switch name {
    case "si": try texts.append(text)
    case "rPh": isSpoken = false
    case "t": isInText = false
    default: break
    }
  }
}
