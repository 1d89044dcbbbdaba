import Basics
import Pages
import People
import Storage

/// Who saw a person's data: a page that can be printed for her.
enum RightsSeenTemplates {
  static func seen(
    _ person: Person, _ found: SeenPage, _ shared: SharedOut, _ told: CopyWords, words: (String) -> Phrase,
    on page: Page
  ) -> HTML {
    let rows = found.entries.map { entry -> [HTML] in
      [
        page.time(entry.at), "\(page(words(entry.act)))", "\(told.post(entry.actor, found.posts))",
        RightsPaper.why(entry, page.reader).first.map { page.prose($0) } ?? "—",
      ]
    }
    return page.layout(
      page("Who saw the data"),
      """
      \(page.title(page("Who saw the data"), under: "<p><bdi>\(person.label.text(for: page.reader))</bdi> · <a href=\"\(RightsPaths.person(person.id))\">\(page("Rights on the data"))</a></p>"))
      \(RightsSharedTemplates.part(shared, on: page))
      <p>\(page("Each time somebody read of this person, or took something away; the newest first. Staff are told by institution, role and antenna."))</p>
      \(page.table(page("Who saw the data"), columns: [page("When"), page("What was done"), page("By"), page("Why")],
        rows: rows, empty: page.emptyState(page("Nobody has seen these data."))))
      \(page.pager(next: found.next.map { RightsPaths.seen(person.id, after: $0) }))
      """)
  }
}
