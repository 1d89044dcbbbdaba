import Antennas
import Basics
import Pages

extension ComplaintTemplates {
  static func figures(_ figures: ComplaintFigures, since day: Day, _ territory: Territory, on page: Page)
    -> HTML
  {
    let language = page.reader.language
    let head = [
      page("Complaints received"), page("to be answered"), page(Complaint.Outcome.upheld.label),
      page(Complaint.Outcome.partly.label), page(Complaint.Outcome.rejected.label),
      page("Median days to the answer"),
    ]
    func cells(_ count: ComplaintFigures.Count) -> [HTML] {
      ["\(count.received)", "\(count.waiting)"]
        + Complaint.Outcome.allCases.map { "\(count.outcomes[$0] ?? 0)" }
        + ["\(count.medianDays.map(String.init) ?? "—")"]
    }
    let antennas = figures.antennas.map {
      ["\(territory.name(of: $0.antenna, in: language))"] + cells($0.count)
    }
    let kinds = figures.kinds.map { ["\(page($0.kind.label))"] + cells($0.count) }
    let all = figures.all.received == 0 ? [] : [["\(page("All of them"))"] + cells(figures.all)]
    let none = page.emptyState(page("No complaint is here."))
    return page.layout(
      page("Figures on complaints"),
      """
      \(page.title(page("Figures on complaints"), under: "<p>\(page("Received since \(page.reader.date(day)); those about you are left out.")) · <a href=\"\(ComplaintPaths.list)\">\(page("All complaints"))</a></p>"))
      \(figures.isCut ? page.alert(.info, "<p>\(page("Only the newest are counted: \(ComplaintFigures.most)."))</p>") : .empty)
      \(page.table(page("By antenna"), columns: [page("Antenna")] + head, rows: antennas + all, empty: none))
      \(page.table(page("By what it is about"), columns: [page("What it is about")] + head, rows: kinds, empty: none))
      """)
  }
}
