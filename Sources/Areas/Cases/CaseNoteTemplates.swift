import Basics
import Pages

/// The notes of a file: the newest on its page, the older ones on pages of their own.
enum CaseNoteTemplates {
  static func section(_ view: CaseView, on page: Page) -> HTML {
    let mayWrite = Note.Section.allCases.contains { page.may($0.dutyToWrite) } && view.file.stage != .closed
    let form =
      mayWrite
      ? page.disclosure(
        page("Write a note"), icon: .note, CaseActTemplates.note(view.file.id, Typed(), [], on: page))
      : HTML.empty
    return page.section(
      page("Notes"), id: "notes", list(view.opened.noted, view.names, of: view.file, on: page) + form)
  }

  static func older(_ noted: NotePage, _ names: [AccountID: String], in file: CaseFile, on page: Page) -> HTML
  {
    page.layout(
      page("Older notes"),
      """
      \(page.title(page("Case \(file.number)"), under: "<p><a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"))
      \(page.section(page("Older notes"), list(noted, names, of: file, on: page)))
      """)
  }

  private static func list(
    _ noted: NotePage, _ names: [AccountID: String], of file: CaseFile, on page: Page
  ) -> HTML {
    let items = noted.notes.map { note -> HTML in
      """
      <li><p>\(page.badge(page(note.section.label))) <span class="faint">\(page.time(note.at)) · \(names[note.by] ?? "—")</span></p>\
      \(page.prose(note.text))</li>
      """
    }
    guard !items.isEmpty else { return page.emptyState(page("No note that you may read has been written.")) }
    let next: HTML =
      noted.next.map {
        "<p><a href=\"\(CasePaths.notes(file.id, after: $0))\">\(page("Older notes"))</a></p>"
      } ?? .empty
    return "<ul class=\"records\">\(items)</ul>\(next)"
  }
}
