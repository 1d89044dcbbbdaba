import Accounts
import Basics
import Cases
import Directory
import Documents
import Foundation
import Storage

/// What somebody of a service does with an account of its own: the same as behind a link, for all that was referred to it.
extension Referrals {
  /// Lists of a desk.
  enum DeskList: String, CaseIterable, Sendable {
    /// The service has to act.
    case waiting
    /// We have, or nobody any more.
    case answered

    var stages: [Referral.Stage] {
      switch self {
      case .waiting: [.sent, .accepted, .takenOn, .revoked]
      case .answered: [.asked, .declined, .reported, .ended]
      }
    }
  }

  /// What a service sees when it has signed in.
  struct Desk: Sendable {
    /// Nil while nobody said for whom the account answers.
    let provider: Provider?
    let page: ReferralPage
    /// Of the last twelve months; nil where nothing was sent.
    let figures: ReferralListStore.Figures?
  }

  /// - Throws: `Refusal.notAllowed` for staff: they see referrals on their own pages.
  private func mustBeOutside(_ actor: Actor) throws(Refusal) {
    guard actor.isOutside else { throw .notAllowed(.answerReferrals) }
  }

  func desk(_ list: DeskList, after: RecordID<Referral>?, for actor: Actor) async throws -> Desk {
    try mustBeOutside(actor)
    let since = now().addingTimeInterval(-365 * 86_400)
    return try await database.read { db in
      let provider = try ReferralDeskStore.provider(of: actor.id, in: db)
      let found = try ReferralListStore.inStages(list.stages, for: actor, after: after, in: db)
      return Desk(
        provider: try provider.map { try directory.provider($0, in: db) }, page: try page(found, in: db),
        figures: try ReferralListStore.figures(since: since, for: actor, in: db).first)
    }
  }

  /// One referral as the service sees it; the journal tells each time that it was read.
  func openAtDesk(_ id: RecordID<Referral>, for actor: Actor) async throws -> Answering {
    try mustBeOutside(actor)
    let now = now()
    return try await database.write { db in
      let held = try holdAtDesk(id, for: actor, in: db)
      // What has ended shows nothing of anybody any more.
      guard held.referral.stage != .ended else { throw Refusal.notFound }
      try ReferralStore.noteOpened(id, at: now, in: db)
      try Journal.append(
        "referral.open-desk", on: Referral.reference(id), of: held.subject, by: actor, at: now, in: db)
      return Answering(opened: try read(held.referral, held.file, held.subject, in: db), figures: nil)
    }
  }

  /// A referral to the actor's provider; whoever comes second waits at the case, and sees what the first one did: what was
  /// taken back a moment ago is not opened.
  private func holdAtDesk(_ id: RecordID<Referral>, for actor: Actor, in db: Connection) throws -> Held {
    let file = try ReferralStore.require(id, visibleTo: actor, in: db).file
    let (held, subject) = try cases.hold(file, for: .program, in: db)
    let referral = try ReferralStore.require(id, visibleTo: actor, in: db)
    return Held(referral: referral, file: held, subject: subject)
  }

  /// The document that goes along. The program reads it for the account, and the journal tells for which.
  func documentAtDesk(_ id: RecordID<Referral>, for actor: Actor) async throws -> OpenedDocument {
    try mustBeOutside(actor)
    let now = now()
    let (document, file) = try await database.write { db in
      let held = try holdAtDesk(id, for: actor, in: db)
      guard held.referral.stage != .ended, held.referral.stage != .revoked,
        let document = held.referral.document
      else { throw Refusal.notFound }
      try Journal.append(
        "referral.document-desk", on: Referral.reference(id), of: held.subject, by: actor, at: now, in: db)
      return (document, held.referral.file)
    }
    return try await documents.open(document, in: file, for: .program)
  }

  /// An answer of the service; the same a second time changes nothing.
  func answerAtDesk(_ id: RecordID<Referral>, _ answer: ReferralAnswer, by actor: Actor) async throws {
    try mustBeOutside(actor)
    let now = now()
    try await database.write { db in
      try self.answer(answer, holdAtDesk(id, for: actor, in: db), by: actor, at: now, in: db)
      if case .acknowledge = answer { try ReferralLinkStore.revokeAll(of: id, in: db) }
    }
  }

  /// The accounts that answer for a provider, with their names.
  func desks(of id: RecordID<Provider>, for actor: Actor) async throws -> (
    provider: Provider, accounts: [(id: AccountID, name: String)]
  ) {
    try actor.must(.manageAccounts)
    let (provider, ids) = try await database.read { db in
      (try directory.provider(id, in: db), try ReferralDeskStore.accounts(of: id, in: db))
    }
    let names = try await accounts.names(of: ids)
    return (provider, ids.map { ($0, names[$0] ?? "—") })
  }

  /// Lets an account answer for a provider; the same a second time changes nothing.
  /// - Throws: `Refusal.invalid` beside the name where it is no account of a service, or answers for another one, or where
  ///   the provider has as many accounts as it may have.
  package func name(_ signInName: String, for id: RecordID<Provider>, by actor: Actor) async throws {
    try actor.must(.manageAccounts)
    guard let account = try await accounts.actor(signInName: signInName), account.isOutside else {
      throw Refusal.invalid([
        FieldError("sign-in-name", say("No account of a service outside has this sign-in name."))
      ])
    }
    let now = now()
    try await database.write { db in
      // Held: of two that are named at the same moment one is the last.
      _ = try directory.hold(id, in: db)
      if try ReferralDeskStore.provider(of: account.id, in: db) == nil {
        try ReferralRules.mayName(beside: ReferralDeskStore.accounts(of: id, in: db).count)
      }
      guard try ReferralDeskStore.insert(account.id, id, by: actor, at: now, in: db) else {
        guard try ReferralDeskStore.provider(of: account.id, in: db) == id else {
          throw Refusal.invalid([
            FieldError("sign-in-name", say("This account answers for another provider already."))
          ])
        }
        return
      }
      try note("referral.name-desk", account.id, id, by: actor, at: now, in: db)
    }
  }

  /// The account answers for the provider no more; the same a second time changes nothing.
  func unname(_ account: AccountID, for id: RecordID<Provider>, by actor: Actor) async throws {
    try actor.must(.manageAccounts)
    let now = now()
    try await database.write { db in
      guard try ReferralDeskStore.remove(account, id, in: db) else { return }
      try note("referral.unname-desk", account, id, by: actor, at: now, in: db)
    }
  }

  private func note(
    _ act: String, _ account: AccountID, _ id: RecordID<Provider>, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    try Journal.append(
      act, on: RecordReference("account", account), by: actor, at: now,
      changes: Fields(["provider": id.text]).asNew, in: db)
  }
}
