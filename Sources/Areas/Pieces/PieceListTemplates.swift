import Basics
import Cases
import Pages
import People

/// What somebody follows, over all her cases.
enum PieceListTemplates {
  static func awaited(_ found: AwaitedPieces, _ knowledge: PieceKnowledge, on page: Page) -> HTML {
    let title = page("Pieces that you follow")
    let columns = [page("Piece"), page("Name"), page("Case"), page("State"), page("By which day")]
    let rows = found.pieces.compactMap { row($0, found, knowledge, on: page) }
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p class=\"lead\">\(page("Of open cases: what you are to see to, the earliest day first."))</p>"))
      \(page.table(title, columns: columns, rows: rows, empty: page.emptyState(page("You follow no piece that is still to be come by."))))
      \(page.pager(next: found.next.map { PiecePaths.awaited(after: $0) }))
      """)
  }

  private static func row(
    _ piece: AwaitedPiece, _ found: AwaitedPieces, _ knowledge: PieceKnowledge, on page: Page
  ) -> [HTML]? {
    guard let line = found.cases[piece.file], let entry = knowledge.entry(piece.code) else { return nil }
    let label = found.names[line.person]
    let name = label.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "\(page("erased"))"
    let due: HTML =
      piece.dueOn.map { day in
        let isLate = day < page.today
        return
          "\(page.day(day))\(isLate ? " \(page.badge(page("late"), .attention, icon: .late))" as HTML : .empty)"
      } ?? "—"
    return [
      "<a href=\"\(PiecePaths.list(line.id))\">\(entry.name[page.reader.language] ?? entry.code)</a>", name,
      page.bdi(line.number), page.badge(page(PieceWords.label(piece.state)), PieceWords.tone(piece.state)),
      due,
    ]
  }
}
