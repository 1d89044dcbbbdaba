import Basics
import Directory
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Referrals

@Suite struct `What referrals told services of a person` {
  @Test(arguments: TestDatabase.engines)
  func `is told by its names, with the consent it stands on, before and after that is withdrawn`(
    engine: Database.Engine
  ) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let consent = try await room.consent(ground, to: .shareEmployment)
      let draft = room.draft(ground, ground: .consent, consent: consent.id, sections: [.name, .reach])
      try await room.send(ground, draft)
      let (_, other, _) = try await room.receive()
      let plans = QueryPlans()
      let watched = ReferralRoom(plans.watching(room.database), clock: room.clock, post: room.post)
      func told(_ person: PersonID) async throws -> [ReferralShared] {
        try await watched.database.read { db in
          try watched.referrals.shared(of: watched.people.subject(person, in: db), in: db)
        }
      }
      let found = try #require(try await told(ground.person).first)
      #expect(found.consent == consent.id && found.ground == .consent && !found.wasOpened)
      #expect(found.service.french == "Atelier" && found.provider?.french == "Association Main tendue")
      let names = ["number", "ask", "name-latin", "name-arabic", "phones"]
      #expect(found.what == names.compactMap { ReferralShown.label($0) })
      #expect(try await told(other).isEmpty)
      try await room.people.withdraw(consent.id, of: ground.person, by: Staff.amel)
      #expect(try await told(ground.person).map(\.consent) == [consent.id])
      #expect(plans.steps.count > 4)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }
}
