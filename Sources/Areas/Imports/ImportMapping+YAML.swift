import Basics
import Cases
import People
import Yams

extension ImportMapping {
  /// Reads a mapping file.
  /// - Throws: `ImportFault` naming the key that is wrong.
  package init(yaml text: String) throws {
    let document: [String: Any]
    do {
      document = try Yams.load(yaml: text) as? [String: Any] ?? [:]
    } catch {
      throw ImportFault(say("The mapping is not YAML: \(Self.line(error))"))
    }
    guard let columns = Self.texts(document["columns"]), !columns.isEmpty else {
      throw ImportFault(say("The mapping has no `columns`: write field: column title, one a line."))
    }
    let lists = document["values"] ?? [String: Any]()
    guard let values = (lists as? [String: Any])?.mapValues(Self.texts), !values.values.contains(nil) else {
      throw ImportFault(
        say("`values` holds a field, and under it the partner's word: what it means here."))
    }
    let fields = Set(
      Identity.Field.allCases.map(\.rawValue) + ReturnFacts.Field.allCases.map(\.rawValue) + ["antenna"])
    try Self.mustBe(
      Set(document.keys), among: ["partner", "channel", "antenna", "separator", "sheet", "columns", "values"])
    try Self.mustBe(Set(columns.keys).union(values.keys), among: fields)
    let separator = document["separator"].map { "\($0)" }
    guard separator == nil || separator?.count == 1 else {
      throw ImportFault(say("`separator` is one sign, such as “;”."))
    }
    let channel = try document["channel"].map { word in
      guard let channel = CaseFile.Channel(rawValue: "\(word)") else {
        let known = CaseFile.Channel.allCases.map(\.rawValue).joined(separator: ", ")
        throw ImportFault(say("The mapping names “\("\(word)")”, which does not exist. Known: \(known)."))
      }
      return channel
    }
    self.init(
      partner: document["partner"].map { "\($0)" } ?? "", channel: channel ?? .memberState,
      antenna: document["antenna"].map { AntennaCode(rawValue: "\($0)") }, separator: separator?.first,
      sheet: document["sheet"].map { "\($0)" }, columns: columns, values: values.compactMapValues { $0 })
  }

  private static func mustBe(_ names: Set<String>, among known: Set<String>) throws {
    let unknown = names.subtracting(known).sorted()
    guard unknown.isEmpty else {
      let (names, known) = (unknown.joined(separator: ", "), known.sorted().joined(separator: ", "))
      throw ImportFault(say("The mapping names “\(names)”, which does not exist. Known: \(known)."))
    }
  }

  /// The parser's words on one line, without the text around the place.
  private static func line(_ error: any Error) -> String {
    "\(error)".split(whereSeparator: \.isNewline).prefix(2).joined(separator: " ")
  }

  /// Words by words, whatever YAML takes them for: `1: male` has a number for its key.
  private static func texts(_ value: Any?) -> [String: String]? {
    (value as? [AnyHashable: Any]).map { pairs in
      Dictionary(pairs.map { ("\($0.key)", "\($0.value)") }) { first, _ in first }
    }
  }
}
