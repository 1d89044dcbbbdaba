import Basics
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOConcurrencyHelpers
import NIOCore
import Pages
import Storage
import TestSupport

@testable import Web

/// A house of one room behind the real front door, with its log in sight. Amel has a session; everyone else is a
/// visitor.
struct Door: Sendable {
  let client: any TestClientProtocol
  let log: TestLog
  let metrics: Metrics

  static let amel = String(repeating: "a", count: 64)
  static let language = Language.english

  static func open(
    language: Language = .english, mustVisit: String? = nil, site configure: (inout Site) -> Void = { _ in },
    findSession: FindSession? = nil, _ body: @Sendable (Door) async throws -> Void
  ) async throws {
    var site = Site(assets: Assets())
    site.requestsAMinute = 0
    configure(&site)
    let (log, metrics) = (TestLog(), Metrics())
    let known: FindSession = { token, _ in
      token == amel ? Session(actor: Staff.amel, language: language, mustVisit: mustVisit) : nil
    }
    let (router, _) = House.router(
      site: site, areas: [Room()], metrics: metrics, findSession: findSession ?? known)
    let logger = Logger(label: "test") { _ in log }
    try await Application(router: router, logger: logger).test(.router) { client in
      try await body(Door(client: client, log: log, metrics: metrics))
    }
  }

  /// A request as Amel's browser sends it, or as another's that has only `cookies`.
  func send(
    _ method: HTTPRequest.Method, _ path: String, body: String? = nil, headers: [String: String] = [:],
    cookies: String = "tounesna=\(amel)"
  ) async throws -> Answer {
    var fields = HTTPFields()
    if !cookies.isEmpty { fields[.cookie] = cookies }
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    let buffer = body.map { ByteBuffer(string: $0) }
    return try await client.execute(uri: path, method: method, headers: fields, body: buffer) {
      Answer(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
    }
  }

  func get(_ path: String, headers: [String: String] = [:], cookies: String = "tounesna=\(amel)") async throws
    -> Answer
  {
    try await send(.get, path, headers: headers, cookies: cookies)
  }

  /// Sends a form that one of Amel's pages made.
  func post(_ path: String, _ fields: String = "", headers: [String: String] = [:]) async throws -> Answer {
    try await send(
      .post, path, body: "csrf=\(SessionCookie.csrf(Self.amel))&\(fields)", headers: headers)
  }

  struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    var cookies: [String] { headers[values: .setCookie] }
  }
}

/// A room where one hears every refusal and meets every fault.
private struct Room: Area {
  var migrations: [Migration] { [] }

  func addRoutes(to routes: Routes) {
    routes.get("/room") { _, context in
      try context.page.layout("Room", "<p>\(context.session?.actor.name ?? "nobody")</p>")
    }
    routes.post("/room") { _, context in
      let typed = context.typed.all("said").joined(separator: "|")
      return try context.page.layout("Said", "<p>\(typed)</p>")
    }
    routes.get("/room/address") { _, context in context.address }
    routes.get("/room/things/:id") { _, context -> String in
      let _: RecordID<Room> = try context.id()
      throw Refusal.notFound
    }
    routes.get("/room/actor") { _, context in try context.actor.name }
    routes.get("/room/refused/:how") { _, context -> String in
      throw refusals[context.parameters.get("how") ?? ""] ?? .notFound
    }
    routes.get("/room/fault/:what") { _, context -> String in
      throw faults[context.parameters.get("what") ?? ""] ?? StorageFault.other("none")
    }
  }
}

private let refusals: [String: Refusal] = [
  "duty": .notAllowed(.closeCases), "conflict": .conflict(say("Changed.")),
  "changed": .changedMeanwhile([], draft: Fields()),
  "invalid": .invalid([FieldError("a", say("Saved.")), FieldError("b", say("Changed."))]),
  "often": .tooMany(retryAfter: 17), "sign-in": .signIn,
]

private let faults: [String: any Error] = [
  "unavailable": StorageFault.unavailable("host db7 is down"), "full": StorageFault.full("disk"),
  "timeout": StorageFault.timeout, "other": StorageFault.other("no such column: shoe_size"),
  "duplicate": StorageFault.duplicate("case_file.number"), "unknown": Unknown(),
]

private struct Unknown: Error {}
