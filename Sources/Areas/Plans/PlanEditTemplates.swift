import Basics
import Cases
import Pages

/// A goal, an action, a budget line on pages of their own: to be corrected, given up, paid for.
enum PlanEditTemplates {
  /// What somebody typed into one of the forms of a page, and what was wrong with it.
  struct Attempt: Sendable {
    enum Form: Sendable { case correction, abandonment, budget }

    var form: Form?
    var typed = Typed()
    var errors: [FieldError] = []
    /// Typed on top of what is stored now.
    var isNewest = false

    func of(_ form: Form) -> Attempt { self.form == form ? self : Attempt() }

    /// What stands in a correction: what was typed, or what is stored.
    func correction(_ stored: Typed) -> Typed { form == .correction ? typed : stored }

    func version(_ stored: Int) -> String {
      form == .correction && !isNewest ? typed["version"] : String(stored)
    }
  }

  /// - Parameter hindrance: why nothing can be changed now; said in place of the forms.
  private static func alone(
    _ title: String, _ file: CaseFile, _ hindrance: Phrase?, _ forms: HTML, on page: Page
  ) -> HTML {
    let body = hindrance.map { page.alert(.info, "<p>\(page($0))</p>") } ?? forms
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(page.title(title, under: "<p>\(page.bdi(file.number)) · <a href=\"\(PlanPaths.onCase(file.id))\">\(page("Back to the plan"))</a></p>"))
      \(body)
      """)
  }

  static func goal(
    _ goal: Plan.Goal, _ file: CaseFile, _ attempt: Attempt, _ hindrance: Phrase?,
    on page: Page
  ) -> HTML {
    let mine = attempt.of(.correction)
    let fields = FormFields(page, typed: attempt.correction(Typed(goal.fields)), errors: mine.errors)
    let abandoned = attempt.of(.abandonment)
    let reason = FormFields(page, typed: abandoned.typed, errors: abandoned.errors)
    let correction = page.form(
      PlanPaths.correction(file.id, goal.id), submit: page("Save the correction"), errors: mine.errors,
      page.hidden("version", attempt.version(goal.version)) + self.goal(fields, on: page))
    let abandonment = page.form(
      PlanPaths.abandonment(file.id, goal.id), submit: page("Give up the goal"), errors: abandoned.errors,
      weight: .secondary,
      reason.text("why-abandoned", page("Why"), required: true, direction: .auto, limit: 500))
    return alone(
      page("Goal"), file, hindrance,
      page.section(page("Correct the goal"), correction)
        + page.section(
          page("Give up the goal"),
          "<p>\(page("Actions under it that are still open are given up with it."))</p>\(abandonment)"),
      on: page)
  }

  static func goal(_ fields: FormFields, on page: Page) -> HTML {
    """
    \(fields.radios("track", page("Track"), options: Plan.Track.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
    \(fields.text("goal", page("Goal"), required: true, direction: .auto, limit: 500))
    """
  }

  /// - Parameter refer: the page where the action is referred to a service.
  static func action(
    _ action: Plan.Action, _ file: CaseFile, _ attempt: Attempt, _ hindrance: Phrase?, refer: String? = nil,
    on page: Page
  ) -> HTML {
    let mine = attempt.of(.correction)
    let fields = FormFields(page, typed: attempt.correction(Typed(action.fields)), errors: mine.errors)
    let correction = page.form(
      PlanPaths.correction(file.id, action.id), submit: page("Save the correction"), errors: mine.errors,
      page.hidden("version", attempt.version(action.version)) + self.action(fields, on: page))
    let new = attempt.of(.budget)
    let budget = FormFields(page, typed: new.typed, errors: new.errors)
    let adding = page.form(
      PlanPaths.budget(file.id, action.id), submit: page("Add the budget line"), errors: new.errors,
      page.once(new.typed) + line(budget, on: page))
    let lines = action.budget.map { line -> HTML in
      """
      <li><p>\(PlanTemplates.line(line, on: page)) <a href="\(PlanPaths.line(file.id, line.id))">\(page("Correct or strike out"))</a></p></li>
      """
    }
    let referral: HTML =
      action.state.isOpen
      ? refer.map {
        "<p>\(page.button(page("Refer to a service"), to: $0, icon: .referral, weight: .secondary))</p>"
      }
        ?? .empty : .empty
    return alone(
      page("Action"), file, hindrance,
      referral
        + page.section(
          page("Budget"), id: "budget",
          (lines.isEmpty
            ? page.emptyState(page("No budget line yet: what does this cost, and who pays it?"))
            : "<ul class=\"records\">\(lines)</ul>") + adding)
        + page.section(page("Correct the action"), id: "correction", correction)
        + (action.state.isOpen
          ? page.section(
            page("Give it up"), id: "give-up",
            PlanTemplates.abandonment(
              action, file, FormFields(page, about: action.id.text), [], on: page)) : .empty),
      on: page)
  }

  static func action(_ fields: FormFields, on page: Page) -> HTML {
    """
    \(fields.text("action", page("What will be done"), required: true, direction: .auto, limit: 500))
    \(fields.text("who", page("Who does it"), required: true, direction: .auto))
    \(fields.text("by", page("By when"), kind: .date))
    """
  }

  static func line(
    _ line: Plan.BudgetLine, _ file: CaseFile, _ attempt: Attempt, _ hindrance: Phrase?,
    on page: Page
  ) -> HTML {
    let stored = BudgetForm.typed(line.fields)
    let fields = FormFields(page, typed: attempt.correction(stored), errors: attempt.errors)
    let correction = page.form(
      PlanPaths.correction(file.id, line.id), submit: page("Save the correction"), errors: attempt.errors,
      page.hidden("version", attempt.version(line.version)) + self.line(fields, on: page))
    return alone(
      page("Budget line"), file, hindrance,
      page.section(page("Correct the budget line"), correction)
        + page.section(
          page("Strike it out"),
          page.form(PlanPaths.striking(file.id, line.id), submit: page("Strike it out"), weight: .secondary)),
      on: page)
  }

  private static func line(_ fields: FormFields, on page: Page) -> HTML {
    """
    \(fields.text("amount", page("Amount"), hint: page("For example 1234,500: dinars have three decimals, euros two."), required: true, direction: .ltr))
    \(fields.radios("currency", page("Currency"), options: Money.Currency.allCases.map { Choice($0.rawValue, page(PlanWords.currency($0))) }, required: true))
    \(fields.text("payer", page("Who pays it"), hint: page("A fund, an institution, the person herself."), required: true, direction: .auto))
    \(fields.radios("way", page("How it is paid"), options: Plan.BudgetLine.Way.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
    """
  }
}
