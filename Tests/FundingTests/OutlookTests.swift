import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import Funding

@Suite struct `What will become of money` {
  private let today = Day(number: 20_500)

  @Test func `is told by the pace of the last half year`() throws {
    // 182 euros in 182 days are a euro a day.
    let outlook = try #require(
      OutlookRules.outlook(
        left: eur(500_00), used: eur(182_00), from: today + -400, until: today + 99, today: today))
    #expect(outlook.daysLeft == 100 && outlook.expected == eur(100_00) && outlook.unspent == eur(400_00))
  }

  @Test func `is counted from the beginning of what is younger, and never more than is left`() throws {
    let young = try #require(
      OutlookRules.outlook(
        left: eur(500_00), used: eur(10_00), from: today + -9, until: today + 9, today: today))
    #expect(young.expected == eur(10_00))
    let fast = try #require(
      OutlookRules.outlook(
        left: eur(5_00), used: eur(900_00), from: today + -400, until: today + 99, today: today))
    #expect(fast.expected == eur(5_00) && fast.unspent == eur(0))
    let returned = try #require(
      OutlookRules.outlook(
        left: eur(5_00), used: eur(-1_00), from: today + -400, until: today, today: today))
    #expect(returned.expected == eur(0) && returned.daysLeft == 1)
    let over = OutlookRules.outlook(
      left: eur(5_00), used: eur(0), from: today + -400, until: today + -1, today: today)
    #expect(over == nil)
  }

  @Test(arguments: TestDatabase.engines)
  func `is shown by line, with what is at risk`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let agreement = try await room.agreement(eur(1_000_00), days: 40)
      let line = try await room.line(of: agreement)
      let late = try await room.reserve(eur(100_00), on: line)
      try await room.commit(late, eur(100_00), expected: room.today + 101)
      let fine = try await room.reserve(eur(100_00), on: line)
      try await room.commit(fine, eur(100_00), expected: room.today + 100)
      let unbound = try await room.reserve(eur(50_00), on: line)
      let released = try await room.reserve(eur(50_00), on: line)
      try await room.release(released)
      let found = try await room.funding.outlook(for: Staff.fathi)
      #expect(found.map(\.usedLately) == [eur(250_00)] && found.map(\.daysLeft) == [41])
      // 250 in 31 days, for 41 days more.
      #expect(found.map(\.expected) == [eur(330_65)] && found.map(\.unspent) == [eur(419_35)])
      let risks = try await room.funding.risks(after: nil, for: Staff.chokri).risks
      #expect(risks.map(\.reservation.id) == [late, unbound])
      #expect(risks.map(\.reason) == [.late, .unbound])
      #expect(risks.map(\.amount) == [eur(100_00), eur(50_00)])
      room.clock.advance(days: 101)
      let over = try await room.funding.risks(after: nil, for: Staff.fathi).risks
      #expect(over.map(\.reason) == [.over, .over, .unbound])
      #expect(try await room.funding.outlook(for: Staff.fathi).isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `says why a line does not serve a need`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      _ = try await room.line(
        of: room.agreement(
          eur(100_00), earmark: Earmark(countries: ["DE"], antennas: ["TUN"], kinds: [.housing])),
        earmark: Earmark(countries: ["DE"], antennas: ["TUN"], kinds: [.housing]))
      func why(_ need: MoneyNeed) async throws -> [String] {
        try await room.fitting(need).flatMap { $0.obstacles.map { Reader(.english)($0) } }
      }
      #expect(try await why(room.need(eur(100_00), country: "DE")).isEmpty)
      #expect(
        try await why(room.need(eur(100_01), .health, country: "IT", antenna: "SFA")) == [
          "It does not pay for this kind of aid.", "It does not pay for returns from this country.",
          "It does not pay for this antenna.", "Not enough money is left: 100.00\u{A0}€.",
        ])
      #expect(
        try await why(room.need(tnd(1_000))) == [
          "It pays for some countries of return only, and the country is not known.",
          "No rate EUR/TND is entered that holds on \(Reader(.english).date(room.today)).",
        ])
      #expect(
        try await why(room.need(eur(1), country: "DE", on: room.today + -31)) == [
          "The agreement begins on \(Reader(.english).date(room.today + -30))."
        ])
      #expect(try await room.fitting(room.need(eur(1), on: room.today + 301)).isEmpty)
    }
  }
}
