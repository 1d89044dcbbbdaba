import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import Funding

/// Random acts, one after the other, against a count of its own: whatever is permitted, nothing is spent twice, above what
/// there is, or outside an earmark, and no millime is lost.
@Suite struct `No sequence of permitted acts` {
  @Test(arguments: TestDatabase.engines, [1, 2, 3, 4] as [UInt64])
  func `spends more than there is, outside an earmark, or loses a millime`(
    engine: Database.Engine, seed: UInt64
  ) async throws {
    try await FundingRoom.with(engine) { room in
      var dice = Dice(seed: seed)
      let agreement = try await room.agreement(eur(500_00), basis: seed % 2 == 0 ? .received : .promised)
      let lines = [
        try await room.line(of: agreement, eur(300_00), earmark: Earmark(kinds: [.housing]), name: "A"),
        try await room.line(of: agreement, eur(200_00), earmark: Earmark(antennas: ["TUN"]), name: "B"),
      ]
      try await room.rate(3_384_517)
      var ids: [RecordID<Reservation>] = []
      var payments: [RecordID<FundPayment>] = []
      for _ in 0..<120 {
        let amount =
          dice.next(below: 2) == 0
          ? eur(Int64(dice.next(below: 90_00)) + 1) : tnd(Int64(dice.next(below: 300_000)) + 1)
        let id = ids.isEmpty ? nil : ids[dice.next(below: ids.count)]
        let payment = payments.isEmpty ? nil : payments[dice.next(below: payments.count)]
        do {
          switch dice.next(below: 9) {
          case 0, 1:
            let kind: AidKindCode = dice.next(below: 2) == 0 ? .housing : .health
            let antenna: AntennaCode = dice.next(below: 2) == 0 ? "TUN" : "SFA"
            let isFirst = dice.next(below: 2) == 0
            ids.append(
              try await room.reserve(amount, on: lines[isFirst ? 0 : 1], kind: kind, antenna: antenna))
            #expect(isFirst ? kind == .housing : antenna == "TUN", "outside the earmark")
          case 2: if let id { try await room.commit(id, amount) }
          case 3, 4, 5: if let id { payments.append(try await room.pay(id, amount)) }
          case 6: if let payment { try await room.giveBack(payment, amount) }
          case 7: if let payment { try await room.reverse(payment) }
          default:
            if dice.next(below: 3) == 0, let id {
              try await room.release(id)
            } else {
              try await room.funding.receive(
                FunderReceipt(agreement: agreement.id, on: room.today, amount: eur(50_00)), by: Staff.fathi)
            }
          }
        } catch is Refusal {}
      }
      try await check(lines, agreement, in: room)
    }
  }

  private func check(_ lines: [BudgetLine], _ agreement: Agreement, in room: FundingRoom) async throws {
    var used: Int64 = 0
    for line in lines {
      let books = try await room.books(line)
      func of(_ kind: LedgerAccount.Kind) -> Int64 { books[kind] ?? 0 }
      #expect(
        of(.free) + of(.reserved) + of(.committed) + of(.paid) + of(.returned) == line.amount.minorUnits)
      #expect([.free, .reserved, .committed, .paid].allSatisfy { of($0) >= 0 } && of(.returned) <= 0)
      #expect(of(.given) + of(.exchange) == 0)
      used += line.amount.minorUnits - of(.free)
      let sums = try await room.database.read { db in try Sums(of: line, in: db) }
      #expect(sums.reserved == of(.reserved) && sums.committed == of(.committed))
      #expect(sums.paid == of(.paid) && sums.returned == -of(.returned) && sums.given == of(.given))
      #expect(sums.strangers == 0)
      // To the hundred-millionth of a dinar: what the line paid is what persons got and what rounding put aside.
      #expect(sums.valueOfCost == sums.valueGiven + sums.remainder)
    }
    let balances = try await room.database.read { db in
      try LedgerStore.balances(of: [agreement.id.text], in: db)
    }
    let received = -(balances[LedgerAccount(agreement.id, .received)]?.minorUnits ?? 0)
    #expect(balances[LedgerAccount(agreement.id, .used)]?.minorUnits == used)
    if agreement.basis == .received { #expect(used <= received) }
  }
}

/// What the records say, counted apart from the ledger.
private struct Sums {
  var reserved, committed, paid, returned, given, strangers: Int64
  var valueOfCost, valueGiven, remainder: Int64

  init(of line: BudgetLine, in db: Connection) throws {
    (reserved, committed, paid, returned, given, strangers) = (0, 0, 0, 0, 0, 0)
    (valueOfCost, valueGiven) = (0, 0)
    let ids = try db.rows("SELECT id FROM fund_reservation WHERE line = \(line.id)") {
      try $0[0] as RecordID<Reservation>
    }
    for id in ids {
      let kept = try #require(try ReservationStore.find(id, in: db))
      let rest = kept.held - kept.paidCost
      if kept.reservation.state == .reserved { reserved += rest }
      if kept.reservation.state == .committed { committed += rest }
      paid += kept.paidCost
      returned += kept.returnedCost
      let isOutside =
        !line.earmark.kinds.isEmpty && !line.earmark.kinds.contains(kept.reservation.kind)
      strangers += isOutside ? 1 : 0
      guard let rate = kept.reservation.rate else { continue }
      let net = kept.reservation.paid.minorUnits - kept.reservation.returned.minorUnits
      given += net
      valueGiven += net * 100_000
      valueOfCost += (kept.paidCost - kept.returnedCost) * rate
    }
    remainder =
      try db.value(
        """
        SELECT COALESCE(CAST(SUM(remainder) AS BIGINT), 0) FROM fund_movement
        WHERE line = \(line.id) AND kind IN ('pay', 'give-back', 'reversal')
        """) ?? 0
  }
}
