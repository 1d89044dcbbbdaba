import Basics
import Cases
import Directory
import Foundation
import Storage

/// Which referrals a list shows.
package enum ReferralList: String, CaseIterable, Sendable {
  /// What the reader, or her antenna, must do.
  case mine
  case waiting, late, all

  var stages: [Referral.Stage] {
    switch self {
    case .mine: [.asked, .declined, .reported]
    case .waiting: [.sent, .accepted, .takenOn, .revoked]
    case .late: []
    case .all: Referral.Stage.allCases
    }
  }
}

/// What a list shows of a referral.
package struct ReferralLine: Identifiable, Sendable {
  package let id: RecordID<Referral>
  package let file: RecordID<CaseFile>
  package let service: RecordID<Service>
  package let sentAt: Date
  package let stage: Referral.Stage
  /// How many of its clocks rang.
  package let clock: Int
  package let answerBy: Day
  package let outcome: Referral.Outcome?
}

/// A page of referrals with the names that stand beside them.
package struct ReferralPage: Sendable {
  package let referrals: [ReferralLine]
  package let numbers: [RecordID<CaseFile>: String]
  package let services: [RecordID<Service>: Texts]
  package let next: RecordID<Referral>?
}

extension Referrals {
  package func list(_ list: ReferralList, after: RecordID<Referral>?, for actor: Actor) async throws
    -> ReferralPage
  {
    try actor.must(.openFiles)
    return try await database.read { db in
      let found =
        list == .late
        ? try ReferralListStore.late(
          1, for: actor, after: after, limit: ReferralListStore.pageSize + 1, in: db)
        : try ReferralListStore.inStages(list.stages, for: actor, after: after, in: db)
      return try page(found, in: db)
    }
  }

  /// The referrals of a case, newest first; the journal tells that the case was opened.
  package func list(of id: RecordID<CaseFile>, for actor: Actor) async throws -> (
    opened: OpenedCase, page: ReferralPage
  ) {
    let (opened, found) = try await cases.open(id, for: actor) { _, db in
      try page(ReferralListStore.ofCase(id, in: db), in: db)
    }
    return (opened, found)
  }

  func page(_ found: [ReferralLine], in db: Connection) throws -> ReferralPage {
    let shown = Array(found.prefix(ReferralListStore.pageSize))
    return ReferralPage(
      referrals: shown,
      numbers: try cases.numbers(of: shown.map(\.file), in: db),
      services: try directory.names(of: shown.map(\.service), in: db),
      next: found.count > shown.count ? shown.last?.id : nil)
  }

  /// What must be done by the reader: of a contact person her own and the late ones of hers; of a head what the second clock
  /// passed on; of the centre what the third did. At most ten.
  package func day(of actor: Actor) async throws -> ReferralPage {
    try actor.must(.openFiles)
    return try await database.read { db in
      var found: [ReferralLine] = []
      if actor.scope != .nation {
        found = try ReferralListStore.mine(actor, limit: 10, in: db)
        found += try ReferralListStore.late(1, for: actor, ofContact: true, after: nil, limit: 10, in: db)
      }
      if actor.scope == .antenna, actor.may(.assignCases) {
        found += try ReferralListStore.late(2, for: actor, after: nil, limit: 10, in: db)
      }
      if actor.scope == .nation {
        found += try ReferralListStore.late(3, for: actor, after: nil, limit: 10, in: db)
      }
      var known: Set<RecordID<Referral>> = []
      return try page(Array(found.filter { known.insert($0.id).inserted }.prefix(10)), in: db)
    }
  }

  /// Of each provider what became of the referrals of the last twelve months.
  func figures(for actor: Actor) async throws -> [(name: Texts, figures: ReferralListStore.Figures)] {
    try actor.must(.openFiles)
    let since = now().addingTimeInterval(-365 * 86_400)
    return try await database.read { db in
      let figures = try ReferralListStore.figures(since: since, for: actor, in: db)
      let providers = try directory.providers(figures.map(\.provider), in: db)
      return figures.compactMap { line in
        providers[line.provider].map { (name: $0.name, figures: line) }
      }
    }
  }

  func terms() async throws -> [(kind: Provider.Kind, terms: ReferralRules.Terms)] {
    try await database.read { db in
      try Provider.Kind.allCases.map { (kind: $0, terms: try ReferralListStore.terms($0, in: db)) }
    }
  }

  /// Sets the clocks of a kind of provider; those that run already keep the day that was set for them.
  func set(_ terms: ReferralRules.Terms, of kind: Provider.Kind, by actor: Actor) async throws {
    try actor.must(.manageFollowUp)
    let now = now()
    try await database.write { db in
      let before = try ReferralListStore.terms(kind, in: db)
      guard before != terms else { return }
      try ReferralListStore.set(terms, of: kind, in: db)
      try Journal.append(
        "referral.set-term",
        on: RecordReference("referral_term", code: ReferralTermName(rawValue: kind.rawValue)),
        by: actor,
        at: now, changes: before.fields.changes(to: terms.fields), in: db)
    }
  }
}

/// How the journal names the clocks of a kind of provider.
struct ReferralTermName: Code {
  let rawValue: String
}

extension ReferralRules.Terms {
  var fields: Fields {
    Fields([
      "answer": "\(answer)", "outcome": "\(outcome)", "step": "\(step)", "head": "\(head)",
      "centre": "\(centre)",
    ])
  }
}
