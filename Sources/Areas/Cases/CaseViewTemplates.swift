import Antennas
import Basics
import Pages

/// Views of the list that somebody keeps: named by what they narrow, so that nothing is typed.
enum CaseViewTemplates {
  static func section(
    _ filter: CaseFilter, kept: [CaseFilter], _ names: [AccountID: String], _ territory: Territory,
    on page: Page
  ) -> HTML {
    let links = kept.map { view in
      (name(of: view, names, territory, on: page), CasePaths.list(view), view == filter)
    }
    let list: HTML = links.isEmpty ? .empty : page.filters(page("Kept views"), links)
    let isKept = kept.contains(filter)
    guard isKept || filter != CaseFilter() else { return list }
    let act = page.form(
      isKept ? CasePaths.viewRemoval : CasePaths.views,
      submit: isKept ? page("Keep this view no longer") : page("Keep this view"), weight: .quiet,
      page.hidden("view", CasePaths.query(filter)))
    return "<div class=\"views\">\(list)\(act)</div>"
  }

  private static func name(
    of view: CaseFilter, _ names: [AccountID: String], _ territory: Territory, on page: Page
  ) -> String {
    var parts: [String] = []
    if view.whose == .mine { parts.append(page("Mine")) }
    if view.isLate { parts.append(page("Late")) }
    if let stage = view.stage { parts.append(page(stage.label)) }
    if let antenna = view.antenna { parts.append(territory.name(of: antenna, in: page.reader.language)) }
    if let contact = view.contact { parts.append(names[contact] ?? page("This contact person")) }
    if view.columns != CaseColumn.usual { parts.append(page("own columns")) }
    return parts.isEmpty ? page("All I may see") : parts.joined(separator: " · ")
  }
}
