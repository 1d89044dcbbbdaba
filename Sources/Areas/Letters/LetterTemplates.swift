import Basics
import Cases
import Pages
import People
import Storage

/// The letters of a case: their list, and one letter.
struct LetterTemplates {
  let knowledge: LetterKnowledge
  let page: Page

  init(_ knowledge: LetterKnowledge, on page: Page) {
    self.knowledge = knowledge
    self.page = page
  }

  func list(_ letters: [Letter], _ opened: OpenedCase) -> HTML {
    let file = opened.file
    let shown = letters.prefix(LetterStore.pageSize)
    let items = shown.map { letter -> HTML in
      """
      <li><p><a href="\(LetterPaths.show(file.id, letter.id))">\(title(letter)) · \(page.reader.time(letter.writtenAt))</a> \
      \(page.badge(letter.language.ownName)) \(state(letter))</p></li>
      """
    }
    let next =
      letters.count > shown.count ? shown.last.map { LetterPaths.all(file.id, after: $0.id) } : nil
    let write =
      page.may(.writeLetters)
      ? page.button(page("Write a letter"), to: LetterPaths.new(file.id), icon: .note) : HTML.empty
    return page.layout(
      "\(page("Letters and messages")) · \(file.number)",
      """
      \(heading(page("Letters and messages"), file, actions: write))
      \(page.section(page("Letters"), items.isEmpty ? page.emptyState(page("No letter was written yet.")) : "<ul class=\"records\">\(items)</ul>\(page.pager(next: next))"))
      """)
  }

  func show(
    _ letter: Letter, _ opened: OpenedCase, by writer: String, _ typed: Typed, _ errors: [FieldError]
  ) -> HTML {
    let file = opened.file
    let mayPrint = letter.channel == .letter && letter.withdrawn == nil
    let pdf: HTML =
      mayPrint
      ? "<p>\(page.button(page("Open the PDF"), to: LetterPaths.pdf(file.id, letter.id), weight: .secondary, isFile: true))</p>"
      : .empty
    let facts = page.facts([
      (page("Written"), "\(page.time(letter.writtenAt)) · \(writer)"),
      (page("Version of the model"), "\(page.bdi(String(letter.version)))"),
      (page("How it went out"), letter.sent.map { "\(page($0.way.label)) · \(page.day($0.on))" }),
      (page("Withdrawn because"), letter.withdrawn.map { "<span dir=\"auto\">\($0)</span>" }),
    ])
    let mayChange = page.may(.writeLetters) && letter.withdrawn == nil
    return page.layout(
      "\(title(letter)) · \(file.number)",
      """
      \(heading(title(letter), file, isInside: true))
      \(page.section(page("What it says"), "\(words(letter.text, letter.language, letter.channel))\(pdf)\(facts)"))
      \(mayChange && letter.sent == nil ? page.section(page("How it went out"), "\(reach(letter.channel, opened.person.person.identity))\(sendForm(letter, file, typed, errors))") : .empty)
      \(mayChange ? page.section(page("Withdraw the letter"), withdrawForm(letter, file, typed, errors)) : .empty)
      """)
  }

  /// What is kept of the way to reach the person; an SMS is sent by hand, to a number that stands here.
  func reach(_ channel: Letter.Channel, _ identity: Identity) -> HTML {
    let phones = identity.phones.map { page.bdi($0) }
    let safe = identity[.safeWay].map { page.prose($0) }
    let known: [(String, HTML?)] = [
      (page("Phones"), channel == .sms && !phones.isEmpty ? "\(phones.map { "\($0) " as HTML })" : nil),
      (page("A safe way to reach the person"), safe),
    ]
    return page.facts(known.map { (label: $0.0, value: $0.1) })
  }

  /// The letter as it reads, in its own direction: what stands outside apart from what stands inside.
  func words(_ text: LetterText, _ language: Language, _ channel: Letter.Channel) -> HTML {
    let own = "lang=\"\(language.rawValue)\" dir=\"\(language.isRightToLeft ? "rtl" : "ltr")\"" as HTML
    let parts = text.paragraphs.map { "<p class=\"prose\">\($0)</p>" as HTML }
    if channel == .sms { return "<div \(own)>\(parts)</div>\(size(text.body))" }
    let outside = text.recipient.split(separator: "\n").map { "<bdi>\(String($0))</bdi><br>" as HTML }
    return """
      \(page.facts([(page("On the outside"), "\(outside)")]))
      <div class="wide" \(own)><p><strong>\(text.subject)</strong></p>\(parts)</div>
      """
  }

  /// Kept for sending by hand, and how long it is.
  private func size(_ body: String) -> HTML {
    let (count, units, isUnicode) = LetterRules.segments(of: body)
    let size = page(count, one: "One SMS", many: "\(count) SMS")
    let code = isUnicode ? "UCS-2" : "GSM-7"
    return page.alert(
      .info,
      """
      <p>\(page("This message is kept here to be sent by hand, from a telephone of the service: the program sends nothing itself."))</p>
      <p>\(size) · \(page("Characters counted in \(code): \(units)"))</p>
      """)
  }

  private func sendForm(_ letter: Letter, _ file: CaseFile, _ typed: Typed, _ errors: [FieldError]) -> HTML {
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

  private func withdrawForm(_ letter: Letter, _ file: CaseFile, _ typed: Typed, _ errors: [FieldError])
    -> HTML
  {
    let mine = errors.filter { $0.field == "why" }
    let fields = FormFields(page, typed: typed, errors: mine)
    return page.form(
      LetterPaths.withdrawal(file.id, letter.id), submit: page("Withdraw the letter"), errors: mine,
      weight: .secondary, fields.text("why", page("Reason"), required: true, direction: .auto, limit: 500))
  }

  private func state(_ letter: Letter) -> HTML {
    if letter.withdrawn != nil { return page.badge(page("withdrawn")) }
    return letter.sent.map { page.badge(page($0.way.label), .good) } ?? page.badge(page("not sent yet"))
  }

  /// The title of its model; of a model that is no more, the letter's own subject.
  private func title(_ letter: Letter) -> String {
    knowledge.find(letter.model).map(title) ?? letter.text.subject
  }

  func title(_ model: LetterModel) -> String { model.title[page.reader.language] ?? model.name }

  func heading(_ text: String, _ file: CaseFile, isInside: Bool = false, actions: HTML = .empty) -> HTML {
    let letters: HTML =
      isInside ? " · <a href=\"\(LetterPaths.all(file.id))\">\(page("Letters and messages"))</a>" : .empty
    return page.title(
      text,
      under:
        "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a>\(letters)</p>",
      actions: actions)
  }
}
