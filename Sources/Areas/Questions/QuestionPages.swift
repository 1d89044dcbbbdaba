import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: the lists, one question with its answer, the form that asks.
package struct QuestionPages: Area {
  let questions: Questions

  package init(_ questions: Questions) { self.questions = questions }

  package var migrations: [Migration] { Questions.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Questions to the centre"), path: QuestionPaths.list, icon: .info, in: .day, duty: .openFiles)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/questions", use: list)
    routes.post("/questions", use: ask)
    routes.get("/questions/new", use: new)
    routes.get("/questions/:question", use: show)
    routes.post("/questions/:question/answer", use: answer)
    routes.post("/questions/:question/seeing", use: see)
  }

  /// The words for the journal; the page of a case reads nothing for it.
  package static let section = CaseSection(words: QuestionWords.phrase) { _, _ in { _ in .empty } }

  /// What waits, on the home page of the antenna and of the centre.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      let day = try await questions.day(of: actor)
      return day.waiting == 0 && day.unseen == 0 ? .empty : QuestionTemplates.home(day, on: page)
    }
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.openFiles)
    let list = QuestionList(rawValue: request.query("show")) ?? .waiting
    let found = try await questions.list(list, after: RecordID(request.query("after")), for: actor)
    return QuestionTemplates.list(
      found, list, try await questions.accounts.names(of: found.lines.map(\.askedBy)),
      try await questions.antennas.territory(), on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.openFiles)
    return QuestionTemplates.new(questions.daysToAnswer, Typed(), [], on: try context.page)
  }

  @Sendable func ask(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.openFiles)
    do {
      let form = try QuestionForm.question(context.typed)
      var file: RecordID<CaseFile>?
      if let number = form.number {
        file = try await questions.cases.find(number: number, for: actor)
        guard file != nil else {
          throw Refusal.invalid([FieldError("case-number", say("You see no case with this number."))])
        }
      }
      try await questions.ask(
        NewQuestion(id: form.id, kind: form.kind, words: form.words, about: file), by: actor)
      return .seeOther(QuestionPaths.show(form.id), .saved)
    } catch Refusal.invalid(let errors) {
      return QuestionTemplates.new(
        questions.daysToAnswer, context.typed.renewed, errors, on: try context.page
      )
      .response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let shown = try await questions.find(context.id("question"), for: context.actor)
    let ids = [shown.question.line.askedBy, shown.question.answered?.by].compactMap { $0 }
    return QuestionTemplates.show(
      shown, try await questions.accounts.names(of: ids), try await questions.antennas.territory(), typed,
      errors, on: try context.page)
  }

  @Sendable func answer(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.answerQuestions)
    let id: RecordID<Question> = try context.id("question")
    do {
      try await questions.answer(id, QuestionForm.answer(context.typed), by: actor)
      return .seeOther(QuestionPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func see(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<Question> = try context.id("question")
    let actor = try context.actor
    try actor.must(.openFiles)
    try await questions.see(id, by: actor)
    return .seeOther(QuestionPaths.show(id), .saved)
  }
}

/// Links into the area.
package enum QuestionPaths {
  package static let list = "/questions"
  static let new = "/questions/new"
  static func list(_ list: QuestionList) -> String { "/questions?show=\(list.rawValue)" }
  static func list(_ shown: QuestionList, after id: RecordID<Question>) -> String {
    "\(list(shown))&after=\(id)"
  }
  package static func show(_ id: RecordID<Question>) -> String { "/questions/\(id)" }
  static func answer(_ id: RecordID<Question>) -> String { "/questions/\(id)/answer" }
  static func seeing(_ id: RecordID<Question>) -> String { "/questions/\(id)/seeing" }
}
