import Antennas
import Basics
import Pages
import Storage

/// The journal as a page.
enum OversightTemplates {
  static func journal(
    _ found: JournalPage, _ names: [AccountID: String], _ territory: Territory, words: (String) -> Phrase,
    on page: Page
  ) -> HTML {
    let rows = found.entries.map { entry -> [HTML] in
      [
        page.time(entry.at),
        "\(page(words(entry.act)))",
        "\(entry.actor == Actor.program.id ? page("the program") : names[entry.actor] ?? entry.actor.text)",
        "\(entry.antenna.map { territory.name(of: $0, in: page.reader.language) } ?? page("the centre"))",
        "\(page(OversightWords.kind(entry.record.kind))) <small class=\"faint\">\(page.bdi(String(entry.record.id.prefix(8))))</small>",
      ]
    }
    return page.layout(
      page("Journal"),
      """
      \(page.title(page("Journal"), under: "<p>\(page("Every change and every opening of a file, newest first."))</p>"))
      \(head(found, on: page))
      \(page.table(
        page("Journal"), columns: [page("When"), page("What was done"), page("By"), page("Antenna"), page("Record")],
        rows: rows, empty: page.emptyState(page("Nothing has been done yet."))))
      \(page.pager(next: found.next.map(OversightPaths.journal(after:))))
      """)
  }

  /// What can be handed over: whoever keeps it can prove later that the past was not rewritten.
  private static func head(_ found: JournalPage, on page: Page) -> HTML {
    guard let head = found.head else { return .empty }
    return page.section(
      page("Newest signed head"),
      """
      <p>\(page("Signed")) \(page.time(head.at)). \(page("Hand it to a third party: it proves later that no entry before it was altered or removed."))</p>
      <p><code dir="ltr">\(head.text)</code></p>
      """)
  }
}
