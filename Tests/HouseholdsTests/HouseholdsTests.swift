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
  func `lets a member become a person of her own, once, and leads to her file`(engine: Database.Engine)
    async throws
  {
    try await HouseholdRoom.with(engine) { room, id in
      let member = HouseholdMember(
        id: RecordID(), relation: .spouse, latinName: "Rim Ben Salah", arabicName: "ريم بن صالح",
        birthYear: 1992,
        sex: .female)
      try await room.households.add(member, to: id, by: Staff.amel)
      let sealed = try await room.households.reception(of: member.id, in: id, for: Staff.amel)
      let typed = ReceptionTemplates.typed(query: try await room.people.opened(query: sealed))
      #expect(
        typed.values.mapValues(\.first) == [
          "given-latin": "Rim", "family-latin": "Ben Salah", "given-arabic": "ريم",
          "family-arabic": "بن صالح",
          "birth-year": "1992", "sex": "female", "phones": "+21620123456", "member": member.id.text,
        ])
      await #expect(throws: Refusal.notFound) {
        _ = try await room.households.reception(of: member.id, in: id, for: Staff.emna)
      }
      let (own, other) = (try await room.receive(), try await room.receive())
      for file in [own, own, other] {
        try await room.database.write { db in
          try room.households.received(member.id, as: file, by: Staff.amel, in: db)
        }
      }
      #expect(try await room.members(id).map(\.ownCase) == [own])
      #expect(try await room.acts(id) == ["household.receive", "household.add"])
      await #expect(throws: Refusal.notFound) {
        _ = try await room.households.reception(of: member.id, in: id, for: Staff.amel)
      }
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

  @Test func `counts who depends on the person, and the children known not to go to school`() throws {
    let today = try #require(Day("2026-11-28"))
    func one(_ year: Int?, _ dependent: HouseholdMember.Answer?, _ school: HouseholdMember.Answer?)
      -> HouseholdMember
    {
      HouseholdMember(
        id: RecordID(), relation: .child, latinName: "Rim", arabicName: nil, birthYear: year,
        dependent: dependent, school: school)
    }
    var gone = one(2016, .yes, .no)
    gone.removedBecause = "Twice"
    let all = [
      one(2016, .yes, .no), one(2008, nil, .no), one(2007, .no, .no), one(nil, .yes, .no),
      one(2016, .yes, .yes), one(2016, nil, nil), gone,
    ]
    #expect(HouseholdRules.dependants(all) == 3)
    // Who was born in 2007 has come of age since the answer.
    #expect(HouseholdRules.notAtSchool(all, on: today) == 3)
  }

  @Test(arguments: TestDatabase.engines)
  func `corrected in two windows, joins different fields and asks about the same one`(
    engine: Database.Engine
  ) async throws {
    try await HouseholdRoom.with(engine) { room, id in
      let member = member()
      try await room.households.add(member, to: id, by: Staff.amel)
      var (one, other) = (member.fields, member.fields)
      one["name-latin"] = "Yasmina"
      (other["dependent"], other["school"]) = ("yes", "no")
      for _ in 0..<2 {
        try await room.households.correct(member.id, to: one, from: 1, in: id, by: Staff.amel)
        try await room.households.correct(member.id, to: other, from: 1, in: id, by: HouseholdRoom.ines)
      }
      let kept = try #require(try await room.members(id).first)
      #expect(kept.latinName == "Yasmina" && kept.arabicName == "ياسمين" && kept.version == 3)
      #expect(kept.dependent == .yes && kept.school == .no && kept.birthYear == 2016)
      #expect(try await room.acts(id) == ["household.correct", "household.correct", "household.add"])
      other["name-latin"] = "Rim"
      await #expect {
        try await room.households.correct(member.id, to: other, from: 1, in: id, by: HouseholdRoom.ines)
      } throws: { error in
        guard case Refusal.changedMeanwhile(let conflicts, let draft) = error else { return false }
        return conflicts.map(\.field) == ["name-latin"] && draft["name-latin"] == "Rim"
      }
      // The form in which it was added, sent once more: still the same member, as it was corrected.
      try await room.households.add(member, to: id, by: Staff.amel)
      #expect(try await room.members(id) == [kept])
      await #expect(throws: Refusal.notAllowed(.editPersons)) {
        try await room.households.correct(member.id, to: one, from: 1, in: id, by: Staff.dorra)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.households.correct(member.id, to: one, from: 1, in: id, by: Staff.emna)
      }
      let second = try await room.receive()
      await #expect(throws: Refusal.notFound) {
        try await room.households.correct(member.id, to: one, from: 1, in: second, by: Staff.amel)
      }
      try await room.households.remove(member.id, because: "Twice", from: id, by: Staff.amel)
      await #expect(throws: Refusal.conflict(say("This member was removed already."))) {
        try await room.households.correct(member.id, to: one, from: 3, in: id, by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `asks about school of those under 18 only`(engine: Database.Engine) async throws {
    try await HouseholdRoom.with(engine) { room, id in
      let asked = Refusal.invalid([
        FieldError("school", say("School is asked of those under 18 only."))
      ])
      let year = Day(of: room.clock.now).year
      func born(_ year: Int) -> HouseholdMember {
        HouseholdMember(
          id: RecordID(), relation: .child, latinName: "Rim", arabicName: nil, birthYear: year, school: .no)
      }
      await #expect(throws: asked) {
        try await room.households.add(born(year - 19), to: id, by: HouseholdRoom.ines)
      }
      let member = born(year - 18)
      try await room.households.add(member, to: id, by: HouseholdRoom.ines)
      #expect(try await room.members(id) == [member])
      // The answer to one window and the year of another do not go together.
      var older = member.fields
      older["birth-year"] = String(year - 30)
      await #expect(throws: asked) {
        try await room.households.correct(member.id, to: older, from: 1, in: id, by: HouseholdRoom.ines)
      }
      // Grown up since: the answer from then stays, and other fields can be corrected.
      room.clock.advance(seconds: 3 * 366 * 86_400)
      var other = member.fields
      other["dependent"] = "no"
      try await room.households.correct(member.id, to: other, from: 1, in: id, by: HouseholdRoom.ines)
      let kept = try #require(try await room.members(id).first)
      #expect(kept.school == .no && kept.dependent == .no)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `say who depends on the person and who goes to school by the social section alone`(
    engine: Database.Engine
  ) async throws {
    try await HouseholdRoom.with(engine) { room, id in
      let child = HouseholdMember(
        id: RecordID(), relation: .child, latinName: "Rim", arabicName: nil, birthYear: 2016, dependent: .yes,
        school: .no)
      await #expect(throws: Refusal.notAllowed(.writeSocialSection)) {
        try await room.households.add(child, to: id, by: Staff.amel)
      }
      try await room.households.add(child, to: id, by: HouseholdRoom.ines)
      var fields = child.fields
      (fields["dependent"], fields["school"], fields["birth-year"]) = (nil, "yes", "1990")
      let mine = fields
      try await room.households.correct(child.id, to: mine, from: 1, in: id, by: Staff.amel)
      let kept = try #require(try await room.members(id).first)
      #expect(kept.birthYear == 1990 && kept.dependent == .yes && kept.school == .no)
    }
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
        let hers = try await site.get(path, as: HouseholdRoom.ines).text
        #expect(hers.contains("name=\"school\"") && !page.contains("name=\"school\""))
        #expect(page.contains("&lt;Yasmine&gt;") && !page.contains("<Yasmine>"))
        let link = try #require(page.firstMatch(of: /action="(\/households\/[a-z0-9\/]+\/removal)"/))
        let correction = String(link.1).replacing("/removal", with: "/correction")
        #expect(page.contains("href=\"\(correction)\""))
        #expect(try await site.get(correction, as: Staff.amel).text.contains("value=\"&lt;Yasmine&gt;\""))
        #expect(try await site.get(correction, as: Staff.dorra).status == .forbidden)
        #expect(try await site.get(correction, as: Staff.emna).status == .notFound)
        var corrected = typed
        (corrected["version"], corrected["school"], corrected["dependent"]) = ("1", "no", "yes")
        for _ in 0..<2 {
          #expect(try await site.post(correction, corrected, as: HouseholdRoom.ines).location == path)
        }
        let counted = try await site.get(path, as: Staff.amel).text
        #expect(counted.contains("Known to depend on the person: 1"))
        #expect(counted.contains("Children known not to go to school: 1"))
        corrected["school"] = "yes"
        let asked = try await site.post(correction, corrected, as: HouseholdRoom.ines)
        #expect(asked.status == .conflict && asked.text.contains("name=\"version\" value=\"2\""))
        corrected["version"] = "2"
        corrected["birth-year"] = "1990"
        let refused = try await site.post(correction, corrected, as: HouseholdRoom.ines)
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.contains("School is asked of those under 18 only."))
        let removal = String(link.1)
        #expect(try await site.post(removal, [:], as: Staff.amel).status == .unprocessableContent)
        #expect(try await site.post(removal, ["reason": "Twice"], as: Staff.amel).location == path)
        #expect(try await site.get(path, as: Staff.amel).text.contains("Twice"))
        #expect(try await site.get(path, as: Staff.dorra).text.contains("Twice"))
      }
    }
  }
}
