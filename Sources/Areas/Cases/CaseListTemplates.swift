import Antennas
import Basics
import Pages
import People

/// Lists of cases.
package enum CaseListTemplates {
  static func list(
    _ found: CasePage, _ filter: CaseFilter, _ names: [AccountID: String], _ territory: Territory,
    on page: Page
  ) -> HTML {
    let receive =
      page.may(.receivePersons)
      ? page.button(page("Receive a person"), to: PersonPaths.search, icon: .add) : HTML.empty
    return page.layout(
      page("Cases"),
      """
      \(page.title(page("Cases"), actions: receive))
      \(filters(filter, names, territory, on: page))
      \(table(found.lines, found.names, contacts: names, on: page, empty: page.emptyState(page("No case stands here. Change the view, or receive a person."), action: receive)))
      \(page.pager(next: found.next.map { CasePaths.list(filter, after: $0) }))
      \(found.lines.isEmpty ? .empty : "<p><a href=\"\(CasePaths.sheet(filter, as: .xlsx))\" download>\(page("This list as a workbook (Excel)"))</a> · <a href=\"\(CasePaths.sheet(filter, as: .csv))\" download>\(page("This list as a file (CSV)"))</a></p>")
      """)
  }

  private static func filters(
    _ filter: CaseFilter, _ names: [AccountID: String], _ territory: Territory, on page: Page
  ) -> HTML {
    func link(_ label: String, _ isCurrent: Bool, _ change: (inout CaseFilter) -> Void) -> (
      String, String, Bool
    ) {
      var changed = filter
      change(&changed)
      return (label, CasePaths.list(changed), isCurrent)
    }
    let whose = page.filters(
      page("Whose"),
      [
        link(page("All I may see"), filter.whose == .all) { $0.whose = .all },
        link(page("Mine"), filter.whose == .mine) { $0.whose = .mine },
      ])
    let stages = CaseFile.Stage.allCases.map { stage in
      link(page(stage.label), filter.stage == stage && !filter.isLate) {
        ($0.stage, $0.isLate) = (stage, false)
      }
    }
    let all = link(page("Every stage"), filter.stage == nil && !filter.isLate) {
      ($0.stage, $0.isLate) = (nil, false)
    }
    let late = link(page("Late"), filter.isLate) { ($0.stage, $0.isLate) = (nil, true) }
    let everywhere = link(page("Every antenna"), filter.antenna == nil) { $0.antenna = nil }
    let antennas = territory.antennas.map { antenna in
      link(antenna.name.text(in: page.reader.language), filter.antenna == antenna.id) {
        $0.antenna = antenna.id
      }
    }
    let whereabouts =
      page.actor?.scope == .nation ? page.filters(page("Antenna"), [everywhere] + antennas) : .empty
    let contact = filter.contact.map { id in
      page.filters(
        page("Contact person"),
        [
          link(page("Everyone"), false) { $0.contact = nil },
          link(names[id] ?? page("This contact person"), true) { $0.contact = id },
        ])
    }
    return """
      <div class="views">\(whose)\(contact)\(page.filters(page("Stage"), [all] + stages + [late]))\(whereabouts)</div>
      """
  }

  /// The table every list of cases is.
  package static func table(
    _ lines: [CaseLine], _ names: [PersonID: PersonLabel], contacts: [AccountID: String]? = nil,
    on page: Page,
    empty: HTML
  ) -> HTML {
    let contact = contacts.map { _ in [page("Contact person")] } ?? []
    let columns = [page("Name"), page("Case"), page("Stage")] + contact + [page("Received"), page("Next")]
    let stages = CaseFile.Stage.allCases.map { (stage: $0, badge: stage($0, on: page)) }
    let days = DayCells(page.reader)
    let dues = DueCell(page)
    return page.table(page("Cases"), columns: columns, of: lines, empty: empty) { line, row in
      let name = names[line.person].map { page.name(latin: $0.latin, arabic: $0.arabic) }
      // Of an erased person there is nothing to open.
      row.cell(name.map { "<a href=\"\(CasePaths.show(line.id))\">\($0)</a>" } ?? "\(page("erased"))")
      row.cell(page.bdi(line.number))
      row.cell(stages.first { $0.stage == line.stage }?.badge ?? .empty)
      if let contacts { row.cell("\(contacts[line.contact] ?? "—")") }
      row.cell(days.show(Day(of: line.receivedAt)))
      row.cell(dues.show(line.due))
    }
  }

  static func stage(_ stage: CaseFile.Stage, on page: Page) -> HTML {
    page.badge(page(stage.label), stage == .closed ? .plain : .info)
  }

  /// The next thing to do; a word and a sign when it is late.
  package static func due(_ due: Due?, on page: Page) -> HTML { DueCell(page).show(due) }

  static func ofPerson(_ lines: [CaseLine], _ person: PersonID, on page: Page) -> HTML {
    let rows = lines.map { line -> [HTML] in
      [
        "<a href=\"\(CasePaths.show(line.id))\">\(page.bdi(line.number))</a>", stage(line.stage, on: page),
        page.day(Day(of: line.receivedAt)), due(line.due, on: page),
      ]
    }
    let isOpen = lines.contains { $0.stage != .closed }
    let open =
      page.may(.receivePersons) && !isOpen
      ? page.button(page("Open a case"), to: CasePaths.reception(of: person), icon: .add, weight: .secondary)
      : HTML.empty
    return page.section(
      page("Cases"),
      page.table(
        page("Cases"), columns: [page("Case"), page("Stage"), page("Received"), page("Next")], rows: rows,
        empty: page.emptyState(page("No case is open for this person."))) + open)
  }
}

/// Days of a list: neighbours are often the same.
private final class DayCells {
  private let reader: Reader
  private var last: (day: Day, cell: HTML)?

  init(_ reader: Reader) { self.reader = reader }

  func show(_ day: Day) -> HTML {
    if let last, last.day == day { return last.cell }
    // Without the form for machines: a hundred of them would weigh more than all the days.
    let cell: HTML = "\(reader.date(day))"
    last = (day, cell)
    return cell
  }
}

/// What is due in a case; the words are found once for all rows.
private struct DueCell {
  private let reader: Reader
  private let today: Day
  /// By the places of `Due.What.allCases`.
  private let labels: [String]
  private let late: HTML

  init(_ page: Page) {
    (reader, today) = (page.reader, page.today)
    labels = Due.What.allCases.map { "\(page($0.label))\(page.reader.comma) " }
    late = " \(page.badge(page("late"), .attention, icon: .late))"
  }

  func show(_ due: Due?) -> HTML {
    guard let due, let place = Due.What.allCases.firstIndex(of: due.what) else { return "—" }
    let date = reader.date(due.on)
    return due.isLate(on: today) ? "\(labels[place])\(date)\(late)" : "\(labels[place])\(date)"
  }
}
