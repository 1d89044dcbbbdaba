import Basics
import Cases
import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Households

@Suite struct `A household` {
  private func member(_ name: String = "Yasmine") -> HouseholdMember {
    HouseholdMember(
      id: RecordID(), relation: .child, latinName: name, arabicName: "ياسمين", birthYear: 2016, sex: .female,
      living: .together)
  }

  @Test(arguments: TestDatabase.engines)
  func `takes a member once, sealed, and named in the journal`(engine: Database.Engine) async throws {
    try await HouseholdRoom.with(engine) { room, id in
      let member = member()
      for _ in 0..<2 { try await room.households.add(member, to: id, by: Staff.amel) }
      #expect(try await room.members(id) == [member])
      #expect(try await room.acts(id) == ["household.add"])
      let other = HouseholdMember(
        id: member.id, relation: .child, latinName: "Rim", arabicName: nil)
      await #expect(throws: Refusal.sentBefore("name-latin", kept: "Yasmine")) {
        try await room.households.add(other, to: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.notAllowed(.editPersons)) {
        try await room.households.add(member, to: id, by: Staff.dorra)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.households.add(member, to: id, by: Staff.emna)
      }
      let sealed = try await room.database.read { db in
        try db.rows("SELECT names FROM household_member") { try $0[0] as [UInt8] }
      }
      #expect(sealed.count == 1 && sealed[0].firstRange(of: Array("Yasmine".utf8)) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keeps who was removed, with the reason`(engine: Database.Engine) async throws {
    try await HouseholdRoom.with(engine) { room, id in
      let member = member()
      try await room.households.add(member, to: id, by: Staff.amel)
      await #expect(throws: Refusal.notFound) {
        try await room.households.remove(RecordID(), because: "Twice", from: id, by: Staff.amel)
      }
      for _ in 0..<2 {
        try await room.households.remove(member.id, because: "Twice", from: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.conflict(say("This member was removed already."))) {
        try await room.households.remove(member.id, because: "Moved", from: id, by: Staff.amel)
      }
      #expect(try await room.members(id).map(\.removedBecause) == ["Twice"])
      #expect(try await room.acts(id) == ["household.remove", "household.add"])
      // Sent once more after it was removed: still the same member.
      try await room.households.add(member, to: id, by: Staff.amel)
      #expect(try await room.members(id).count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `opens with the key of the person to whom the case went`(engine: Database.Engine) async throws {
    try await HouseholdRoom.with(engine) { room, id in
      let member = member()
      try await room.households.add(member, to: id, by: Staff.amel)
      try await room.households.remove(member.id, because: "Twice", from: id, by: Staff.amel)
      let second = try await room.receive()
      try await room.database.write { db in
        let old = try room.cases.require(id, for: Staff.amel, in: db).subject.key
        let new = try room.cases.require(second, for: Staff.amel, in: db).subject.key
        try room.households.resealing(id, old, new, db)
        let kept = try HouseholdStore.members(of: id, key: new, in: db)
        #expect(kept.map(\.latinName) == ["Yasmine"] && kept.map(\.removedBecause) == ["Twice"])
      }
    }
  }

  @Test func `counts the person and those known to live with her`() {
    var gone = member()
    gone.removedBecause = "Twice"
    let away = HouseholdMember(id: RecordID(), relation: .father, latinName: "Ali", arabicName: nil)
    #expect(HouseholdRules.size([member(), gone, away]) == 2)
    #expect(HouseholdRules.size([]) == 1)
  }

  @Test func `stands on a page of its own, with what was typed wrongly beside its field`() async throws {
    try await HouseholdRoom.with(.sqlite) { room, id in
      try await room.serve { site in
        let path = "/households/\(id)"
        #expect(try await site.get("/cases/\(id)", as: Staff.amel).text.contains("href=\"\(path)\""))
        #expect(try await site.get(path, as: Staff.emna).status == .notFound)
        #expect(try await site.post(path, [:], as: Staff.dorra).status == .forbidden)
        let wrong = try await site.post(path, ["birth-year": "1700"], as: Staff.amel)
        #expect(wrong.status == .unprocessableContent)
        for field in ["relation", "name-latin", "birth-year"] {
          #expect(wrong.text.contains("href=\"#f-\(field)\""), "\(field)")
        }
        let typed = [
          "relation": "child", "name-latin": "<Yasmine>", "birth-year": "2016", "living": "together",
          "once": "\(RecordID<Never>())",
        ]
        for _ in 0..<2 { #expect(try await site.post(path, typed, as: Staff.amel).location == path) }
        let page = try await site.get(path, as: Staff.amel).text
        #expect(page.contains("&lt;Yasmine&gt;") && !page.contains("<Yasmine>"))
        let link = try #require(page.firstMatch(of: /action="(\/households\/[a-z0-9\/]+\/removal)"/))
        let removal = String(link.1)
        #expect(try await site.post(removal, [:], as: Staff.amel).status == .unprocessableContent)
        #expect(try await site.post(removal, ["reason": "Twice"], as: Staff.amel).location == path)
        #expect(try await site.get(path, as: Staff.amel).text.contains("Twice"))
        #expect(try await site.get(path, as: Staff.dorra).text.contains("Twice"))
      }
    }
  }
}
