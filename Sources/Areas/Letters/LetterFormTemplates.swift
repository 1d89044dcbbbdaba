import Basics
import Cases
import Pages
import People

extension LetterTemplates {
  /// The form of a new letter.
  /// - Parameter text: what the letter would say; nil before somebody asked.
  func new(
    _ model: LetterModel, _ opened: OpenedCase, _ text: LetterText?, _ typed: Typed,
    _ errors: [FieldError] = []
  ) -> HTML {
    let file = opened.file
    let language = Language(rawValue: typed["language"]) ?? .french
    let preview = text.map { page.section(page("Preview"), words($0, language, model.channel)) }
    let why = model.channel == .sms ? LetterRules.whyNoSMS(to: opened.person) : nil
    let body: HTML =
      why.map { page.alert(.attention, "<p>\(page($0))</p>") }
      ?? form(model, file, typed, errors, isShown: text != nil)
    return page.layout(
      "\(page("Write a letter")) · \(file.number)",
      """
      \(heading(page("Write a letter"), file, isInside: true))
      <div id="f-model">\(models(model, file))</div>
      \(preview)
      \(page.section(title(model), "\(reach(model.channel, opened.person.person.identity))\(body)"))
      """)
  }

  private func models(_ chosen: LetterModel, _ file: CaseFile) -> HTML {
    let links = knowledge.fit(file.stage == .closed).map { model in
      (
        label: title(model), path: LetterPaths.new(file.id, model.name), isCurrent: model.name == chosen.name
      )
    }
    return page.filters(page("Letter"), links)
  }

  private func form(
    _ model: LetterModel, _ file: CaseFile, _ typed: Typed, _ errors: [FieldError], isShown: Bool
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let inputs = model.fields.map { field -> HTML in
      let label = field.label[page.reader.language] ?? field.name
      switch field.kind {
      case .day: return fields.text(field.name, label, kind: .date, required: true)
      case .time:
        return fields.text(
          field.name, label, hint: page("Hours and minutes, as 9:30."), required: true, direction: .ltr)
      case .text: return fields.text(field.name, label, required: true, direction: .auto, limit: 300)
      }
    }
    let outside = [
      Choice(LetterForm.Recipient.address.rawValue, page("Name and address")),
      Choice(LetterForm.Recipient.name.rawValue, page("Name alone: it is handed over")),
    ]
    let recipient: HTML =
      model.channel == .letter
      ? fields.radios("recipient", page("On the outside"), options: outside, required: true) : .empty
    return page.form(
      LetterPaths.all(file.id), submit: page("Write and keep it"), errors: errors,
      """
      \(page.once(typed))\(page.hidden("model", model.name))
      \(fields.select("language", page("Language of the letter"), options: Language.allCases.map { Choice($0.rawValue, $0.ownName) }, required: true))
      \(inputs)
      \(recipient)
      <p class="buttons"><button class="secondary" name="show" value="yes">\(isShown ? page("Show it again") : page("Show it first"))</button></p>
      """)
  }
}
