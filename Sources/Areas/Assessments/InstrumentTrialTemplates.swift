import Basics
import Pages

/// Trying an instrument on sample answers, and how far two assessors agreed with it.
enum InstrumentTrialTemplates {
  static func trial(
    _ kept: KeptInstrument, _ attempt: AssessmentAttempt, _ scoring: Scoring?, on page: Page
  ) -> HTML {
    let instrument = kept.instrument
    let title = page("Try it on sample answers")
    let form = page.form(
      InstrumentPaths.trial(instrument.id), submit: page("Count"), errors: attempt.errors,
      AssessmentFormTemplates.items(instrument, attempt, on: page))
    return page.layout(
      "\(title) · \(page(instrument.name))",
      """
      \(self.title(title, instrument, on: page))<p>\(page("Nothing of what is chosen here is kept."))</p>
      \(scoring.map { ScoreTemplates.score($0, instrument, on: page) })\(form)
      """)
  }

  static func agreement(_ kept: KeptInstrument, _ found: [String: Agreement], on page: Page) -> HTML {
    let instrument = kept.instrument
    let title = page("How far two assessors agree")
    let rows = instrument.items.compactMap { item in
      found[item.code].map { row(item, $0, on: page) }
    }
    let columns = [
      page("Question"), page("Pairs with two answers"), page("The same answer"), page("Cohen’s kappa"),
      page("Pairs left out"),
    ]
    let empty = page.emptyState(
      page(
        "Nobody has given this questionnaire a second time yet. A colleague does so from the page of answers that are concluded."
      ))
    return page.layout(
      "\(title) · \(page(instrument.name))",
      """
      \(self.title(title, instrument, on: page))
      <p>\(page("Of each question: in how many pairs both found an answer, and how many of them are the same. Kappa takes away what chance alone would give: 1 is full agreement, 0 no more than chance; it stands only where one of several answers is chosen. Few pairs say little. Of whom the answers are is not kept."))</p>
      \(page.table(title, columns: columns, rows: rows, empty: empty))
      """)
  }

  private static func row(_ item: Item, _ found: Agreement, on page: Page) -> [HTML] {
    let number = page.reader.number
    let share: HTML =
      found.pairs == 0
      ? "—" : "\(page("\(number(found.same)) of \(number(found.pairs))")) (\(percent(found))\u{A0}%)"
    let kappa: HTML = found.kappa.map { page.bdi(text($0, page.reader.language)) } ?? "—"
    return ["\(page(item.text))", "\(number(found.pairs))", share, kappa, "\(number(found.incomplete))"]
  }

  private static func percent(_ found: Agreement) -> String {
    String((200 * found.same + found.pairs) / (2 * max(found.pairs, 1)))
  }

  private static func text(_ thousandths: Int, _ language: Language) -> String {
    let sign = thousandths < 0 ? "\u{2212}" : ""
    return sign + Score(thousandths: abs(thousandths)).text(for: language)
  }

  private static func title(_ text: String, _ instrument: Instrument, on page: Page) -> HTML {
    page.title(
      text,
      under:
        "<p><a href=\"\(InstrumentPaths.show(instrument.id))\">\(page(instrument.name))\(page.reader.comma) \(page("version \(instrument.version)"))</a></p>"
    )
  }
}
