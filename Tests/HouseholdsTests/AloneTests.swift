import Basics
import Cases
import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Households

@Suite struct `A household of one` {
  private func member(_ living: HouseholdMember.Living?) -> HouseholdMember {
    HouseholdMember(
      id: RecordID(), relation: .child, latinName: "Yasmine", arabicName: nil, birthYear: 2016,
      living: living)
  }

  private func isAlone(_ id: RecordID<CaseFile>, _ room: HouseholdRoom) async throws -> Bool {
    try await room.cases.open(id, for: Staff.amel) { opened, db in
      try room.households.isAlone(opened, in: db)
    }.1
  }

  @Test(arguments: TestDatabase.engines)
  func `is recorded once, taken back once, and named in the journal`(engine: Database.Engine) async throws {
    try await HouseholdRoom.with(engine) { room, id in
      #expect(try await !isAlone(id, room))
      for _ in 0..<2 { try await room.households.set(alone: true, in: id, by: Staff.amel) }
      #expect(try await isAlone(id, room))
      #expect(try await room.acts(id) == ["household.alone"])
      for _ in 0..<2 { try await room.households.set(alone: false, in: id, by: Staff.amel) }
      #expect(try await !isAlone(id, room))
      #expect(try await room.acts(id) == ["household.not-alone", "household.alone"])
      await #expect(throws: Refusal.notAllowed(.editPersons)) {
        try await room.households.set(alone: true, in: id, by: Staff.dorra)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.households.set(alone: true, in: id, by: Staff.emna)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is none with a member who lives with the person, and in doubt with one who may`(
    engine: Database.Engine
  ) async throws {
    try await HouseholdRoom.with(engine) { room, id in
      let refused = Refusal.invalid([
        FieldError("alone", say("A member is known to live with the person. Correct that member first."))
      ])
      try await room.households.set(alone: true, in: id, by: Staff.amel)
      let elsewhere = member(.elsewhere)
      try await room.households.add(elsewhere, to: id, by: Staff.amel)
      #expect(try await isAlone(id, room))
      // Nobody said where this one lives.
      try await room.households.add(member(nil), to: id, by: Staff.amel)
      #expect(try await !isAlone(id, room))
      try await room.households.set(alone: true, in: id, by: Staff.amel)
      // A correction of something else says nothing new of it.
      var fields = elsewhere.fields
      fields["name-latin"] = "Yasmina"
      let renamed = fields
      try await room.households.correct(elsewhere.id, to: renamed, from: 1, in: id, by: Staff.amel)
      #expect(try await isAlone(id, room))
      fields["living"] = "together"
      let moved = fields
      try await room.households.correct(elsewhere.id, to: moved, from: 2, in: id, by: Staff.amel)
      #expect(try await !isAlone(id, room))
      await #expect(throws: refused) {
        try await room.households.set(alone: true, in: id, by: Staff.amel)
      }
      try await room.households.remove(elsewhere.id, because: "Moved", from: id, by: Staff.amel)
      try await room.households.set(alone: true, in: id, by: Staff.amel)
      #expect(try await isAlone(id, room))
    }
  }

  @Test func `is asked on the page while nobody is known to live with the person`() async throws {
    try await HouseholdRoom.with(.sqlite) { room, id in
      try await room.serve { site in
        let path = "/households/\(id)"
        #expect(try await site.get(path, as: Staff.amel).text.contains("action=\"\(path)/alone\""))
        #expect(try await !site.get(path, as: Staff.dorra).text.contains("action=\"\(path)/alone\""))
        for typed in [[:], ["alone": "perhaps"]] as [[String: String]] {
          let wrong = try await site.post("\(path)/alone", typed, as: Staff.amel)
          #expect(wrong.status == .unprocessableContent && wrong.text.contains("href=\"#f-alone\""))
        }
        #expect(try await site.post("\(path)/alone", ["alone": "yes"], as: Staff.amel).location == path)
        let page = try await site.get(path, as: Staff.dorra).text
        #expect(page.contains("The person lives alone.") && !page.contains("Nobody was recorded yet."))
        #expect(try await site.post("\(path)/alone", ["alone": "no"], as: Staff.amel).location == path)
        #expect(try await site.get(path, as: Staff.dorra).text.contains("Nobody was recorded yet."))
        try await room.households.add(member(.together), to: id, by: Staff.amel)
        #expect(try await !site.get(path, as: Staff.amel).text.contains("action=\"\(path)/alone\""))
        // From a page that was open before.
        let late = try await site.post("\(path)/alone", ["alone": "yes"], as: Staff.amel)
        #expect(late.status == .unprocessableContent && late.text.contains("Correct that member first."))
      }
    }
  }
}

@Suite struct `A member with a file of her own` {
  @Test(arguments: TestDatabase.engines)
  func `keeps the first, also where two receive her at the same moment`(engine: Database.Engine) async throws
  {
    try await HouseholdRoom.with(engine) { room, id in
      let member = HouseholdMember(id: RecordID(), relation: .spouse, latinName: "Rim", arabicName: nil)
      try await room.households.add(member, to: id, by: Staff.amel)
      var files: [RecordID<CaseFile>] = []
      for _ in 0..<4 { files.append(try await room.receive()) }
      // Each of them has read that there is none yet.
      let written = try await room.database.write { [files] db in
        try files.map { try HouseholdStore.setOwnCase($0, of: member.id, in: db) }
      }
      #expect(written == [true, false, false, false])
      #expect(try await room.members(id).map(\.ownCase) == [files[0]])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is told of once in the journal, by whoever was first`(engine: Database.Engine) async throws {
    try await HouseholdRoom.with(engine) { room, id in
      let member = HouseholdMember(id: RecordID(), relation: .spouse, latinName: "Rim", arabicName: nil)
      try await room.households.add(member, to: id, by: Staff.amel)
      var files: [RecordID<CaseFile>] = []
      for _ in 0..<6 { files.append(try await room.receive()) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for file in files {
          group.addTask {
            try await room.database.write { db in
              try room.households.received(member.id, as: file, by: Staff.amel, in: db)
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await room.acts(id) == ["household.receive", "household.add"])
      let own = try #require(try await room.members(id).first?.ownCase)
      #expect(files.contains(own))
    }
  }
}
