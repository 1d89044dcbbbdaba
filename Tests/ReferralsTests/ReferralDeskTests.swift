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
      try await room.seat(ground)
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
      try await room.seat(ground)
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
      try await room.seat(ground)
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
      try await room.hire("amel", Staff.amel.id, .counsellor)
      try await room.hire("leila", Staff.leila.id, .partner)
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
  func `is one of twenty at most of its provider, also where two are named at once`(engine: Database.Engine)
    async throws
  {
    try await ReferralRoom.with(engine) { room, ground in
      for number in 1...21 { try await room.hire("desk\(number)", AccountID(), .partner) }
      for number in 1...19 {
        try await room.referrals.name("desk\(number)", for: ground.provider, by: Staff.hela)
      }
      let told = await withTaskGroup(of: String.self) { group in
        for name in ["desk20", "desk21"] {
          group.addTask {
            do {
              try await room.referrals.name(name, for: ground.provider, by: Staff.hela)
              return "named"
            } catch Refusal.invalid(let errors) {
              return errors.map(\.field).joined()
            } catch {
              return "\(error)"
            }
          }
        }
        return await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(told.sorted() == ["named", "sign-in-name"])
      #expect(try await room.referrals.desks(of: ground.provider, for: Staff.hela).accounts.count == 20)
      try await room.serve { site in
        let path = "/referrals/desks/\(ground.provider)"
        var refused: [String] = []
        for name in ["desk1", "desk20", "desk21"] {
          let answer = try await site.post(path, ["sign-in-name": name], as: Staff.hela)
          guard answer.status == .unprocessableContent else { continue }
          refused.append(name)
          #expect(answer.text.contains("href=\"#f-sign-in-name\""))
          #expect(answer.text.contains("A provider has at most 20 accounts"))
        }
        // Whoever is named already stays, and asks for no place.
        #expect(refused.count == 1 && refused != ["desk1"])
        let first = try #require(try await room.referrals.accounts.actor(signInName: "desk1"))
        try await room.referrals.unname(first.id, for: ground.provider, by: Staff.hela)
        let again = try await site.post(path, ["sign-in-name": refused.first ?? ""], as: Staff.hela)
        #expect(again.location == path)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `has its pages, and is let in nowhere else`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      try await room.hire("leila", Staff.leila.id, .partner)
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
      try await watched.seat(ground)
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
