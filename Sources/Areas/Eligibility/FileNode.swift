import Basics
import Yams

/// A place in a file of rules: what is read there, or a fault that says where.
struct FileNode {
  let node: Node
  /// What the file calls it.
  let name: String

  init(_ node: Node, name: String) {
    self.node = node
    self.name = name
  }

  func fault(_ reason: Phrase) -> RuleFile.Fault {
    RuleFile.Fault(line: node.mark?.line, reason: reason)
  }

  func map() throws -> FileMap {
    guard let mapping = node.mapping else {
      throw fault(say("Under “\(name)” names with values are expected."))
    }
    return try FileMap(mapping, of: self)
  }

  func list() throws -> [FileNode] {
    guard let sequence = node.sequence else { throw fault(say("Under “\(name)” a list is expected.")) }
    return sequence.map { FileNode($0, name: name) }
  }

  /// Names with values where the names are values too.
  func pairs() throws -> [(key: FileNode, value: FileNode)] {
    guard let mapping = node.mapping else {
      throw fault(say("Under “\(name)” names with values are expected."))
    }
    return mapping.map { (FileNode($0.key, name: name), FileNode($0.value, name: name)) }
  }

  func text() throws -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw fault(say("Under “\(name)” a text is expected."))
    }
    guard text.unicodeScalars.count <= 1_000 else {
      throw fault(say("This is too long: write at most \(1_000) characters."))
    }
    return text
  }

  /// A code.
  /// - Parameter known: the only ones that may stand here; empty for any.
  func word(among known: [String] = []) throws -> String {
    let text = try text()
    guard known.isEmpty || known.contains(text) else {
      throw fault(say("“\(text)” is none of these: \(known.joined(separator: ", "))."))
    }
    guard text.count <= 60, !text.contains(where: \.isWhitespace) else {
      throw fault(say("Under “\(name)” one word is expected."))
    }
    return text
  }

  func codes(among known: [String]) throws -> Set<String> {
    let codes = try list().map { try $0.word(among: known) }
    guard !codes.isEmpty else { throw fault(say("Nothing stands here.")) }
    return Set(codes)
  }

  /// In every language of the program.
  func words() throws -> RuleSet.Words {
    var map = try map()
    var words: RuleSet.Words = [:]
    for language in Language.allCases { words[language] = try map.need(language.rawValue).text() }
    try map.finish()
    return words
  }

  func day() throws -> Day {
    let text = try text()
    guard let day = Day(text) else { throw fault(say("“\(text)” is no day: write it as 2026-03-12.")) }
    return day
  }

  func number() throws -> Int64 {
    let text = try text()
    guard let number = Int64(text), (0...1_000_000).contains(number) else {
      throw fault(say("“\(text)” is no whole number."))
    }
    return number
  }

  /// In the smallest unit of the currency.
  func money(_ currency: Money.Currency) throws -> Int64 {
    let text = try text()
    guard let money = Money(typed: text, currency, most: 10_000_000) else {
      throw fault(say("“\(text)” is no amount: write it as 1500 or 1500,500."))
    }
    return money.minorUnits
  }
}

/// Names with values, of which each is taken once and none may be left.
struct FileMap {
  private let node: FileNode
  private var left: [String: FileNode] = [:]

  fileprivate init(_ mapping: Node.Mapping, of node: FileNode) throws {
    self.node = node
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { throw node.fault(say("A name is expected here.")) }
      guard left.updateValue(FileNode(value, name: name), forKey: name) == nil else {
        throw node.fault(say("“\(name)” stands twice."))
      }
    }
  }

  mutating func take(_ name: String) throws -> FileNode? { left.removeValue(forKey: name) }

  mutating func need(_ name: String) throws -> FileNode {
    guard let found = left.removeValue(forKey: name) else { throw node.fault(say("“\(name)” is missing.")) }
    return found
  }

  /// - Throws: what stands there and nobody knows.
  func finish() throws {
    guard let (name, found) = left.min(by: { $0.key < $1.key }) else { return }
    throw found.fault(say("Nothing here is called “\(name)”."))
  }
}
