import Basics
import Pages

/// The items by their scores, and where the money ends. Values in, markup out.
enum CommitteeRankingTemplates {
  static func show(_ opened: OpenedSession, on page: Page) -> HTML {
    let title = page("Ranking")
    let back = page("Committee of \(opened.session.day)")
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(CommitteePaths.show(opened.session.id))\">\(back)</a></p>"))
      \(opened.ranking.map { body($0, opened, on: page) } ?? waiting(opened, on: page))
      """)
  }

  private static func waiting(_ opened: OpenedSession, on page: Page) -> HTML {
    let count = opened.entries.count { opened.awaitsScore($0.item) }
    return page.alert(
      .info,
      "<p>\(page(count, one: "You have still to score 1 file: the ranking shows what others gave.", many: "You have still to score \(count) files: the ranking shows what others gave."))</p>"
    )
  }

  private static func body(_ ranking: CommitteeRanking, _ opened: OpenedSession, on page: Page) -> HTML {
    let rows = ranking.places.enumerated().map { index, place -> [HTML] in
      let item = place.entry.item
      let isHidden = !opened.mayRead(item)
      let score = place.score.map { page.bdi(CommitteeTexts.score($0, page.reader)) } ?? "—"
      return [
        "\(index + 1)", "\(place.entry.number). \(item.title(for: page.reader))",
        isHidden ? "—" : score, "\(page.reader.money(item.amount))",
        standing(place, opened, on: page),
        place.left.map { "\(page.reader.money($0))" } ?? "—",
      ]
    }
    return money(opened, on: page)
      + page.table(
        page("Ranking"),
        columns: [
          page("Rank"), page("Request"), page("Average score"), page("Asked"),
          page("Under the money there is"),
          page("Left after it"),
        ], rows: rows, empty: page.emptyState(page("Nothing is on the agenda yet.")))
  }

  private static func money(_ opened: OpenedSession, on page: Page) -> HTML {
    let left = Set(opened.shares.values.map(\.pot)).sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map {
      (label: $0.name, value: page.money($0.left) as HTML?)
    }
    let told = opened.session.money.map { "\(page.reader.money($0))" as HTML }
    guard !left.isEmpty || told != nil else {
      return page.alert(
        .info, "<p>\(page("What money there is is not loaded: the ranking goes by scores alone."))</p>")
    }
    return page.section(
      page("Money there is"), id: "money",
      page.facts(left + [(label: page("As the session was told"), value: told)]))
  }

  private static func standing(_ place: CommitteeRanking.Place, _ opened: OpenedSession, on page: Page)
    -> HTML
  {
    if let decision = opened.decisions[place.entry.item.id] {
      return SessionTemplates.outcome(decision.outcome, on: page)
    }
    switch place.standing {
    case .within: return page.badge(page("there is money for it"), .good)
    case .beyond:
      return place.score == nil
        ? page.badge(page("not scored"), .plain)
        : page.badge(page("the money ends before it"), .attention, icon: .late)
    case .unknown, .none: return page.badge(page("not known"), .plain)
    }
  }
}
