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
      \(filters(filter, on: page))
      \(table(found.lines, found.names, contacts: names, on: page, empty: page.emptyState(page("No case stands here. Change the view, or receive a person."), action: receive)))
      \(page.pager(next: found.next.map { CasePaths.list(filter, after: $0) }))
      """)
  }

  private static func filters(_ filter: CaseFilter, on page: Page) -> HTML {
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
    return "<div class=\"views\">\(whose)\(page.filters(page("Stage"), [all] + stages + [late]))</div>"
  }

  /// The table every list of cases is.
  package static func table(
    _ lines: [CaseLine], _ names: [PersonID: PersonLabel], contacts: [AccountID: String]? = nil,
    on page: Page,
    empty: HTML
  ) -> HTML {
    let contact = contacts.map { _ in [page("Contact person")] } ?? []
    let columns = [page("Name"), page("Case"), page("Stage")] + contact + [page("Received"), page("Next")]
    let stages = Dictionary(uniqueKeysWithValues: CaseFile.Stage.allCases.map { ($0, stage($0, on: page)) })
    let rows = lines.map { line -> [HTML] in
      let label = names[line.person]
      let name = label.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "\(page("erased"))"
      return [
        "<a href=\"\(CasePaths.show(line.id))\">\(name)</a>", page.bdi(line.number),
        stages[line.stage] ?? .empty,
      ] + (contacts.map { ["\($0[line.contact] ?? "—")"] } ?? []) + [
        page.day(Day(of: line.receivedAt)), due(line.due, on: page),
      ]
    }
    return page.table(page("Cases"), columns: columns, rows: rows, empty: empty)
  }

  static func stage(_ stage: CaseFile.Stage, on page: Page) -> HTML {
    page.badge(page(stage.label), stage == .closed ? .plain : .info)
  }

  /// The next thing to do; a word and a sign when it is late.
  package static func due(_ due: Due?, on page: Page) -> HTML {
    guard let due else { return "—" }
    let text: HTML = "\(page(due.what.label)) (\(page.day(due.on)))"
    return due.isLate(on: page.today) ? "\(text) \(page.badge(page("late"), .attention, icon: .late))" : text
  }

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
