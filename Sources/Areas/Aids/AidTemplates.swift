import Antennas
import Basics
import Cases
import Documents
import Eligibility
import Funding
import Pages

/// Everything the page of an aid shows.
struct AidView: Sendable {
  let shown: AidShown
  let names: [AccountID: String]
  let territory: Territory
  /// Budget lines that could pay it; empty where nobody is asked.
  let lines: [LineLeft]
  let attempt: AidAttempt

  var aid: Aid { shown.aid }
  var line: AidLine { shown.aid.line }

  func name(_ id: AccountID?) -> String { id.flatMap { names[$0] } ?? "—" }

  func fields(_ form: String, _ record: String? = nil, on page: Page) -> FormFields {
    FormFields(
      page, typed: attempt.typed(form, record), errors: attempt.errors(form, record),
      about: mark(form, record))
  }

  /// Ids stand only once on a page.
  func mark(_ form: String, _ record: String?) -> String { record.map { "\(form)-\($0)" } ?? form }

  /// One of the forms of the page.
  func form(
    _ path: String, _ form: String, _ record: String? = nil, submit: String, weight: Page.Weight = .primary,
    on page: Page, _ body: (FormFields) -> HTML = { _ in .empty }
  ) -> HTML {
    page.form(
      path, submit: submit, errors: attempt.errors(form, record), about: mark(form, record), weight: weight,
      body(fields(form, record, on: page)))
  }

  /// The same under a heading that opens it.
  func folded(
    _ title: String, _ path: String, _ form: String, _ record: String? = nil, submit: String, on page: Page,
    _ body: (FormFields) -> HTML
  ) -> HTML {
    page.disclosure(
      title, isOpen: attempt.isOf(form, record),
      self.form(path, form, record, submit: submit, weight: .secondary, on: page, body))
  }

  func once(_ form: String, _ record: String? = nil, on page: Page) -> HTML {
    page.once(attempt.typed(form, record))
  }

  func papers(on page: Page) -> [Choice] {
    shown.papers.filter { $0.withdrawal == nil }.map { Choice($0.id.text, Self.title($0, on: page)) }
  }

  static func title(_ document: Document, on page: Page) -> String {
    let kind = page(document.kind.label)
    return "\(kind)\(page.reader.colon) \(document.title ?? document.name)"
  }

  func paper(_ id: RecordID<Document>?, on page: Page) -> HTML? {
    guard let id else { return nil }
    guard let document = shown.papers.first(where: { $0.id == id && $0.withdrawal == nil }) else {
      return "\(page("A document that you do not see, or that was withdrawn."))"
    }
    return
      "<a href=\"\(DocumentPaths.file(shown.file.id, id))\" download>\(Self.title(document, on: page))</a>"
  }
}

/// An aid on its page. Values in, markup out.
enum AidTemplates {
  static func show(_ view: AidView, on page: Page) -> HTML {
    let line = view.line
    let title = "\(page("Aid"))\(page.reader.colon) \(view.shown.kind(line.kind, in: page.reader.language))"
    return page.layout(
      title,
      """
      \(page.title(title, under: AidFormTemplates.back(view.shown.opened, on: page) + "<p>\(state(line, on: page)) · <a href=\"\(AidPaths.list)\">\(page("All aids"))</a></p>"))
      \(request(view, on: page))
      \(money(view, on: page))
      \(decisions(view, on: page))
      \(AidPartTemplates.contract(view, on: page))
      \(AidPartTemplates.parts(view, on: page))
      \(ending(view, on: page))
      """)
  }

  static func state(_ line: AidLine, on page: Page) -> HTML {
    let tone: Page.Tone =
      switch line.state {
      case .granted, .contracted, .running, .proven, .ended: .good
      case .prepared, .submitted, .postponed: .info
      case .refused, .givenUp: .plain
      }
    return page.badge(page(line.state.label), tone)
  }

  private static func request(_ view: AidView, on page: Page) -> HTML {
    let (line, aid) = (view.line, view.aid)
    let erased = page("It was erased with the person.")
    let mayEdit = page.may(.prepareAids) && line.state == .prepared
    let edit: HTML =
      mayEdit ? page.button(page("Correct"), to: AidPaths.edit(line.id), weight: .secondary) : .empty
    let sources: [[HTML]] = [
      ["\(page("Asked of the scheme"))", money(line.asked, on: page)],
      ["\(page("The person's own part"))", money(line.own, on: page)],
      [
        "\(page("What others give"))\(aid.otherWords.map { " (\($0))" } ?? "")", money(line.other, on: page),
      ],
      ["<strong>\(page("All that it costs"))</strong>", "<strong>\(money(line.cost, on: page))</strong>"],
    ]
    return page.section(
      page("What is asked for"), id: "request", actions: edit,
      page.prose(aid.purpose ?? erased)
        + page.table(
          page("Where the money comes from"), columns: [page("Who pays"), page("Amount")], rows: sources,
          empty: .empty)
        + page.facts([
          (page("Submitted although the rules did not say yes"), aid.exception.map { page.prose($0) }),
          (page("Prepared by"), "\(view.name(line.preparedBy))"),
          (page("Prepared"), page.time(line.preparedAt)),
          (page("Antenna"), "\(view.territory.name(of: line.antenna, in: page.reader.language))"),
        ]))
  }

  /// Digits keep their order whatever stands around them.
  static func money(_ money: Money, on page: Page) -> HTML { page.money(money) }

  private static func money(_ view: AidView, on page: Page) -> HTML {
    let line = view.line
    var facts: [(label: String, value: HTML?)] = [
      (page("Granted"), line.granted.map { money($0, on: page) }),
      (page("Handed out"), line.granted.map { _ in money(line.paid, on: page) }),
      (page("Proven"), line.granted.map { _ in money(line.proven, on: page) }),
    ]
    if let kept = view.shown.money {
      facts += [
        (page("Money set aside"), kept.reserved.minorUnits > 0 ? money(kept.reserved, on: page) : nil),
        (page("Bound and not paid"), kept.committed.minorUnits > 0 ? money(kept.committed, on: page) : nil),
      ]
    }
    var form = HTML.empty
    if line.reservation == nil, line.state == .submitted || line.state == .granted, !view.lines.isEmpty {
      form = view.folded(
        page("Set money aside"), AidPaths.act("money", line.id), "money", submit: page("Set it aside"),
        on: page
      ) { lineField($0, view, isNeeded: true, on: page) }
    }
    if line.reservation == nil, line.state == .granted {
      form =
        page.alert(
          .attention, "<p>\(page("No money is set aside for this aid yet: no contract can be signed."))</p>")
        + form
    }
    let body = page.facts(facts) + form
    return body.isEmpty ? .empty : page.section(page("Money"), id: "money", body)
  }

  /// The lines that serve; those that do not are listed with their reason.
  private static func lineField(_ fields: FormFields, _ view: AidView, isNeeded: Bool, on page: Page) -> HTML
  {
    let serving = view.lines.filter(\.serves).map { left in
      Choice(
        left.line.id.text,
        "\(left.funder.name) · \(left.line.name) · \(page("left: \(page.reader.money(left.left))"))")
    }
    let others = view.lines.filter { !$0.serves }.prefix(20).map { left -> HTML in
      "<li>\(left.funder.name) · \(left.line.name): \(left.obstacles.map { page($0) }.joined(separator: " "))</li>"
    }
    let why: HTML =
      others.isEmpty
      ? .empty : page.disclosure(page("Money that does not serve here, and why"), "<ul>\(others)</ul>")
    return fields.select(
      "line", page("Budget line"), options: serving,
      hint: serving.isEmpty ? page("No budget line serves this aid today.") : nil, required: isNeeded) + why
  }

  private static func decisions(_ view: AidView, on page: Page) -> HTML {
    let told = view.aid.decisions.map { decision -> HTML in
      let facts = page.facts([
        (page("Decision"), "\(page(decision.outcome.label))"),
        (page("Granted"), decision.amount.map { money($0, on: page) }),
        (page("Reference date"), page.day(decision.on)), (page("Committee"), "<bdi>\(decision.body)</bdi>"),
        (
          decision.outcome == .granted ? page("Conditions") : page("Reason"),
          decision.words.map { page.prose($0) }
        ),
      ])
      return "<li>\(facts)</li>"
    }
    let body =
      (told.isEmpty ? HTML.empty : "<ol class=\"records\">\(told)</ol>") + submission(view, on: page)
      + decision(view, on: page)
    return body.isEmpty ? .empty : page.section(page("Decision"), id: "decision", body)
  }

  private static func submission(_ view: AidView, on page: Page) -> HTML {
    let line = view.line
    guard page.may(.prepareAids), AidRules.maySubmit(line), let ruling = view.shown.ruling else {
      return .empty
    }
    let rules: HTML =
      "<h3>\(page("What the rules say today"))</h3>\(AidRulingTemplates.show(ruling, of: line.file, on: page))"
    return rules
      + view.form(
        AidPaths.act("submission", line.id), "submission",
        submit: line.state == .prepared ? page("Submit it for decision") : page("Submit it again"),
        on: page
      ) { fields in
        let ways = [
          Choice("here", page("by a committee whose session is kept here")),
          Choice("outside", page("by a committee that keeps its minutes elsewhere")),
        ]
        // A funder that is chosen here may have rules of its own.
        let exception: HTML =
          ruling.isLoaded
          ? fields.paragraph(
            "exception", page("Why it goes there although the rules do not say yes"),
            hint: page("Only where they do not: the committee reads it."), required: !ruling.isOpen) : .empty
        return fields.radios("committee", page("Who decides"), options: ways, required: true) + exception
          + (line.reservation == nil && !view.lines.isEmpty
            ? lineField(fields, view, isNeeded: false, on: page) : .empty)
      }
  }

  private static func decision(_ view: AidView, on page: Page) -> HTML {
    let line = view.line
    guard let actor = page.actor, page.may(.approvePayments), line.isOutside, line.state == .submitted else {
      return .empty
    }
    guard AidRules.mayDecide(line, actor.id) else {
      return "<p>\(page("You prepared this aid: somebody else decides on it."))</p>"
    }
    return view.folded(
      page("Record a decision"), AidPaths.act("decision", line.id), "decision", submit: page("Record it"),
      on: page
    ) { fields in
      """
      \(view.once("decision", on: page))
      \(fields.radios("outcome", page("What was decided"), options: Aid.Decision.Outcome.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.text("granted", page("Amount granted"), hint: page("At most \(page.reader.money(line.asked))."), direction: .ltr, limit: 30))
      \(fields.text("decided-on", page("Day of the decision"), hint: page("It is the reference date of the aid."), kind: .date, required: true))
      \(fields.text("body", page("Which committee decided"), required: true))
      \(fields.paragraph("words", page("Conditions, or the reason"), hint: page("A refusal and a postponement need a reason that can be read to the person.")))
      \(line.reservation == nil && !view.lines.isEmpty ? lineField(fields, view, isNeeded: false, on: page) : .empty)
      """
    }
  }

  private static func ending(_ view: AidView, on page: Page) -> HTML {
    let line = view.line
    if line.state == .ended || line.state == .givenUp {
      return page.section(
        page("How it ended"), id: "end",
        page.prose(view.aid.endWords ?? page("It was erased with the person.")))
    }
    var forms = HTML.empty
    if page.may(.approvePayments), line.state == .proven || line.state == .running {
      forms += view.folded(
        page("End the aid"), AidPaths.act("end", line.id), "end", submit: page("End it"), on: page
      ) {
        $0.paragraph(
          "outcome-words", page("What came of it"),
          hint: page("What was not paid goes back to its budget line."), required: true)
      }
    }
    if page.may(.prepareAids), AidRules.mayGiveUp(line.state) {
      forms += view.folded(
        page("Give the aid up"), AidPaths.act("giving-up", line.id), "giving-up",
        submit: page("Give the aid up"), on: page
      ) {
        $0.paragraph(
          "why", page("Why it is given up"), hint: page("What is set aside goes back to its budget line."),
          required: true)
      }
    }
    return forms.isEmpty ? .empty : page.section(page("How it ends"), id: "end", forms)
  }
}
