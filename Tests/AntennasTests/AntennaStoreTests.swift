import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import Antennas

@Suite struct `Which antenna covers which governorate` {
  private static func territory(_ coverage: Coverage) -> Territory {
    let sfax = PlaceName(french: "Sfax", arabic: "صفاقس", english: "Sfax")
    return Territory(
      antennas: [Antenna(id: "SFA", name: sfax, openedOn: nil)], governorates: [], countries: [],
      institutions: [], coverage: [coverage])
  }

  @Test func `whoever may not hears which antenna does, in her language`() {
    let room = Day(number: 20_524)
    let governorate = GovernorateCode(rawValue: "TN-61")
    let lasting = Coverage(antenna: "SFA", governorate: governorate, from: room, until: nil)
    let other = Coverage(antenna: "TUN", governorate: governorate, from: room, until: nil)
    #expect {
      try AntennaRules.mayCover(other, in: Self.territory(lasting))
    } throws: { error in
      guard case .invalid(let errors) = error as? Refusal, let message = errors.first?.message else {
        return false
      }
      return Reader(.arabic)(message).contains("صفاقس") && Reader(.english)(message).contains("Sfax")
        && !Reader(.english)(message).contains("SFA ")
    }
  }

  @Test(
    arguments: [
      (1, nil, true), (10, 20, true), (-5, -1, false), (-5, 0, true), (21, nil, true), (-9, nil, true),
    ] as [(Int, Int?, Bool)])
  func `two may not cover one at the same time`(from: Int, until: Int?, clashes: Bool) {
    let room = Day(number: 20_524)
    func coverage(_ antenna: AntennaCode, _ from: Int, _ until: Int?) -> Coverage {
      Coverage(
        antenna: antenna, governorate: GovernorateCode(rawValue: "TN-61"), from: room + from,
        until: until.map { room + $0 })
    }
    let (lasting, other) = (coverage("SFA", 0, nil), coverage("TUN", from, until))
    if clashes {
      #expect(throws: Refusal.self) { try AntennaRules.mayCover(other, in: Self.territory(lasting)) }
    } else {
      #expect(throws: Never.self) { try AntennaRules.mayCover(other, in: Self.territory(lasting)) }
    }
  }

  @Test func `the day after one ended, another may begin`() throws {
    let room = Day(number: 20_524)
    let governorate = GovernorateCode(rawValue: "TN-61")
    let ended = Coverage(antenna: "SFA", governorate: governorate, from: room, until: room + 9)
    #expect(throws: Refusal.self) {
      try AntennaRules.mayCover(
        Coverage(antenna: "TUN", governorate: governorate, from: room + 9, until: nil),
        in: Self.territory(ended))
    }
    try AntennaRules.mayCover(
      Coverage(antenna: "TUN", governorate: governorate, from: room + 10, until: nil),
      in: Self.territory(ended))
    #expect(
      ended.isInForce(on: room + 9) && !ended.isInForce(on: room + 10) && !ended.isInForce(on: room + -1))
  }

  @Test(arguments: TestDatabase.engines)
  func `it is entered, ended and told in the journal; only by those who manage antennas`(
    engine: Database.Engine
  )
    async throws
  {
    try await AntennaRoom.with(engine) { room in
      let coverage = room.coverage("SFA", "TN-61", from: 0)
      await #expect(throws: Refusal.notAllowed(.manageAntennas)) {
        try await room.antennas.cover(coverage, by: Staff.chokri)
      }
      for _ in 0..<2 { try await room.antennas.cover(coverage, by: Staff.hela) }
      #expect(try await room.antennas.territory().coverage.count { $0 == coverage } == 1)
      await #expect(throws: Refusal.self) {
        try await room.antennas.cover(room.coverage("TUN", "TN-61", from: 3), by: Staff.hela)
      }
      try await room.antennas.end(coverage, on: Day(of: room.clock.now) + 2, by: Staff.hela)
      await #expect(throws: Refusal.conflict(say("This was ended already."))) {
        try await room.antennas.end(coverage, on: Day(of: room.clock.now) + 2, by: Staff.hela)
      }
      try await room.antennas.cover(room.coverage("TUN", "TN-61", from: 3), by: Staff.hela)
      try await room.antennas.setOpened("SFA", on: Day(of: room.clock.now), by: Staff.hela)
      #expect(try await room.antennas.territory().antennas.first { $0.id == "SFA" }?.openedOn != nil)
      let hela = Staff.hela.id
      #expect(
        try await room.journal().sorted() == [
          "antenna.cover SFA \(hela)", "antenna.cover TUN \(hela)", "antenna.end-coverage SFA \(hela)",
          "antenna.open SFA \(hela)",
        ])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `entered by several at the same moment, one antenna covers it`(engine: Database.Engine) async throws {
    try await AntennaRoom.with(engine) { room in
      let codes = try await room.antennas.territory().antennas.map(\.id)
      await withTaskGroup(of: Void.self) { group in
        for code in codes {
          group.addTask {
            try? await room.antennas.cover(room.coverage(code, "TN-42", from: 0), by: Staff.hela)
          }
        }
      }
      let covered = try await room.antennas.territory().coverage.filter { $0.governorate.rawValue == "TN-42" }
      #expect(covered.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what another program changed is seen after a minute`(engine: Database.Engine) async throws {
    try await AntennaRoom.with(engine) { room in
      _ = try await room.antennas.territory()
      let other = Antennas(database: room.database)
      try await other.cover(room.coverage("SFA", "TN-61", from: 0), by: Staff.hela)
      room.clock.advance(seconds: 61)
      #expect(try await room.antennas.territory().coverage.contains { $0.antenna == "SFA" })
    }
  }
}
