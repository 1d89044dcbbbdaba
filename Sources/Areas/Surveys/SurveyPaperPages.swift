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
    do {
      guard let papers, let template = Self.template else { throw PapersFault.notHere("none are asked for") }
      let paper = SurveyPaper(found, isWhole: isWhole, on: page.today, in: language)
      let pdf = try await papers.pdf(template, paper)
      try await surveys.notePaper(of: found, language, isWhole: isWhole, by: actor)
      // ASCII, and nothing of who she is.
      let name = "survey-\(found.opened.file.number)-\(language.rawValue).pdf"
      return Response(
        status: .ok,
        headers: [
          .contentType: "application/pdf", .contentDisposition: "attachment; filename=\"\(name)\"",
          .cacheControl: "no-store",
        ], body: .init(byteBuffer: ByteBuffer(bytes: pdf)))
    } catch PapersFault.notHere(let why) {
      context.logger.error("no paper could be made", metadata: ["cause": "\(why)"])
      return page.noPaper(
        found.opened.file.number, back: SurveyPaths.show(file, found.survey.id), page("Social survey")
      )
      .response(.serviceUnavailable)
    }
  }
}
