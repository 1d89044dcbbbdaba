import Basics
import Cases
import Foundation
import Funding
import Storage
import TestSupport
import Testing

@testable import Aids

/// `docs/aids.md` carried out: every figure of its tables is what the program comes to.
@Suite struct `The worked example` {
  /// A table of the page: its rows by their first cells, from the heading on.
  private static func table(_ heading: String) throws -> [[String]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/aids.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let part = try #require(text.components(separatedBy: "\n## \(heading)").dropFirst().first)
    let lines = part.components(separatedBy: "\n## ")[0].split(separator: "\n").filter { $0.hasPrefix("|") }
    return lines.dropFirst(2).map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  private static func money(_ typed: String, _ currency: Money.Currency = .tnd) throws -> Money {
    try #require(Money(typed: typed, currency, most: 1_000_000))
  }

  /// What the books say, as a row of the table.
  private static func row(_ step: String, _ room: AidRoom, _ id: RecordID<Aid>, _ line: RecordID<BudgetLine>)
    async throws -> [String]
  {
    let money = try #require(try await room.money(of: id))
    let left = try await Self.left(room, line)
    return [step, money.reserved.typed, money.committed.typed, money.paid.typed, left.typed]
  }

  private static func left(_ room: AidRoom, _ line: RecordID<BudgetLine>) async throws -> Money {
    let need = MoneyNeed(
      amount: Money(1, .tnd), kind: .businessCreation, country: nil, returned: nil, antenna: "TUN",
      day: room.today)
    let lines = try await room.database.read { db in try room.funding.fitting(need, in: db) }
    return try #require(lines.first { $0.line.id == line }).left
  }

  @Test(arguments: TestDatabase.engines)
  func `comes to the figures of the page, step by step`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine, 50_000_000) { room, ground in
      let asked = try Self.table("1. What is asked for").map { try Self.money($0[1]) }
      let request = Aid.Request(
        kind: .businessCreation, track: .business, purpose: "A workshop", cost: asked[3], asked: asked[0],
        own: asked[1], other: asked[2], otherWords: "A loan of her uncle")
      let id = RecordID<Aid>()
      try await room.aids.prepare(request, as: id, in: ground.file, by: Staff.amel)
      var rows: [[String]] = []
      func note(_ step: String) async throws {
        rows.append(try await Self.row(step, room, id, ground.money))
      }
      try await room.aids.submit(id, outside: true, from: ground.money, by: Staff.amel)
      try await note("submission")
      let granted = try Self.money("15250,000")
      try await room.aids.decide(
        Aid.Decision(outcome: .granted, amount: granted, on: room.today, body: "Comité", words: nil), on: id,
        from: nil, by: Staff.chokri)
      try await note("decision")
      let first = NewInstalment(
        way: .supplier, amount: AidRoom.tnd(0), dueOn: room.today, words: "The workshop")
      try await room.aids.split(first, into: 3, monthsApart: 1, of: id, by: Staff.amel)
      try await room.aids.sign(
        AidContract(signedOn: room.today, signedBy: "Amel", followMonths: 12, clauses: 1), of: id,
        by: Staff.amel)
      try await note("contract")
      let parts = try await room.read(id).instalments
      #expect(try Self.table("3. The parts") == parts.map { [String($0.number), $0.amount.typed] })
      let proofs = try Self.table("5. Payments and proofs")
      for part in parts {
        try await room.paid(part)
        try await note("part \(part.number) paid")
        for proof in proofs where proof[0] == String(part.number) {
          let way: AidProof.Way =
            proof[1].hasPrefix("invoice") ? .expense : proof[1].hasPrefix("returned") ? .returned : .explained
          let new = NewProof(
            way: way, amount: try Self.money(proof[2]), on: room.today, words: proof[1],
            document: way == .expense ? ground.paper : nil)
          try await room.aids.prove(new, part.id, of: id, by: Staff.amel)
          try await room.aids.check(new.id, .accepted, because: nil, by: Staff.chokri)
        }
        try await note("part \(part.number) proven")
      }
      try await room.aids.end(id, with: "It works", by: Staff.chokri)
      try await note("the end")
      let page = try Self.table("6. What the books say after each step")
      #expect(page == rows)
      for row in page {
        let sum = try row.dropFirst().reduce(0) { try $0 + Self.money($1).minorUnits }
        #expect(sum == 50_000_000, "\(row[0])")
      }
      let figure = try #require(try await room.aids.figures(for: Staff.fathi).first)
      let figures = try Self.table("7. The figures of the antenna").map { $0[1] }
      #expect(figures == [figure.promised.typed, figure.paid.typed, figure.proven.typed])
    }
  }

  @Test func `the key of the account is worked out by the blocks of the page`() throws {
    var rest = 0
    for row in try Self.table("4. The account") {
      let number = try #require(Int((rest == 0 ? "" : String(rest)) + row[0]))
      #expect(row[1] == String(number))
      rest = number % 97
      #expect(row[2] == String(rest))
    }
    #expect(try RIB(typed: "10 006 0351835984788 \(97 - rest)").digits == "10006035183598478831")
  }

  @Test(arguments: TestDatabase.engines)
  func `money in euros takes what the page says`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let funder = Funder(name: "Bailleur B (exemple)")
      try await room.funding.add(funder, by: Staff.fathi)
      let agreement = Agreement(
        funder: funder.id, title: "Convention", amount: Money(10_000_00, .eur), from: room.today + -30,
        until: room.today + 400)
      try await room.funding.add(agreement, by: Staff.fathi)
      let line = BudgetLine(agreement: agreement.id, name: "Aides", amount: agreement.amount)
      try await room.funding.add(line, by: Staff.fathi)
      let id = try await room.prepared(ground)
      await #expect(throws: Refusal.self) {
        try await room.aids.submit(id, outside: true, from: line.id, by: Staff.amel)
      }
      try await room.funding.enter(
        ExchangeRate(
          from: room.today, until: room.today + 30, millionths: 3_384_500, source: "Banque (exemple)"),
        by: Staff.fathi)
      try await room.aids.submit(id, outside: true, from: line.id, by: Staff.amel)
      let figures = try Self.table("8. Money in euros").map { try Self.money($0[1], .eur) }
      let left = try await Self.left(room, line.id)
      #expect(left == figures[1] && left.minorUnits + figures[0].minorUnits == 10_000_00)
    }
  }
}
