import Accounts
import Antennas
import Basics
import Cases
import Pages

/// What somebody has to do. Values in, markup out.
enum TaskTemplates {
  static func home(_ count: TaskCount, on page: Page) -> HTML {
    let text =
      count.isCapped
      ? page("More than \(TaskStore.mostCounted) tasks wait for you.")
      : page(count.open, one: "One task waits for you.", many: "\(count.open) tasks wait for you.")
    var marks = HTML.empty
    if count.late > 0 { marks += page.badge(page("Late: \(count.late)"), .attention, icon: .late) }
    if count.today > 0 { marks += page.badge(page("Due today: \(count.today)"), .info) }
    return page.section(
      page("Tasks"), id: "tasks",
      "<p><a href=\"\(TaskPaths.list)\">\(text)</a> \(marks)</p>")
  }

  static func list(
    _ found: TasksFound, _ list: TaskList, _ names: [AccountID: String], _ territory: Territory, on page: Page
  ) -> HTML {
    let isAtAntenna = page.actor?.antenna != nil
    let lists = TaskList.allCases.filter { $0 != .role || isAtAntenna }
    let filters = lists.map { item in
      (label: page(item.label(isAtAntenna)), path: TaskPaths.list(item), isCurrent: item == list)
    }
    let rows = found.tasks.map { task -> [HTML] in
      [
        "<a href=\"\(TaskPaths.show(task.id))\">\(short(task, on: page))</a>",
        "\(receiver(task.receiver, names, territory, on: page))", due(task, on: page),
        state(task, names, on: page), "\(giver(task, names, on: page))",
      ]
    }
    return page.layout(
      page("Tasks"),
      """
      \(page.title(page("Tasks"), under: "<p><a href=\"\(TaskPaths.digest)\">\(page("A word each morning by e-mail"))</a></p>", actions: page.button(page("Give a task"), to: TaskPaths.new, icon: .plus)))
      \(page.filters(page("Which tasks"), filters))
      \(page.table(
        page(list.label(isAtAntenna)),
        columns: [page("What is to be done"), page("For whom"), page("Due"), page("State"), page("Given by")],
        rows: rows, empty: page.emptyState(page("No task is here."))))
      \(page.pager(next: found.next.map { TaskPaths.list(list, after: $0) }))
      """)
  }

  /// What is late at an antenna, for those who have its work in charge: no words, which are for those meant.
  static func late(
    _ found: TasksFound, at antenna: AntennaCode, _ names: [AccountID: String], _ territory: Territory,
    on page: Page
  ) -> HTML {
    let title = page("Late tasks: \(territory.name(of: antenna, in: page.reader.language))")
    let rows = found.tasks.map { task -> [HTML] in
      [
        "\(receiver(task.receiver, names, territory, on: page))", due(task, on: page),
        "\(task.takenBy.map { names[$0] ?? "—" } ?? "—")", "\(giver(task, names, on: page))",
      ]
    }
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p class=\"lead\">\(page("For whom and since when; what it is about is read by those who have to do it."))</p>"))
      \(page.table(
        title, columns: [page("For whom"), page("Due"), page("Taken by"), page("Given by")], rows: rows,
        empty: page.emptyState(page("No task is here."))))
      \(page.pager(next: found.next.map { TaskPaths.late(at: antenna, after: $0) }))
      """)
  }

  /// The first words of a task, for a list.
  private static func short(_ task: OfficeTask, on page: Page) -> HTML {
    guard let words = task.words else { return "\(hidden(task, on: page))" }
    if let reminder = TaskReminder.phrase(of: words) { return "\(page(reminder))" }
    let line = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? words
    return "<bdi>\(line.count > 100 ? line.prefix(99) + "…" : line)</bdi>"
  }

  private static func words(_ task: OfficeTask, on page: Page) -> String {
    guard let words = task.words else { return hidden(task, on: page) }
    return TaskReminder.phrase(of: words).map { page($0) } ?? words
  }

  private static func hidden(_ task: OfficeTask, on page: Page) -> String {
    task.file == nil ? page("Its words are gone.") : page("About a case that you do not see.")
  }

  private static func giver(_ task: OfficeTask, _ names: [AccountID: String], on page: Page) -> String {
    task.givenBy == Actor.program.id ? page("the program") : names[task.givenBy] ?? "—"
  }

  private static func due(_ task: OfficeTask, on page: Page) -> HTML {
    let day = page.reader.date(task.due)
    return task.isLate(on: page.today)
      ? page.badge(page("late since \(day)"), .attention, icon: .late) : "\(day)"
  }

  private static func state(_ task: OfficeTask, _ names: [AccountID: String], on page: Page) -> HTML {
    switch task.state {
    case .open:
      task.takenBy.map { page.badge(page("\(names[$0] ?? "—") does it"), .info) }
        ?? page.badge(page(task.state.label))
    case .done: page.badge(page(task.state.label), .good)
    case .refused: page.badge(page(task.state.label), .attention)
    }
  }

  static func receiver(
    _ receiver: OfficeTask.Receiver, _ names: [AccountID: String], _ territory: Territory, on page: Page
  ) -> String {
    switch receiver {
    case .person(let id): return id == page.actor?.id ? page("Yourself") : names[id] ?? "—"
    case .role(let role, let antenna):
      return "\(page(role.label)), \(territory.name(of: antenna, in: page.reader.language))"
    case .antenna(let antenna):
      let name = territory.name(of: antenna, in: page.reader.language)
      return page("antenna of \(name)")
    case .centre: return page("Central office")
    }
  }

  private static func back(on page: Page) -> HTML {
    "<p><a href=\"\(TaskPaths.list)\">\(page("All tasks"))</a></p>"
  }

  static func new(_ receivers: [Choice], _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.layout(
      page("Give a task"),
      """
      \(page.title(page("Give a task"), under: back(on: page)))
      \(page.section(page("Task"), page.form(TaskPaths.list, submit: page("Give it"), errors: errors, """
        \(page.once(typed))
        \(fields.paragraph("words", page("What is to be done"), hint: page("Without the name of a person: a case is named by its number below."), required: true))
        \(fields.select("to", page("For whom"), options: receivers, hint: page("Where several are meant, one of them does it for all."), required: true))
        \(fields.text("due", page("Due"), kind: .date, required: true))
        \(fields.text("case-number", page("Number of the case"), hint: page("Leave it empty for a task that is about no case."), direction: .ltr, limit: 30))
        """)))
      """)
  }

  static func show(
    _ shown: TaskShown, _ names: [AccountID: String], _ territory: Territory, _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let task = shown.task
    let file = shown.file.map { file -> HTML in
      "<a href=\"\(CasePaths.show(file.id))\">\(page.bdi(file.number))</a>"
    }
    let facts: [(label: String, value: HTML?)] = [
      (page("State"), state(task, names, on: page)), (page("Due"), due(task, on: page)),
      (page("For whom"), "\(receiver(task.receiver, names, territory, on: page))"), (page("Case"), file),
      (page("Given by"), "\(giver(task, names, on: page))"), (page("Given"), page.time(task.givenAt)),
      (page("Done or refused by"), task.ending.map { "\(names[$0.by] ?? "—")" }),
      (page("Done or refused"), task.ending.map { page.time($0.at) }),
      (page("Why it was refused"), task.ending?.reason.map { page.prose($0) }),
    ]
    return page.layout(
      page("Task"),
      """
      \(page.title(page("Task"), under: back(on: page)))
      \(page.section(page("What is to be done"), id: "task", page.prose(words(task, on: page)) + page.facts(facts)))
      \(acts(shown, names, typed, errors, on: page))
      """)
  }

  private static func acts(
    _ shown: TaskShown, _ names: [AccountID: String], _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let task = shown.task
    guard shown.isForReader, task.state == .open, let actor = page.actor else { return .empty }
    var taking = HTML.empty
    if task.takenBy != actor.id, task.receiver != .person(actor.id) {
      taking = page.form(
        TaskPaths.taking(task.id), submit: page("I do it"), weight: .secondary,
        page.hidden("from", task.takenBy?.text ?? ""))
    }
    let fields = FormFields(page, typed: typed, errors: errors)
    let refusal = page.disclosure(
      page("Refuse it"), isOpen: !errors.isEmpty, id: "refusal",
      page.form(
        TaskPaths.refusal(task.id), submit: page("Refuse it"), errors: errors, weight: .secondary,
        fields.paragraph(
          "reason", page("Why it is refused"), hint: page("Whoever gave it will read this."), required: true))
    )
    return page.section(
      page("What becomes of it"), id: "acts",
      "\(page.form(TaskPaths.doing(task.id), submit: page("It is done")))\(taking)\(refusal)")
  }

  static func digest(_ digest: TaskDigest?, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let languages = Language.allCases.map { Choice($0.rawValue, $0.ownName) }
    let state =
      digest == nil ? page("You get none.") : page("You get it on each day on which something waits for you.")
    return page.layout(
      page("A word each morning by e-mail"),
      """
      \(page.title(page("A word each morning by e-mail"), under: back(on: page)))
      \(page.section(page("A word each morning by e-mail"), id: "digest", "<p>\(state) \(page("It says how many tasks and circulars wait, and nothing of what they are about."))</p>" + page.form(TaskPaths.digest, submit: page("Save"), errors: errors, """
        \(fields.text("address", page("E-mail address"), hint: page("Empty: no word."), kind: .email, direction: .ltr, autocomplete: "email", limit: 254))
        \(fields.select("language", page("Language"), options: languages, required: true))
        """)))
      """)
  }
}
