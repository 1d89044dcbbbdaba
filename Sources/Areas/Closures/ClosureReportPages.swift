import Accounts
import Basics
import Cases
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Papers
import Storage
import Web

/// The pages of the area: how a case ended and what was heard afterwards, and the final report as a PDF.
package struct ClosureReportPages: Area {
  let closures: Closures
  let accounts: Accounts
  /// Nil where no papers are made.
  let papers: Papers?

  package init(_ closures: Closures, accounts: Accounts, papers: Papers?) {
    self.closures = closures
    self.accounts = accounts
    self.papers = papers
  }

  private static let template = Bundle.module.url(
    forResource: "report", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  package var migrations: [Migration] { Closures.migrations }

  package func addRoutes(to routes: Routes) {
    routes.get("/closures/:case", use: show)
    routes.get("/closures/:case/report.pdf", use: paper)
    routes.post("/closures/:case/contacts", use: recordContact)
    routes.post("/closures/:case/:closure", use: record)
  }

  /// The tab on the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: ClosureReportWords.phrase,
      tab: CaseTab(say("Closing and after"), duty: .openFiles, path: ClosurePaths.onCase))
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, ClosureAttempt())
  }

  /// The page of a case's end, with what was typed wrongly.
  private func shown(_ context: AppContext, _ attempt: ClosureAttempt) async throws -> HTML {
    let ending = try await closures.open(context.id("case"), for: context.actor)
    let names = try await accounts.names(of: ending.contacts.map(\.by))
    return ClosureReportTemplates.show(ending, names, attempt, on: try context.page)
  }

  @Sendable func record(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.closeCases)
    let id: RecordID<CaseFile> = try context.id("case")
    let closure: RecordID<Closure> = try context.id("closure")
    var attempt = ClosureAttempt(closure: closure, typed: context.typed)
    do {
      let form = try ClosureReportForm.checked(context.typed)
      try await closures.record(form.report, of: closure, from: form.version, in: id, by: actor)
      return .seeOther(ClosurePaths.onCase(id), .saved)
    } catch Refusal.invalid(let errors) {
      attempt.errors = errors
      return try await shown(context, attempt).response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      attempt.errors = try await context.told(conflicts) { ClosureReportTemplates.shown($0, $1, on: page) }
      (attempt.typed, attempt.isNewest) = (Typed(draft), true)
      return try await shown(context, attempt).response(.conflict)
    }
  }

  @Sendable func recordContact(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.recordVisits)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      let contact = try LaterContactForm.checked(context.typed, today: page.today, by: actor)
      try await closures.record(contact, in: id, by: actor)
      return .seeOther(ClosurePaths.onCase(id), .saved)
    } catch Refusal.invalid(let errors) {
      let attempt = ClosureAttempt(typed: context.typed.renewed, errors: errors)
      return try await shown(context, attempt).response(.unprocessableContent)
    }
  }

  @Sendable func paper(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<CaseFile> = try context.id("case")
    let language = Language(rawValue: request.query("language")) ?? page.reader.language
    let (report, file) = try await closures.paper(of: id, in: language, for: actor)
    return try await context.paper(
      named: "report-\(file.number)-\(language.rawValue).pdf", number: file.number,
      back: ClosurePaths.onCase(id),
      say("Closing and after")
    ) {
      let pdf = try await papers.pdf(Self.template, report)
      try await closures.notePaper(of: id, in: language, by: actor)
      return pdf
    }
  }
}

/// Links into the area.
package enum ClosurePaths {
  package static func onCase(_ id: RecordID<CaseFile>) -> String { "/closures/\(id)" }
  static func report(_ id: RecordID<CaseFile>, _ closure: RecordID<Closure>) -> String {
    "\(onCase(id))/\(closure)"
  }
  static func contacts(_ id: RecordID<CaseFile>) -> String { "\(onCase(id))/contacts" }
  static func pdf(_ id: RecordID<CaseFile>, _ language: Language) -> String {
    "\(onCase(id))/report.pdf?language=\(language.rawValue)"
  }
}
