import Names

/// Every distinct value of a field, read once and numbered; 0 stands for no value.
struct Vocabulary {
  let kind: FieldKind
  private let names: Names
  private var numbers: [String: UInt32] = ["": 0]
  private var folded: [String: UInt32] = ["": 0]

  // What is known of a value, by its number. The inner loop reads these, so each is a plain row of numbers.

  /// 64 letters at most.
  private(set) var letters = Slices<UInt8>()
  /// Which letters there are.
  private(set) var marks: [UInt64] = []
  /// Of a text its words, of a name the skeletons of its words, of an address its name: hashed.
  private(set) var words = Slices<UInt64>()
  /// Which words there are, roughly.
  private(set) var wordMarks: [UInt64] = []
  /// Under which a record with this value may be found.
  private(set) var keys = Slices<UInt64>()
  /// The same, when few have it: parts of a value, which say too little to be put together with other keys.
  private(set) var partKeys = Slices<UInt64>()
  private(set) var days: [LooseDay?] = []
  private(set) var read: [Name?] = []
  /// Of a name: whether it is written in Arabic letters.
  private(set) var isArabic: [Bool] = []

  init(_ kind: FieldKind, _ names: Names) {
    self.kind = kind
    self.names = names
    append("")
  }

  var count: Int { marks.count }

  /// The number of a value as written: two that differ in case, accents or signs only have the same.
  mutating func number(of text: String) -> UInt32 {
    if let number = numbers[text] { return number }
    let folded = folded(text)
    let number = self.folded[folded] ?? UInt32(count)
    if number == count {
      append(folded)
      self.folded[folded] = number
    }
    numbers[text] = number
    return number
  }

  /// The values as they are compared, by their numbers.
  var foldedTexts: [UInt32: String] {
    Dictionary(folded.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
  }

  private func folded(_ text: String) -> String {
    switch kind {
    case .givenName, .familyName, .name, .relative, .place, .text: names.folded(text)
    case .date: LooseDay.folded(text)
    case .number: String(names.folded(text).filter { $0 != " " }.trimmingPrefix { $0 == "0" })
    case .phone: String(names.folded(text).filter { $0.isASCII && $0.isNumber }.suffix(Self.phoneDigits))
    case .email: text.lowercased().filter { !$0.isWhitespace && $0.unicodeScalars.first?.value != 0 }
    }
  }

  /// A Tunisian number without country: what comes before may be written or not.
  private static let phoneDigits = 8

  private mutating func append(_ folded: String) {
    let letters = Letters.bytes(folded)
    self.letters.append(letters)
    marks.append(Letters.marks(letters))
    let isName = kind.isName && folded != ""
    let name = isName ? names.read(folded) : nil
    let day = kind == .date ? LooseDay(folded) : nil
    let words = name.map { hashes(names.keys(of: $0).all) } ?? words(folded)
    self.words.append(words)
    wordMarks.append(words.reduce(0) { $0 | 1 << ($1 & 63) })
    keys.append(kind.isName || folded == "" ? words : words + hashes(day?.keys ?? [folded]))
    partKeys.append(hashes(parts(folded)))
    days.append(day)
    read.append(name)
    isArabic.append(name?.parts.contains(where: \.isArabic) ?? false)
  }

  private func words(_ folded: String) -> [UInt64] {
    switch kind {
    case .text: hashes(folded.split(separator: " "))
    case .email: hashes([folded.prefix(while: { $0 != "@" })])
    default: []
    }
  }

  /// Beginning and end of a name or a number: an error is in one of them only.
  private func parts(_ folded: String) -> [String] {
    let length = kind.isName ? 4 : folded.utf8.count / 2
    return (kind.isName || kind == .number) && folded != ""
      ? ["\(folded.prefix(length))…", "…\(folded.suffix(length))"] : []
  }

  /// The same for the same text in any run: what is found must not depend on chance or on the order of rows.
  private func hashes(_ texts: some Sequence<some StringProtocol>) -> [UInt64] {
    let seed = kind.rawValue.utf8.reduce(FNV.start, FNV.add)
    return Set(texts.map { $0.utf8.reduce(seed, FNV.add) }).sorted()
  }
}

/// Rows of different lengths, one behind the other.
struct Slices<Element> {
  private(set) var all: [Element] = []
  private var ends: [Int32] = [0]

  mutating func append(_ row: [Element]) {
    all += row
    ends.append(Int32(all.count))
  }

  func range(_ row: Int) -> Range<Int> { Int(ends[row])..<Int(ends[row + 1]) }
  subscript(row: Int) -> ArraySlice<Element> { all[range(row)] }
}

/// Fowler, Noll and Vo's hash, 64 bits, variant 1a.
enum FNV {
  static let start: UInt64 = 0xcbf2_9ce4_8422_2325
  static func add(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
}
