import Basics
import Cases
import Pages
import People

/// The next thing to do comes first.
enum HomeTemplates {
  static func day(_ day: CaseDay, _ first: [HTML], _ last: [HTML], on page: Page) -> HTML {
    func list(_ lines: [CaseLine], _ empty: String) -> HTML {
      CaseListTemplates.table(lines, day.names, on: page, empty: page.emptyState(empty))
    }
    var late = CaseFilter()
    (late.whose, late.isLate) = (.mine, true)
    let actions =
      page.may(.receivePersons)
      ? page.button(page("Receive a person"), to: PersonPaths.search, icon: .add) : HTML.empty
    let all: HTML =
      day.late.count == 20 ? "<a href=\"\(CasePaths.list(late))\">\(page("All that is late"))</a>" : .empty
    return page.layout(
      page("My day"),
      """
      \(page.title(page("My day"), under: "<p>\(page.day(page.today))</p>", actions: actions))
      \(first)
      \(page.section(page("Late"), id: "late", actions: all, list(day.late, page("Nothing is late."))))
      \(page.section(page("Today and this week"), id: "soon", list(day.soon, page("Nothing is due in the next seven days."))))
      \(page.section(page("Waiting for a plan"), id: "waiting", list(day.waiting, page("Everyone you accompany has a plan."))))
      \(last)
      """)
  }

  static func centre(_ others: [HTML], on page: Page) -> HTML {
    page.layout(
      page("My day"),
      "\(page.title(page("My day"), under: "<p>\(page.day(page.today))</p>"))\(others)")
  }

  /// For those who keep the house and open no files.
  static func withoutFiles(on page: Page) -> HTML {
    page.layout(
      page("My day"),
      "\(page.title(page("My day"), under: "<p>\(page.day(page.today))</p>"))\(page.emptyState(page("Your account opens no files. What it may do stands in the navigation.")))"
    )
  }
}
