import Antennas
import Basics
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import Storage
import Web

/// The open data of the directory in the format of HSDS 3.0, with the paths and the paging of its `openapi.json`.
package struct HSDSPages: Area {
  let directory: Directory

  package init(_ directory: Directory) { self.directory = directory }

  package var migrations: [Migration] { [] }

  package func addRoutes(to routes: Routes) {
    routes.get("/hsds", use: meta)
    routes.get("/hsds/services", use: services)
    routes.get("/hsds/services/:uuid", use: service)
    routes.get("/hsds/organizations", use: organizations)
    routes.get("/hsds/organizations/:uuid", use: organization)
    routes.get("/hsds/service_at_locations", use: pairs)
    routes.get("/hsds/service_at_locations/:uuid", use: pair)
    routes.get("/hsds/locations", use: locations)
    routes.get("/hsds/locations/:uuid", use: location)
    routes.get("/hsds/taxonomies", use: taxonomies)
    routes.get("/hsds/taxonomies/:uuid", use: taxonomy)
    routes.get("/hsds/taxonomy_terms", use: terms)
    routes.get("/hsds/taxonomy_terms/:uuid", use: term)
  }

  @Sendable func meta(_ request: Request, _ context: AppContext) async throws -> Response {
    try Self.json(HSDS.Meta())
  }

  @Sendable func services(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let asked = HSDSQuery(request) else { return Self.wrong }
    let (found, total) = try await directory.publicServices(asked.filter, asked.page)
    if asked.isMinimal {
      return try Self.json(
        HSDS.Page(
          found.map {
            HSDS.Minimal(
              id: HSDS.uuid($0.opened.service.id), name: $0.opened.service.name.text(in: .french),
              status: "active", last_modified: HSDSWriter.instant($0.opened.service.changedAt))
          }, total: total, of: asked.page))
    }
    let writer = try await writer
    let items = found.map {
      asked.isFull
        ? writer.whole($0.opened, $0.joined) : writer.service($0.opened.service, of: $0.opened.provider)
    }
    return try Self.json(HSDS.Page(items, total: total, of: asked.page))
  }

  @Sendable func service(_ request: Request, _ context: AppContext) async throws -> Response {
    try await one(context) { id in
      let found = try await directory.publicService(id)
      return try await writer.whole(found.opened, found.joined)
    }
  }

  @Sendable func organizations(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let asked = HSDSQuery(request) else { return Self.wrong }
    let (found, total) = try await directory.publicProviders(asked.filter.word, asked.page)
    let writer = try await writer
    let items = found.map { asked.isFull ? writer.organization($0) : writer.organization($0.provider) }
    return try Self.json(HSDS.Page(items, total: total, of: asked.page))
  }

  @Sendable func organization(_ request: Request, _ context: AppContext) async throws -> Response {
    guard HSDSQuery(request) != nil else { return Self.wrong }
    return try await one(context) { id in
      let found = try await directory.publicProvider(id)
      return try await writer.organization(found)
    }
  }

  @Sendable func pairs(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let asked = HSDSQuery(request) else { return Self.wrong }
    let (found, total) = try await directory.publicPairs(asked.filter, asked.page)
    let writer = try await writer
    let items = found.map { writer.record($0, isFull: asked.isFull) }
    return try Self.json(HSDS.Page(items, total: total, of: asked.page))
  }

  @Sendable func pair(_ request: Request, _ context: AppContext) async throws -> Response {
    try await one(context) { id in
      let found = try await directory.publicPair(id)
      return try await writer.record(found, isFull: true)
    }
  }

  @Sendable func locations(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let asked = HSDSQuery(request) else { return Self.wrong }
    let (found, total) = try await directory.publicPlaces(asked.page)
    let writer = try await writer
    return try Self.json(HSDS.Page(found.map { writer.location($0) }, total: total, of: asked.page))
  }

  @Sendable func location(_ request: Request, _ context: AppContext) async throws -> Response {
    try await one(context) { id in
      let found = try await directory.publicPlace(id)
      return try await writer.location(found)
    }
  }

  @Sendable func taxonomies(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let asked = HSDSQuery(request) else { return Self.wrong }
    return try Self.json(Self.page([HSDS.Taxonomy.needs], asked) { [$0.name, $0.description] })
  }

  @Sendable func taxonomy(_ request: Request, _ context: AppContext) async throws -> Response {
    guard context.parameters.get("uuid") == HSDS.Taxonomy.needs.id else { return Self.nothing }
    return try Self.json(HSDS.Taxonomy.needs)
  }

  @Sendable func terms(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let asked = HSDSQuery(request) else { return Self.wrong }
    // No term has another above it.
    let isNone = !request.query("parent_id").isEmpty || asked.filter.isNothing
    let all = isNone ? [] : Service.Need.allCases.map { HSDS.TaxonomyTerm($0) }
    return try Self.json(Self.page(all, asked) { [$0.name, $0.code] })
  }

  @Sendable func term(_ request: Request, _ context: AppContext) async throws -> Response {
    let id = context.parameters.get("uuid")
    guard let need = Service.Need.allCases.first(where: { HSDS.TaxonomyTerm.id($0) == id }) else {
      return Self.nothing
    }
    return try Self.json(HSDS.TaxonomyTerm(need))
  }

  private var writer: HSDSWriter {
    get async throws { HSDSWriter(try await directory.antennas.territory()) }
  }

  private func one<Record, Item: Encodable>(
    _ context: AppContext, _ find: (RecordID<Record>) async throws -> Item
  ) async throws -> Response {
    guard let id: RecordID<Record> = HSDS.id(context.parameters.get("uuid") ?? "") else {
      return Self.nothing
    }
    do { return try Self.json(try await find(id)) } catch Refusal.notFound { return Self.nothing }
  }

  /// A page of what is always there.
  private static func page<Item: Encodable & Sendable>(
    _ all: [Item], _ asked: HSDSQuery, _ words: (Item) -> [String]
  ) -> HSDS.Page<Item> {
    let found = all.filter { item in
      guard let word = asked.filter.word else { return true }
      return words(item).contains { Folding.words($0).contains { $0.hasPrefix(word) } }
    }
    let shown = found.dropFirst(asked.page.offset).prefix(asked.page.size)
    return HSDS.Page(Array(shown), total: found.count, of: asked.page)
  }

  static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var headers: HTTPFields = [.contentType: "application/json", .accessControlAllowOrigin: "*"]
    headers[.cacheControl] = "public, max-age=300"
    return Response(
      status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
  }

  private static func told(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json", .accessControlAllowOrigin: "*"],
      body: .init(byteBuffer: ByteBuffer(string: "{\"error\":\"\(text)\"}")))
  }

  private static var nothing: Response { told(.notFound, "There is nothing under this id.") }
  private static var wrong: Response { told(.badRequest, "A parameter is not as openapi.json describes it.") }
}

/// What a request asks for, as `openapi.json` names it. What it does not know is passed over.
struct HSDSQuery {
  let page: HSDS.Asked
  var filter = HSDSStore.Filter()
  let isMinimal, isFull: Bool

  /// Nil where a parameter is not of its kind.
  init?(_ request: Request) {
    func text(_ name: String) -> String? { request.uri.queryParameters.get(name).map { String($0) } }
    guard let page = HSDS.Asked(page: text("page"), size: text("per_page")),
      let isMinimal = Self.flag(text("minimal")), let isFull = Self.flag(text("full")),
      Self.flag(text("full_service")) != nil, Self.flag(text("top_only")) != nil
    else { return nil }
    (self.page, self.isMinimal, self.isFull) = (page, isMinimal, isFull)
    filter.word = text("search").flatMap { Folding.words($0).max { $0.count < $1.count } }
    if let search = text("search"), filter.word == nil, !search.isEmpty { filter.isNothing = true }
    if let id = text("organization_id") {
      filter.provider = HSDS.id(id)
      filter.isNothing = filter.isNothing || filter.provider == nil
    }
    if let id = text("taxonomy_term_id") {
      filter.need = Service.Need.allCases.first { HSDS.TaxonomyTerm.id($0) == id }
      filter.isNothing = filter.isNothing || filter.need == nil
    }
    if let id = text("taxonomy_id"), id != HSDS.Taxonomy.needs.id { filter.isNothing = true }
    if let after = text("modified_after") {
      filter.after = Self.instant(after)
      filter.isNothing = filter.isNothing || filter.after == nil
    }
  }

  private static func flag(_ text: String?) -> Bool? {
    switch text {
    case nil, "false": false
    case "true": true
    default: nil
    }
  }

  private static func instant(_ text: String) -> Date? {
    if let day = Day(text) { return Date(timeIntervalSince1970: Double(day.number) * 86_400) }
    return (try? Date(text, strategy: .iso8601))
      ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
  }
}

extension HSDSWriter {
  func record(_ pair: Directory.PublicPair, isFull: Bool) -> HSDS.ServiceAtLocation {
    let own =
      isFull
      ? whole(pair.service.opened, []) : service(pair.service.opened.service)
    return at(pair.joined, pair.place, own)
  }
}
