import Antennas
import Basics
import Cases
import Pages

/// What would change by other rules. Values in, markup out.
enum WhatIfTemplates {
  static func show(
    _ rules: KeptRuleSet, _ current: KeptRuleSet?, _ result: WhatIf, on day: Day,
    _ numbers: [RecordID<CaseFile>: String], _ territory: Territory, _ page: Page
  ) -> HTML {
    let title = page("What would change")
    let name = EligibilityTemplates.words(rules.set.title, on: page)
    let before: HTML =
      current.map { "\(page("Compared with what is in force: version \($0.set.version)."))" }
      ?? "\(page("Nothing of this kind is in force: compared with nobody getting anything."))"
    func money(_ amount: Int64) -> HTML { page.money(Money(amount, .tnd)) }
    func count(_ count: Int) -> HTML { "\(page.reader.number(count))" }
    let rows: [[HTML]] = [
      [
        "\(page("Get the aid"))", count(result.keeps + result.loses.count),
        count(result.keeps + result.gains.count),
      ],
      ["\(page("Not yet: something is missing"))", count(result.notYetBefore), count(result.notYetAfter)],
      ["\(page("What it costs if all get it"))", money(result.costBefore), money(result.costAfter)],
    ]
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(EligibilityPaths.show(rules.id))\">\(name)</a></p>"))
      <p>\(before) \(page(result.files, one: "One open file was looked at.", many: "\(result.files) open files were looked at.")) \(page("Day"))\(page.reader.colon) \(page.day(day))</p>
      \(page.section(page("Figures"), page.table(
        page("Figures"), columns: [page("Figure"), page("By the rules in force"), page("By these rules")], rows: rows,
        empty: .empty)))
      \(change(page("Who gets it then and not now"), result.gains, numbers, territory, page))
      \(change(page("Who gets it now and not then"), result.loses, numbers, territory, page))
      """)
  }

  private static func change(
    _ title: String, _ change: WhatIf.Change, _ numbers: [RecordID<CaseFile>: String], _ territory: Territory,
    _ page: Page
  ) -> HTML {
    guard change.count > 0 else { return page.section(title, "<p>\(page("Nobody."))</p>") }
    let antennas = change.antennas.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      antenna, count -> [HTML] in
      ["\(territory.name(of: antenna, in: page.reader.language))", "\(page.reader.number(count))"]
    }
    let files = change.files.compactMap { id in
      numbers[id].map { "<li><a href=\"\(CasePaths.show(id))\">\(page.bdi($0))</a></li>" as HTML }
    }
    let rest = change.count - files.count
    let more =
      rest > 0
      ? "<p>\(page(rest, one: "One more is not shown.", many: "\(rest) more are not shown."))</p>"
      : HTML.empty
    return page.section(
      "\(title)\(page.reader.colon) \(page.reader.number(change.count))",
      page.table(title, columns: [page("Antenna"), page("Files")], rows: antennas, empty: .empty)
        + "<ul class=\"columns\">\(files)</ul>" + more)
  }
}
