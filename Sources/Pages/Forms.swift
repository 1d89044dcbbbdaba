import Basics

extension Page {
  /// How a form's button looks.
  package enum Weight: String, Sendable { case primary, secondary, quiet }

  /// A form that changes something. Errors are listed on top, each a link to its field.
  /// - Parameters:
  ///   - record: as in `FormFields`.
  ///   - bringsFile: one of its fields is a file.
  ///   - attributes: more of the form's own attributes, each after a space.
  package func form(
    _ action: String, submit: String, errors: [FieldError] = [], about record: String? = nil,
    weight: Weight = .primary, bringsFile: Bool = false, attributes: HTML = .empty,
    _ fields: HTML = .empty
  ) -> HTML {
    """
    <form method="post" action="\(action)" class="\(fields.isEmpty ? "act" : "sheet")"\
    \(attribute: "enctype", bringsFile ? "multipart/form-data" : nil)\(attributes) novalidate>
    \(errorSummary(errors, record.map { "-\($0)" } ?? ""))\(hidden("csrf", csrf))\
    \(isAnswer ? hidden("page", path) : .empty)\(fields)
    <p class="buttons"><button class="\(weight.rawValue)">\(submit)</button></p>
    </form>
    """
  }

  package func hidden(_ name: String, _ value: String) -> HTML {
    "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
  }

  /// The id under which the record will be made: the same form sent twice makes one record.
  package func once<Record>(_ id: RecordID<Record>, name: String = "once") -> HTML { hidden(name, id.text) }

  /// The id of a form that was typed before, or a new one.
  package func once(_ typed: Typed, name: String = "once") -> HTML {
    once(RecordID<Page>(typed[name]) ?? RecordID<Page>(), name: name)
  }

  /// What needs mending, on top of a form, each a link to its field.
  package func errorSummary(_ errors: [FieldError], _ mark: String = "") -> HTML {
    guard !errors.isEmpty else { return .empty }
    let list = errors.map { "<li><a href=\"#f-\($0.field)\(mark)\">\(self($0.message))</a></li>" as HTML }
    return """
      <div class="summary" role="alert"><p>\(self(errors.count, one: "One thing needs mending:", many: "\(errors.count) things need mending:"))</p>\
      <ul>\(list)</ul></div>
      """
  }

  /// A form that waits, closed, until its act is wanted; open when it came back with errors.
  package func disclosure(
    _ title: String, icon: Icon? = nil, isOpen: Bool = false, id: String? = nil, _ body: HTML
  ) -> HTML {
    """
    <details class="act"\(attribute: "id", id)\(attribute: "open", if: isOpen)><summary>\(icon.map(assets.svg))\
    <span>\(title)</span></summary>\(body)</details>
    """
  }
}
