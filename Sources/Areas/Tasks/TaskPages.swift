import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: the lists, one task, the form that gives one, the daily word.
package struct TaskPages: Area {
  let tasks: Tasks

  package init(_ tasks: Tasks) { self.tasks = tasks }

  package var migrations: [Migration] { Tasks.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Tasks"), path: TaskPaths.list, icon: .done, in: .day)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/tasks", use: list)
    routes.post("/tasks", use: give)
    routes.get("/tasks/new", use: new)
    routes.get("/tasks/digest", use: editDigest)
    routes.post("/tasks/digest", use: setDigest)
    routes.get("/tasks/late", use: late)
    routes.get("/tasks/:task", use: show)
    routes.post("/tasks/:task/taking", use: take)
    routes.post("/tasks/:task/doing", use: finish)
    routes.post("/tasks/:task/refusal", use: refuse)
  }

  /// The words for the journal; the page of a case reads nothing for it.
  package static let section = CaseSection(words: TaskWords.phrase) { _, _ in { _ in .empty } }

  /// What waits for the reader of the home page, counted.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      let count = try await tasks.count(for: actor)
      return count.open == 0 ? .empty : TaskTemplates.home(count, on: page)
    }
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    let list = TaskList(rawValue: request.query("show")) ?? .waiting
    let found = try await tasks.list(list, after: TaskCursor(request.query("after")), for: actor)
    return TaskTemplates.list(
      found, list, try await names(of: found.tasks), try await tasks.antennas.territory(),
      on: try context.page)
  }

  @Sendable func late(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.assignCases)
    let antenna = actor.antenna ?? AntennaCode(rawValue: request.query("antenna"))
    let found = try await tasks.late(at: antenna, after: TaskCursor(request.query("after")), for: actor)
    return TaskTemplates.late(
      found, at: antenna, try await names(of: found.tasks), try await tasks.antennas.territory(),
      on: try context.page)
  }

  private func names(of shown: [OfficeTask]) async throws -> [AccountID: String] {
    var ids: [AccountID] = []
    for task in shown {
      ids += [task.givenBy, task.takenBy, task.ending?.by].compactMap { $0 }
      if case .person(let id) = task.receiver { ids.append(id) }
    }
    return try await tasks.accounts.names(of: ids)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await form(context, Typed(), [])
  }

  private func form(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let choices = try await receivers(for: context.actor, on: try context.page)
    return TaskTemplates.new(choices.map(\.choice), typed, errors, on: try context.page)
  }

  /// To whom the actor may give a task, with the words of the list.
  private func receivers(for actor: Actor, on page: Page) async throws -> [(
    receiver: OfficeTask.Receiver, choice: Choice
  )] {
    let territory = try await tasks.antennas.territory()
    let own = territory.antennas.filter { actor.scope == .nation || $0.id == actor.antenna }
    var all: [OfficeTask.Receiver] = [.person(actor.id), .centre]
    var names = [actor.id: actor.name]
    for antenna in own { all.append(.antenna(antenna.id)) }
    for antenna in own {
      all += Role.ofAntennas.map { .role($0, at: antenna.id) }
    }
    for colleague in try await tasks.accounts.colleagues(of: own.map(\.id)) where colleague.id != actor.id {
      names[colleague.id] = colleague.name
      all.append(.person(colleague.id))
    }
    return all.map { ($0, Choice($0.code, TaskTemplates.receiver($0, names, territory, on: page))) }
  }

  @Sendable func give(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    do {
      let known = try await receivers(for: actor, on: page).map(\.receiver)
      let form = try TaskForm.task(context.typed, receivers: known, today: page.today)
      var file: RecordID<CaseFile>?
      if let number = form.number {
        file = actor.may(.openFiles) ? try await tasks.cases.find(number: number, for: actor) : nil
        guard file != nil else {
          throw Refusal.invalid([FieldError("case-number", say("You see no case with this number."))])
        }
      }
      let task = NewTask(id: form.id, to: form.to, words: form.words, due: form.due, about: file)
      return .seeOther(TaskPaths.show(try await tasks.give(task, by: actor)), .saved)
    } catch Refusal.invalid(let errors) {
      return try await self.form(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let shown = try await tasks.find(context.id("task"), for: context.actor)
    return TaskTemplates.show(
      shown, try await names(of: [shown.task]), try await tasks.antennas.territory(), typed, errors,
      on: try context.page)
  }

  @Sendable func take(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<OfficeTask> = try context.id("task")
    try await tasks.take(id, from: AccountID(context.typed["from"]), by: context.actor)
    return .seeOther(TaskPaths.show(id), .saved)
  }

  @Sendable func finish(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<OfficeTask> = try context.id("task")
    try await tasks.finish(id, by: context.actor)
    return .seeOther(TaskPaths.show(id), .saved)
  }

  @Sendable func refuse(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<OfficeTask> = try context.id("task")
    do {
      try await tasks.refuse(id, because: TaskForm.reason(context.typed), by: context.actor)
      return .seeOther(TaskPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func editDigest(_ request: Request, _ context: AppContext) async throws -> HTML {
    let digest = try await tasks.digest(of: context.actor)
    let page = try context.page
    let typed = Typed([
      "address": [digest?.address ?? ""],
      "language": [(digest?.language ?? page.reader.language).rawValue],
    ])
    return TaskTemplates.digest(digest, typed, [], on: page)
  }

  @Sendable func setDigest(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    do {
      try await tasks.set(TaskForm.digest(context.typed), by: actor)
      return .seeOther(TaskPaths.digest, .saved)
    } catch Refusal.invalid(let errors) {
      let digest = try await tasks.digest(of: actor)
      return TaskTemplates.digest(digest, context.typed, errors, on: try context.page)
        .response(.unprocessableContent)
    }
  }
}

/// Links into the area.
package enum TaskPaths {
  package static let list = "/tasks"
  static let new = "/tasks/new"
  static let digest = "/tasks/digest"
  static func list(_ list: TaskList) -> String { "/tasks?show=\(list.rawValue)" }
  static func list(_ shown: TaskList, after cursor: TaskCursor) -> String {
    "\(list(shown))&after=\(Page.queryEscaped(cursor.text))"
  }
  package static func late(at antenna: AntennaCode) -> String {
    "/tasks/late?antenna=\(Page.queryEscaped(antenna.rawValue))"
  }
  static func late(at antenna: AntennaCode, after cursor: TaskCursor) -> String {
    "\(late(at: antenna))&after=\(Page.queryEscaped(cursor.text))"
  }
  package static func show(_ id: RecordID<OfficeTask>) -> String { "/tasks/\(id)" }
  static func taking(_ id: RecordID<OfficeTask>) -> String { "/tasks/\(id)/taking" }
  static func doing(_ id: RecordID<OfficeTask>) -> String { "/tasks/\(id)/doing" }
  static func refusal(_ id: RecordID<OfficeTask>) -> String { "/tasks/\(id)/refusal" }
}
