import Basics
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Pages
import Storage
import Web

/// The pages of some areas behind the real front door, without a socket. `Staff` members sign in by their names.
package struct TestSite: Sendable {
  package let routes: [Routes.Route]
  private let client: any TestClientProtocol
  private let language: Language

  /// Serves `areas` for the time of `body`.
  /// - Parameter findSession: sessions other than those of `Staff`.
  package static func serve(
    _ areas: [any Area], language: Language = .english, site configure: (inout Site) -> Void = { _ in },
    findSession: FindSession? = nil, _ body: @Sendable (TestSite) async throws -> Void
  ) async throws {
    var site = Site(assets: Assets(folder: "no assets"))
    site.requestsAMinute = 0
    configure(&site)
    let staff: FindSession = { token, _ in
      Staff.all.first { Self.token(of: $0) == token }.map { Session(actor: $0, language: language) }
    }
    let (router, routes) = House.router(
      site: site, areas: areas, metrics: Metrics(), findSession: findSession ?? staff)
    try await Application(router: router).test(.router) { client in
      try await body(TestSite(routes: routes, client: client, language: language))
    }
  }

  /// Asks for a page.
  /// - Parameter actor: who asks; nil for a visitor who has not signed in.
  package func get(_ path: String, as actor: Actor?) async throws -> Answer {
    try await send(.get, path, as: actor, body: nil)
  }

  /// Sends a form with the token that its page carried.
  package func post(_ path: String, _ fields: [String: String] = [:], as actor: Actor?) async throws -> Answer
  {
    var fields = fields
    if let actor { fields["csrf"] = Self.csrf(of: actor) }
    return try await send(.post, path, as: actor, body: Self.encoded(fields))
  }

  /// A file as a browser sends it with a form.
  package struct File: Sendable {
    package let field: String
    package let name: String
    package let bytes: [UInt8]

    package init(_ name: String, _ bytes: [UInt8], field: String = "file") {
      self.field = field
      self.name = name
      self.bytes = bytes
    }
  }

  /// Sends a form that brings a file.
  package func post(_ path: String, _ fields: [String: String], _ file: File, as actor: Actor?) async throws
    -> Answer
  {
    let mark = "----mark"
    var body = ByteBuffer()
    let all = [("csrf", actor.map(Self.csrf) ?? "")] + fields.sorted { $0.key < $1.key }
    for (name, value) in all {
      body.writeString("--\(mark)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
    }
    body.writeString(
      "--\(mark)\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n"
        + "Content-Type: application/x-whatever\r\n\r\n")
    body.writeBytes(file.bytes)
    body.writeString("\r\n--\(mark)--\r\n")
    return try await send(
      .post, path, as: actor, buffer: body, headers: [.contentType: "multipart/form-data; boundary=\(mark)"])
  }

  /// Sends anything.
  package func send(
    _ method: HTTPRequest.Method, _ path: String, as actor: Actor?, body: String?, headers: HTTPFields = [:]
  ) async throws -> Answer {
    try await send(method, path, as: actor, buffer: body.map { ByteBuffer(string: $0) }, headers: headers)
  }

  private func send(
    _ method: HTTPRequest.Method, _ path: String, as actor: Actor?, buffer: ByteBuffer?, headers: HTTPFields
  ) async throws -> Answer {
    var headers = headers
    if let actor {
      headers[.cookie] = "\(SessionCookie.name)=\(Self.token(of: actor)); language=\(language.rawValue)"
    }
    if buffer != nil, headers[.contentType] == nil {
      headers[.contentType] = "application/x-www-form-urlencoded"
    }
    return try await client.execute(uri: path, method: method, headers: headers, body: buffer) {
      Answer(status: $0.status, headers: $0.headers, bytes: Array(buffer: $0.body))
    }
  }

  /// What every form for `actor` carries.
  package static func csrf(of actor: Actor) -> String { SessionCookie.csrf(token(of: actor)) }

  package struct Answer: Sendable {
    package let status: HTTPResponse.Status
    package let headers: HTTPFields
    package let bytes: [UInt8]

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Where a redirect leads, without what it says there once.
    package var location: String? {
      headers[.location].map { $0.replacing(/[?&]notice=[a-z]+/, with: "") }
    }
  }

  package static func encoded(_ fields: [String: String]) -> String {
    fields.sorted { $0.key < $1.key }.map { "\(Page.queryEscaped($0.key))=\(Page.queryEscaped($0.value))" }
      .joined(separator: "&")
  }

  private static func token(of actor: Actor) -> String {
    String(repeating: "0", count: 64 - actor.id.text.utf8.count) + actor.id.text
  }
}
