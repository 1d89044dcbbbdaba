import Antennas
import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct `The directory` {
  @Test(arguments: TestDatabase.engines)
  func `begins with public bodies that nobody confirmed`(engine: Database.Engine) async throws {
    try await DirectoryRoom.with(engine) { room in
      let found = try await room.directory.services(matching: .init(need: .jobSearch, governorate: "TN-33"))
      #expect(
        found.services.map { $0.name.text(in: .english) } == ["Looking for work at the employment office"])
      #expect(found.services[0].confirmedOn == nil)
      let lenders = try await room.directory.services(matching: .init(need: .credit, governorate: "TN-33"))
      #expect(lenders.services.count == 9)
      let named = try await room.directory.services(matching: .init(words: "tunisienne solid"))
      #expect(named.services.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keeps what was entered, once, and finds it by place, need and words`(engine: Database.Engine)
    async throws
  {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider()
      let id = try await room.service(
        of: provider, ["age-from": "18", "capacity": "3", "name-ar": "إيواء عاجل"])
      let service = try await room.directory.service(id)
      #expect(service.ageFrom == 18 && service.capacity == 3 && service.left == 3)
      #expect(service.providerName.arabic == "يد ممدودة")
      try await room.directory.add(id, service.fields, by: provider, of: "TUN", as: Staff.chokri)
      for search in [
        Directory.Search(need: .housing, governorate: "TN-33"), .init(governorate: "TN-33", words: "heberg"),
        .init(words: "ايواء"), .init(need: .housing, words: "main"),
      ] {
        let found = try await room.directory.services(matching: search).services.map(\.id)
        #expect(found.contains(id), "\(search)")
      }
      let elsewhere = try await room.directory.services(matching: .init(need: .housing, governorate: "TN-11"))
      #expect(!elsewhere.services.contains { $0.id == id })
      var fields = service.fields
      fields["state"] = "paused"
      try await room.directory.change(id, to: fields, from: 1, by: Staff.chokri)
      let paused = try await room.directory.services(matching: .init(words: "heberg"))
      #expect(paused.services.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is kept by the centre, and by a head for her antenna`(engine: Database.Engine) async throws {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider()
      let service = try await room.directory.service(room.service(of: provider))
      let change = Fields(service.fields.values.merging(["hours-note": "Matin"]) { $1 })
      for stranger in [Staff.amel, Staff.ghazi, Staff.hela] {
        await #expect(throws: Refusal.notAllowed(.keepDirectory)) {
          try await room.directory.change(service.id, to: change, from: 1, by: stranger)
        }
      }
      try await room.directory.change(service.id, to: change, from: 1, by: Staff.fathi)
      let kept = try await room.directory.service(service.id)
      #expect(kept[.hoursNote] == "Matin" && kept.version == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `asks where two changed the same, and joins what they changed apart`(engine: Database.Engine)
    async throws
  {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider()
      let service = try await room.directory.service(room.service(of: provider))
      func with(_ field: String, _ value: String) -> Fields {
        Fields(service.fields.values.merging([field: value]) { $1 })
      }
      try await room.directory.change(service.id, to: with("opens", "08:00"), from: 1, by: Staff.fathi)
      try await room.directory.change(service.id, to: with("closes", "13:00"), from: 1, by: Staff.chokri)
      let joined = try await room.directory.service(service.id)
      #expect(joined[.opens] == "08:00" && joined[.closes] == "13:00")
      await #expect(throws: Refusal.self) {
        try await room.directory.change(service.id, to: with("opens", "09:00"), from: 1, by: Staff.chokri)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `gives the last place to one of many`(engine: Database.Engine) async throws {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider()
      let id = try await room.service(of: provider, ["capacity": "40"])
      let seats = (1...50).map { _ in RecordID<Service.Seat>() }
      let got = await withTaskGroup(of: Bool.self) { group in
        for seat in seats {
          group.addTask {
            do {
              try await room.directory.takePlace(seat, in: id, by: Staff.amel)
              return true
            } catch {
              return false
            }
          }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(got == 40)
      let full = try await room.directory.service(id)
      #expect(full.taken == 40 && full.left == 0)
      // Again changes nothing; one that is given back is there for another.
      try await room.database.write { db in
        for seat in seats {
          try room.directory.releasePlace(seat, by: Staff.amel, at: room.clock.now, in: db)
        }
      }
      let empty = try await room.directory.service(id)
      #expect(empty.taken == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `reads no table whole`(engine: Database.Engine) async throws {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider()
      let id = try await room.service(of: provider)
      let plans = QueryPlans()
      let watched = Directory(
        cases: Cases(database: plans.watching(room.database), people: room.cases.people),
        antennas: room.antennas)
      _ = try await watched.services(matching: .init(need: .housing, governorate: "TN-33"), after: id)
      _ = try await watched.services(matching: .init(words: "main"))
      _ = try await watched.providers(after: provider)
      _ = try await watched.openedProvider(provider)
      _ = try await watched.openedService(id)
      _ = try await watched.confirmations(of: id)
      for need in [nil, Service.Need.housing] {
        _ = try await watched.counts(of: need, in: try await room.antennas.territory())
      }
      try await watched.takePlace(RecordID(), in: id, by: Staff.amel)
      let service = try await watched.service(id)
      var fields = service.fields
      fields["opens"] = "08:00"
      try await watched.change(id, to: fields, from: 1, by: Staff.chokri)
      let offences = plans.offences(small: ["governorate", "antenna"])
      #expect(offences.isEmpty, "\(offences.joined(separator: "\n\n"))")
    }
  }
}
