import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Skills

@Suite struct `The skills of a person` {
  private func experience(_ trade: String = "Baker") -> Skill {
    Skill(id: RecordID(), kind: .experience, fields: Fields(["where": "abroad", "trade": trade]))
  }

  @Test(arguments: TestDatabase.engines)
  func `a profile sent twice is one; other fields are merged, the same field is asked`(
    engine: Database.Engine
  ) async throws {
    try await SkillRoom.with(engine) { room, id in
      let (skill, nadia) = (RecordID<Skill>(), SkillRoom.nadia)
      let first = Fields(["level": "basic", "field": "Bread"])
      for _ in 0..<2 {
        try await room.skills.save(.profile, first, from: 0, as: skill, in: id, by: nadia)
      }
      var other = first
      other["level"] = "higher"
      try await room.skills.save(.profile, other, from: 1, as: RecordID(), in: id, by: nadia)
      var mine = first
      mine["licences"] = "B"
      try await room.skills.save(.profile, mine, from: 1, as: RecordID(), in: id, by: nadia)
      let merged = try await room.known(id)
      #expect(merged.map(\.fields) == [Fields(["level": "higher", "field": "Bread", "licences": "B"])])
      mine["level"] = "none"
      let third = mine
      let asked = await #expect(throws: Refusal.self) {
        try await room.skills.save(.profile, third, from: 1, as: RecordID(), in: id, by: nadia)
      }
      guard case .changedMeanwhile(let conflicts, _) = asked else {
        Issue.record("It was not asked.")
        return
      }
      #expect(conflicts.map(\.field) == ["level"])
      #expect(
        try await room.acts(id) == ["skill.profile", "skill.change-profile", "skill.change-profile"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an experience is added once, corrected, and withdrawn for good`(engine: Database.Engine) async throws
  {
    try await SkillRoom.with(engine) { room, id in
      let (new, nadia) = (experience(), SkillRoom.nadia)
      for _ in 0..<2 { try await room.skills.add(new, in: id, by: nadia) }
      await #expect(throws: Refusal.sentBefore("trade")) {
        let other = Skill(id: new.id, kind: .experience, fields: Fields(["trade": "Cook"]))
        try await room.skills.add(other, in: id, by: nadia)
      }
      let fields = Fields(["where": "abroad", "trade": "Pastry cook"])
      try await room.skills.correct(new.id, to: fields, from: 1, in: id, by: nadia)
      await #expect(throws: Refusal.notFound) {
        try await room.skills.correct(new.id, to: fields, from: 2, act: .recognition, in: id, by: nadia)
      }
      for _ in 0..<2 {
        try await room.skills.withdraw(new.id, because: "It was her sister", in: id, by: nadia)
      }
      await #expect(throws: Refusal.self) {
        try await room.skills.correct(new.id, to: fields, from: 1, in: id, by: nadia)
      }
      let known = try await room.known(id)
      #expect(known.map(\.withdrawn) == ["It was her sister"])
      #expect(known.first?.fields["trade"] == "Pastry cook")
      #expect(try await room.acts(id) == ["skill.experience", "skill.correct", "skill.withdraw"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `need the duty and a case in sight`(engine: Database.Engine) async throws {
    try await SkillRoom.with(engine) { room, id in
      for actor in [Staff.dorra, Staff.amel] {
        await #expect(throws: Refusal.notAllowed(.readEmploymentSection)) {
          try await room.skills.open(id, for: actor)
        }
      }
      for actor in [Staff.dorra, Staff.fathi] {
        await #expect(throws: Refusal.notAllowed(.writeEmploymentSection)) {
          try await room.skills.add(experience(), in: id, by: actor)
        }
      }
      await #expect(throws: Refusal.notFound) { try await room.skills.open(id, for: SkillRoom.olfa) }
      await #expect(throws: Refusal.notFound) {
        try await room.skills.add(experience(), in: id, by: SkillRoom.olfa)
      }
      let new = experience()
      try await room.skills.add(new, in: id, by: SkillRoom.nadia)
      let other = try await room.receive()
      #expect(try await room.known(other).isEmpty)
      await #expect(throws: Refusal.notFound) {
        try await room.skills.withdraw(new.id, because: "x", in: other, by: SkillRoom.nadia)
      }
      #expect(try await room.skills.open(id, for: Staff.fathi).1.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are missed on the home page of those who write them, at their antenna, until there is a profile`(
    engine: Database.Engine
  ) async throws {
    try await SkillRoom.with(engine) { room, first in
      let (second, nadia, olfa) = (try await room.receive(), SkillRoom.nadia, SkillRoom.olfa)
      func missed(_ actor: Actor) async throws -> [RecordID<CaseFile>] {
        try await room.skills.unwritten(for: actor).lines.map(\.id)
      }
      let (before, elsewhere) = (try await missed(nadia), try await missed(olfa))
      #expect(before.count == 2 && Set(before) == [first, second] && elsewhere.isEmpty)
      try await room.skills.add(experience("Welder"), in: first, by: nadia)
      let still = try await missed(nadia)
      #expect(still.count == 2, "an experience alone is no profile")
      try await room.skills.save(
        .profile, Fields(["level": "basic"]), from: 0, as: RecordID(), in: first, by: nadia)
      let after = try await missed(nadia)
      #expect(after == [second])
      await #expect(throws: Refusal.notAllowed(.writeEmploymentSection)) {
        try await room.skills.unwritten(for: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `cannot be read in the database but for codes, and no act reads or sorts a whole table`(
    engine: Database.Engine
  ) async throws {
    try await SkillRoom.with(engine) { room, id in
      let plans = QueryPlans()
      let (watched, nadia) = (SkillRoom(plans.watching(room.database)), SkillRoom.nadia)
      let profile = Fields(["level": "basic", "spoken-fr": "b2", "trades": "Weaver, 4"])
      try await watched.skills.save(.profile, profile, from: 0, as: RecordID(), in: id, by: nadia)
      let idea = Fields(["sector": "food", "what": "A bakery"])
      try await watched.skills.save(.idea, idea, from: 0, as: RecordID(), in: id, by: nadia)
      let new = experience("Welder")
      try await watched.skills.add(new, in: id, by: nadia)
      try await watched.skills.withdraw(new.id, because: "Her sister", in: id, by: nadia)
      _ = try await watched.known(id)
      _ = try await watched.skills.unwritten(for: nadia)
      let stored = try await room.database.read { db in
        try ["SELECT told FROM skill", "SELECT withdrawn FROM skill WHERE withdrawn IS NOT NULL"]
          .flatMap { try db.rows(SQL(stringLiteral: $0)) { try $0[0] as [UInt8] } }
      }
      for secret in ["Weaver", "bakery", "Welder", "sister"] {
        #expect(stored.allSatisfy { $0.firstRange(of: Array(secret.utf8)) == nil })
      }
      let facts = try await room.database.read { db in
        try db.rows("SELECT level, languages, sector FROM skill_fact ORDER BY kind DESC") {
          [try $0[0] ?? "", try $0[1] ?? "", try $0[2] ?? ""] as [String]
        }
      }
      #expect(facts == [["basic", "fr:b2", ""], ["", "", "food"]])
      #expect(plans.steps.count > 5)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }
}
