import Basics
import Yams

/// Reads a file of rules: everything in it is named, and nothing else may stand there.
enum RuleFile {
  /// What is wrong with a file, and where.
  struct Fault: Error, Equatable {
    /// Counted from 1; nil where the whole file is meant.
    let line: Int?
    let reason: Phrase
  }

  /// Characters that a file may have: about a thousand rules.
  static let longest = 400_000

  /// - Throws: `Fault` at the first thing that is wrong.
  static func read(_ text: String) throws -> RuleSet {
    guard text.utf8.count <= longest else {
      throw Fault(line: nil, reason: say("This file is too long: it may have \(longest) characters."))
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Fault(
        line: error.line, reason: say("This is no YAML: check the indentation and the quotation marks."))
    }
    guard let root else { throw Fault(line: nil, reason: say("The file is empty.")) }
    return try set(FileNode(root, name: "rules"))
  }

  private static func set(_ node: FileNode) throws -> RuleSet {
    var map = try node.map()
    let code = try map.need("rules").word()
    let from = try map.need("from").day()
    let until = try map.take("until")?.day()
    if let until, until < from {
      throw node.fault(say("The last day lies before the first."))
    }
    let entries = try map.need("conditions").list()
    var reader = ConditionReader(try entries.map { try RuleEntry($0) })
    let set = RuleSet(
      code: code, version: try map.need("version").text(), aid: try map.need("aid").word(),
      track: try map.need("track").word(among: ["social", "employment", "business"]),
      funder: try map.take("funder")?.text(), title: try map.need("title").words(),
      source: try map.need("source").words(), from: from, until: until, rules: try reader.rules(),
      amount: try map.take("amount").map(AmountReader.amount))
    try map.finish()
    guard !set.rules.isEmpty else { throw node.fault(say("There is no condition in this file.")) }
    guard set.funder != nil || set.amount?.ceilings[.funder] == nil else {
      throw node.fault(say("A ceiling of a funder needs to know whose it is: write “funder”."))
    }
    return set
  }
}

extension YamlError {
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: nil
    }
  }
}

/// One rule as it stands in the file; its condition is read later, when all are known.
struct RuleEntry {
  let code: String
  let node: FileNode
  let says, change: RuleSet.Words
  let source: String?
  let when: FileNode
  let otherwise: Rule.Otherwise

  init(_ node: FileNode) throws {
    var map = try node.map()
    self.node = node
    code = try map.need("code").word()
    says = try map.need("says").words()
    change = try map.take("change")?.words() ?? [:]
    source = try map.take("source")?.text()
    when = try map.need("when")
    let otherwise = try map.need("otherwise").word(among: ["no", "not-yet"])
    self.otherwise = Rule.Otherwise(rawValue: otherwise) ?? .no
    try map.finish()
  }
}

/// Reads conditions, of which one may name another rule.
struct ConditionReader {
  private let entries: [RuleEntry]
  private var done: [String: Condition] = [:]
  private var open: [String] = []
  /// Conditions inside each other; deeper is a mistake, or meant to break something.
  private static let deepest = 20

  init(_ entries: [RuleEntry]) { self.entries = entries }

  mutating func rules() throws -> [Rule] {
    var seen: Set<String> = []
    return try entries.map { entry in
      guard seen.insert(entry.code).inserted else {
        throw entry.node.fault(say("Two rules have the code “\(entry.code)”."))
      }
      return Rule(
        code: entry.code, says: entry.says, change: entry.change, source: entry.source,
        condition: try condition(of: entry), otherwise: entry.otherwise)
    }
  }

  private mutating func condition(of entry: RuleEntry) throws -> Condition {
    if let condition = done[entry.code] { return condition }
    guard !open.contains(entry.code) else {
      let circle = (open.drop { $0 != entry.code } + [entry.code]).joined(separator: " → ")
      throw entry.node.fault(say("These rules ask each other in a circle: \(circle)."))
    }
    open.append(entry.code)
    defer { open.removeLast() }
    let condition = try read(entry.when, depth: 0)
    done[entry.code] = condition
    return condition
  }

  private mutating func read(_ node: FileNode, depth: Int) throws -> Condition {
    guard depth < Self.deepest else {
      throw node.fault(say("These conditions stand too deep inside each other."))
    }
    var map = try node.map()
    defer { _ = map }
    if let all = try map.take("all") {
      try map.finish()
      return .all(try parts(all, depth))
    }
    if let any = try map.take("any") {
      try map.finish()
      return .any(try parts(any, depth))
    }
    if let not = try map.take("not") {
      try map.finish()
      return .not(try read(not, depth: depth + 1))
    }
    if let named = try map.take("rule") {
      let code = try named.word()
      try map.finish()
      guard let entry = entries.first(where: { $0.code == code }) else {
        throw named.fault(say("There is no rule “\(code)” in this file."))
      }
      return .rule(code, try condition(of: entry))
    }
    return try test(&map, node)
  }

  private mutating func parts(_ node: FileNode, _ depth: Int) throws -> [Condition] {
    let nodes = try node.list()
    guard !nodes.isEmpty else { throw node.fault(say("Nothing stands here.")) }
    return try nodes.map { try read($0, depth: depth + 1) }
  }

  private func test(_ map: inout FileMap, _ node: FileNode) throws -> Condition {
    let name = try map.need("fact")
    let code = try name.word()
    guard let fact = Fact(code: code) else { throw name.fault(say("No fact is called “\(code)”.")) }
    let tests = try Self.tests(of: fact, &map)
    guard let first = tests.first else {
      throw node.fault(say("“\(fact.code)” is compared in another way."))
    }
    try map.finish()
    return tests.count == 1 ? .test(fact, first) : .all(tests.map { .test(fact, $0) })
  }

  /// One comparison, or two where a range is written: from the least to the most.
  private static func tests(of fact: Fact, _ map: inout FileMap) throws -> [Condition.Test] {
    switch fact.kind {
    case .code(let known):
      if let list = try map.take("one-of") { return [.oneOf(try list.codes(among: known))] }
      if let one = try map.take("is") { return [.oneOf([try one.word(among: known)])] }
    case .codes:
      if let list = try map.take("has") { return [.has(try list.codes(among: []))] }
    case .number:
      let least = try map.take("at-least").map { Condition.Test.atLeast(try $0.number()) }
      let most = try map.take("at-most").map { Condition.Test.atMost(try $0.number()) }
      return [least, most].compactMap(\.self)
    case .money:
      if let least = try map.take("at-least") { return [.atLeast(try least.money(.tnd))] }
      if let what = try map.take("covers") {
        _ = try what.word(among: ["amount"])
        return [.coversAmount]
      }
    case .day:
      let first = try map.take("from").map { Condition.Test.from(try $0.day()) }
      let last = try map.take("through").map { Condition.Test.through(try $0.day()) }
      return [first, last].compactMap(\.self)
    case .flag:
      if let flag = try map.take("is") {
        return [.equals(try flag.word(among: ["yes", "no", "true", "false"]).isYes)]
      }
    }
    return []
  }
}

extension String {
  /// YAML reads `yes` and `true` alike.
  fileprivate var isYes: Bool { self == "yes" || self == "true" }
}

/// Reads how much is given.
enum AmountReader {
  static func amount(_ node: FileNode) throws -> AmountRule {
    var map = try node.map()
    let word = try map.need("currency").word(among: Money.Currency.allCases.map(\.rawValue))
    let currency = Money.Currency(rawValue: word) ?? .tnd
    let fixed = try map.take("fixed")
    let table = try map.take("table")
    let base: AmountRule.Base
    switch (fixed, table) {
    case (let fixed?, nil): base = .fixed(try fixed.money(currency))
    case (nil, let table?): base = .table(try Self.table(table, currency))
    default: throw node.fault(say("Write either a fixed amount or a table."))
    }
    var ceilings: [AmountRule.Ceiling: Int64] = [:]
    if let node = try map.take("ceilings") {
      var named = try node.map()
      for ceiling in AmountRule.Ceiling.allCases {
        if let most = try named.take(ceiling.rawValue) { ceilings[ceiling] = try most.money(currency) }
      }
      try named.finish()
    }
    try map.finish()
    return AmountRule(currency: currency, base: base, ceilings: ceilings)
  }

  private static func table(_ node: FileNode, _ currency: Money.Currency) throws -> [String: [AmountRule
    .Step]]
  {
    var table: [String: [AmountRule.Step]] = [:]
    for row in try node.list() {
      var map = try row.map()
      let band = try map.need("vulnerability").word()
      let steps = try map.need("household").pairs().map { size, amount in
        AmountRule.Step(size: try size.number(), amount: try amount.money(currency))
      }.sorted { $0.size < $1.size }
      try map.finish()
      guard steps.first?.size == 1, Set(steps.map(\.size)).count == steps.count else {
        throw row.fault(say("The sizes of the household begin with 1, and each stands once."))
      }
      guard table.updateValue(steps, forKey: band) == nil else {
        throw row.fault(say("The vulnerability “\(band)” stands twice."))
      }
    }
    guard !table.isEmpty else { throw node.fault(say("Nothing stands here.")) }
    return table
  }
}
