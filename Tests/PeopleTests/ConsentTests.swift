import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import People

extension PersonRoom {
  func consent(of person: PersonID, for purpose: Consent.Purpose = .accompaniment) -> Consent {
    Consent(
      id: RecordID(), person: person, purpose: purpose, textVersion: Consent.currentTextVersion,
      language: .arabic, givenOn: today, way: .thumbprint, withdrawnAt: nil)
  }
}

@Suite struct `What a person agrees to` {
  @Test(arguments: TestDatabase.engines)
  func `a consent is given once for each purpose, and withdrawn at any time`(engine: Database.Engine)
    async throws
  {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      let consent = room.consent(of: id)
      for _ in 0..<2 { try await room.people.record(consent, by: Staff.amel) }
      let other = Consent(
        id: consent.id, person: id, purpose: .sms, textVersion: consent.textVersion, language: .arabic,
        givenOn: room.today, way: .thumbprint, withdrawnAt: nil)
      await #expect(throws: Refusal.sentBefore("purpose")) {
        try await room.people.record(other, by: Staff.amel)
      }
      try await room.people.record(room.consent(of: id, for: .research), by: Staff.amel)
      let inForce = Refusal.conflict(say("This consent is in force already."))
      await #expect(throws: inForce) { try await room.people.record(room.consent(of: id), by: Staff.amel) }

      room.clock.advance(days: 3)
      for _ in 0..<2 { try await room.people.withdraw(consent.id, of: id, by: Staff.amel) }
      let found = try await room.people.open(id, for: Staff.amel).consents
      let stored = try #require(found.first { $0.id == consent.id })
      #expect(!stored.isInForce)
      #expect(stored.withdrawnAt == room.clock.now)
      #expect(stored.textVersion == "2026-1" && stored.language == .arabic && stored.way == .thumbprint)
      #expect(stored.givenOn == room.today + -3)
      #expect(found.filter(\.isInForce).map(\.purpose) == [.research])

      try await room.people.record(room.consent(of: id), by: Staff.amel)
      let acts = try await room.history(of: id).map(\.act)
      #expect(acts.count { $0 == "consent.give" } == 3)
      #expect(acts.count { $0 == "consent.withdraw" } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of those recorded at the same moment, one is in force`(engine: Database.Engine) async throws {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      let outcomes = await withTaskGroup(of: Refusal?.self) { group in
        for _ in 0..<6 {
          group.addTask {
            do {
              try await room.people.record(room.consent(of: id), by: Staff.amel)
              return nil
            } catch let refusal as Refusal { return refusal } catch {
              Issue.record(error)
              return nil
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.count { $0 == nil } == 1)
      #expect(outcomes.count { $0 == .conflict(say("This consent is in force already.")) } == 5)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a consent needs its duty, and a person one may see`(engine: Database.Engine) async throws {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      let (consent, other) = (room.consent(of: id), try await room.create(by: Staff.emna))
      await #expect(throws: Refusal.notAllowed(.recordConsent)) {
        try await room.people.record(consent, by: Staff.dorra)
      }
      await #expect(throws: Refusal.notFound) { try await room.people.record(consent, by: Staff.emna) }
      try await room.people.record(consent, by: Staff.amel)
      await #expect(throws: Refusal.notFound) {
        try await room.people.withdraw(consent.id, of: id, by: Staff.emna)
      }
      // A consent is withdrawn for the person who gave it, not through another file.
      await #expect(throws: Refusal.notFound) {
        try await room.people.withdraw(consent.id, of: other, by: Staff.emna)
      }
      #expect(try await room.people.open(id, for: Staff.amel).consents.allSatisfy { $0.isInForce })
    }
  }
}
