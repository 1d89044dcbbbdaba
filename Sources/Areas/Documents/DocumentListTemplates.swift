import Antennas
import Basics
import Cases
import Pages
import People

/// The list of documents whose validity has ended or soon will.
enum DocumentListTemplates {
  static func list(
    _ found: ExpiryPage, _ filter: ExpiryFilter, warnDays: Int, _ territory: Territory, on page: Page
  ) -> HTML {
    let lead = page(
      warnDays, one: "Of open cases: what has expired, and what will by tomorrow.",
      many: "Of open cases: what has expired, and what will within \(warnDays) days.")
    let columns = [page("Name"), page("Case"), page("Document"), page("Valid until"), page("State")]
    let rows = found.documents.compactMap { row($0, found, warnDays, on: page) }
    return page.layout(
      page("Documents that expire"),
      """
      \(page.title(page("Documents that expire"), under: "<p class=\"lead\">\(lead)</p>"))
      \(filters(filter, territory, on: page))
      \(page.table(page("Documents that expire"), columns: columns, rows: rows, empty: page.emptyState(page("No document stands here: none has expired, and none will soon."))))
      \(page.pager(next: found.next.map { DocumentPaths.list(filter, after: $0) }))
      """)
  }

  private static func row(
    _ document: ExpiringDocument, _ found: ExpiryPage, _ warnDays: Int, on page: Page
  ) -> [HTML]? {
    guard let line = found.cases[document.caseFile] else { return nil }
    let label = found.names[line.person]
    let name = label.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "\(page("erased"))"
    return [
      "<a href=\"\(DocumentPaths.onCase(line.id))\">\(name)</a>", page.bdi(line.number),
      "\(page(document.kind.label))", "\(page.reader.date(document.validUntil))",
      DocumentTemplates.expiry(until: document.validUntil, warnDays, on: page),
    ]
  }

  private static func filters(_ filter: ExpiryFilter, _ territory: Territory, on page: Page) -> HTML {
    func link(_ label: String, _ isCurrent: Bool, _ change: (inout ExpiryFilter) -> Void) -> (
      String, String, Bool
    ) {
      var changed = filter
      change(&changed)
      return (label, DocumentPaths.list(changed), isCurrent)
    }
    let whose = page.filters(
      page("Whose"),
      [
        link(page("All I may see"), filter.whose == .all) { $0.whose = .all },
        link(page("Mine"), filter.whose == .mine) { $0.whose = .mine },
      ])
    let state = page.filters(
      page("State"),
      [
        link(page("Expired and expiring"), filter.state == .all) { $0.state = .all },
        link(page("Expired"), filter.state == .expired) { $0.state = .expired },
        link(page("Expiring"), filter.state == .soon) { $0.state = .soon },
      ])
    let everywhere = link(page("Every antenna"), filter.antenna == nil) { $0.antenna = nil }
    let antennas = territory.antennas.map { antenna in
      link(antenna.name.text(in: page.reader.language), filter.antenna == antenna.id) {
        $0.antenna = antenna.id
      }
    }
    let whereabouts =
      page.actor?.scope == .nation ? page.filters(page("Antenna"), [everywhere] + antennas) : .empty
    return "<div class=\"views\">\(whose)\(state)\(whereabouts)</div>"
  }
}
