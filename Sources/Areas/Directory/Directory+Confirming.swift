import Basics
import Foundation
import Storage

/// How it is known that what stands in the directory is right.
extension Directory {
  /// Makes a link for the owner of a service; the same id a second time is the same link.
  func makeLink(_ id: RecordID<ServiceLink>, to service: RecordID<Service>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      let held = try ServiceStore.hold(service, in: db)
      try DirectoryRules.mustKeep(held.antenna, actor)
      guard try ServiceLinkStore.find(id, in: db) == nil else { return }
      let link = ServiceLink(id: id, service: service, at: now)
      try ServiceLinkStore.insert(link, by: actor, in: db)
      try Journal.append("service.make-link", on: Service.reference(service), by: actor, at: now, in: db)
    }
  }

  /// From now on a link opens nothing.
  func revoke(_ id: RecordID<ServiceLink>, by actor: Actor) async throws -> RecordID<Service> {
    let now = now()
    return try await database.write { db in
      guard let link = try ServiceLinkStore.find(id, in: db) else { throw Refusal.notFound }
      let held = try ServiceStore.hold(link.service, in: db)
      try DirectoryRules.mustKeep(held.antenna, actor)
      guard link.revokedAt == nil else { return link.service }
      try ServiceLinkStore.revoke(id, at: now, in: db)
      try Journal.append(
        "service.revoke-link", on: Service.reference(link.service), by: actor, at: now, in: db)
      return link.service
    }
  }

  /// What the page behind a link shows.
  enum Behind: Sendable {
    case open(OpenedService)
    /// It was answered with this very link.
    case answered(ServiceAnswer.Kind)
    case refused(ServiceLink.Refused)
  }

  /// - Throws: `Refusal.notFound` for a link that was never made, or was altered; the journal has an entry of it.
  func behind(_ token: String) async throws -> Behind {
    let now = now()
    let found = try await database.write { db -> Behind? in
      guard let link = try Self.link(token, in: db) else {
        try Journal.append(
          "service.wrong-link", on: RecordReference("service_link", RecordID<ServiceLink>()), by: .program,
          at: now, in: db)
        return nil
      }
      if let refused = link.refused(at: now) {
        try Journal.append(
          "service.dead-link", on: Service.reference(link.service), by: .program, at: now, in: db)
        let answer =
          refused == .used
          ? try ServiceLinkStore.answer(by: link.id, of: link.service, in: db) : nil
        return answer.map { .answered($0.kind) } ?? .refused(refused)
      }
      return .open(try openedService(link.service, in: db))
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// Nil for a token that was never made here, or was altered.
  private static func link(_ token: String, in db: Connection) throws -> ServiceLink? {
    let key = try InstallationKeys.key(for: .links, in: db)
    return try key.linkID(in: token, of: ServiceLink.kind).flatMap { try ServiceLinkStore.find($0, in: db) }
  }

  /// The owner's answer. Sent again with the same words it changes nothing.
  func answer(_ token: String, _ kind: ServiceAnswer.Kind, words: String?) async throws {
    let now = now()
    try await database.write { db in
      guard let link = try Self.link(token, in: db) else {
        throw Refusal.notFound
      }
      _ = try ServiceStore.hold(link.service, in: db)
      guard try ServiceLinkStore.use(link.id, at: now, in: db) else {
        let kept = try ServiceLinkStore.answer(by: link.id, of: link.service, in: db)
        if let kept, kept.kind == kind, kept.words == words { return }
        throw Refusal.conflict(say("This link has been used, or is not valid any more."))
      }
      let answer = ServiceAnswer(
        id: RecordID(), service: link.service, link: link.id, at: now, by: nil, kind: kind, words: words,
        doneAt: kind == .right ? now : nil)
      try Self.keep(answer, by: .program, in: db)
    }
  }

  /// A colleague asked the provider and heard that all is right; the same id a second time is the same answer.
  package func confirm(
    _ service: RecordID<Service>, as id: RecordID<ServiceAnswer>, by actor: Actor
  ) async throws {
    let now = now()
    try await database.write { db in
      let held = try ServiceStore.hold(service, in: db)
      try DirectoryRules.mustKeep(held.antenna, actor)
      guard try ServiceLinkStore.answer(id, in: db) == nil else { return }
      let answer = ServiceAnswer(
        id: id, service: service, link: nil, at: now, by: actor.id, kind: .right, words: nil, doneAt: now)
      try Self.keep(answer, by: actor, in: db)
    }
  }

  private static func keep(_ answer: ServiceAnswer, by actor: Actor, in db: Connection) throws {
    try ServiceLinkStore.insert(answer, in: db)
    if answer.kind == .right { try ServiceStore.confirm(answer.service, on: Day(of: answer.at), in: db) }
    try Journal.append(
      "service.answer-\(answer.kind.rawValue)", on: Service.reference(answer.service), by: actor,
      at: answer.at,
      changes: Fields(["words": answer.words ?? ""]).asNew, in: db)
  }

  /// A colleague has done what an answer asks for.
  func take(_ id: RecordID<ServiceAnswer>, by actor: Actor) async throws -> RecordID<Service> {
    let now = now()
    return try await database.write { db in
      guard let answer = try ServiceLinkStore.answer(id, in: db) else { throw Refusal.notFound }
      let held = try ServiceStore.hold(answer.service, in: db)
      try DirectoryRules.mustKeep(held.antenna, actor)
      guard answer.doneAt == nil else { return answer.service }
      try ServiceLinkStore.take(id, at: now, in: db)
      try Journal.append(
        "service.take-answer", on: Service.reference(answer.service), by: actor, at: now, in: db)
      return answer.service
    }
  }

  /// The links of a service with what stands in their URLs, and what was said of it.
  func confirmations(of service: RecordID<Service>) async throws -> Confirmations {
    try await database.read { db in
      let key = try InstallationKeys.key(for: .links, in: db)
      return Confirmations(
        publicURL: publicURL,
        links: try ServiceLinkStore.of(service, in: db).map {
          ($0, key.linkToken($0.id, of: ServiceLink.kind))
        },
        answers: try ServiceLinkStore.answers(of: service, in: db))
    }
  }

  struct Confirmations: Sendable {
    /// What stands before the path of a link; empty where nobody said it.
    var publicURL = ""
    var links: [(link: ServiceLink, token: String)] = []
    var answers: [ServiceAnswer] = []
  }
}
