import Basics
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import Sheets
import Web

/// What the pages show as a file, read page by page.
extension FundingPages {
  @Sendable func sheet(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let list = AgreementList(rawValue: request.query("show")) ?? .running
    // Who may not read it hears so before a file begins.
    let first = try await funding.list(list, after: nil, for: actor)
    let kind = Self.kind(of: request)
    let columns = FundingSheet.columns(on: page)
    return try await file(kind, page, name: "funding", title: page("Funding"), columns) { write in
      var found = first
      while true {
        try await write(found.agreements.flatMap { FundingSheet.rows($0, as: kind, on: page) })
        guard let next = found.next else { return }
        found = try await funding.list(list, after: next, for: actor)
      }
    }
  }

  @Sendable func lineSheet(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<BudgetLine> = try context.id("line")
    let first = try await funding.open(id, before: nil, for: actor)
    let kind = Self.kind(of: request)
    let columns = FundingSheet.ledgerColumns(on: page)
    return try await file(kind, page, name: "ledger", title: page("Ledger"), columns) { write in
      var opened = first
      while true {
        try await write(FundingSheet.rows(opened, as: kind, on: page))
        guard let next = opened.next else { return }
        opened = try await funding.open(id, before: next, for: actor)
      }
    }
  }

  private static func kind(of request: Request) -> FundingSheet.Kind {
    FundingSheet.Kind(rawValue: request.query("as")) ?? .csv
  }

  private typealias Write = (_ rows: [[Workbook.Cell]]) async throws -> Void

  private func file(
    _ kind: FundingSheet.Kind, _ page: Page, name: String, title: String, _ columns: [Workbook.Column],
    _ rows: @escaping @Sendable (_ write: Write) async throws -> Void
  ) async throws -> Response {
    let file = "\(name)-\(page.today).\(kind.rawValue)"
    guard kind == .xlsx else {
      let body = ResponseBody { writer in
        try await writer.write(ByteBuffer(string: SheetText.head(columns.map(\.title))))
        var out = writer
        try await rows { part in
          let text = part.map { SheetText.line($0.map(\.text)) }.joined()
          try await out.write(ByteBuffer(string: text))
        }
        try await out.finish(nil)
      }
      return response(file, "text/csv; charset=utf-8", body)
    }
    // Whole before the answer begins, so that what fails is not half a file.
    let book = try Workbook(
      name: title, columns: columns, isRightToLeft: page.reader.language.isRightToLeft)
    try await rows { try await book.append($0) }
    let finished = try await book.finish()
    let body = ResponseBody(contentLength: finished.count) { writer in
      try await finished.forEachPiece { try await writer.write(ByteBuffer(bytes: $0)) }
      try await writer.finish(nil)
    }
    return response(file, WorkbookFile.mediaType, body)
  }

  private func response(_ name: String, _ mediaType: String, _ body: ResponseBody) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: mediaType, .contentDisposition: "attachment; filename=\"\(name)\"",
        .cacheControl: "no-store",
      ], body: body)
  }
}
