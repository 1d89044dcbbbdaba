import Basics
import Yams

extension LetterModel {
  /// - Throws: `LetterFault` naming the file, the line and the key.
  init(name: String, yaml: String) throws(LetterFault) {
    let reading = ModelReading(file: "\(name).yaml")
    let root = try reading.document(yaml)
    try reading.refuseUnknown(
      root, ["version", "channel", "for", "title", "fields"] + Language.allCases.map(\.rawValue))
    self.name = name
    guard let version = root["version"]?.int, version > 0 else {
      throw reading.fault(root["version"] ?? root, "version", "a number from 1 on is missing")
    }
    self.version = version
    channel = try reading.choice(root["channel"], "channel", in: root)
    isForClosed = try reading.isForClosed(root)
    title = try reading.inAll(root["title"], "title", in: root)
    fields = try reading.fields(root)
    words = try reading.words(root, fields)
  }
}

/// One file on its way to a model. Lines count from 1.
private struct ModelReading {
  let file: String

  /// Names that the form uses itself.
  private static let reserved: Set<String> = [
    "model", "language", "recipient", "show", "once", "csrf", "page",
  ]

  func fault(line: Int, _ key: String, _ why: String) -> LetterFault {
    LetterFault("\(file):\(line): \(key): \(why)")
  }

  func fault(_ node: Node, _ key: String, _ why: String) -> LetterFault {
    fault(line: node.mark?.line ?? 1, key, why)
  }

  func document(_ yaml: String) throws(LetterFault) -> Node {
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      let (line, why) = Self.told(error)
      throw LetterFault("\(file):\(line): not YAML: \(why)")
    }
    guard let root, root.mapping != nil else { throw LetterFault("\(file):1: holds no keys") }
    return root
  }

  private static func told(_ error: any Error) -> (line: Int, why: String) {
    switch error as? YamlError {
    case .scanner(_, let why, let mark, _), .parser(_, let why, let mark, _),
      .composer(_, let why, let mark, _):
      (mark.line, why)
    case .duplicatedKeysInMapping(let keys, let context):
      (context.mark.line, "twice: \(keys.joined(separator: ", "))")
    default: (1, "\(error)")
    }
  }

  /// A key that is not known is a misspelt one.
  func refuseUnknown(_ node: Node, _ known: [String], _ parent: String = "") throws(LetterFault) {
    for key in (node.mapping ?? [:]).keys where !known.contains(key.string ?? "") {
      throw fault(key, "\(parent)\(key.string ?? "?")", "no such key")
    }
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ node: Node?, _ key: String, in parent: Node)
    throws(LetterFault) -> Choice
  {
    guard let choice = node?.string.flatMap({ Choice(rawValue: $0) }) else {
      let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(node ?? parent, key, "must be one of \(all)")
    }
    return choice
  }

  func isForClosed(_ root: Node) throws(LetterFault) -> Bool {
    guard let node = root["for"] else { return false }
    guard node.string == "closed" else { throw fault(node, "for", "must be closed, or left out") }
    return true
  }

  func inAll(_ node: Node?, _ key: String, in parent: Node) throws(LetterFault) -> [Language: String] {
    var texts: [Language: String] = [:]
    for language in Language.allCases {
      guard let text = node?[language.rawValue]?.string, !text.isEmpty else {
        throw fault(node ?? parent, "\(key).\(language.rawValue)", "missing")
      }
      texts[language] = text
    }
    return texts
  }

  func fields(_ root: Node) throws(LetterFault) -> [LetterModel.Field] {
    guard let list = root["fields"] else { return [] }
    guard let nodes = list.sequence else { throw fault(list, "fields", "must be a list") }
    var fields: [LetterModel.Field] = []
    for (index, node) in nodes.enumerated() {
      let key = "fields[\(index)]"
      try refuseUnknown(node, ["name", "kind", "label"], "\(key).")
      guard let name = node["name"]?.string, name.wholeMatch(of: /[a-z-]+/) != nil else {
        throw fault(node, "\(key).name", "missing, or not of small letters")
      }
      guard !LetterModel.known.contains(name), !Self.reserved.contains(name),
        !fields.contains(where: { $0.name == name })
      else { throw fault(node, "\(key).name", "taken: \(name)") }
      fields.append(
        LetterModel.Field(
          name: name, kind: try choice(node["kind"], "\(key).kind", in: node),
          label: try inAll(node["label"], "\(key).label", in: node)))
    }
    return fields
  }

  func words(_ root: Node, _ fields: [LetterModel.Field]) throws(LetterFault) -> [Language:
    LetterModel.Words]
  {
    var words: [Language: LetterModel.Words] = [:]
    for language in Language.allCases {
      let code = language.rawValue
      guard let part = root[code] else { throw fault(root, code, "missing") }
      try refuseUnknown(part, ["subject", "body"], "\(code).")
      var (texts, used): ([String], Set<String>) = ([], [])
      for key in ["subject", "body"] {
        guard let node = part[key], let text = node.string, !text.isEmpty else {
          throw fault(part[key] ?? part, "\(code).\(key)", "missing")
        }
        used.formUnion(try places(in: text, of: node, "\(code).\(key)", fields))
        texts.append(text)
      }
      for field in fields where !used.contains(field.name) {
        throw fault(part, code, "never says {\(field.name)}")
      }
      words[language] = LetterModel.Words(subject: texts[0], body: texts[1])
    }
    return words
  }

  /// The names of the places in a text.
  private func places(in text: String, of node: Node, _ key: String, _ fields: [LetterModel.Field])
    throws(LetterFault) -> Set<String>
  {
    let known = LetterModel.known.union(fields.map(\.name))
    // A text after "|" begins on the line below.
    let first = (node.mark?.line ?? 1) + (node.scalar?.style == .literal ? 1 : 0)
    var found: Set<String> = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for match in line.matches(of: LetterModel.place) {
        let name = String(match.1)
        guard known.contains(name) else {
          throw fault(line: first + index, key, "unknown placeholder {\(name)}")
        }
        found.insert(name)
      }
      if line.replacing(LetterModel.place, with: "").contains(where: { "{}".contains($0) }) {
        throw fault(line: first + index, key, "a brace stands alone")
      }
    }
    return found
  }
}
