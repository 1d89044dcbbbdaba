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

/// A survey as a PDF, to be signed and kept.
struct SurveyPaperPages: Sendable {
  let surveys: Surveys
  /// Nil where no papers are made.
  let papers: Papers?

  private static let template = Bundle.module.url(
    forResource: "survey", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  func addRoutes(to routes: Routes) { routes.get("/surveys/:case/:survey/survey.pdf", use: show) }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let file: RecordID<CaseFile> = try context.id("case")
    let language = Language(rawValue: request.query("language")) ?? page.reader.language
    let isWhole = request.query("copy") == "office"
    let found = try await surveys.open(
      context.id("survey"), edition: Int(request.query("edition")), in: file, for: actor)
    let number = found.opened.file.number
    return try await context.paper(
      named: "survey-\(number)-\(language.rawValue).pdf", number: number,
      back: SurveyPaths.show(file, found.survey.id), say("Social survey")
    ) {
      let paper = SurveyPaper(found, isWhole: isWhole, on: page.today, in: language)
      let pdf = try await papers.pdf(Self.template, paper)
      try await surveys.notePaper(of: found, language, isWhole: isWhole, by: actor)
      return pdf
    }
  }
}
