import Basics
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages

/// One request: who asks, what was typed, and the page that will answer.
package struct AppContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The number a reader may quote; it stands in every log line of the request.
  package let number: String
  /// The address at the other end of the connection.
  package var address: String
  package var token: String?
  package var session: Session?
  /// What every page needs to know of this request; set by the front door.
  package var pageOfRequest: Page?
  var staffNames: StaffNames = { _ in [:] }
  /// The form that came with the request, its CSRF token checked; empty for a GET.
  package var typed = Typed()
  /// The files that came with it, by the names of their fields; gone after the request.
  package var files: [String: UploadedFile] = [:]

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? ""
    number = String(UInt64.random(in: 0..<1 << 40), radix: 32, uppercase: true)
    logger[metadataKey: "request"] = .string(number)
  }

  /// Somebody of the office.
  /// - Throws: `Refusal.signIn` when nobody is signed in; `Refusal.notAllowed` for somebody of a service outside.
  package var actor: Actor {
    get throws(Refusal) {
      let actor = try anyActor
      guard !actor.isOutside else { throw .notAllowed(.openFiles) }
      return actor
    }
  }

  /// Whoever is signed in, of a service outside, too: for pages that are meant for those.
  /// - Throws: `Refusal.signIn` when nobody is signed in.
  package var anyActor: Actor {
    get throws(Refusal) {
      guard let session else { throw .signIn }
      return session.actor
    }
  }

  /// The page for this request.
  package var page: Page {
    get throws {
      guard let pageOfRequest else { throw HTTPError(.internalServerError) }
      return pageOfRequest
    }
  }

  /// Beside each field what somebody else saved there meanwhile, who and when.
  /// - Parameter shown: a value as the reader knows it: the name of a place, not its code.
  package func told(
    _ conflicts: [FieldConflict], _ shown: (_ field: String, _ value: String) -> String
  ) async throws -> [FieldError] {
    let names = try await staffNames(conflicts.compactMap { $0.saved?.by })
    let reader = try page.reader
    return conflicts.map { conflict in
      let who = conflict.saved.flatMap { saved in
        names[saved.by].map { (name: $0, time: reader.time(saved.at)) }
      }
      return conflict.told(by: who, shown)
    }
  }

  /// The id in the path; one that is none is simply not found.
  package func id<Record>(_ name: String = "id") throws(Refusal) -> RecordID<Record> {
    guard let text = parameters.get(name), let id = RecordID<Record>(text) else { throw .notFound }
    return id
  }
}

extension Request {
  /// A value of the query (`?q=`), decoded and trimmed; empty when it is not there.
  package func query(_ name: String) -> String {
    (uri.queryParameters.get(name) ?? "").trimmingCharacters(in: .whitespaces)
  }
}

extension HTML: ResponseGenerator {
  package func response(from request: Request, context: some RequestContext) -> Response { response() }

  /// The document as an answer.
  package func response(_ status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension Response {
  /// After something was done: see the page that shows it.
  package static func seeOther(_ path: String) -> Response { .redirect(to: path, type: .normal) }
}
