import Accounts
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Pages
import Testing

/// Somebody with a browser: keeps cookies, sends forms as they stand in pages.
actor Visitor {
  let client: any TestClientProtocol
  private var cookies = ["language": "en"]

  init(_ client: any TestClientProtocol) { self.client = client }

  /// A second window of the same browser.
  init(copying other: Visitor) async {
    client = other.client
    cookies = await other.cookies
  }

  struct Answer: Sendable {
    let path: String
    let status: Int
    let headers: HTTPFields
    let text: String

    /// Where a redirect leads.
    var location: String? { headers[.location] }
    /// The same without what it says there once and without the place in the page.
    var place: String? {
      location.map { $0.replacing(/#.*/, with: "").replacing(/[?&]notice=[a-z]+/, with: "") }
    }
    var forms: [Form] { Form.all(in: text) }
  }

  func get(_ path: String) async throws -> Answer { try await send(.get, path, body: nil) }

  /// Sends `body` as it is: already encoded.
  func post(_ path: String, encoded body: String) async throws -> Answer {
    try await send(.post, path, body: body)
  }

  func post(_ path: String, _ values: [String: String]) async throws -> Answer {
    try await post(path, encoded: Self.encoded(values))
  }

  /// Fills in a form and sends it.
  func send(_ form: Form, _ changes: [String: String] = [:]) async throws -> Answer {
    try await post(form.action, form.values.merging(changes) { $1 })
  }

  /// Opens `path`, fills in the form whose action ends in `action`, sends it and expects to be led on.
  @discardableResult
  func fill(_ action: String, on path: String, _ changes: [String: String] = [:]) async throws -> String {
    let page = try await get(path)
    let form = try #require(
      page.forms.first { $0.action.hasSuffix(action) }, "\(path) (\(page.status)) has no form \(action)")
    let answer = try await send(form, changes)
    try #require(answer.status == 303, "\(form.action) answers \(answer.status): \(answer.text)")
    return try #require(answer.place)
  }

  func signIn(_ name: String, _ password: String, code: @Sendable () -> String? = { nil }) async throws {
    let next = try await fill("/sign-in", on: "/sign-in", ["name": name, "password": password])
    guard next.hasPrefix("/sign-in/code") else { return }
    try await fill("/sign-in/code", on: next, ["code": try #require(code())])
  }

  private func send(_ method: HTTPRequest.Method, _ path: String, body: String?) async throws -> Answer {
    var headers: HTTPFields = [:]
    headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
    let buffer = body.map { ByteBuffer(string: $0) }
    let target = path.replacing(/#.*/, with: "")
    let answer = try await client.execute(uri: target, method: method, headers: headers, body: buffer) {
      Answer(path: path, status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
    }
    for cookie in answer.headers[values: .setCookie] { keep(cookie) }
    return answer
  }

  private func keep(_ cookie: String) {
    let parts = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1).map(String.init)
    cookies[parts[0]] = parts.count > 1 ? parts[1] : nil
  }

  static func encoded(_ values: [String: String]) -> String {
    values.map { "\(Page.queryEscaped($0.key))=\(Page.queryEscaped($0.value))" }.joined(separator: "&")
  }
}
