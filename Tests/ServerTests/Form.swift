import Foundation

/// A form as a browser finds it in a page.
struct Form: Sendable {
  struct Field: Sendable {
    let name: String
    /// The type of an input; `textarea` or `select`.
    let kind: String
    /// What stands in it: the text, the option that is chosen, the box that is ticked.
    var value: String
    /// What a select, radios or checkboxes offer.
    var options: [String] = []
  }

  let action: String
  private(set) var fields: [Field] = []

  /// The forms of a page that are sent by POST, in their order.
  static func all(in html: String) -> [Form] {
    html.components(separatedBy: "<form ").dropFirst().compactMap { part in
      guard let end = part.range(of: "</form>") else { return nil }
      return Form(String(part[..<end.lowerBound]))
    }
  }

  private init?(_ markup: String) {
    let tags = markup.components(separatedBy: "<")
    let attributes = Self.attributes(tags[0])
    guard attributes["method"] == "post", let action = attributes["action"] else { return nil }
    self.action = action
    for tag in tags.dropFirst() { read(tag) }
  }

  private mutating func read(_ tag: String) {
    let attributes = Self.attributes(tag)
    switch tag.prefix(while: { $0.isLetter }) {
    case "input": input(attributes)
    case "textarea":
      let text = tag.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false).dropFirst()
        .joined()
      add(Field(name: attributes["name"] ?? "", kind: "textarea", value: Self.unescaped(text)))
    case "select": add(Field(name: attributes["name"] ?? "", kind: "select", value: ""))
    case "option":
      guard let value = attributes["value"], !value.isEmpty, !fields.isEmpty else { return }
      fields[fields.count - 1].options.append(value)
      if attributes["selected"] != nil { fields[fields.count - 1].value = value }
    default: break
    }
  }

  private mutating func input(_ attributes: [String: String]) {
    let (name, kind) = (attributes["name"] ?? "", attributes["type"] ?? "text")
    let value = attributes["value"] ?? ""
    guard kind == "radio" || kind == "checkbox" else {
      return add(Field(name: name, kind: kind, value: value))
    }
    let chosen = attributes["checked"] == nil ? "" : value
    guard let index = fields.firstIndex(where: { $0.name == name }) else {
      return add(Field(name: name, kind: kind, value: chosen, options: [value]))
    }
    fields[index].options.append(value)
    if !chosen.isEmpty { fields[index].value = chosen }
  }

  private mutating func add(_ field: Field) {
    if !field.name.isEmpty { fields.append(field) }
  }

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// What a browser sends when nothing was touched.
  var values: [String: String] {
    Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
      .filter { name, value in
        !value.isEmpty || fields.contains { $0.name == name && $0.kind != "radio" && $0.kind != "checkbox" }
      }
  }

  /// Attributes by name; every value of ours stands in double quotes.
  private static func attributes(_ tag: String) -> [String: String] {
    var attributes: [String: String] = [:]
    let pieces = tag.prefix { $0 != ">" }.split(separator: "\"", omittingEmptySubsequences: false)
    for (index, piece) in pieces.enumerated() where index.isMultiple(of: 2) {
      var words = piece.split { $0.isWhitespace }
      if piece.hasSuffix("="), let name = words.popLast(), index + 1 < pieces.count {
        attributes[String(name.dropLast())] = unescaped(String(pieces[index + 1]))
      }
      for word in words { attributes[String(word)] = "" }
    }
    return attributes
  }

  static func unescaped(_ text: String) -> String {
    guard text.contains("&") else { return text }
    return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
