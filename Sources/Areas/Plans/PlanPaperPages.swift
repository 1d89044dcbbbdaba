import Basics
import Cases
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Papers
import Web

/// The plan as a PDF, to be signed and kept.
struct PlanPaperPages: Sendable {
  let plans: Plans
  /// Nil where no papers are made.
  let papers: Papers?

  private static let template = Bundle.module.url(
    forResource: "plan", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  func addRoutes(to routes: Routes) {
    routes.get("/cases/:id/plan.pdf", use: show)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<CaseFile> = try context.id()
    let language = Language(rawValue: request.query("language")) ?? page.reader.language
    let (paper, file) = try await plans.paper(of: id, in: language, for: actor)
    return try await context.paper(
      named: "plan-\(file.number)-\(language.rawValue).pdf", number: file.number,
      back: PlanPaths.onCase(file.id),
      say("Back to the plan")
    ) {
      let pdf = try await papers.pdf(Self.template, paper)
      try await plans.notePaper(of: id, in: language, by: actor)
      return pdf
    }
  }
}
