import Accounts
import Antennas
import Basics
import Cases
import Pages

/// What antennas ask of the centre. Values in, markup out.
enum QuestionTemplates {
  static func home(_ day: QuestionDay, on page: Page) -> HTML {
    var lines = HTML.empty
    if day.waiting > 0 {
      let text = page("Questions that wait for the centre: \(day.waiting)")
      let late = day.late > 0 ? page.badge(page("Late: \(day.late)"), .attention, icon: .late) : HTML.empty
      lines += "<p><a href=\"\(QuestionPaths.list(.waiting))\">\(text)</a> \(late)</p>"
    }
    if day.unseen > 0 {
      let text = page("Answers of the centre that nobody has seen: \(day.unseen)")
      lines += "<p><a href=\"\(QuestionPaths.list(.answered))\">\(text)</a></p>"
    }
    return page.section(page("Questions to the centre"), id: "questions", lines)
  }

  static func list(
    _ found: QuestionsFound, _ list: QuestionList, _ names: [AccountID: String], _ territory: Territory,
    on page: Page
  ) -> HTML {
    let filters = QuestionList.allCases.map { item in
      (label: page(item.label), path: QuestionPaths.list(item), isCurrent: item == list)
    }
    let rows = found.lines.map { line -> [HTML] in
      [
        "<a href=\"\(QuestionPaths.show(line.id))\">\(page(line.kind.label))</a>",
        "\(territory.name(of: line.antenna, in: page.reader.language))", page.time(line.askedAt),
        "\(names[line.askedBy] ?? "—")", state(line, on: page),
      ]
    }
    let action =
      page.actor?.antenna == nil
      ? HTML.empty : page.button(page("Ask the centre"), to: QuestionPaths.new, icon: .plus)
    return page.layout(
      page("Questions to the centre"),
      """
      \(page.title(page("Questions to the centre"), actions: action))
      \(page.filters(page("Which questions"), filters))
      \(page.table(
        page(list.label),
        columns: [page("Question"), page("Antenna"), page("Asked"), page("Asked by"), page("State")],
        rows: rows, empty: page.emptyState(page("No question is here."))))
      \(page.pager(next: found.next.map { QuestionPaths.list(list, after: $0) }))
      """)
  }

  private static func state(_ line: QuestionLine, on page: Page) -> HTML {
    if let outcome = line.outcome {
      let badge = page.badge(page(outcome.label), outcome == .granted ? .good : .attention)
      return line.isSeen ? badge : badge + " " + page.badge(page("not seen yet"), .info)
    }
    guard let due = line.due else { return page.badge(page("to be answered"), .info) }
    let day = page.reader.date(due)
    return line.isLate(on: page.today)
      ? page.badge(page("was to be answered by \(day)"), .attention, icon: .late)
      : page.badge(page("to be answered by \(day)"), .info)
  }

  private static func back(on page: Page) -> HTML {
    "<p><a href=\"\(QuestionPaths.list)\">\(page("All questions"))</a></p>"
  }

  static func new(_ days: Int?, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let kinds = Question.Kind.allCases.map { Choice($0.rawValue, page($0.label)) }
    let term =
      days.map {
        page($0, one: "The centre answers within one day.", many: "The centre answers within \($0) days.")
      }
      ?? page("Nobody has set within how many days the centre answers.")
    return page.layout(
      page("Ask the centre"),
      """
      \(page.title(page("Ask the centre"), under: back(on: page)))
      \(page.section(page("Question"), "<p>\(term)</p>" + page.form(QuestionPaths.list, submit: page("Ask it"), errors: errors, """
        \(page.once(typed))
        \(fields.radios("kind", page("What you need"), options: kinds, required: true))
        \(fields.paragraph("words", page("What is asked"), hint: page("Without the name of a person: a case is named by its number below."), required: true, rows: 6))
        \(fields.text("case-number", page("Number of the case"), hint: page("Leave it empty for a question that is about no case."), direction: .ltr, limit: 30))
        """)))
      """)
  }

  static func show(
    _ shown: QuestionShown, _ names: [AccountID: String], _ territory: Territory, _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let (question, line) = (shown.question, shown.question.line)
    let file = shown.file.map { file -> HTML in
      "<a href=\"\(CasePaths.show(file.id))\">\(page.bdi(file.number))</a>"
    }
    let hidden = page("It is about a case that you do not see, or its words are gone.")
    let facts: [(label: String, value: HTML?)] = [
      (page("State"), state(line, on: page)), (page("Case"), file),
      (page("Antenna"), "\(territory.name(of: line.antenna, in: page.reader.language))"),
      (page("Asked by"), "\(names[line.askedBy] ?? "—")"), (page("Asked"), page.time(line.askedAt)),
    ]
    return page.layout(
      page(line.kind.label),
      """
      \(page.title(page(line.kind.label), under: back(on: page)))
      \(page.section(page("Question"), id: "question", page.prose(question.words ?? hidden) + page.facts(facts)))
      \(answered(question, names, hidden, on: page))
      \(answering(shown, typed, errors, on: page))
      """)
  }

  private static func answered(
    _ question: Question, _ names: [AccountID: String], _ hidden: String, on page: Page
  ) -> HTML {
    guard let answered = question.answered else { return .empty }
    let facts: [(label: String, value: HTML?)] = [
      (page("Outcome"), "\(page(answered.outcome.label))"),
      (
        page("Answered by"),
        "\(answered.by == Actor.program.id ? page("the program") : names[answered.by] ?? "—")"
      ), (page("Answered"), page.time(answered.at)),
    ]
    let isOurs = page.actor?.antenna == question.line.antenna
    let seeing =
      isOurs && !question.line.isSeen
      ? page.form(QuestionPaths.seeing(question.line.id), submit: page("We have seen it")) : HTML.empty
    return page.section(
      page("Answer of the centre"), id: "answer",
      page.prose(answered.words ?? hidden) + page.facts(facts) + seeing)
  }

  private static func answering(
    _ shown: QuestionShown, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    guard page.may(.answerQuestions), shown.question.answered == nil, shown.question.words != nil else {
      return .empty
    }
    let fields = FormFields(page, typed: typed, errors: errors)
    let outcomes = Question.Outcome.allCases.map { Choice($0.rawValue, page($0.label)) }
    return page.section(
      page("Answer of the centre"), id: "answer",
      page.form(
        QuestionPaths.answer(shown.question.line.id), submit: page("Answer it"), errors: errors,
        """
        \(fields.radios("outcome", page("Outcome"), options: outcomes, required: true))
        \(fields.paragraph("answer", page("Answer of the centre"), required: true, rows: 6))
        """))
  }
}
