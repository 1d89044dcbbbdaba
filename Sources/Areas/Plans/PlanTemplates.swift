import Basics
import Cases
import Pages

/// The words for what the journal tells of a plan.
enum PlanWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "goal.add": say("Wrote a goal into the plan")
    case "action.add": say("Wrote an action into the plan")
    case "action.doing": say("Began an action of the plan")
    case "action.done": say("Completed an action of the plan")
    case "action.abandoned": say("Gave up an action of the plan")
    case "plan.agree": say("Agreed the plan")
    default: nil
    }
  }
}

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
      page("Plan"), id: "plan", actions: agreement(plan, on: page),
      list + (mayChange ? forms(plan, file, attempt, on: page) : .empty))
  }

  private static func agreement(_ plan: Plan, on page: Page) -> HTML {
    guard let agreement = plan.agreement else { return page.badge(page("not agreed yet")) }
    return
      "\(page.badge(page("agreed"), .good, icon: .done)) \(page.day(agreement.on)) · <span dir=\"auto\">\(agreement.signedBy)</span>"
  }

  private static func goal(
    _ goal: Plan.Goal, _ file: CaseFile, _ mayChange: Bool, _ attempt: Attempt, on page: Page
  ) -> HTML {
    let actions = goal.actions.map { action($0, file, mayChange, attempt, on: page) }
    return """
      <li><p>\(page.badge(page(goal.track.label))) <strong dir="auto">\(goal.text)</strong></p>
      \(actions.isEmpty ? .empty : "<ul class=\"records inner\">\(actions)</ul>")</li>
      """
  }

  private static func action(
    _ action: Plan.Action, _ file: CaseFile, _ mayChange: Bool, _ attempt: Attempt, on page: Page
  ) -> HTML {
    let isLate = action.state.isOpen && action.by.map { $0 < page.today } ?? false
    let tone: Page.Tone = action.state == .done ? .good : .plain
    let late = isLate ? page.badge(page("late"), .attention, icon: .late) : .empty
    return """
      <li><p><span dir="auto">\(action.text)</span> \(page.badge(page(action.state.label), tone)) \(late)</p>
      <p class="faint"><span dir="auto">\(action.who)</span>\(action.by.map { " · \(page.day($0))" as HTML })</p>
      \(action.reason.map { page.prose($0) })
      \(mayChange && action.state.isOpen ? acts(action, file, attempt, on: page) : .empty)</li>
      """
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
    return """
      <div class="acts">\(start)\(page.form(PlanPaths.completion(file.id, action.id), submit: page("It is done"), weight: .quiet))
      \(page.disclosure(page("Give it up"), isOpen: !mine.errors.isEmpty, page.form(PlanPaths.abandonment(file.id, action.id), submit: page("Give it up"), errors: mine.errors, about: action.id.text, weight: .secondary, fields.text("why-abandoned", page("Why"), required: true, limit: 500))))
      </div>
      """
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
        \(fields.radios("track", page("Track"), options: Plan.Track.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
        \(fields.text("goal", page("Goal"), required: true, direction: .auto, limit: 500))
        """))
    guard !plan.goals.isEmpty else { return goal }
    let actionNames = ["goal-of-action", "action", "who", "by"]
    let action = page.disclosure(
      page("Add an action"), icon: .plus, isOpen: isWrong(actionNames),
      page.form(
        PlanPaths.actions(file.id), submit: page("Add the action"), errors: mine(actionNames),
        """
        \(page.once(typed))
        \(fields.select("goal-of-action", page("For the goal"), options: plan.goals.map { Choice($0.id.text, $0.text) }, required: true))
        \(fields.text("action", page("What will be done"), required: true, direction: .auto, limit: 500))
        \(fields.text("who", page("Who does it"), required: true, direction: .auto))
        \(fields.text("by", page("By when"), kind: .date))
        """))
    return goal + action
      + (plan.agreement == nil && !plan.actions.isEmpty
        ? agree(file, fields, mine(["signed-by", "agreed-on"]), page) : .empty)
  }

  private static func agree(_ file: CaseFile, _ fields: FormFields, _ errors: [FieldError], _ page: Page)
    -> HTML
  {
    page.disclosure(
      page("Agree the plan"), icon: .plan, isOpen: !errors.isEmpty,
      page.form(
        PlanPaths.agreement(file.id), submit: page("The plan is agreed"), errors: errors,
        """
        \(fields.text("signed-by", page("Agreed with the person by"), required: true, direction: .auto))
        \(fields.text("agreed-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
        """))
  }
}
