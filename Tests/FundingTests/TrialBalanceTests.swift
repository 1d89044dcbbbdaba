import Basics
import Storage
import TestSupport
import Testing

@testable import Funding

/// What it finds where the books do not add up: else it would find them sound whatever stands in them.
@Suite struct `The trial balance` {
  @Test(arguments: TestDatabase.engines)
  func `names the account and the movement that do not add up`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: FundingRoom.migrations) { database in
      let room = FundingRoom(database)
      try await room.funding.add(room.funder, by: Staff.fathi)
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      let reservation = try await room.reserve(eur(600_00), on: line)
      let key = "reserve:\(reservation)"
      let movement = try await database.read { db in try LedgerStore.find(key: key, in: db) }
      let sound = try await trial(room)
      #expect(sound.isSound && sound.totals == [.eur: 0], "\(sound)")

      // A total that was changed beside the books.
      try await database.write { db in
        try db.run(
          "UPDATE fund_account SET balance = balance + 1 WHERE owner = \(line.id) AND kind = 'free'")
      }
      let changed = try await trial(room)
      #expect(changed.wrongTotals == ["\(line.id.text) free"] && changed.totals == [.eur: 1], "\(changed)")
      #expect(changed.unbalanced.isEmpty && !changed.isSound)

      // And an entry that was made to fit it.
      let id = try #require(movement?.id)
      try await database.write { db in
        try db.run(
          """
          UPDATE fund_entry SET amount = amount + 1
          WHERE movement = \(id) AND owner = \(line.id) AND kind = 'free'
          """)
      }
      let hidden = try await trial(room)
      #expect(hidden.unbalanced == [id.text] && hidden.wrongTotals.isEmpty, "\(hidden)")
      #expect(hidden.totals == [.eur: 1] && !hidden.isSound)
    }
  }

  /// Two currencies on one line: each sums to nothing by itself.
  @Test(arguments: TestDatabase.engines)
  func `sums each currency by itself`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      try await room.rate()
      let id = try await room.reserve(tnd(100_000), on: line)
      try await room.commit(id, tnd(100_000))
      let payment = try await room.pay(id, tnd(60_000))
      try await room.giveBack(payment, tnd(10_000))
      try await room.release(id)
      let found = try await trial(room)
      #expect(found.isSound && found.totals == [.eur: 0, .tnd: 0], "\(found)")
      // 60 / 3.3845 = 17.7279…; of it a sixth came back: 10 / 3.3845 = 2.9546…
      #expect(
        try await room.books(line) == [
          .free: 985_22, .paid: 17_73, .returned: -2_95, .given: 50_000, .exchange: -50_000,
        ])
    }
  }

  private func trial(_ room: FundingRoom) async throws -> TrialBalance {
    try await room.database.read { db in try room.funding.trialBalance(in: db) }
  }
}
