import Basics

/// The fields of one form: what was typed stands in them again, what is wrong stands beside them.
package struct FormFields: Sendable {
  package enum Kind: String, Sendable {
    case text, search, tel, email, password, number, date
    /// A one-time code: digits, no autocorrection.
    case code
  }

  package enum Direction: String, Sendable { case auto, ltr, rtl }

  let page: Page
  let typed: Typed
  let errors: [FieldError]
  let mark: String

  /// - Parameter record: what the form is about, where one page shows such a form for several: ids stand only once.
  package init(
    _ page: Page, typed: Typed = Typed(), errors: [FieldError] = [], about record: String? = nil
  ) {
    self.page = page
    self.typed = typed
    self.errors = errors
    mark = record.map { "-\($0)" } ?? ""
  }

  /// One line of text.
  package func text(
    _ name: String, _ label: String, hint: String? = nil, kind: Kind = .text, required: Bool = false,
    direction: Direction? = nil, autocomplete: String? = nil, limit: Int = 200, list: String? = nil
  ) -> HTML {
    let isCode = kind == .code
    let value = kind == .password ? "" : typed[name]
    return field(name, label, hint, required: required) { described in
      """
      <input id="f-\(name)\(mark)" name="\(name)" type="\(isCode ? "text" : kind.rawValue)" value="\(value)"\
      \(attribute: "maxlength", kind == .number || kind == .date ? nil : String(limit))\
      \(attribute: "inputmode", isCode ? "numeric" : nil)\
      \(attribute: "dir", direction?.rawValue)\(attribute: "autocomplete", isCode ? "one-time-code" : autocomplete)\
      \(attribute: "list", list)\(attribute: "aria-describedby", described)\
      \(attribute: "aria-invalid", message(name) == nil ? nil : "true")\(attribute: "required", if: required)>
      """
    }
  }

  /// A file from the reader's own machine.
  /// - Parameter accept: kinds of file that are offered first: `.csv,.xlsx`.
  package func file(_ name: String, _ label: String, hint: String? = nil, accept: String) -> HTML {
    field(name, label, hint, required: true) { described in
      """
      <input id="f-\(name)\(mark)" name="\(name)" type="file" accept="\(accept)"\
      \(attribute: "aria-describedby", described)\(attribute: "aria-invalid", message(name) == nil ? nil : "true") required>
      """
    }
  }

  /// Several lines of text.
  package func paragraph(
    _ name: String, _ label: String, hint: String? = nil, required: Bool = false, rows: Int = 4,
    limit: Int = 10_000
  ) -> HTML {
    field(name, label, hint, required: required) { described in
      """
      <textarea id="f-\(name)\(mark)" name="\(name)" rows="\(rows)" dir="auto" maxlength="\(limit)"\
      \(attribute: "aria-describedby", described)\(attribute: "aria-invalid", message(name) == nil ? nil : "true")\
      \(attribute: "required", if: required)>\(typed[name])</textarea>
      """
    }
  }

  /// One of many.
  package func select(
    _ name: String, _ label: String, options: [Choice], hint: String? = nil, required: Bool = false
  ) -> HTML {
    let chosen = typed[name]
    let list = options.map { option -> HTML in
      "<option value=\"\(option.value)\"\(attribute: "selected", if: option.value == chosen)>\(option.label)</option>"
    }
    return field(name, label, hint, required: required) { described in
      """
      <select id="f-\(name)\(mark)" name="\(name)"\(attribute: "aria-describedby", described)\
      \(attribute: "aria-invalid", message(name) == nil ? nil : "true")\(attribute: "required", if: required)>\
      <option value="">\(page("Choose"))</option>\(list)</select>
      """
    }
  }

  /// One of a few, all in sight.
  package func radios(
    _ name: String, _ label: String, options: [Choice], hint: String? = nil, required: Bool = false
  ) -> HTML {
    choices(name, label, options, hint, required: required, type: "radio", chosen: [typed[name]])
  }

  /// Any number of a few.
  package func checkboxes(_ name: String, _ label: String, options: [Choice], hint: String? = nil) -> HTML {
    choices(name, label, options, hint, required: false, type: "checkbox", chosen: Set(typed.all(name)))
  }

  package func checkbox(_ name: String, _ label: String) -> HTML {
    """
    <p class="check"><input id="f-\(name)\(mark)" name="\(name)" type="checkbox" value="yes"\
    \(attribute: "checked", if: typed.isChecked(name))><label for="f-\(name)\(mark)">\(label)</label></p>
    """
  }

  /// Fields that belong together, under a legend.
  package func group(_ legend: String, _ fields: HTML) -> HTML {
    "<fieldset><legend>\(legend)</legend><div class=\"fields\">\(fields)</div></fieldset>"
  }

  /// Fields that few need: closed until asked for, open when one of `names` is filled or wrong.
  package func more(_ title: String, names: [String], _ fields: HTML) -> HTML {
    let isOpen = names.contains { !typed[$0].isEmpty || message($0) != nil }
    return """
      <details class="more"\(attribute: "open", if: isOpen)><summary>\(title)</summary><div class="fields">\(fields)</div></details>
      """
  }

  private func choices(
    _ name: String, _ label: String, _ options: [Choice], _ hint: String?, required: Bool, type: String,
    chosen: Set<String>
  ) -> HTML {
    let list = options.enumerated().map { index, option -> HTML in
      """
      <label class="option"><input id="f-\(name)\(mark)\(index == 0 ? "" : "-\(index)")" name="\(name)" type="\(type)" \
      value="\(option.value)"\(attribute: "checked", if: chosen.contains(option.value))>\
      <span>\(option.label)</span></label>
      """
    }
    return """
      <fieldset class="field choices\(message(name) == nil ? "" : " wrong")"\
      \(attribute: "aria-describedby", described(name, hint))><legend>\(label)\(optionalMark(required))</legend>\
      \(hintLine(name, hint))\(errorLine(name))<div class="options">\(list)</div></fieldset>
      """
  }

  private func field(
    _ name: String, _ label: String, _ hint: String?, required: Bool, _ input: (String?) -> HTML
  )
    -> HTML
  {
    """
    <div class="field\(message(name) == nil ? "" : " wrong")"><label for="f-\(name)\(mark)">\(label)\(optionalMark(required))</label>\
    \(hintLine(name, hint))\(errorLine(name))\(input(described(name, hint)))</div>
    """
  }

  /// The ids of what stands beside a field, for a screen reader.
  private func described(_ name: String, _ hint: String?) -> String? {
    switch (hint != nil, message(name) != nil) {
    case (true, true): "h-\(name)\(mark) e-\(name)\(mark)"
    case (true, false): "h-\(name)\(mark)"
    case (false, true): "e-\(name)\(mark)"
    case (false, false): nil
    }
  }

  private func hintLine(_ name: String, _ hint: String?) -> HTML {
    hint.map { "<p class=\"hint\" id=\"h-\(name)\(mark)\">\($0)</p>" } ?? .empty
  }

  /// Few fields are compulsory: those are marked.
  private func optionalMark(_ required: Bool) -> HTML {
    required ? " <span class=\"must\">\(page("(needed)"))</span>" : .empty
  }

  private func message(_ name: String) -> Phrase? { errors.first { $0.field == name }?.message }

  private func errorLine(_ name: String) -> HTML {
    guard let message = message(name) else { return .empty }
    return """
      <p class="error" id="e-\(name)\(mark)">\(page.assets.svg(.late))<span>\(page(message))</span></p>
      """
  }
}

/// One answer that a field offers.
package struct Choice: Sendable, Equatable {
  package let value: String
  package let label: String

  package init(_ value: String, _ label: String) {
    self.value = value
    self.label = label
  }
}
