import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Hummingbird
import Pages
import Papers
import Storage
import Web

/// The pages of one item in a session, and of what stands of committees in a case.
extension CommitteePages {
  func addItemRoutes(to routes: Routes) {
    routes.get("/committees/:session/items/:item", use: showItem)
    routes.post("/committees/:session/items/:item/off", use: takeOff)
    routes.post("/committees/:session/items/:item/conflict", use: declare)
    routes.post("/committees/:session/items/:item/score", use: score)
    routes.post("/committees/:session/items/:item/vote", use: vote)
    routes.post("/committees/:session/items/:item/decision", use: decide)
  }

  func addCaseRoutes(to routes: Routes) {
    routes.get("/committees/of/:case", use: showCase)
    routes.post("/committees/of/:case", use: submit)
    routes.post("/committees/of/:case/:asked/withdrawal", use: withdraw)
    routes.post("/committees/of/:case/:asked/appeal", use: appeal)
    routes.get("/committees/of/:case/:asked/:decision/notice.pdf", use: notice)
  }

  @Sendable func showItem(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shownItem(context, Typed(), [])
  }

  private func shownItem(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let item = try await committees.open(
      context.id("item"), in: context.id("session"), for: context.actor)
    return CommitteeItemTemplates.show(
      ItemView(
        item: item, names: try await names(item.opened),
        territory: try await committees.antennas.territory(), typed: typed, errors: errors),
      on: try context.page)
  }

  @Sendable func takeOff(_ request: Request, _ context: AppContext) async throws -> Response {
    let session: RecordID<CommitteeSession> = try context.id("session")
    try await committees.takeOff(context.id("item"), from: session, by: context.actor)
    return .seeOther(CommitteePaths.show(session), .saved)
  }

  @Sendable func declare(_ request: Request, _ context: AppContext) async throws -> Response {
    let session: RecordID<CommitteeSession> = try context.id("session")
    return try await change(context, to: CommitteePaths.show(session)) { item, session, actor in
      try await committees.declare(CommitteeForm.conflict(context.typed), on: item, in: session, by: actor)
    }
  }

  @Sendable func score(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { item, session, actor in
      let criteria = try await committees.criteria(for: item, in: session, by: actor)
      let points = try CommitteeForm.points(context.typed, criteria)
      try await committees.score(points, on: item, in: session, by: actor)
    }
  }

  @Sendable func vote(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { item, session, actor in
      try await committees.vote(CommitteeForm.vote(context.typed), on: item, in: session, by: actor)
    }
  }

  @Sendable func decide(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { item, session, actor in
      let asked = try await committees.asked(for: item, in: session, by: actor)
      let form = try CommitteeForm.decision(context.typed, asked: asked)
      try await committees.decide(form.words, as: form.id, on: item, in: session, by: actor)
    }
  }

  private func change(
    _ context: AppContext, to path: String? = nil,
    _ body: (RecordID<CommitteeItem>, RecordID<CommitteeSession>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try CommitteeRules.mustTakePart(actor)
    let item: RecordID<CommitteeItem> = try context.id("item")
    let session: RecordID<CommitteeSession> = try context.id("session")
    do {
      try await body(item, session, actor)
      return .seeOther(path ?? CommitteePaths.item(item, in: session), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shownItem(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func showCase(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shownCase(context, about: nil, Typed(), [])
  }

  private func shownCase(
    _ context: AppContext, about item: RecordID<CommitteeItem>?, _ typed: Typed, _ errors: [FieldError]
  ) async throws -> HTML {
    let found = try await committees.items(of: context.id("case"), for: context.actor)
    return CommitteeCaseTemplates.show(
      found, daysToAppeal: committees.daysToAppeal,
      names: try await committees.accounts.names(of: found.items.map(\.item.preparedBy)), about: item, typed,
      errors, on: try context.page)
  }

  @Sendable func submit(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.prepareAids)
    let file: RecordID<CaseFile> = try context.id("case")
    do {
      try await committees.submit(CommitteeForm.item(context.typed, in: file, by: actor), by: actor)
      return .seeOther(CommitteePaths.file(file), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shownCase(context, about: nil, context.typed.renewed, errors)
        .response(.unprocessableContent)
    }
  }

  @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    try await changeCase(context) { item, actor in
      try await committees.withdraw(item, because: CommitteeForm.withdrawal(context.typed), by: actor)
    }
  }

  @Sendable func appeal(_ request: Request, _ context: AppContext) async throws -> Response {
    let today = try context.page.today
    return try await changeCase(context) { item, actor in
      let form = try CommitteeForm.appeal(context.typed, today: today)
      try await committees.appeal(item, as: form.id, form.words, on: form.day, by: actor)
    }
  }

  private func changeCase(
    _ context: AppContext, _ body: (RecordID<CommitteeItem>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try actor.must(.prepareAids)
    let file: RecordID<CaseFile> = try context.id("case")
    let item: RecordID<CommitteeItem> = try context.id("asked")
    do {
      try await body(item, actor)
      return .seeOther(CommitteePaths.file(file), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shownCase(context, about: item, context.typed, errors)
        .response(.unprocessableContent)
    }
  }

  private static let noticeTemplate = template("notice")

  /// The answer to the person on paper, in her language or the one that is asked for.
  @Sendable func notice(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let file: RecordID<CaseFile> = try context.id("case")
    let found = try await committees.notice(of: context.id("asked"), context.id("decision"), for: actor)
    guard found.file.id == file else { throw Refusal.notFound }
    let language = Language(rawValue: request.query("language")) ?? found.language
    let sheet = CommitteeNoticePaper(
      found.item, found.decision, found.file, isAppealed: found.isAppealed,
      daysToAppeal: committees.daysToAppeal, try await committees.antennas.territory(), in: language)
    return try await context.paper(
      named: "answer-\(found.decision.id.text.suffix(8))-\(language.rawValue).pdf",
      number: found.file.number, back: CommitteePaths.file(file), say("Committee")
    ) {
      let pdf = try await papers.pdf(Self.noticeTemplate, sheet)
      try await committees.noteNotice(of: found.item.id, in: file, by: actor)
      return pdf
    }
  }
}
