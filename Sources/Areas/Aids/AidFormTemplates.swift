import Basics
import Cases
import Funding
import Pages
import People

/// The form in which an aid is prepared and corrected.
enum AidFormTemplates {
  static func new(
    _ opened: OpenedCase, _ kinds: [AidKind], _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let file = opened.file
    return page.layout(
      page("Prepare an aid"),
      """
      \(page.title(page("Prepare an aid"), under: back(opened, on: page)))
      \(page.section(page("Aid"), page.form(
        AidPaths.ofCase(file.id), submit: page("Prepare it"), errors: errors,
        page.once(typed) + fields(kinds, typed, errors, on: page))))
      """)
  }

  static func edit(
    _ shown: AidShown, _ kinds: [AidKind], _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    page.layout(
      page("Correct the aid"),
      """
      \(page.title(page("Correct the aid"), under: "<p><a href=\"\(AidPaths.show(shown.aid.id))\">\(page("Back to the aid"))</a></p>"))
      \(page.section(page("Aid"), page.form(
        AidPaths.edit(shown.aid.id), submit: page("Save"), errors: errors,
        page.hidden("version", typed["version"]) + fields(kinds, typed, errors, on: page))))
      """)
  }

  /// The person and the way back to her case.
  static func back(_ opened: OpenedCase, on page: Page) -> HTML {
    let identity = opened.person.person.identity
    return
      "<p>\(page.name(latin: identity.latinName, arabic: identity.arabicName)) · <a href=\"\(CasePaths.show(opened.file.id))\">\(page.bdi(opened.file.number))</a></p>"
  }

  private static func fields(_ kinds: [AidKind], _ typed: Typed, _ errors: [FieldError], on page: Page)
    -> HTML
  {
    let fields = FormFields(page, typed: typed, errors: errors)
    let language = page.reader.language
    return """
      \(fields.select("kind", page("Kind of aid"), options: kinds.map { Choice($0.id.rawValue, $0.name.text(in: language)) }, required: true))
      \(fields.paragraph("purpose", page("What it is for"), hint: page("What the person wants to do with it, in her words."), required: true))
      \(fields.select("currency", page("Currency"), options: Money.Currency.allCases.map { Choice($0.rawValue, $0.rawValue) }, required: true))
      \(fields.text("cost", page("All that it costs"), hint: page("For example 1234,500. It is the sum of the three parts below."), required: true, direction: .ltr, limit: 30))
      \(fields.text("asked", page("Asked of the scheme"), required: true, direction: .ltr, limit: 30))
      \(fields.text("own", page("The person's own part"), hint: page("Empty: nothing."), direction: .ltr, limit: 30))
      \(fields.text("other", page("What others give"), hint: page("Empty: nothing."), direction: .ltr, limit: 30))
      \(fields.text("other-words", page("Who gives the other part"), limit: Aid.longest))
      """
  }
}
