import Basics
import Cases
import Directory
import Documents
import Foundation
import Messages
import Storage

/// Links by which a service answers without an account: of one referral, signed, eight days, one browser.
extension Referrals {
  /// What a link that is shown nothing came to.
  package enum BadLink: String, Error, Sendable {
    /// Never made by us, or altered on its way.
    case unknown
    case expired
    /// A newer one was sent, or the request is over.
    case replaced
    /// Opened in another browser before.
    case elsewhere
  }

  /// - Returns: its id, and the address as it is sent.
  func makeLink(of referral: Referral, at now: Date, in db: Connection) throws -> (
    id: RecordID<ReferralLink>, url: String
  ) {
    let id = RecordID<ReferralLink>()
    try ReferralLinkStore.revokeAll(of: referral.id, in: db)
    try ReferralLinkStore.insert(id, of: referral, at: now, in: db)
    return (id, publicURL + AnswerPaths.show(try token(of: id, in: db)))
  }

  private func token(of id: RecordID<ReferralLink>, in db: Connection) throws -> String {
    try InstallationKeys.key(for: .links, in: db).linkToken(id, of: "referral-link")
  }

  /// The link of a token, good or not.
  /// - Throws: `BadLink.unknown` where it was never made here, or was altered.
  private func made(_ token: String, in db: Connection) throws -> ReferralLink {
    let key = try InstallationKeys.key(for: .links, in: db)
    guard let id: RecordID<ReferralLink> = key.linkID(in: token, of: "referral-link"),
      let link = try ReferralLinkStore.find(id, in: db)
    else { throw BadLink.unknown }
    return link
  }

  /// The mark of a browser, from the cookie of its visit.
  private func device(of visit: String, in db: Connection) throws -> Int64 {
    try InstallationKeys.key(for: .links, in: db).blindToken("visit:\(visit)")
  }

  /// What an opened link shows: the referral as the service sees it.
  package struct Answering: Sendable {
    package let opened: OpenedReferral
    let figures: ReferralListStore.Figures?
  }

  /// The link of a token, if it is good.
  /// - Parameter visit: the cookie of the browser; nil while nothing is shown yet.
  private func link(_ token: String, visit: String?, at now: Date, in db: Connection) throws -> ReferralLink {
    let link = try made(token, in: db)
    guard !link.isRevoked else { throw BadLink.replaced }
    guard now < link.until else { throw BadLink.expired }
    if let device = link.device, let visit, try device != self.device(of: visit, in: db) {
      throw BadLink.elsewhere
    }
    return link
  }

  /// What stands behind a link for this browser; nil while it was not opened here: then there is a button, and nothing of
  /// the person. A program that looks at links in e-mail opens nothing.
  package func look(_ token: String, visit: String) async throws -> Answering? {
    let now = now()
    return try await database.write { db in
      let link = try link(token, visit: visit, at: now, in: db)
      guard link.device != nil else { return nil }
      return try show(link, at: now, in: db)
    }
  }

  /// Opens a link in this browser, for good.
  package func openLink(_ token: String, visit: String) async throws {
    let now = now()
    try await database.write { db in
      // Whoever comes second waits at the case, and looks again: what was taken back a moment ago is not opened.
      let file = try link(token, visit: visit, at: now, in: db).file
      let subject = try cases.hold(file, for: .program, in: db).subject
      let held = try link(token, visit: visit, at: now, in: db)
      guard held.device == nil else { return }
      try ReferralLinkStore.bind(held.id, to: try device(of: visit, in: db), in: db)
      try ReferralStore.noteOpened(held.referral, at: now, in: db)
      try Journal.append(
        "referral.open-link", on: Referral.reference(held.referral), of: subject, by: .program, at: now,
        in: db)
    }
  }

  private func show(_ link: ReferralLink, at now: Date, in db: Connection) throws -> Answering {
    let referral = try ReferralStore.require(link.referral, visibleTo: .program, in: db)
    guard referral.stage != .ended else { throw BadLink.replaced }
    let (file, subject) = try cases.require(link.file, for: .program, in: db)
    let figures = try ReferralListStore.figures(
      since: now.addingTimeInterval(-365 * 86_400), for: .program, provider: referral.provider, in: db)
    return Answering(opened: try read(referral, file, subject, in: db), figures: figures.first)
  }

  /// The document that goes along, for a browser in which the link was opened; the journal tells that it was read.
  package func document(_ token: String, visit: String) async throws -> OpenedDocument {
    let now = now()
    let found = try await database.read { db in
      let link = try link(token, visit: visit, at: now, in: db)
      let referral = try ReferralStore.require(link.referral, visibleTo: .program, in: db)
      guard link.device != nil, referral.stage != .ended, referral.stage != .revoked else {
        throw BadLink.replaced
      }
      guard let document = referral.document else { throw Refusal.notFound }
      return (document, link.file)
    }
    return try await documents.open(found.0, in: found.1, for: .program)
  }

  /// An answer through a link that was opened in this browser.
  package func answer(_ token: String, visit: String, _ answer: ReferralAnswer) async throws {
    let now = now()
    try await database.write { db in
      let link = try link(token, visit: visit, at: now, in: db)
      guard link.device != nil else { throw BadLink.unknown }
      let (file, subject) = try cases.hold(link.file, for: .program, in: db)
      let referral = try ReferralStore.require(link.referral, visibleTo: .program, in: db)
      try self.answer(
        answer, Held(referral: referral, file: file, subject: subject), by: .program, at: now, in: db)
      // Nothing of the person is to be seen there any more.
      if case .acknowledge = answer { try ReferralLinkStore.revokeAll(of: referral.id, in: db) }
    }
  }

  /// Sends a new link to the address that the directory has, whoever asks for it: at most three a day.
  package func renew(_ token: String) async throws {
    let now = now()
    try await database.write { db in
      let link = try made(token, in: db)
      let referral = try ReferralStore.require(link.referral, visibleTo: .program, in: db)
      guard referral.stage != .ended else { throw BadLink.replaced }
      // The newest is taken back by staff alone: then nobody outside makes another.
      guard try ReferralLinkStore.newest(of: referral.id, in: db)?.isRevoked == false else {
        throw BadLink.replaced
      }
      guard try ReferralLinkStore.count(of: referral.id, since: now.addingTimeInterval(-86_400), in: db) < 3
      else {
        throw Refusal.tooMany(retryAfter: 86_400)
      }
      try send(.link, to: referral, by: .program, at: now, in: db)
    }
  }

  /// Staff send a new link, or take back the one that is out.
  package func renew(_ id: RecordID<Referral>, by actor: Actor) async throws {
    try await change(id, by: actor, duty: .agreePlans) { held, now, db in
      guard held.referral.stage.isOpen else {
        throw Refusal.conflict(say("This referral has ended."))
      }
      let before = held.referral.stage.actor == .receiver && held.referral.clock > 0
      try send(before ? .reminder(held.referral.stage) : .link, to: held.referral, by: actor, at: now, in: db)
    }
  }

  package func revokeLinks(_ id: RecordID<Referral>, by actor: Actor) async throws {
    try await change(id, by: actor, duty: .agreePlans) { held, now, db in
      guard let link = try ReferralLinkStore.newest(of: id, in: db), !link.isRevoked else { return }
      try ReferralLinkStore.revokeAll(of: id, in: db)
      try Journal.append(
        "referral.revoke-link", on: Referral.reference(id), of: held.subject, by: actor, at: now, in: db)
    }
  }

  private func send(
    _ what: ToService, to referral: Referral, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try write(what, to: referral, at: now, by: actor, in: db)
    let subject = try cases.require(referral.file, for: .program, in: db).subject
    try Journal.append(
      "referral.renew-link", on: Referral.reference(referral.id), of: subject, by: actor, at: now, in: db)
  }

  /// The sheet to print, with a new link; whoever prints it hands it over.
  package func paper(_ id: RecordID<Referral>, by actor: Actor) async throws -> (
    opened: OpenedReferral, url: String?
  ) {
    try actor.must(.agreePlans)
    let now = now()
    return try await database.write { db in
      let referral = try ReferralStore.require(id, visibleTo: actor, in: db)
      let (file, subject) = try cases.hold(referral.file, for: actor, in: db)
      guard referral.stage.isOpen else { throw Refusal.conflict(say("This referral has ended.")) }
      let url = publicURL.isEmpty ? nil : try makeLink(of: referral, at: now, in: db).url
      try Journal.append(
        "referral.print", on: Referral.reference(id), of: subject, by: actor, at: now, in: db)
      return (try read(referral, file, subject, in: db), url)
    }
  }

  /// The journal tells of a link that showed nothing; of one that we made, under its referral.
  package func noteBad(_ token: String, _ why: BadLink) async throws {
    let now = now()
    try await database.write { db in
      let id = token.split(separator: "-").first.flatMap { RecordID<ReferralLink>($0) }
      let known = try id.flatMap { try ReferralLinkStore.find($0, in: db) }
      let reference =
        known.map { Referral.reference($0.referral) } ?? RecordReference("referral", RecordID<Referral>())
      try Journal.append(
        "referral.bad-link", on: reference, by: .program, at: now,
        changes: Fields(["why": why.rawValue]).asNew, in: db)
    }
  }
}
