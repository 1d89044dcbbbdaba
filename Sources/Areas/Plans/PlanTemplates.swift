import Basics
import Cases
import Pages

/// The plan, as it stands on the page of its case.
enum PlanTemplates {
  /// What somebody typed and what was wrong with it.
  struct Attempt {
    var typed = Typed()
    var errors: [FieldError] = []
    /// The action it was about; nil for the plan itself.
    var action: RecordID<Plan.Action>?
  }

  static func section(_ plan: Plan, _ file: CaseFile, on page: Page) -> HTML {
    part(plan, file, Attempt(), on: page)
  }

  static func alone(_ plan: Plan, _ file: CaseFile, _ attempt: Attempt, on page: Page) -> HTML {
    page.layout(
      file.number,
      """
      \(page.title(page("Case \(file.number)"), under: "<p><a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"))
      \(part(plan, file, attempt, on: page))
      """)
  }

  private static func part(_ plan: Plan, _ file: CaseFile, _ attempt: Attempt, on page: Page) -> HTML {
    let mayChange = page.may(.agreePlans) && file.stage != .closed
    let goals = plan.goals.map { goal($0, file, mayChange, attempt, on: page) }
    let list: HTML =
      goals.isEmpty
      ? page.emptyState(page("No goal yet: what does the person want to reach, in her own words?"))
      : "<ul class=\"records\">\(goals)</ul>"
    return page.section(
      page("Plan"), id: "plan", actions: status(plan, file, on: page),
      list + totals(plan.totals, on: page) + (goals.isEmpty ? .empty : links(plan, file, on: page))
        + (mayChange ? forms(plan, file, attempt, on: page) : .empty))
  }

  /// How the plan stands; a draft with the day by which it is to be agreed.
  static func status(_ plan: Plan, _ file: CaseFile, on page: Page) -> HTML {
    guard let version = plan.versions.last else {
      guard let due = file.due, due.what == .plan else { return page.badge(page(plan.status.label)) }
      let late = due.isLate(on: page.today) ? page.badge(page("late"), .attention, icon: .late) : .empty
      return "\(page.badge(page(plan.status.label))) \(page("to be agreed by")) \(page.day(due.on)) \(late)"
    }
    let badge =
      switch plan.status {
      case .draft, .revised: page.badge(page(plan.status.label), .attention, icon: .note)
      case .agreed, .completed: page.badge(page(plan.status.label), .good, icon: .done)
      }
    return """
      \(badge) \(page("version \(version.number)")) · \(page.day(plan.completedOn ?? version.agreement.on)) · \
      <span dir="auto">\(version.agreement.signedBy)</span>
      """
  }

  private static func links(_ plan: Plan, _ file: CaseFile, on page: Page) -> HTML {
    let versions: HTML =
      plan.versions.isEmpty
      ? .empty : "<a href=\"\(PlanPaths.versions(file.id))\">\(page("Versions and what changed"))</a> · "
    return """
      <p>\(versions)<a href="\(PlanPaths.pdf(file.id, .french))" download>\(page("PDF in French"))</a> · \
      <a href="\(PlanPaths.pdf(file.id, .arabic))" download>\(page("PDF in Arabic"))</a></p>
      """
  }

  /// The sums, each in its own currency.
  static func totals(_ totals: Plan.Totals, on page: Page) -> HTML {
    guard !totals.all.isEmpty else { return .empty }
    func sum(_ money: Money) -> HTML { page.money(money) }
    let payers = totals.payers.map {
      "<li><span dir=\"auto\">\($0.name)</span>\(page.reader.colon) \(sum($0.amount))</li>" as HTML
    }
    let ways = totals.ways.map {
      "<li>\(page($0.way.label))\(page.reader.colon) \(sum($0.amount))</li>" as HTML
    }
    let all = totals.all.map { "<strong>\(sum($0))</strong> " as HTML }
    return """
      <div class="totals"><p>\(page("Budget in all:")) \(all)</p>
      <ul class="faint">\(payers)\(ways)</ul></div>
      """
  }

  private static func goal(
    _ goal: Plan.Goal, _ file: CaseFile, _ mayChange: Bool, _ attempt: Attempt, on page: Page
  ) -> HTML {
    let actions = goal.actions.map { action($0, file, mayChange, attempt, on: page) }
    let link: HTML =
      mayChange && goal.reason == nil
      ? " <a href=\"\(PlanPaths.goal(file.id, goal.id))\">\(page("Change the goal"))</a>" : .empty
    let reason: HTML = goal.reason.map { "<p>\(page.badge(page("given up")))</p>\(page.prose($0))" } ?? .empty
    return """
      <li><p>\(page.badge(page(goal.track.label))) <strong dir="auto">\(goal.text)</strong>\(link)</p>\(reason)
      \(actions.isEmpty ? .empty : "<ul class=\"records inner\">\(actions)</ul>")</li>
      """
  }

  private static func action(
    _ action: Plan.Action, _ file: CaseFile, _ mayChange: Bool, _ attempt: Attempt, on page: Page
  ) -> HTML {
    let isLate = action.state.isOpen && action.by.map { $0 < page.today } ?? false
    let tone: Page.Tone = action.state == .done ? .good : .plain
    let blocked: HTML = action.blocked == nil ? .empty : "\(page.badge(page("blocked"), .attention)) "
    let late = isLate ? page.badge(page("late"), .attention, icon: .late) : .empty
    let link: HTML =
      mayChange && action.state != .abandoned
      ? " · <a href=\"\(PlanPaths.action(file.id, action.id))\">\(page("Change, budget"))</a>" : .empty
    return """
      <li><p><span dir="auto">\(action.text)</span> \(page.badge(page(action.state.label), tone)) \(blocked)\(late)</p>
      <p class="faint"><span dir="auto">\(action.who)</span>\(action.by.map { " · \(page.day($0))" as HTML })\(link)</p>
      \(budget(action.budget, on: page))\(action.reason.map { page.prose($0) })\(action.blocked.map { page.prose($0) })
      \(mayChange && action.state.isOpen ? acts(action, file, attempt, on: page) : .empty)</li>
      """
  }

  static func budget(_ lines: [Plan.BudgetLine], on page: Page) -> HTML {
    guard !lines.isEmpty else { return .empty }
    let items = lines.map { "<li>\(line($0, on: page))</li>" as HTML }
    return "<ul class=\"budget\">\(items)</ul>"
  }

  static func line(_ line: Plan.BudgetLine, on page: Page) -> HTML {
    "\(page.money(line.amount)) · <span dir=\"auto\">\(line.payer)</span> · \(page(line.way.label))"
  }

  private static func acts(_ action: Plan.Action, _ file: CaseFile, _ attempt: Attempt, on page: Page)
    -> HTML
  {
    let mine = attempt.action == action.id ? attempt : Attempt()
    let fields = FormFields(page, typed: mine.typed, errors: mine.errors, about: action.id.text)
    let start =
      action.state == .toDo
      ? page.form(PlanPaths.start(file.id, action.id), submit: page("It has begun"), weight: .quiet)
      : HTML.empty
    let done = page.form(
      PlanPaths.completion(file.id, action.id), submit: page("It is done"), weight: .quiet)
    // Elsewhere it stands on the page of the action: a case has many.
    let wrong: HTML = mine.errors.isEmpty ? .empty : abandonment(action, file, fields, mine.errors, on: page)
    return "<div class=\"acts\">\(start)\(done)\(wrong)</div>"
  }

  static func abandonment(
    _ action: Plan.Action, _ file: CaseFile, _ fields: FormFields, _ errors: [FieldError], on page: Page
  ) -> HTML {
    page.form(
      PlanPaths.abandonment(file.id, action.id), submit: page("Give it up"), errors: errors,
      about: action.id.text, weight: .secondary,
      fields.text("why-abandoned", page("Why"), required: true, direction: .auto, limit: 500))
  }

  private static func forms(_ plan: Plan, _ file: CaseFile, _ attempt: Attempt, on page: Page) -> HTML {
    let (typed, errors) = (attempt.typed, attempt.errors)
    let fields = FormFields(page, typed: typed, errors: errors)
    func isWrong(_ names: [String]) -> Bool { errors.contains { names.contains($0.field) } }
    func mine(_ names: [String]) -> [FieldError] { errors.filter { names.contains($0.field) } }
    let goal = page.disclosure(
      page("Add a goal"), icon: .plus, isOpen: isWrong(["track", "goal"]),
      page.form(
        PlanPaths.goals(file.id), submit: page("Add the goal"), errors: mine(["track", "goal"]),
        """
        \(page.once(typed))
        \(PlanEditTemplates.goal(fields, on: page))
        """))
    let standing = plan.goals.filter { $0.reason == nil }
    guard !standing.isEmpty else { return goal }
    let actionNames = ["goal-of-action", "action", "who", "by"]
    let action = page.disclosure(
      page("Add an action"), icon: .plus, isOpen: isWrong(actionNames),
      page.form(
        PlanPaths.actions(file.id), submit: page("Add the action"), errors: mine(actionNames),
        """
        \(page.once(typed))
        \(fields.select("goal-of-action", page("For the goal"), options: standing.map { Choice($0.id.text, $0.text) }, required: true))
        \(PlanEditTemplates.action(fields, on: page))
        """))
    let mayAgree = plan.status == .draft || plan.status == .revised
    let isFinished = PlanRules.isFinished(plan) && plan.status != .completed
    let agreementNames = ["signed-by", "representative", "witness", "agreed-on"]
    return goal + action
      + (mayAgree && standing.contains { !$0.actions.isEmpty }
        ? agree(plan, file, fields, mine(agreementNames), page) : .empty)
      + (isFinished ? complete(file, fields, mine(["completed-on"]), page) : .empty)
  }

  private static func agree(
    _ plan: Plan, _ file: CaseFile, _ fields: FormFields, _ errors: [FieldError], _ page: Page
  ) -> HTML {
    page.disclosure(
      plan.versions.isEmpty ? page("Agree the plan") : page("Agree the plan again"), icon: .plan,
      isOpen: !errors.isEmpty,
      page.form(
        PlanPaths.agreement(file.id), submit: page("The plan is agreed"), errors: errors,
        """
        \(page.once(RecordID<Plan.Version>()))\(page.hidden("seen", plan.mark))
        \(fields.text("signed-by", page("Agreed with the person by"), required: true, direction: .auto))
        \(fields.text("representative", page("Signed in the person's name by"), hint: page("Leave empty when she signed herself."), direction: .auto))
        \(fields.text("witness", page("Witness"), direction: .auto))
        \(fields.text("agreed-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
        """))
  }

  private static func complete(
    _ file: CaseFile, _ fields: FormFields, _ errors: [FieldError], _ page: Page
  ) -> HTML {
    page.disclosure(
      page("Complete the plan"), icon: .done, isOpen: !errors.isEmpty,
      page.form(
        PlanPaths.completion(file.id), submit: page("The plan is completed"), errors: errors,
        fields.text("completed-on", page("Day"), hint: page("Leave empty for today."), kind: .date)))
  }
}
