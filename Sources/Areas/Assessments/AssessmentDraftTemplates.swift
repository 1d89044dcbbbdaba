import Basics
import Cases
import Pages
import People

/// What somebody began to fill in, on her home page.
enum AssessmentDraftTemplates {
  static func home(_ found: AssessmentDrafts, on page: Page) -> HTML {
    guard !found.drafts.isEmpty else { return .empty }
    let items = found.drafts.prefix(10).compactMap { item($0, found, on: page) }
    let count = found.drafts.count
    let more: HTML =
      count > items.count
      ? "<p class=\"faint\">\(page("The \(page.reader.number(items.count)) that wait longest of \(page.reader.number(count))."))</p>"
      : .empty
    return page.section(
      page("Questionnaires to be concluded"), id: "assessment-drafts",
      "<ul class=\"records\">\(items)</ul>\(more)")
  }

  private static func item(_ draft: AssessmentDraft, _ found: AssessmentDrafts, on page: Page) -> HTML? {
    guard let line = found.cases[draft.file], let instrument = found.instruments[draft.instrument] else {
      return nil
    }
    let label = found.names[line.person]
    let name = label.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "\(page("erased"))"
    return """
      <li><p><a href="\(AssessmentPaths.show(draft.file, draft.id))">\(page(instrument.name))</a> · \(name) · \
      \(page.bdi(line.number)) · \(page.day(draft.givenOn))</p></li>
      """
  }
}
