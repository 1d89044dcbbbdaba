import Basics
import Cases
import Pages

/// Everything the page of a drawn file shows.
struct ReviewEntryView {
  let opened: OpenedEntry
  /// Nil where its version is not known any more.
  let checklist: ReviewChecklist?
  let names: [AccountID: String]
  let reading: (typed: Typed, errors: [FieldError])
  let finding: (typed: Typed, errors: [FieldError])

  /// What the form shows of a reading that was saved before.
  static func typed(_ reading: ReviewReading?) -> Typed {
    guard let reading else { return Typed() }
    var values: [String: [String]] = ["version": [String(reading.version)]]
    for (item, answer) in reading.answers { values["answer-\(item)"] = [answer.rawValue] }
    for (item, words) in reading.words { values["words-\(item)"] = [words] }
    return Typed(values)
  }
}

/// A drawn file: its questions, their answers, what is to be mended. Values in, markup out.
enum ReviewEntryTemplates {
  static func show(_ view: ReviewEntryView, on page: Page) -> HTML {
    let opened = view.opened
    let title = page("Review of the file \(opened.number)")
    let back: HTML =
      "<p><a href=\"\(ReviewPaths.round(opened.round.id))\">\(page("To the list of files"))</a></p>"
    return page.layout(
      title,
      """
      \(page.title(title, under: back))
      \(page.section(page("File"), id: "file", facts(view, on: page)))
      \(form(view, on: page))
      \(answers(view, on: page))
      \(findings(view, on: page))
      """)
  }

  private static func facts(_ view: ReviewEntryView, on page: Page) -> HTML {
    let opened = view.opened
    let number = page.bdi(opened.number)
    let file: HTML =
      opened.file.map { "<a href=\"\(CasePaths.show($0.id))\">\(number)</a>" }
      ?? "\(number) \(page.badge(page("Its person was erased.")))"
    let readers = opened.readings.map { reading -> HTML in
      let name = view.names[reading.rater] ?? "—"
      let state =
        reading.doneAt == nil
        ? page.badge(page("in hand"), .info) : page.badge(page("completed"), .good, icon: .done)
      return "<li>\(name) \(state)</li>"
    }
    let note: HTML =
      opened.isBarred && opened.file != nil && opened.own(of: page.actor) == nil
      ? page.alert(.info, "<p>\(page("You had this file in hand: a colleague reviews it."))</p>") : .empty
    return page.facts([
      (page("Case"), file),
      (page("Reviewed by"), readers.isEmpty ? "\(page("nobody yet"))" : "<ul>\(readers)</ul>"),
      (page("Checklist"), "\(page("version \(opened.round.checklist)"))"),
    ]) + note
  }

  private static func form(_ view: ReviewEntryView, on page: Page) -> HTML {
    let opened = view.opened
    let own = opened.own(of: page.actor)
    guard let checklist = view.checklist, opened.file != nil, own?.doneAt == nil,
      own != nil || opened.mayBegin
    else { return .empty }
    let (typed, errors) = view.reading
    let fields = FormFields(page, typed: typed, errors: errors)
    let choices = ReviewReading.Answer.allCases.map { Choice($0.rawValue, page($0.label)) }
    let questions = checklist.items.map { item -> HTML in
      let name = item.name[page.reader.language] ?? item.code
      return fields.radios("answer-\(item.code)", name, options: choices)
        + fields.text("words-\(item.code)", page("In words"), direction: .auto, limit: 2_000)
    }
    let version = typed["version"].isEmpty ? "0" : typed["version"]
    return page.section(
      page("Your answers"), id: "reading",
      "<p>\(page("Look at the file and answer from what stands in it. A “no” needs words. Until your answers are complete nobody else reads them."))</p>"
        + page.form(
          ReviewPaths.reading(opened.entry.id), submit: page("Save"), errors: errors,
          """
          \(page.once(typed))\(page.hidden("version", version))
          \(questions)
          \(fields.checkbox("done", page("My answers are complete; they are not changed any more.")))
          """))
  }

  private static func answers(_ view: ReviewEntryView, on page: Page) -> HTML {
    let opened = view.opened
    let shown = opened.open.filter { $0.doneAt != nil }
    guard let checklist = view.checklist, !shown.isEmpty else {
      return opened.readings.contains { $0.doneAt != nil }
        ? page.section(
          page("Answers"), id: "answers",
          "<p>\(page("What others answered is shown once everybody has answered."))</p>") : .empty
    }
    let rows = checklist.items.map { item -> [HTML] in
      let cells = shown.map { reading -> HTML in
        let words = reading.words[item.code].map { page.prose($0) } ?? .empty
        return "\(reading.answers[item.code].map { page($0.label) } ?? "—")\(words)"
      }
      return ["\(item.name[page.reader.language] ?? item.code)"] + cells
    }
    let waiting: HTML =
      opened.isSettled
      ? .empty : "<p>\(page("What others answered is shown once everybody has answered."))</p>"
    return page.section(
      page("Answers"), id: "answers",
      waiting
        + page.table(
          page("Answers"), columns: [page("Question")] + shown.map { view.names[$0.rater] ?? "—" },
          rows: rows, empty: .empty))
  }

  private static func findings(_ view: ReviewEntryView, on page: Page) -> HTML {
    let opened = view.opened
    guard opened.isSettled, let checklist = view.checklist else { return .empty }
    let language = page.reader.language
    let rows = opened.findings.map { finding -> [HTML] in
      [
        "\(checklist.item(finding.item)?.name[language] ?? finding.item)",
        finding.words.map { page.prose($0) } ?? "—", "\(page(finding.to.label))",
        ReviewTemplates.state(finding, on: page),
      ]
    }
    let list = page.table(
      page("Findings"),
      columns: [page("Question"), page("What is to be mended"), page("For whom"), page("State")], rows: rows,
      empty: page.emptyState(page("Nothing is to be mended so far.")))
    guard !opened.isBarred else { return page.section(page("Findings"), id: "findings", list) }
    let (typed, errors) = view.finding
    let fields = FormFields(page, typed: typed, errors: errors)
    let items = checklist.items.map { Choice($0.code, $0.name[language] ?? $0.code) }
    let receivers = ReviewFinding.Receiver.allCases.map { Choice($0.rawValue, page($0.label)) }
    let form = page.disclosure(
      page("Something is to be mended"), icon: .plus, isOpen: !errors.isEmpty, id: "giving",
      page.form(
        ReviewPaths.giving(opened.entry.id), submit: page("Give it as a task"), errors: errors,
        """
        \(page.once(typed))
        \(fields.select("item", page("Question"), options: items, required: true))
        \(fields.paragraph("words", page("What is to be mended"), required: true))
        \(fields.radios("to", page("For whom"), options: receivers, required: true))
        \(fields.text("due", page("Due"), kind: .date, required: true))
        """))
    return page.section(page("Findings"), id: "findings", list + form)
  }
}
