import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Pages
import People

/// Everything the page of an offer shows.
struct TransferView {
  let opened: OpenedTransfer
  let names: [AccountID: String]
  /// Who can be the new contact person; nil when the reader does not answer.
  let colleagues: [Account]?
  let territory: Territory
  let daysToAnswer: Int
  let typed: Typed
  let errors: [FieldError]

  func name(_ id: AccountID) -> String { names[id] ?? "—" }
}

/// Offers and their answers. Values in, markup out.
enum TransferTemplates {
  static func list(
    _ found: TransferPage, _ list: TransferList, _ territory: Territory, _ days: Int, on page: Page
  ) -> HTML {
    let filters = TransferList.allCases.map {
      (label: page($0.label), path: TransferPaths.list($0), isCurrent: $0 == list)
    }
    return page.layout(
      page("Transfers between antennas"),
      """
      \(page.title(page("Transfers between antennas"), under: "<p class=\"lead\">\(page("Until an offer is accepted the case stays where it is, with its contact person."))</p>"))
      \(page.filters(page("Which offers"), filters))
      \(table(page(list.label), found.lines, found.numbers, territory, days, on: page))
      \(page.pager(next: found.next.map { TransferPaths.list(list, after: $0) }))
      """)
  }

  private static func table(
    _ title: String, _ lines: [TransferLine], _ numbers: [RecordID<CaseFile>: String],
    _ territory: Territory, _ days: Int, on page: Page
  ) -> HTML {
    let language = page.reader.language
    let rows = lines.map { line -> [HTML] in
      [
        "<a href=\"\(TransferPaths.show(line.id))\">\(page.bdi(numbers[line.file] ?? "—"))</a>",
        "\(territory.name(of: line.from, in: language))", "\(territory.name(of: line.to, in: language))",
        page.time(line.offeredAt), "\(state(line, days, on: page))",
      ]
    }
    return page.table(
      title,
      columns: [
        page("Case"), page("From the antenna"), page("To the antenna"), page("Offered"), page("State"),
      ],
      rows: rows, empty: page.emptyState(page("No offer is here.")))
  }

  private static func state(_ line: TransferLine, _ days: Int, on page: Page) -> HTML {
    guard line.state == .open else { return page.badge(page(line.state.label), line.state.tone) }
    let waited = line.days(at: page.now)
    guard waited >= days else { return page.badge(page(line.state.label), .info) }
    return page.badge(
      page(waited, one: "unanswered for one day", many: "unanswered for \(waited) days"), .attention,
      icon: .late)
  }

  /// On the home page.
  static func day(_ day: TransferDay, _ territory: Territory, _ days: Int, on page: Page) -> HTML {
    func part(_ title: String, _ id: String, _ lines: [TransferLine]) -> HTML {
      lines.isEmpty
        ? .empty
        : page.section(title, id: id, table(title, lines, day.numbers, territory, days, on: page))
    }
    return part(page("Offers that wait for your answer"), "offers", day.waiting)
      + part(page("Offers that nobody answered"), "unanswered", day.unanswered)
  }

  /// On the page of a case: its offers, and the way to make one.
  static func section(_ transfers: [Transfer], _ opened: OpenedCase, _ territory: Territory, on page: Page)
    -> HTML
  {
    let isOffered = transfers.contains { $0.state == .open }
    let mayOffer =
      opened.file.stage != .closed && !isOffered && TransferRules.mayOffer(opened.file, opened.reader)
    guard !transfers.isEmpty || mayOffer else { return .empty }
    let language = page.reader.language
    let items = transfers.map { transfer -> HTML in
      """
      <li><p><a href="\(TransferPaths.show(transfer.id))">\(page("From \(territory.name(of: transfer.line.from, in: language)) to \(territory.name(of: transfer.line.to, in: language))"))</a> \(page.badge(page(transfer.state.label), transfer.state.tone)) \
      <span class="faint">\(page.day(Day(of: transfer.line.offeredAt)))</span></p>\
      \(transfer.answer?.words.map { page.prose($0) })</li>
      """
    }
    let button =
      mayOffer
      ? page.button(
        page("Offer to another antenna"), to: TransferPaths.offer(opened.file.id), icon: .transfer,
        weight: .quiet)
      : HTML.empty
    return page.section(
      page("Transfer between antennas"), id: "transfer", actions: button,
      items.isEmpty
        ? "<p class=\"faint\">\(page("This case was never offered to another antenna."))</p>"
        : "<ul class=\"records\">\(items)</ul>")
  }

  static func form(
    _ file: CaseFile, _ targets: [Antenna], _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let choices = targets.map { Choice($0.id.rawValue, $0.name.text(in: page.reader.language)) }
    return page.layout(
      "\(page("Offer to another antenna")) · \(file.number)",
      """
      \(page.title(page("Offer to another antenna"), under: "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"))
      \(page.section(page("The offer"), page.form(TransferPaths.offer(file.id), submit: page("Offer the case"), errors: errors, """
        \(page.once(typed))
        \(fields.select("to", page("To the antenna"), options: choices, required: true))
        \(fields.paragraph("summary", page("Summary"), hint: page("The other antenna reads this before it decides, and not the file. Do not name the person."), required: true, rows: 6))
        \(fields.paragraph("reason", page("Why"), required: true, rows: 2))
        """)))
      """)
  }

  static func show(_ view: TransferView, on page: Page) -> HTML {
    let (opened, language) = (view.opened, page.reader.language)
    let transfer = opened.transfer
    let back: HTML =
      opened.sees
      ? "<a href=\"\(CasePaths.show(transfer.line.file))\">\(page("Back to the case"))</a>"
      : "<a href=\"\(TransferPaths.list)\">\(page("All offers"))</a>"
    let facts: [(label: String, value: HTML?)] = [
      (page("From the antenna"), "\(view.territory.name(of: transfer.line.from, in: language))"),
      (page("To the antenna"), "\(view.territory.name(of: transfer.line.to, in: language))"),
      (page("Offered"), page.time(transfer.line.offeredAt)),
      (page("By"), "\(view.name(transfer.line.offeredBy))"),
      (page("State"), state(transfer.line, view.daysToAnswer, on: page)),
    ]
    return page.layout(
      "\(page("Offer to another antenna")) · \(opened.number)",
      """
      \(page.title(page("Offer to another antenna"), under: "<p>\(page.bdi(opened.number)) · \(back)</p>"))
      \(whereabouts(view, on: page))
      \(page.section(page("The offer"), page.facts(facts)))
      \(opened.sees || transfer.state != .open ? .empty : page.section(page("What helps to decide"), brief(view, on: page)))
      \(page.section(page("Summary"), page.prose(transfer.offer.summary)))
      \(page.section(page("Why"), page.prose(transfer.offer.reason)))
      \(transfer.state == .accepted ? .empty : answered(view, on: page))
      \(acts(view, on: page))
      """)
  }

  /// Where the case is now, by whom it was taken and whom to ask: what the old antenna keeps.
  private static func whereabouts(_ view: TransferView, on page: Page) -> HTML {
    let transfer = view.opened.transfer
    guard transfer.state == .accepted, let answer = transfer.answer else { return .empty }
    let antenna = view.territory.name(of: transfer.line.to, in: page.reader.language)
    let contact = view.name(view.opened.sees ? view.opened.contact : answer.contact ?? answer.by)
    return page.section(
      page("Where the case is"),
      page.facts([
        (page("Given to"), "\(antenna)"), (page("On"), page.time(answer.at)),
        (page("Accepted by"), "\(view.name(answer.by))"), (page("Whom to ask"), "\(contact)"),
      ]))
  }

  /// What an antenna needs to decide, without a name.
  private static func brief(_ view: TransferView, on page: Page) -> HTML {
    let opened = view.opened
    return page.facts([
      (page("Stage"), "\(page(opened.stage.label))"),
      (
        page("Governorate"),
        opened.governorate.map { "\(view.territory.name(of: $0, in: page.reader.language))" }
      ),
      (
        page("Age"),
        opened.age.map { "\(page($0, one: "one year old", many: "\($0) years old"))" }
      ),
      (page("Contact person"), "\(view.name(opened.contact))"),
    ])
  }

  private static func answered(_ view: TransferView, on page: Page) -> HTML {
    guard let answer = view.opened.transfer.answer else { return .empty }
    return page.section(
      page("The answer"),
      page.facts([
        (page("State"), page.badge(page(view.opened.transfer.state.label))),
        (page("On"), page.time(answer.at)),
        (page("By"), "\(view.name(answer.by))"),
      ]) + (answer.words.map { page.prose($0) } ?? .empty))
  }

  private static func acts(_ view: TransferView, on page: Page) -> HTML {
    let transfer = view.opened.transfer
    guard transfer.state == .open else { return .empty }
    let fields = FormFields(page, typed: view.typed, errors: view.errors)
    func mine(_ field: String) -> [FieldError] { view.errors.filter { $0.field == field } }
    var parts = HTML.empty
    if let colleagues = view.colleagues {
      let choices = colleagues.map { Choice($0.id.text, $0.name) }
      parts += page.section(
        page("Accept"), id: "accept",
        page.form(
          TransferPaths.acceptance(transfer.id), submit: page("Accept the case"), errors: mine("contact"),
          fields.select(
            "contact", page("New contact person"), options: choices,
            hint: page("From now on this person accompanies her."), required: true)))
      parts += page.section(
        page("Decline"), id: "decline",
        page.form(
          TransferPaths.decline(transfer.id), submit: page("Decline the case"), errors: mine("why-declined"),
          weight: .secondary, fields.paragraph("why-declined", page("Why"), required: true, rows: 2)))
    }
    if view.opened.mayWithdraw {
      parts += page.section(
        page("Withdraw the offer"), id: "withdraw",
        page.form(
          TransferPaths.withdrawal(transfer.id), submit: page("Withdraw the offer"),
          errors: mine("why-withdrawn"), weight: .secondary,
          fields.paragraph("why-withdrawn", page("Why"), required: true, rows: 2)))
    }
    return parts
  }
}
