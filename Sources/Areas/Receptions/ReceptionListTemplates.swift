import Basics
import Pages
import People

/// Receptions begun, to be taken up again.
enum ReceptionListTemplates {
  static func list(_ begun: [ReceptionDraft], _ names: [AccountID: String], on page: Page) -> HTML {
    let title = page("Receptions begun")
    return page.layout(
      title,
      """
      \(page.title(title, actions: page.button(page("Receive a person"), to: PersonPaths.search, icon: .add)))
      \(table(begun, names, on: page))
      """)
  }

  static func section(_ begun: [ReceptionDraft], _ names: [AccountID: String], on page: Page) -> HTML {
    page.section(page("Receptions begun"), id: "receptions", table(begun, names, on: page))
  }

  private static func table(_ begun: [ReceptionDraft], _ names: [AccountID: String], on page: Page) -> HTML {
    let rows = begun.map { draft -> [HTML] in
      let identity = Identity(draft.fields)
      let steps = ReceptionDraft.Step.allCases.count
      return [
        "<a href=\"\(ReceptionPaths.show(draft.id))\">\(page.name(latin: identity.latinName, arabic: identity.arabicName))</a>",
        "\(page("\(draft.done.count) of \(steps)"))",
        page.time(draft.savedAt), "\(names[draft.author] ?? "—")",
      ]
    }
    return page.table(
      page("Receptions begun"),
      columns: [page("Name"), page("Steps done"), page("Last saved"), page("Begun by")], rows: rows,
      empty: page.emptyState(page("No reception is begun.")))
  }
}
