import Accounts
import Basics
import Cases
import Directory
import Documents
import Foundation
import HTTPTypes
import Messages
import Storage
import TestSupport
import Testing

@testable import Referrals

@Suite(.serialized) struct `A service with an account of its own` {
  /// Leila's account, which answers for the association of the ground.
  private func seat(_ room: ReferralRoom, _ ground: ReferralRoom.Ground) async throws {
    try await hire(room, "leila", Staff.leila.id, .partner)
    try await room.referrals.name("leila", for: ground.provider, by: Staff.hela)
  }

  private func hire(_ room: ReferralRoom, _ name: String, _ id: AccountID, _ role: Role) async throws {
    try await room.referrals.accounts.create(
      NewAccount(
        id: id, signInName: name, name: name.capitalized, institution: "OTE",
        antenna: role.isOutside ? nil : "TUN", roles: [role], password: "a long sentence for tests",
        mustChangePassword: false), by: .program)
  }

  /// Another association with a referral of its own.
  private func another(_ room: ReferralRoom, _ ground: ReferralRoom.Ground) async throws -> (
    provider: RecordID<Provider>, referral: RecordID<Referral>
  ) {
    let (provider, service) = (RecordID<Provider>(), RecordID<Service>())
    try await room.directory.add(
      provider,
      Fields(["kind": "ngo", "name-fr": "Autre", "email": "autre@example.org", "state": "active"]), of: nil,
      by: .program)
    let fields = Fields(["name-fr": "Abri", "needs": "housing", "nationwide": "yes", "state": "active"])
    try await room.directory.add(service, fields, by: provider, of: nil, as: .program)
    let other = ReferralRoom.Ground(
      file: ground.file, person: ground.person, action: ground.action, service: service, provider: provider)
    return (provider, try await room.send(other))
  }

  @Test(arguments: TestDatabase.engines)
  func `sees what was referred to it, answers, and sees its figures`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      let other = try await another(room, ground)
      try await seat(room, ground)
      let desk = try await room.referrals.desk(.waiting, after: nil, for: Staff.leila)
      #expect(desk.page.referrals.map(\.id) == [id] && desk.figures?.sent == 1)
      await #expect(throws: Refusal.notFound) {
        try await room.referrals.openAtDesk(other.referral, for: Staff.leila)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.referrals.answerAtDesk(other.referral, .takeOn, by: Staff.leila)
      }
      let seen = try await room.referrals.openAtDesk(id, for: Staff.leila)
      #expect(seen.opened.words.shared["name-latin"] == "Salma Ben Othman")
      let day = Day(of: room.clock.now) + 3
      for _ in 1...2 {
        try await room.referrals.answerAtDesk(id, .accept(on: day, contact: "Leila"), by: Staff.leila)
      }
      try await room.referrals.answerAtDesk(id, .takeOn, by: Staff.leila)
      try await room.referrals.answerAtDesk(id, .report(.helped, words: nil), by: Staff.leila)
      #expect(try await room.stage(id).stage == .reported)
      #expect(try await room.acts(ground).filter { $0 == "referral.accept" }.count == 1)
      #expect(try await room.acts(ground).contains("referral.open-desk"))
      let after = try await room.referrals.desk(.answered, after: nil, for: Staff.leila)
      #expect(after.page.referrals.map(\.id) == [id] && after.figures?.helped == 1)
      try await room.referrals.settle(id, .done, by: Staff.amel)
      await #expect(throws: Refusal.notFound) { try await room.referrals.openAtDesk(id, for: Staff.leila) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `opens the document that goes along, and the journal tells which account did`(engine: Database.Engine)
    async throws
  {
    try await ReferralRoom.with(engine) { room, ground in
      let paper = NewDocument(
        id: RecordID(), kind: .diploma, title: "CAP", validUntil: nil, fileName: "salma-diploma.txt")
      try await room.referrals.documents.add(
        paper, DocumentContent(Array("A diploma".utf8)), to: ground.file, by: Staff.amel)
      let draft = ReferralDraft(
        id: RecordID(), service: ground.service, urgency: .later, channel: .email, language: .french,
        ground: .agreed, groundWords: "x", sections: [], document: paper.id, ask: "A course")
      try await room.referrals.send(draft, in: ground.file, by: Staff.amel)
      await #expect(throws: Refusal.notFound) {
        try await room.referrals.documentAtDesk(draft.id, for: Staff.leila)
      }
      #expect(try await room.acts(ground).contains("referral.document-desk") == false)
      try await seat(room, ground)
      let opened = try await room.referrals.documentAtDesk(draft.id, for: Staff.leila)
      #expect(opened.document.id == paper.id)
      let readers = try await room.database.read { db in
        let subject = try room.cases.require(ground.file, for: .program, in: db).subject
        return try Journal.history(of: subject, limit: 200, in: db)
          .filter { $0.act == "referral.document-desk" }.map(\.actor)
      }
      #expect(readers == [Staff.leila.id])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `hears that a consent is gone, and confirms it`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      try await seat(room, ground)
      _ = try await room.referrals.openAtDesk(id, for: Staff.leila)
      try await room.referrals.revoke(id, by: Staff.amel)
      #expect(try await room.stage(id).stage == .revoked)
      await #expect(throws: Refusal.self) {
        try await room.referrals.answerAtDesk(id, .takeOn, by: Staff.leila)
      }
      for _ in 1...2 { try await room.referrals.answerAtDesk(id, .acknowledge, by: Staff.leila) }
      #expect(try await room.stage(id).stage == .ended)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is named by whoever manages accounts, for one provider`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      let other = try await another(room, ground)
      try await hire(room, "amel", Staff.amel.id, .counsellor)
      try await hire(room, "leila", Staff.leila.id, .partner)
      #expect(try await room.referrals.desk(.waiting, after: nil, for: Staff.leila).provider == nil)
      await #expect(throws: Refusal.notAllowed(.manageAccounts)) {
        try await room.referrals.name("leila", for: ground.provider, by: Staff.fathi)
      }
      for name in ["amel", "nobody"] {
        await #expect(throws: Refusal.self, "\(name)") {
          try await room.referrals.name(name, for: ground.provider, by: Staff.hela)
        }
      }
      for _ in 1...2 { try await room.referrals.name("Leila", for: ground.provider, by: Staff.hela) }
      await #expect(throws: Refusal.self) {
        try await room.referrals.name("leila", for: other.provider, by: Staff.hela)
      }
      #expect(try await room.referrals.desks(of: ground.provider, for: Staff.hela).accounts.count == 1)
      // Staff read referrals on their own pages.
      for actor in [Staff.amel, Staff.fathi, Staff.hela] {
        await #expect(throws: Refusal.notAllowed(.answerReferrals)) {
          try await room.referrals.openAtDesk(id, for: actor)
        }
      }
      for _ in 1...2 {
        try await room.referrals.unname(Staff.leila.id, for: ground.provider, by: Staff.hela)
      }
      await #expect(throws: Refusal.notFound) { try await room.referrals.openAtDesk(id, for: Staff.leila) }
      try await room.referrals.name("leila", for: other.provider, by: Staff.hela)
      let desk = try await room.referrals.desk(.waiting, after: nil, for: Staff.leila)
      #expect(desk.page.referrals.map(\.id) == [other.referral])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `has its pages, and is let in nowhere else`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      try await hire(room, "leila", Staff.leila.id, .partner)
      try await room.serve { site in
        let empty = try await site.get("/desk", as: Staff.leila).text
        #expect(empty.contains("Nobody has said yet"))
        let path = "/referrals/desks/\(ground.provider)"
        let wrong = try await site.post(path, ["sign-in-name": "x"], as: Staff.hela)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("href=\"#f-sign-in-name\""))
        #expect(try await site.post(path, ["sign-in-name": "leila"], as: Staff.hela).location == path)
        #expect(try await site.get(path, as: Staff.hela).text.contains("Leila"))
        let list = try await site.get("/desk", as: Staff.leila).text
        #expect(list.contains("/desk/\(id)") && list.contains("Main tendue") && !list.contains("Salma"))
        let page = try await site.get("/desk/\(id)", as: Staff.leila).text
        #expect(page.contains("Salma Ben Othman") && page.contains("/desk/\(id)/accept"))
        #expect(!page.contains("20123456") && !page.contains("/cases"))
        let half = try await site.post("/desk/\(id)/accept", as: Staff.leila)
        #expect(half.status == .unprocessableContent && half.text.contains("Write whom she asks for"))
        let done = try await site.post(
          "/desk/\(id)/accept", ["accepted-on": "2026-03-20", "contact": "Leila"], as: Staff.leila)
        #expect(done.location == "/desk/\(id)")
        for act in ["lapse", "settle", "revoke", "nonsense"] {
          #expect(try await site.post("/desk/\(id)/\(act)", as: Staff.leila).status == .notFound, "\(act)")
        }
        for path in ["/referrals", "/referrals/\(id)", "/cases", "/cases/\(ground.file)"] {
          #expect(try await site.get(path, as: Staff.leila).status == .forbidden, "\(path)")
        }
        for path in ["/desk", "/desk/\(id)"] {
          #expect(try await site.get(path, as: Staff.amel).status == .forbidden, "\(path)")
        }
        let nobody = try await site.post("\(path)/removal", as: Staff.hela)
        #expect(nobody.status == .unprocessableContent && nobody.text.contains("class=\"summary\""))
        let removal = ["account": Staff.leila.id.text]
        #expect(try await site.post("\(path)/removal", removal, as: Staff.hela).location == path)
        #expect(try await site.get("/desk/\(id)", as: Staff.leila).status == .notFound)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is served without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      let plans = QueryPlans()
      let watched = ReferralRoom(plans.watching(room.database), clock: room.clock, post: room.post)
      try await seat(watched, ground)
      for list in Referrals.DeskList.allCases {
        _ = try await watched.referrals.desk(list, after: id, for: Staff.leila)
      }
      _ = try await watched.referrals.openAtDesk(id, for: Staff.leila)
      try await watched.referrals.answerAtDesk(id, .decline(.full, words: nil), by: Staff.leila)
      _ = try await watched.referrals.desks(of: ground.provider, for: Staff.hela)
      try await watched.referrals.unname(Staff.leila.id, for: ground.provider, by: Staff.hela)
      let small: Set = ["installation_key", "referral_term", "account"]
      #expect(plans.steps.count { $0.statement.contains("referral_desk") } > 5)
      for offence in plans.offences(small: small) { Issue.record("\(offence)") }
    }
  }
}
