import Antennas
import Basics
import Pages
import People

/// Lists of cases.
package enum CaseListTemplates {
  static func list(
    _ found: CasePage, _ filter: CaseFilter, kept: [CaseFilter], _ names: [AccountID: String],
    _ territory: Territory, on page: Page
  ) -> HTML {
    let antennas =
      filter.columns.contains(.antenna)
      ? Dictionary(
        uniqueKeysWithValues: territory.antennas.map { ($0.id, $0.name.text(in: page.reader.language)) })
      : [:]
    let receive =
      page.may(.receivePersons)
      ? page.button(page("Receive a person"), to: PersonPaths.search, icon: .add) : HTML.empty
    return page.layout(
      page("Cases"),
      """
      \(page.title(page("Cases"), actions: receive))
      \(CaseViewTemplates.section(filter, kept: kept, names, territory, on: page))
      \(filters(filter, names, territory, on: page))
      \(table(found.lines, found.names, columns: filter.columns, contacts: names, antennas: antennas, on: page, empty: page.emptyState(page("No case stands here. Change the view, or receive a person."), action: receive)))
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
    let columns = CaseColumn.allCases.map { column in
      link(page(column.label), filter.columns.contains(column)) { $0.toggle(column) }
    }
    return """
      <div class="views">\(whose)\(contact)\(page.filters(page("Stage"), [all] + stages + [late]))\(whereabouts)</div>
      \(page.disclosure(page("Columns"), page.filters(page("Columns"), columns)))
      """
  }

  /// For the home page of an institution: the cases in which it has not written its part yet; empty where it has.
  package static func unwritten(
    _ found: (lines: [CaseLine], names: [PersonID: PersonLabel]), _ title: String, id: String, on page: Page
  ) -> HTML {
    guard !found.lines.isEmpty else { return .empty }
    let short = Array(found.lines.prefix(10))
    let more =
      found.lines.count > short.count
      ? page(
        "The \(page.reader.number(short.count)) that wait longest of \(page.reader.number(found.lines.count))."
      ) : ""
    return page.section(
      title, id: id,
      """
      \(table(short, found.names, on: page, empty: .empty))\
      <p class="faint">\(more) \(page("Looked for among the fifty cases that were received last."))</p>
      """)
  }

  /// The table every list of cases is.
  package static func table(
    _ lines: [CaseLine], _ names: [PersonID: PersonLabel], columns: [CaseColumn] = CaseColumn.short,
    contacts: [AccountID: String] = [:], antennas: [AntennaCode: String] = [:], on page: Page, empty: HTML
  ) -> HTML {
    let titles = [page("Name")] + columns.map { page($0.label) }
    let stages = CaseFile.Stage.allCases.map { (stage: $0, badge: stage($0, on: page)) }
    let days = DayCells(page.reader)
    let dues = DueCell(page)
    return page.table(page("Cases"), columns: titles, of: lines, empty: empty) { line, row in
      let name = names[line.person].map { page.name(latin: $0.latin, arabic: $0.arabic) }
      // Of an erased person there is nothing to open.
      row.cell(name.map { "<a href=\"\(CasePaths.show(line.id))\">\($0)</a>" } ?? "\(page("erased"))")
      for column in columns {
        switch column {
        case .number: row.cell(page.bdi(line.number))
        case .stage: row.cell(stages.first { $0.stage == line.stage }?.badge ?? .empty)
        case .antenna: row.cell("\(antennas[line.antenna] ?? line.antenna.rawValue)")
        case .contact: row.cell("\(contacts[line.contact] ?? "—")")
        case .received: row.cell(days.show(Day(of: line.receivedAt)))
        case .next: row.cell(dues.show(line.due))
        }
      }
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
