import Antennas
import Basics
import Pages

/// What waits, for whom and since when. Values in, markup out.
enum BoardTemplates {
  private static func name(_ place: AntennaCode?, _ territory: Territory, on page: Page) -> String {
    place.map { territory.name(of: $0, in: page.reader.language) } ?? page("Centre")
  }

  /// One antenna: a line for each kind of thing, with who has to act.
  static func one(_ shown: BoardShown, _ territory: Territory, on page: Page) -> HTML {
    let name = name(shown.places[0], territory, on: page)
    let title = page("Board: \(name)")
    let rows = shown.rows.map { row -> [HTML] in
      let cell = row.cells[0]
      return [
        "\(page(row.line.kind.label))", "\(page(row.line.kind.who))", number(cell, on: page),
        cell.waiting.map { page.day($0.since) } ?? "—",
      ]
    }
    let back: HTML =
      page.actor?.scope == .nation
      ? "<p><a href=\"\(BoardPaths.show)\">\(page("All antennas"))</a></p>" : .empty
    return page.layout(
      title,
      """
      \(page.title(title, under: back + stand(on: page)))
      <div class="board">\(page.table(
        title, columns: [page("What waits"), page("Who has to act"), page("How many"), page("Since")], rows: rows,
        empty: .empty))</div>
      """)
  }

  /// All antennas side by side.
  static func all(_ shown: BoardShown, _ territory: Territory, on page: Page) -> HTML {
    let rows = shown.rows.map { row -> [HTML] in
      let total = row.cells.reduce(0) { $0 + ($1.waiting?.count ?? 0) }
      let who: HTML = "\(page(row.line.kind.label)) <small class=\"other\">\(page(row.line.kind.who))</small>"
      return [who] + row.cells.map { cell(for: $0, on: page) } + [
        "\(total == 0 ? "—" : page.reader.number(total))"
      ]
    }
    let antennas = shown.places.compactMap { $0 }.map { antenna in
      (label: name(antenna, territory, on: page), path: BoardPaths.show(antenna), isCurrent: false)
    }
    return page.layout(
      page("Board"),
      """
      \(page.title(page("Board"), under: stand(on: page)))
      \(page.filters(page("One antenna"), antennas))
      <div class="board wide">\(page.table(
        page("What waits at each antenna, and since when"),
        columns: [page("What waits")] + shown.places.map { name($0, territory, on: page) } + [page("In all")],
        rows: rows, empty: .empty))</div>
      """)
  }

  private static func stand(on page: Page) -> HTML {
    "<p>\(page("What waits for somebody, as it stands on \(page.reader.date(page.today)). A figure opens the list behind it where there is one."))</p>"
  }

  private static func number(_ cell: BoardShown.Cell, on page: Page) -> HTML {
    guard let waiting = cell.waiting else { return "—" }
    let count =
      waiting.isCapped
      ? page("more than \(Waiting.most)") : page.reader.number(waiting.count)
    return cell.path.map { "<a href=\"\($0)\">\(count)</a>" } ?? "\(count)"
  }

  private static func cell(for cell: BoardShown.Cell, on page: Page) -> HTML {
    guard let waiting = cell.waiting else { return "—" }
    let (year, month, day) = waiting.since.parts
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let since = "\(two(day))/\(two(month))/\(two(year % 100))"
    return
      "\(number(cell, on: page)) <small><time datetime=\"\(waiting.since)\"><bdi dir=\"ltr\">\(since)</bdi></time></small>"
  }
}
