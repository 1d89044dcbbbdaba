import Basics
import Cases
import Pages
import Storage

/// The letters of a case: their list, the form, one letter.
enum LetterTemplates {
  static func list(_ letters: [Letter], _ opened: OpenedCase, on page: Page) -> HTML {
    let file = opened.file
    let shown = letters.prefix(LetterStore.pageSize)
    let items = shown.map { letter -> HTML in
      """
      <li><p><a href="\(LetterPaths.show(file.id, letter.id))">\(title(letter.model, on: page)) · \
      \(page.reader.time(letter.writtenAt))</a> \(page.badge(letter.language.ownName)) \(state(letter, on: page))</p></li>
      """
    }
    let links = LetterModels.all.map { model -> HTML in
      "<li><a href=\"\(LetterPaths.new(file.id, model.name))\">\(title(model.name, on: page))</a></li>"
    }
    let next =
      letters.count > shown.count ? shown.last.map { LetterPaths.all(file.id, after: $0.id) } : nil
    return page.layout(
      "\(page("Letters")) · \(file.number)",
      """
      \(heading(page("Letters"), file, on: page))
      \(page.section(page("Letters and messages"), items.isEmpty ? page.emptyState(page("No letter was written yet.")) : "<ul class=\"records\">\(items)</ul>\(page.pager(next: next))"))
      \(page.may(.writeLetters) ? page.section(page("Write a letter"), "<ul class=\"records\">\(links)</ul>") : .empty)
      """)
  }

  /// - Parameter text: what the letter would say; nil before somebody asked.
  static func new(
    _ file: CaseFile, _ text: LetterText?, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let model = LetterModels.find(typed["model"])
    let name = title(typed["model"], on: page)
    let shown = text.map { text -> HTML in
      let language = Language(rawValue: typed["language"]) ?? .french
      let save = page.form(
        LetterPaths.all(file.id), submit: page("Write and keep it"),
        "\(page.once(typed))\(kept(typed, model, on: page))")
      return page.section(
        page("Preview"), "\(words(text, language, model?.channel ?? .letter, on: page))\(save)")
    }
    let fields = FormFields(page, typed: typed, errors: errors)
    let inputs = (model?.fields ?? []).map { field -> HTML in
      let label = field.label[page.reader.language] ?? field.name
      switch field.kind {
      case .day: return fields.text(field.name, label, kind: .date, required: true)
      case .time:
        return fields.text(
          field.name, label, hint: page("Hours and minutes, as 9:30."), required: true, direction: .ltr)
      case .text: return fields.text(field.name, label, required: true, direction: .auto, limit: 300)
      }
    }
    let form = page.form(
      LetterPaths.preview(file.id), submit: page("Show the letter"), errors: errors,
      weight: text == nil ? .primary : .secondary,
      """
      \(page.once(typed))
      \(fields.select("model", page("Letter"), options: LetterModels.all.map { Choice($0.name, title($0.name, on: page)) }, required: true))
      \(fields.select("language", page("Language of the letter"), options: Language.allCases.map { Choice($0.rawValue, $0.ownName) }, required: true))
      \(inputs)
      """)
    return page.layout(
      "\(page("Write a letter")) · \(file.number)",
      """
      \(heading(name.isEmpty ? page("Write a letter") : name, file, isInside: true, on: page))
      \(shown)
      \(page.section(text == nil ? page("Write a letter") : page("Change it"), form))
      """)
  }

  private static func kept(_ typed: Typed, _ model: LetterModel?, on page: Page) -> HTML {
    let names = ["model", "language"] + (model?.fields.map(\.name) ?? [])
    return "\(names.map { page.hidden($0, typed[$0]) })"
  }

  static func show(
    _ letter: Letter, _ file: CaseFile, by writer: String, _ typed: Typed, _ errors: [FieldError],
    on page: Page
  ) -> HTML {
    let pdf: HTML =
      letter.channel == .letter
      ? "<p>\(page.button(page("Open the PDF"), to: LetterPaths.pdf(file.id, letter.id), weight: .secondary))</p>"
      : .empty
    let facts = page.facts([
      (page("Written"), "\(page.reader.time(letter.writtenAt)) · \(writer)"),
      (page("Version of the model"), "\(letter.version)"),
      (page("How it went out"), letter.sent.map { "\(page($0.way.label)) · \(page.day($0.on))" }),
      (page("Withdrawn because"), letter.withdrawn.map { "<span dir=\"auto\">\($0)</span>" }),
    ])
    let mayChange = page.may(.writeLetters) && letter.withdrawn == nil
    return page.layout(
      "\(title(letter.model, on: page)) · \(file.number)",
      """
      \(heading(title(letter.model, on: page), file, isInside: true, on: page))
      \(page.section(page("What it says"), "\(words(letter.text, letter.language, letter.channel, on: page))\(pdf)\(facts)"))
      \(mayChange && letter.sent == nil ? page.section(page("How it went out"), sendForm(letter, file, typed, errors, on: page)) : .empty)
      \(mayChange ? page.section(page("Withdraw the letter"), withdrawForm(letter, file, typed, errors, on: page)) : .empty)
      """)
  }

  private static func words(
    _ text: LetterText, _ language: Language, _ channel: Letter.Channel, on page: Page
  ) -> HTML {
    let direction = language.isRightToLeft ? "rtl" : "ltr"
    let parts = text.body.split(separator: "\n\n").map { part -> HTML in
      let lines = part.split(separator: "\n").map { "\(String($0))<br>" as HTML }
      return "<p>\(lines)</p>"
    }
    let (count, isUnicode) = LetterRules.segments(of: text.body)
    let size: HTML =
      channel == .sms
      ? """
      <p class="faint">\(page(count, one: "One SMS", many: "\(count) SMS")) · \
      \(isUnicode ? page("with letters that halve its length") : page("in plain letters"))</p>
      """ : .empty
    return """
      <div lang="\(language.rawValue)" dir="\(direction)"><p><strong>\(text.subject)</strong></p>\(parts)</div>\(size)
      """
  }

  private static func sendForm(
    _ letter: Letter, _ file: CaseFile, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let mine = errors.filter { ["way", "sent-on"].contains($0.field) }
    let fields = FormFields(page, typed: typed, errors: mine)
    let ways = LetterRules.ways(of: letter.channel).map { Choice($0.rawValue, page($0.label)) }
    return page.form(
      LetterPaths.sent(file.id, letter.id), submit: page("Record it"), errors: mine,
      """
      <p>\(page("This program sends nothing itself: record what you did."))</p>
      \(fields.select("way", page("Way"), options: ways, required: true))
      \(fields.text("sent-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
      """)
  }

  private static func withdrawForm(
    _ letter: Letter, _ file: CaseFile, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let mine = errors.filter { $0.field == "why" }
    let fields = FormFields(page, typed: typed, errors: mine)
    return page.form(
      LetterPaths.withdrawal(file.id, letter.id), submit: page("Withdraw the letter"), errors: mine,
      weight: .secondary, fields.text("why", page("Reason"), required: true, direction: .auto, limit: 500))
  }

  static func noPaper(_ file: CaseFile, on page: Page) -> HTML {
    page.layout(
      file.number,
      "\(heading(page("Letters"), file, isInside: true, on: page))\(page.alert(.attention, "<p>\(page("No PDF can be made here"))</p>"))"
    )
  }

  private static func state(_ letter: Letter, on page: Page) -> HTML {
    if letter.withdrawn != nil { return page.badge(page("withdrawn")) }
    return letter.sent.map { page.badge(page($0.way.label), .good) } ?? page.badge(page("not sent yet"))
  }

  private static func title(_ model: String, on page: Page) -> String {
    LetterModels.find(model)?.title[page.reader.language] ?? model
  }

  private static func heading(_ text: String, _ file: CaseFile, isInside: Bool = false, on page: Page) -> HTML
  {
    let letters: HTML =
      isInside ? " · <a href=\"\(LetterPaths.all(file.id))\">\(page("Letters"))</a>" : .empty
    return page.title(
      text,
      under:
        "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a>\(letters)</p>"
    )
  }
}
