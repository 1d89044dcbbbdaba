import Basics
import Foundation
import HTTPTypes
import Messages
import Storage
import TestSupport
import Testing

@testable import Tasks

@Suite struct `The daily word about tasks` {
  private static let digest = TaskDigest(address: "amel@example.org", language: .french)

  private func queued(_ room: TaskRoom) async throws -> Int {
    let keys = (-9...10).map { "task-digest:\(Staff.amel.id):\(room.today + $0)" }
    return try await room.database.read { db in try room.messages.messages(ofKeys: keys, in: db).count }
  }

  @Test(arguments: TestDatabase.engines)
  func `is made once a day, by however many programs, and only when something waits`(
    engine: Database.Engine
  ) async throws {
    try await TaskRoom.with(engine) { room in
      try await room.tasks.set(Self.digest, by: Staff.amel)
      // Of today it is over: she asked for it after its hour.
      try await room.tasks.tellOfTheDay()
      room.clock.advance(days: 1)
      try await room.tasks.tellOfTheDay()
      #expect(try await queued(room) == 0)
      try await room.tasks.give(room.task(to: .antenna("TUN"), "Her papers"), by: Staff.chokri)
      room.clock.advance(days: 1)
      try await withThrowingTaskGroup { group in
        for _ in 0..<8 { group.addTask { _ = try await room.tasks.tellOfTheDay() } }
        try await group.waitForAll()
      }
      #expect(try await queued(room) == 1)
      try await room.tasks.tellOfTheDay()
      #expect(try await queued(room) == 1)
      room.clock.advance(days: 1)
      try await room.tasks.tellOfTheDay()
      #expect(try await queued(room) == 2)
      try await room.tasks.set(nil, by: Staff.amel)
      room.clock.advance(days: 1)
      try await room.tasks.tellOfTheDay()
      #expect(try await queued(room) == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `holds what other areas add, also where no task waits`(engine: Database.Engine) async throws {
    try await TaskRoom.with(engine) { room in
      let more: DailyLine = { actor, reader, _ in
        actor.id == Staff.amel.id ? reader("Circulars that you have not read: \(2)") : nil
      }
      let told = TaskRoom(room.database, clock: room.clock, dailyLines: [more])
      for actor in [Staff.amel, Staff.bilel] { try await told.tasks.set(Self.digest, by: actor) }
      room.clock.advance(days: 1)
      try await told.tasks.tellOfTheDay()
      #expect(try await queued(told) == 1)
      let bilels = "task-digest:\(Staff.bilel.id):\(room.today)"
      let others = try await room.database.read { db in
        try room.messages.messages(ofKeys: [bilels], in: db)
      }
      #expect(others.isEmpty)
    }
  }

  @Test func `waits for its hour`() {
    let day = Day(number: 20_000)
    func at(_ hour: Double) -> Date {
      Date(timeIntervalSince1970: Double(day.number) * 86_400 + (hour - 1) * 3_600)
    }
    #expect(TaskRules.digestDay(at: at(6.9)) == nil)
    #expect(TaskRules.digestDay(at: at(7)) == day && TaskRules.digestDay(at: at(23.9)) == day)
  }

  @Test(arguments: TestDatabase.engines)
  func `keeps its address sealed, and asks for a right one`(engine: Database.Engine) async throws {
    try await TaskRoom.with(engine) { room in
      try await room.serve { site in
        let wrong = try await site.post(
          "/tasks/digest", ["address": "amel", "language": "fr"], as: Staff.amel)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("href=\"#f-address\""))
        let right = try await site.post(
          "/tasks/digest", ["address": "amel@example.org", "language": "fr"], as: Staff.amel)
        #expect(right.location == "/tasks/digest")
        #expect(try await site.get("/tasks/digest", as: Staff.amel).text.contains("amel@example.org"))
        #expect(!(try await site.get("/tasks/digest", as: Staff.bilel).text.contains("amel@example.org")))
      }
      let kept = try await room.database.read { db in try TaskDigestStore.find(Staff.amel.id, in: db) }
      #expect(kept.map { String(decoding: $0.address, as: UTF8.self).contains("amel") } == false)
    }
  }
}
