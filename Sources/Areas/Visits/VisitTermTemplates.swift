import Basics
import Pages

/// The numbers follow-up goes by, with the days from which they count.
enum VisitTermTemplates {
  static func show(_ terms: VisitTerms, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let rows = VisitTerms.Name.allCases.flatMap { name in
      terms.terms.filter { $0.name == name }.reversed().map { row($0, terms, on: page) }
    }
    return page.layout(
      page("When visits are due"),
      """
      \(page.title(page("When visits are due"), under: "<p class=\"lead\">\(page("Months are counted from the day the activity began or, where that is not known, from the day the plan was agreed. What was planned before stays as it is."))</p>"))
      \(page.table(page("When visits are due"), columns: [page("What"), page("Numbers"), page("From"), page("State")], rows: rows, empty: .empty))
      \(page.may(.manageFollowUp) ? page.section(page("Set numbers from a day on"), form(typed, errors, on: page)) : .empty)
      """)
  }

  private static func row(_ term: VisitTerms.Term, _ terms: VisitTerms, on page: Page) -> [HTML] {
    let isInForce = terms.numbers(term.name, on: page.today) == term.numbers && term.from <= page.today
    let state: HTML =
      isInForce
      ? page.badge(page("in force"), .good)
      : page.badge(term.from > page.today ? page("later") : page("before"))
    let numbers = term.numbers.map { page.reader.number($0) }.joined(separator: " · ")
    return ["\(page(term.name.label))", page.bdi(numbers), page.day(term.from), state]
  }

  private static func form(_ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      VisitPaths.terms, submit: page("Set these numbers"), errors: errors,
      """
      \(fields.select("term", page("What"), options: VisitTerms.Name.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.text("numbers", page("Numbers"), hint: page("With commas between them, for example 1, 3, 6, 12."), required: true, direction: .ltr))
      \(fields.text("from", page("From"), kind: .date, required: true))
      """)
  }
}
