import Basics
import Cases
import Documents
import Foundation
import Storage
import TestSupport
import Testing

@testable import Referrals

@Suite struct `What is taken back at the same moment` {
  /// Takes a referral back, and lets somebody come before that is kept.
  private func revoke(
    _ id: RecordID<Referral>, _ room: ReferralRoom, _ ground: ReferralRoom.Ground,
    while other: @escaping @Sendable () async throws -> Void
  ) async throws -> Task<Void, any Error> {
    try await room.database.write { db in
      let (file, subject) = try room.cases.hold(ground.file, for: .program, in: db)
      let referral = try ReferralStore.require(id, visibleTo: .program, in: db)
      try room.referrals.revoke(
        Referrals.Held(referral: referral, file: file, subject: subject), by: Staff.amel,
        at: room.clock.now, in: db)
      let coming = Task { try await other() }
      // Until it has come as far as it is let.
      Thread.sleep(forTimeInterval: 0.4)
      return coming
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not opened at the desk any more`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      try await room.seat(ground)
      let coming = try await revoke(id, room, ground) {
        _ = try await room.referrals.openAtDesk(id, for: Staff.leila)
      }
      await #expect(throws: Refusal.notFound) { try await coming.value }
      // Nobody had read it: it ended at once, and nothing tells otherwise.
      let after = try await room.stage(id)
      #expect(after.stage == .ended && !after.progress.wasReceived)
      #expect(try await room.acts(ground) == ["referral.revoke", "referral.send"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `gives no document away at the desk`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let paper = NewDocument(id: RecordID(), kind: .diploma, title: "CAP", fileName: "diploma.txt")
      try await room.referrals.documents.add(
        paper, DocumentContent(Array("A diploma".utf8)), to: ground.file, by: Staff.amel)
      let draft = ReferralDraft(
        id: RecordID(), service: ground.service, urgency: .later, channel: .email, language: .french,
        ground: .agreed, groundWords: "x", sections: [], document: paper.id, ask: "A course")
      try await room.send(ground, draft)
      try await room.seat(ground)
      _ = try await room.referrals.openAtDesk(draft.id, for: Staff.leila)
      let coming = try await revoke(draft.id, room, ground) {
        _ = try await room.referrals.documentAtDesk(draft.id, for: Staff.leila)
      }
      await #expect(throws: Refusal.notFound) { try await coming.value }
      #expect(try await room.stage(draft.id).stage == .revoked)
      #expect(try await !room.acts(ground).contains("referral.document-desk"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not opened by its link any more`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      let token = try await room.token()
      let coming = try await revoke(id, room, ground) {
        try await room.referrals.openLink(token, visit: "v")
      }
      await #expect(throws: Referrals.BadLink.replaced) { try await coming.value }
      let after = try await room.stage(id)
      #expect(after.stage == .ended && !after.progress.wasReceived)
      #expect(try await room.acts(ground) == ["referral.revoke", "referral.send"])
    }
  }
}
