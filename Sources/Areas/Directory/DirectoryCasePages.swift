import Antennas
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

/// The pages that belong to a case: what is there for this person, and the sheet she takes home.
package struct DirectoryCasePages: Area {
  let directory: Directory
  /// Nil where no papers are made.
  let papers: Papers?

  package init(_ directory: Directory, papers: Papers?) {
    self.directory = directory
    self.papers = papers
  }

  static let template = Bundle.module.url(
    forResource: "sheet", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  package var migrations: [Migration] { [] }

  package func addRoutes(to routes: Routes) {
    routes.get("/directory/of/:case", use: offers)
    routes.get("/directory/of/:case/sheet.pdf", use: sheet)
  }

  /// The tab on the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: { $0 == "directory.sheet" ? say("Made a sheet of services for the person") : nil },
      tab: CaseTab(say("Services for this person"), duty: .openFiles, path: DirectoryCasePaths.offers))
  }

  @Sendable func offers(_ request: Request, _ context: AppContext) async throws -> HTML {
    let need = Service.Need(rawValue: request.query("need"))
    let found = try await directory.offers(of: context.id("case"), need: need, for: context.actor)
    return FitTemplates.show(
      found, need, try await directory.antennas.territory(), isNoneChosen: request.query("chosen") == "none",
      on: try context.page)
  }

  @Sendable func sheet(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    let id: RecordID<CaseFile> = try context.id("case")
    let chosen = request.uri.queryParameters.getAll("service").compactMap { RecordID<Service>($0) }
    let identityLanguage = Language(rawValue: request.query("language")) ?? page.reader.language
    let services = try await directory.sheet(chosen, of: id, in: identityLanguage, for: context.actor)
    guard !services.isEmpty else {
      return .seeOther(DirectoryCasePaths.noneChosen(id))
    }
    let territory = try await directory.antennas.territory()
    return try await context.paper(
      named: "addresses-\(identityLanguage.rawValue).pdf", back: DirectoryCasePaths.offers(id),
      say("Services for this person")
    ) {
      try await papers.pdf(
        Self.template, ServiceSheet(services, territory, on: page.today, in: identityLanguage))
    }
  }
}

/// Links into the pages that belong to a case.
package enum DirectoryCasePaths {
  package static func offers(_ id: RecordID<CaseFile>) -> String { "/directory/of/\(id)" }
  package static func offers(_ id: RecordID<CaseFile>, _ need: Service.Need?) -> String {
    DirectoryPaths.query(offers(id), [("need", need?.rawValue)])
  }
  static func noneChosen(_ id: RecordID<CaseFile>) -> String { "\(offers(id))?chosen=none" }
  static func sheet(_ id: RecordID<CaseFile>) -> String { "\(offers(id))/sheet.pdf" }
}
