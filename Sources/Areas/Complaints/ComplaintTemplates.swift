import Accounts
import Antennas
import Basics
import Cases
import Pages

/// Everything the page of a complaint shows.
struct ComplaintView {
  let shown: ComplaintShown
  let names: [AccountID: String]
  let territory: Territory
  let typed: Typed
  let errors: [FieldError]

  func name(_ id: AccountID?) -> HTML? { id.map { "\(names[$0] ?? "—")" } }
}

/// What persons complain of. Values in, markup out.
enum ComplaintTemplates {
  static func list(
    _ found: ComplaintsFound, _ list: ComplaintList, _ names: [AccountID: String], _ territory: Territory,
    on page: Page
  ) -> HTML {
    let lists = page.may(.answerComplaints) ? ComplaintList.allCases : [.mine]
    let filters = lists.map { (label: page($0.label), path: ComplaintPaths.list($0), isCurrent: $0 == list) }
    let rows = found.lines.map { line -> [HTML] in
      [
        "<a href=\"\(ComplaintPaths.show(line.id))\">\(title(line, on: page))\(page.reader.colon) \(page(line.kind.label))</a>",
        "\(territory.name(of: line.antenna, in: page.reader.language))",
        "\(page.reader.date(line.receivedOn))", state(line, found.terms, on: page),
        "\(line.handler.map { names[$0] ?? "—" } ?? page("nobody yet"))",
      ]
    }
    let terms: HTML =
      page.may(.answerComplaints)
      ? " · <a href=\"\(ComplaintPaths.terms)\">\(page("Days to answer"))</a> · <a href=\"\(ComplaintPaths.figures)\">\(page("Figures on complaints"))</a>"
      : .empty
    return page.layout(
      page("Complaints"),
      """
      \(page.title(page("Complaints"), under: "<p><a href=\"\(ComplaintPaths.new)\">\(page("Record a complaint"))</a>\(terms)</p>"))
      \(page.filters(page("Which complaints"), filters))
      \(page.table(
        page(list.label),
        columns: [page("Complaint"), page("Antenna"), page("Received on"), page("State"), page("Handled by")],
        rows: rows, empty: page.emptyState(page("No complaint is here."))))
      \(page.pager(next: found.next.map { ComplaintPaths.list(list, after: $0) }))
      """)
  }

  private static func title(_ line: ComplaintLine, on page: Page) -> String {
    line.appealOf == nil ? page("Complaint") : page("Appeal")
  }

  private static func state(_ line: ComplaintLine, _ terms: [ComplaintTerm], on page: Page) -> HTML {
    if let outcome = line.outcome { return page.badge(page(outcome.label), .good) }
    guard let due = ComplaintRules.due(line, terms) else {
      return page.badge(page("to be answered"), .info)
    }
    let day = page.reader.date(due)
    return due < page.today
      ? page.badge(page("was to be answered by \(day)"), .attention, icon: .late)
      : page.badge(page("to be answered by \(day)"), .info)
  }

  static func new(
    _ staff: [Account], _ territory: Territory, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let language = page.reader.language
    let persons = staff.map { Choice($0.id.text, $0.name) }
    let antenna: HTML =
      page.actor?.antenna == nil
      ? fields.select(
        "antenna", page("Antenna"),
        options: territory.antennas.map {
          Choice($0.id.rawValue, territory.name(of: $0.id, in: language))
        },
        required: true) : .empty
    let kinds = Complaint.Kind.allCases.map { Choice($0.rawValue, page($0.label)) }
    let channels = Complaint.Channel.allCases.map { Choice($0.rawValue, page($0.label)) }
    let languages = Language.allCases.map { Choice($0.rawValue, $0.ownName) }
    return page.layout(
      page("Record a complaint"),
      """
      \(page.title(page("Record a complaint"), under: "<p><a href=\"\(ComplaintPaths.list)\">\(page("All complaints"))</a></p>"))
      \(page.section(page("Complaint"), page.form(ComplaintPaths.list, submit: page("Record it"), errors: errors, """
        \(page.once(typed))
        \(fields.text("case-number", page("Number of the case"), hint: page("Leave it empty for a person without a case, or who does not say who she is."), direction: .ltr, limit: 30))
        \(antenna)
        \(fields.select("kind", page("What it is about"), options: kinds, required: true))
        \(fields.select("channel", page("How it came"), options: channels, required: true))
        \(fields.select("language", page("Language of the answer"), options: languages, required: true))
        \(fields.text("received-on", page("Received on"), hint: page("Empty: today."), kind: .date))
        \(fields.paragraph("words", page("What is complained of"), required: true, rows: 6))
        \(fields.select("about", page("Complained of"), options: persons, hint: page("She will neither find nor read it.")))
        \(fields.select("decided-by", page("Who took the contested decision"), options: persons, hint: page("She will neither find nor read it.")))
        """)))
      """)
  }

  static func show(_ view: ComplaintView, on page: Page) -> HTML {
    let (shown, complaint, line) = (view.shown, view.shown.complaint, view.shown.complaint.line)
    let file = shown.file.map { file -> HTML in
      "<a href=\"\(CasePaths.show(file.id))\">\(page.bdi(file.number))</a>"
    }
    let facts: [(label: String, value: HTML?)] = [
      (page("State"), state(line, shown.terms, on: page)), (page("Case"), file),
      (page("Antenna"), "\(view.territory.name(of: line.antenna, in: page.reader.language))"),
      (page("How it came"), "\(page(line.channel.label))"),
      (page("Language of the answer"), "\(line.language.ownName)"),
      (page("Received on"), "\(page.reader.date(line.receivedOn))"),
      (page("Recorded by"), view.name(line.recordedBy)), (page("Complained of"), view.name(line.about)),
      (page("Who took the contested decision"), view.name(line.decidedBy)),
      (page("Handled by"), view.name(line.handler) ?? "\(page("nobody yet"))"),
    ]
    let title = title(line, on: page)
    return page.layout(
      "\(title): \(page(line.kind.label))",
      """
      \(page.title("\(title): \(page(line.kind.label))", under: "<p><a href=\"\(ComplaintPaths.list)\">\(page("All complaints"))</a></p>"))
      \(page.section(title, page.facts(facts) + page.prose(complaint.words ?? page("It was erased with the person."))))
      \(chain(shown, on: page))
      \(taking(line, on: page))
      \(answering(view, on: page))
      \(answered(complaint, view, on: page))
      \(appeal(view, on: page))
      """)
  }

  private static func chain(_ shown: ComplaintShown, on page: Page) -> HTML {
    if let appeal = shown.appeal {
      return "<p><a href=\"\(ComplaintPaths.show(appeal))\">\(page("To the appeal"))</a></p>"
    }
    if let first = shown.complaint.line.appealOf {
      return "<p><a href=\"\(ComplaintPaths.show(first))\">\(page("To the first answer"))</a></p>"
    }
    return .empty
  }

  private static func taking(_ line: ComplaintLine, on page: Page) -> HTML {
    guard let actor = page.actor, ComplaintRules.mayTake(line, actor) else { return .empty }
    return page.section(
      page("Who handles it"), id: "taking",
      page.form(ComplaintPaths.taking(line.id), submit: page("I handle it"), .empty))
  }

  private static func answering(_ view: ComplaintView, on page: Page) -> HTML {
    let line = view.shown.complaint.line
    guard let actor = page.actor, ComplaintRules.mayAnswer(line, actor) else { return .empty }
    let fields = FormFields(page, typed: view.typed, errors: view.errors)
    let outcomes = Complaint.Outcome.allCases.map { Choice($0.rawValue, page($0.label)) }
    return page.section(
      page("Answer"), id: "answer",
      page.form(
        ComplaintPaths.answer(line.id), submit: page("Answer it"), errors: view.errors,
        """
        \(fields.radios("outcome", page("Outcome"), options: outcomes, required: true))
        \(fields.paragraph("reason", page("Reason"), hint: page("For the file: what was found, and by which rule."), required: true))
        \(fields.paragraph("answer", page("Answer to the person"), hint: page("In this language: \(line.language.ownName)"), required: true, rows: 8))
        """))
  }

  private static func answered(_ complaint: Complaint, _ view: ComplaintView, on page: Page) -> HTML {
    guard let answered = complaint.answered else { return .empty }
    let erased = page("It was erased with the person.")
    return page.section(
      page("Answer"), id: "answer",
      page.facts([
        (page("Outcome"), "\(page(answered.outcome.label))"), (page("Answered by"), view.name(answered.by)),
        (page("Answered"), page.time(answered.at)),
        (page("Reason"), page.prose(answered.answer?.reason ?? erased)),
        (page("Answer to the person"), page.prose(answered.answer?.words ?? erased)),
      ])
        + (answered.answer == nil
          ? .empty
          : "<p class=\"buttons\"><a href=\"\(ComplaintPaths.paper(complaint.id))\" download>\(page("The answer as PDF"))</a></p>")
    )
  }

  private static func appeal(_ view: ComplaintView, on page: Page) -> HTML {
    let line = view.shown.complaint.line
    guard ComplaintRules.mayAppeal(line), view.shown.appeal == nil,
      view.shown.complaint.answered?.by != page.actor?.id
    else { return .empty }
    let fields = FormFields(page, typed: view.typed, errors: view.errors)
    return page.section(
      page("Appeal"), id: "appeal",
      page.form(
        ComplaintPaths.appeal(line.id), submit: page("Record the appeal"), errors: view.errors,
        page.once(view.typed)
          + fields.paragraph(
            "words", page("What is complained of"),
            hint: page("Somebody else than the first answerer will decide."), required: true)))
  }

  static func terms(_ terms: [ComplaintTerm], _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let form: HTML =
      page.actor?.scope == .nation
      ? page.section(
        page("Set the days to answer"), id: "set",
        page.form(
          ComplaintPaths.terms, submit: page("Save"), errors: errors,
          fields.text("days", page("Days"), kind: .number, required: true)
            + fields.text("from", page("From the day"), kind: .date, required: true))) : .empty
    return page.layout(
      page("Days to answer"),
      """
      \(page.title(page("Days to answer"), under: "<p><a href=\"\(ComplaintPaths.list)\">\(page("All complaints"))</a></p>"))
      \(page.table(
        page("Days to answer"), columns: [page("From the day"), page("Days")],
        rows: terms.map { ["\(page.reader.date($0.from))", "\($0.days)"] },
        empty: page.emptyState(page("Nobody has set them: no complaint shows a term."))))
      \(form)
      """)
  }
}
