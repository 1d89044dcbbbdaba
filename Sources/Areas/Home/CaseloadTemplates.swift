import Antennas
import Basics
import Cases
import Pages

/// Where the cases stand that somebody has in charge; every figure opens its list.
enum CaseloadTemplates {
  /// - Parameter territory: whose antennas have a line each, and a map.
  static func section(
    _ caseload: Caseload, _ territory: Territory, contacts: [AccountID: String], on page: Page
  ) -> HTML {
    let isOfAntennas = page.actor?.scope == .nation
    let antennas = territory.antennas
    let lines = isOfAntennas ? complete(caseload.lines, antennas) : caseload.lines
    let stages = CaseFile.Stage.allCases.filter { isOfAntennas || $0 != .closed }
    let columns =
      [isOfAntennas ? page("Antenna") : page("Contact person")] + stages.map { page($0.label) } + [
        page("Late")
      ]
      + (isOfAntennas ? [page("Days to the plan")] : [])
    let names = Dictionary(
      uniqueKeysWithValues: antennas.map { ($0.id, $0.name.text(in: page.reader.language)) })
    let table = page.table(
      page("Where the cases stand"), columns: columns, of: lines + total(caseload, isOfAntennas),
      empty: page.emptyState(page("No case is open."))
    ) { line, row in
      switch line.holder {
      case .antenna(let code): row.cell("\(names[code] ?? (code == whole ? page("All") : code.rawValue))")
      case .contact(let id): row.cell("\(contacts[id] ?? "—")")
      }
      for stage in stages {
        row.cell(figure(line.stages[stage, default: 0], line.holder, on: page) { $0.stage = stage })
      }
      row.cell(figure(line.late, line.holder, on: page) { $0.isLate = true })
      if isOfAntennas { row.cell("\(line.daysToPlan.map { page.reader.number($0) } ?? "—")") }
    }
    let what =
      isOfAntennas
      ? page(
        "Days to the plan: from reception to the agreed plan, in the middle of those agreed within a year.")
      : ""
    return page.section(
      page("Where the cases stand"), id: "caseload",
      "<div class=\"figures\">\(table)</div><p class=\"faint\">\(what) \(page("Counted at \(page.reader.hour(caseload.at))."))</p>"
    ) + (isOfAntennas ? map(lines, territory, on: page) : .empty)
  }

  /// Where the antennas stand and what each of them holds; the table above says the same in figures.
  private static func map(_ lines: [Caseload.Line], _ territory: Territory, on page: Page) -> HTML {
    var open: [AntennaCode: Int] = [:]
    for line in lines { if case .antenna(let code) = line.holder { open[code] = line.open } }
    let most = Double(max(1, open.values.max() ?? 1))
    let drawing = TerritoryMap.drawing(
      page("Open cases on the map"), id: "map-of-cases",
      what: page(
        "One tile for each governorate, about where it lies, with the open cases of the antenna that serves it; the darker, the more. Each leads to the list of its antenna."
      ), of: territory, on: page
    ) { governorate in
      guard let antenna = territory.antenna(serving: governorate, on: page.today) else { return nil }
      let count = open[antenna, default: 0]
      var filter = CaseFilter()
      filter.antenna = antenna
      let name = territory.name(of: antenna, in: page.reader.language)
      return TerritoryMap.Tile(
        figure: page.reader.number(count), weight: Double(count) / most, path: CasePaths.list(filter),
        words: page("antenna of \(name)"))
    }
    return page.section(
      page("Open cases on the map"), id: "map",
      "\(drawing)<p class=\"faint\">\(page("A governorate that no antenna serves yet is an empty tile. Which antenna serves which is entered on the page of the antenna."))</p>"
    )
  }

  /// The code of no antenna: the line of them all.
  private static let whole = AntennaCode(rawValue: "")

  /// Antennas without a case stand there too, in the country's own order.
  private static func complete(_ lines: [Caseload.Line], _ antennas: [Antenna]) -> [Caseload.Line] {
    antennas.map { antenna in
      lines.first { $0.holder == .antenna(antenna.id) } ?? Caseload.Line(holder: .antenna(antenna.id))
    }
  }

  private static func total(_ caseload: Caseload, _ isOfAntennas: Bool) -> [Caseload.Line] {
    guard isOfAntennas, !caseload.lines.isEmpty else { return [] }
    return [caseload.total(for: .antenna(whole))]
  }

  private static func figure(
    _ count: Int, _ holder: Caseload.Holder, on page: Page, _ narrow: (inout CaseFilter) -> Void
  ) -> HTML {
    guard count > 0 else { return "<span class=\"faint\">0</span>" }
    var filter = CaseFilter()
    switch holder {
    case .antenna(let code): filter.antenna = code == whole ? nil : code
    case .contact(let id): filter.contact = id
    }
    narrow(&filter)
    return "<a href=\"\(CasePaths.list(filter))\">\(page.reader.number(count))</a>"
  }
}
