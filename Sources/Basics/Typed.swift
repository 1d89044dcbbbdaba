/// What was typed into a form, by field name, as it came: kept so that nothing has to be typed twice.
package struct Typed: Sendable, Equatable {
  package private(set) var values: [String: [String]]

  package init(_ values: [String: [String]] = [:]) { self.values = values }

  /// What a form for `fields` shows before anyone has typed.
  package init(_ fields: Fields) { values = fields.values.mapValues { [$0] } }

  /// The text of a field without outer white space; empty where it was not sent.
  package subscript(name: String) -> String {
    get { values[name]?.first.map { $0.trimmed } ?? "" }
    set { values[name] = [newValue] }
  }

  /// Every value of a field that may be chosen more than once.
  package func all(_ name: String) -> [String] {
    values[name, default: []].map { $0.trimmed }.filter { !$0.isEmpty }
  }

  /// The same for a form that comes back: nothing was made under the id it came with, and now it has another.
  package var renewed: Typed {
    var typed = self
    typed.values["once"] = nil
    return typed
  }

  package func isChecked(_ name: String) -> Bool { !self[name].isEmpty }
}

extension String {
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
