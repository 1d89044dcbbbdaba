import Accounts
import Antennas
import Basics
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import Sheets
import Web

/// The list of cases as a file for a spreadsheet, read page by page.
struct CaseSheetPage: Sendable {
  private let cases: Cases
  private let antennas: Antennas
  private let accounts: Accounts

  init(_ cases: Cases, _ antennas: Antennas, _ accounts: Accounts) {
    (self.cases, self.antennas, self.accounts) = (cases, antennas, accounts)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page, filter) = (try context.actor, try context.page, CasePaths.filter(of: request))
    let kind = CaseSheet.Kind(rawValue: request.query("as")) ?? .csv
    let first = try await cases.takeAway(filter, as: kind, for: actor)
    let names = try await antennas.territory().antennas.map {
      ($0.id, $0.name.text(in: page.reader.language))
    }
    let list = Listing(
      first: first, filter: filter, actor: actor, antennas: Dictionary(uniqueKeysWithValues: names),
      page: page)
    switch kind {
    case .csv: return csv(list)
    case .xlsx: return try await workbook(list)
    }
  }

  private func csv(_ list: Listing) -> Response {
    let body = ResponseBody { writer in
      let head = SheetText.head(CaseSheet.columns(list.filter, list.page).map(\.title))
      try await writer.write(ByteBuffer(string: head))
      try await forEachPart(list) { rows in
        let lines = rows.map { SheetText.line($0.map(\.text)) }
        try await writer.write(ByteBuffer(string: lines.joined()))
      }
      try await writer.finish(nil)
    }
    return response(list, "csv", "text/csv; charset=utf-8", body)
  }

  /// Whole before the answer begins, so that what fails is not half a file.
  private func workbook(_ list: Listing) async throws -> Response {
    let book = try Workbook(
      name: list.page("Cases"), columns: CaseSheet.columns(list.filter, list.page),
      isRightToLeft: list.page.reader.language.isRightToLeft)
    try await forEachPart(list) { try await book.append($0) }
    let file = try await book.finish()
    let body = ResponseBody(contentLength: file.count) { writer in
      try await file.forEachPiece { try await writer.write(ByteBuffer(bytes: $0)) }
      try await writer.finish(nil)
    }
    return response(list, "xlsx", WorkbookFile.mediaType, body)
  }

  private func forEachPart(_ list: Listing, _ body: ([[Workbook.Cell]]) async throws -> Void) async throws {
    var part = list.first
    while !part.lines.isEmpty {
      let contacts = try await accounts.names(of: part.lines.map(\.contact))
      try await body(
        part.lines.map { line in
          CaseSheet.cells(
            line, part.names[line.person], contact: contacts[line.contact], list.antennas, list.filter,
            list.page)
        })
      guard let next = part.next else { break }
      part = try await cases.list(list.filter, after: next, for: list.actor)
    }
  }

  private func response(
    _ list: Listing, _ ending: String, _ mediaType: String, _ body: ResponseBody
  ) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: mediaType,
        .contentDisposition: "attachment; filename=\"cases-\(list.page.today).\(ending)\"",
        .cacheControl: "no-store",
      ], body: body)
  }

  /// What is written, and for whom.
  private struct Listing: Sendable {
    let first: CasePage
    let filter: CaseFilter
    let actor: Actor
    let antennas: [AntennaCode: String]
    let page: Page
  }
}
