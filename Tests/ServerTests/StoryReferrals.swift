import Basics
import Cases
import Directory
import Foundation
import People
import Plans
import Referrals
import Storage
import TestSupport

@testable import Server

/// What stands of referrals in a thread of a story.
struct Referred: Sendable {
  var id = RecordID<Referral>()
  /// One that the service declined before.
  var declined = RecordID<Referral>()
  /// Behind it the service answers; of a referral that has ended it shows nothing.
  var token = "none"
  /// Who was asked.
  var provider = RecordID<Provider>()
  /// Another service, for which the form stands open.
  var service = RecordID<Service>()

  /// The form of a new referral, and the page that asks for what it is.
  func formPaths(_ thread: Story.Thread) -> [String] {
    let path = "/referrals/of/\(thread.file)/new"
    return ["\(path)?action=\(thread.action)&service=\(service)", path, "\(path)?need=\(thread.need)"]
  }
}

extension Story {
  /// Accounts of services answer for whoever was asked last.
  static func seat(_ referred: Referred, _ house: Installation) async throws {
    try await house.database.write { db in
      try db.run("DELETE FROM referral_desk")
      try db.run(
        """
        INSERT INTO referral_desk (account, provider, named_at, named_by)
        SELECT id, \(referred.provider), 0, id FROM account WHERE roles = 'partner'
        """)
    }
  }

  /// - Parameter known: the case; of somebody else where it is nil, since a case with an open referral is not closed.
  static func refer(_ known: RecordID<CaseFile>?, _ house: Installation, by actor: Actor) async throws
    -> Referred
  {
    let file = known ?? RecordID()
    if known == nil {
      var identity = Identity()
      (identity[.familyLatin], identity[.phones]) = ("Zitouni", "+21620111333")
      try await house.cases.receive(
        Reception(
          id: file, person: PersonID(), identity: identity, antenna: actor.antenna ?? "TUN",
          contact: actor.id,
          channel: .walkIn, receivedAt: house.now(), returned: ReturnFacts()), by: actor)
    }
    var referred = Referred()
    let (provider, service) = (RecordID<Provider>(), RecordID<Service>())
    try await house.directory.add(
      provider,
      Fields(["kind": "ngo", "name-fr": "Main tendue", "email": "ong@example.org", "state": "active"]),
      of: nil,
      by: .program)
    let fields = Fields(["name-fr": "Atelier", "needs": "training", "nationwide": "yes", "state": "active"])
    for id in [service, referred.service] {
      try await house.directory.add(id, fields, by: provider, of: nil, as: .program)
    }
    for id in [referred.declined, referred.id] {
      let draft = ReferralDraft(
        id: id, service: service, urgency: .later, channel: .email, language: .french, ground: .agreed,
        groundWords: "Today, by word", sections: [.name], ask: "A course")
      try await house.referrals.send(draft, in: file, by: actor)
      if id == referred.declined {
        try await house.referrals.note(.decline(.full, words: nil), on: id, by: actor)
      }
    }
    let url = try await house.referrals.paper(referred.id, by: actor).url ?? ""
    referred.provider = provider
    referred.token = url.split(separator: "/").last.map(String.init) ?? "none"
    return referred
  }
}
