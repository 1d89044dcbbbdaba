import Accounts
import Basics
import Pages

/// The forms of the acts inside a case; each stands closed on the case page, or alone when it came back with errors.
enum CaseActTemplates {
  static func alone(_ form: HTML, in file: CaseFile, on page: Page) -> HTML {
    page.layout(
      file.number,
      """
      \(page.title(page("Case \(file.number)"), under: "<p><a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"))
      \(page.section(page("Something needs mending"), form))
      """)
  }

  static func contact(
    _ id: RecordID<CaseFile>, _ colleagues: [Account], _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let choices = colleagues.map { Choice($0.id.text, $0.name) }
    return page.form(
      CasePaths.contact(id), submit: page("Make this the contact person"), errors: errors, weight: .secondary,
      fields.select("contact", page("Contact person"), options: choices, required: true))
  }

  static func need(_ id: RecordID<CaseFile>, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      CasePaths.needs(id), submit: page("Record the need"), errors: errors,
      """
      \(page.once(typed))
      \(fields.select("need", page("What is needed"), options: Need.Kind.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.radios("urgency", page("How urgent"), options: Need.Urgency.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.paragraph("details", page("Details"), rows: 2))
      """)
  }

  static func meeting(
    _ id: RecordID<CaseFile>, _ need: RecordID<Need>, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors, about: need.text)
    return page.form(
      CasePaths.meeting(id, need), submit: page("It is done"), errors: errors, about: need.text,
      weight: .secondary,
      """
      \(fields.text("how", page("What was done"), required: true, limit: 2_000))
      \(fields.text("met-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
      """)
  }

  static func note(_ id: RecordID<CaseFile>, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let sections = Note.Section.allCases.filter { page.may($0.dutyToWrite) }
    return page.form(
      CasePaths.notes(id), submit: page("Keep the note"), errors: errors,
      """
      \(page.once(typed))
      \(fields.select("section", page("Section of the file"), options: sections.map { Choice($0.rawValue, page($0.label)) }, hint: page("Who may read a note depends on its section."), required: true))
      \(fields.paragraph("text", page("Note"), required: true))
      """)
  }

  static func closure(_ id: RecordID<CaseFile>, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML
  {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      CasePaths.closure(id), submit: page("Close the case"), errors: errors,
      """
      \(page.once(typed))
      \(fields.select("outcome", page("Outcome"), options: Closure.Outcome.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.paragraph("reason", page("Why"), required: true, rows: 2))
      \(fields.text("closed-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
      """)
  }

  static func reopening(_ id: RecordID<CaseFile>, _ typed: Typed, _ errors: [FieldError], on page: Page)
    -> HTML
  {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      CasePaths.reopening(id), submit: page("Open the case again"), errors: errors, weight: .secondary,
      fields.paragraph("reopen-reason", page("Why"), required: true, rows: 2))
  }
}
