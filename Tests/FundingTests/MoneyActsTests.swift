import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Funding

@Suite struct `The money of an aid` {
  @Test(arguments: TestDatabase.engines)
  func `goes from the line to the person, and each step is done once`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      let id = RecordID<Reservation>()
      for _ in 1...2 { try await room.reserve(eur(600_00), on: line, id: id) }
      #expect(try await room.books(line) == [.free: 400_00, .reserved: 600_00])
      for _ in 1...2 { try await room.commit(id, eur(500_00)) }
      #expect(try await room.books(line) == [.free: 500_00, .committed: 500_00])
      let payment = RecordID<FundPayment>()
      for _ in 1...2 { try await room.pay(id, eur(200_00), as: payment) }
      #expect(try await room.books(line) == [.free: 500_00, .committed: 300_00, .paid: 200_00])
      let returned = RecordID<FundReturn>()
      for _ in 1...2 { try await room.giveBack(payment, eur(50_00), id: returned) }
      #expect(
        try await room.books(line) == [
          .free: 550_00, .committed: 300_00, .paid: 200_00, .returned: -50_00,
        ])
      let state = try #require(try await room.state(id))
      #expect(state.committed == eur(300_00) && state.paid == eur(150_00) && state.reserved == eur(0))
      for _ in 1...2 { try await room.release(id) }
      #expect(try await room.books(line) == [.free: 850_00, .paid: 200_00, .returned: -50_00])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is never more than is left, and the refusal says how much that is`(engine: Database.Engine)
    async throws
  {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      let id = try await room.reserve(eur(700_00), on: line)
      let words = await room.refusal { try await room.reserve(eur(300_01), on: line) }
      #expect(words == "Not enough money is left: 300.00\u{A0}€.")
      #expect(await room.refusal { try await room.commit(id, eur(700_01)) } != nil)
      #expect(
        await room.refusal { try await room.pay(id, eur(1)) } == "No contract binds this money yet.")
      try await room.commit(id, eur(700_00))
      #expect(
        await room.refusal { try await room.pay(id, eur(700_01)) }
          == "Not enough money is left: 700.00\u{A0}€.")
      let payment = try await room.pay(id, eur(700_00))
      #expect(
        await room.refusal { try await room.pay(id, eur(1)) } == "Not enough money is left: 0.00\u{A0}€.")
      #expect(
        await room.refusal { try await room.giveBack(payment, eur(700_01)) }
          == "No more can be given back than was paid: 700.00\u{A0}€.")
      #expect(try await room.books(line) == [.free: 300_00, .paid: 700_00])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of the same id with other facts is refused`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      let id = try await room.reserve(eur(100_00), on: line)
      #expect(await room.refusal { try await room.reserve(eur(101_00), on: line, id: id) } != nil)
      try await room.commit(id, eur(100_00))
      #expect(await room.refusal { try await room.commit(id, eur(90_00)) } != nil)
      let payment = try await room.pay(id, eur(10_00))
      #expect(await room.refusal { try await room.pay(id, eur(11_00), as: payment) } != nil)
      let returned = RecordID<FundReturn>()
      try await room.giveBack(payment, eur(5_00), id: returned)
      #expect(await room.refusal { try await room.giveBack(payment, eur(4_00), id: returned) } != nil)
      #expect(
        await room.refusal { try await room.commit(id, tnd(1)) } == "A contract binds this money already.")
      #expect(await room.refusal { try await room.pay(id, tnd(1_000)) } == "This aid is in EUR.")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that the bank refused is bound again, or free where the aid is over`(engine: Database.Engine)
    async throws
  {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      let id = try await room.reserve(eur(100_00), on: line)
      try await room.commit(id, eur(100_00))
      let first = try await room.pay(id, eur(60_00))
      for _ in 1...2 { try await room.reverse(first) }
      #expect(try await room.books(line) == [.free: 900_00, .committed: 100_00])
      let second = try await room.pay(id, eur(60_00))
      try await room.release(id)
      try await room.reverse(second)
      #expect(try await room.books(line) == [.free: 1_000_00])
      let third = try await room.reserve(eur(10_00), on: line)
      try await room.commit(third, eur(10_00))
      let paid = try await room.pay(third, eur(10_00))
      try await room.giveBack(paid, eur(1_00))
      #expect(
        await room.refusal { try await room.reverse(paid) }
          == "A part of this payment was given back: it took place.")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `in dinars on a line in euros needs a rate, and its parts sum to the whole`(engine: Database.Engine)
    async throws
  {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      #expect(
        await room.refusal { try await room.reserve(tnd(100_000), on: line) }
          == "No rate EUR/TND is entered that holds on \(Reader(.english).date(room.today)). Enter it with its source, then try again."
      )
      try await room.rate()
      let id = try await room.reserve(tnd(100_000), on: line)
      // 100 / 3.3845 = 29.5464…
      #expect(try await room.books(line) == [.free: 970_45, .reserved: 29_55])
      try await room.commit(id, tnd(100_000))
      // A later rate changes nothing of what is bound.
      try await room.rate(4_000_000, from: 0)
      for part in [33_333, 33_333, 33_334] as [Int64] { try await room.pay(id, tnd(part)) }
      #expect(
        try await room.books(line) == [.free: 970_45, .paid: 29_55, .given: 100_000, .exchange: -100_000])
      // 29.55 x 3.3845 = 100.011975: the 0.011975 of rounding are booked with the parts.
      let remainder: Int64? = try await room.database.read { db in
        try db.value("SELECT CAST(SUM(remainder) AS BIGINT) FROM fund_movement WHERE kind = 'pay'")
      }
      #expect(remainder == 1_197_500)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is counted by the rate of the day or the latest that still holds`(engine: Database.Engine)
    async throws
  {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      try await room.rate(3_000_000, from: -20, for: 10)
      let late = await room.refusal { try await room.reserve(tnd(3_000), on: line) }
      #expect(late?.hasPrefix("No rate EUR/TND") == true)
      let second = try await room.rate(3_200_000, from: -5, for: 30)
      let wrong = try await room.rate(9_000_000, from: -1, for: 30)
      try await room.funding.withdraw(wrong.id, by: Staff.fathi)
      let left = try await room.fitting(room.need(tnd(32_000)))
      #expect(left.map(\.rate) == [second] && left.map(\.cost) == [eur(10_00)] && left.allSatisfy(\.serves))
      #expect(left.map(\.leftForNeed) == [tnd(3_200_000)])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is paid on days that the funder accepts only`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00), days: 10))
      let id = try await room.reserve(eur(100_00), on: line)
      try await room.commit(id, eur(100_00))
      #expect(await room.refusal { try await room.pay(id, eur(1), on: room.today + 71) } != nil)
      #expect(await room.refusal { try await room.pay(id, eur(1), on: room.today + -31) } != nil)
      try await room.pay(id, eur(1), on: room.today + 70)
      let late = NewReservation(
        line: line.id, amount: eur(1), kind: .housing, file: nil, antenna: "TUN", day: room.today + 11)
      #expect(
        await room.refusal {
          try await room.database.write { db in try room.funding.reserve(late, in: db, by: Staff.amel) }
        }?.hasPrefix("The agreement ended on") == true)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `comes from where the file's person returned from and is received`(engine: Database.Engine)
    async throws
  {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(
        of: room.agreement(earmark: Earmark(countries: ["DE"], antennas: ["TUN"])))
      var returned = ReturnFacts()
      returned[.country] = "IT"
      var identity = Identity()
      (identity[.familyLatin], identity[.phones]) = ("Zitouni", "+21620123456")
      let file = try await room.cases.receive(
        Reception(
          id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
          channel: .walkIn, receivedAt: room.clock.now, returned: returned), by: Staff.amel)
      let new = NewReservation(line: line.id, amount: eur(1), kind: .housing, file: file, country: "DE")
      #expect(
        await room.refusal {
          try await room.database.write { db in try room.funding.reserve(new, in: db, by: Staff.amel) }
        } == "It does not pay for returns from this country.")
      await #expect(throws: Refusal.notFound) {
        try await room.database.write { db in try room.funding.reserve(new, in: db, by: Staff.emna) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is moved by those who have to do with aids only`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      await #expect(throws: Refusal.notAllowed(.prepareAids)) {
        try await room.reserve(eur(1), on: line, by: Staff.hela)
      }
      let id = try await room.reserve(eur(1), on: line)
      try await room.commit(id, eur(1))
      await #expect(throws: Refusal.notAllowed(.recordPayments)) {
        try await room.database.write { db in
          try room.funding.pay(id, RecordID(), eur(1), on: room.today, in: db, by: Staff.amel)
        }
      }
    }
  }
}

extension CountryCode: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(rawValue: value) }
}
