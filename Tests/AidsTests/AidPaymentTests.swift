import Basics
import Cases
import Foundation
import Funding
import Storage
import TestSupport
import Testing

@testable import Aids

@Suite struct `Payments of aids` {
  struct Crash: Error {}

  private let payer = PaymentFile.Payer(name: "Office <A> & Cie", rib: AidPaymentSamples.payer)

  @Test(arguments: TestDatabase.engines)
  func `a crash between approval and payment leaves nothing half-done, and the retry pays once`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground, parts: 1)
      let order = try await room.order(aid.instalments[0])
      try await room.aids.approve(order, by: Staff.chokri)
      let today = room.today
      // Everything was written, and the program dies before the transaction is over.
      await #expect(throws: Crash.self) {
        try await room.database.write { db in
          try room.aids.pay(order, on: today, reference: "VIR 1", by: Staff.fathi, in: db)
          throw Crash()
        }
      }
      let between = try await room.read(aid.id)
      #expect(between.instalments[0].step == .approved && between.line.paid.minorUnits == 0)
      #expect(try await room.money(of: aid.id)?.paid.minorUnits == 0)
      for _ in 1...3 { try await room.aids.pay(order, on: today, reference: "VIR 1", by: Staff.fathi) }
      let twice = say("This order is paid already: nothing is paid twice.")
      await #expect(throws: Refusal.conflict(twice)) {
        try await room.aids.pay(order, on: today, reference: "VIR 2", by: Staff.fathi)
      }
      #expect(try await room.money(of: aid.id)?.paid == AidRoom.tnd(3_000_000))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two who order, approve and pay at the same moment make one payment`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground, parts: 1)
      let part = aid.instalments[0]
      async let one = Self.tried { try await room.order(part) }
      async let two = Self.tried { try await room.order(part) }
      let orders = await [one, two].compactMap { $0 }
      #expect(orders.count == 1)
      let order = try #require(orders.first)
      try await room.aids.approve(order, by: Staff.chokri)
      let today = room.today
      @Sendable func pay(_ reference: String) async throws -> String {
        try await room.aids.pay(order, on: today, reference: reference, by: Staff.fathi)
        return reference
      }
      async let first = Self.tried { try await pay("A") }
      async let second = Self.tried { try await pay("B") }
      let paid = await [first, second].compactMap { $0 }
      #expect(paid.count == 1)
      #expect(try await room.money(of: aid.id)?.paid == AidRoom.tnd(3_000_000))
    }
  }

  private static func tried<Value: Sendable>(_ body: @Sendable () async throws -> Value) async -> Value? {
    try? await body()
  }

  @Test(arguments: TestDatabase.engines)
  func `an order stands in one file, and a file made twice is the same`(engine: Database.Engine) async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground)
      for part in aid.instalments {
        try await room.aids.approve(try await room.order(part), by: Staff.chokri)
      }
      let (id, day) = (RecordID<PaymentFile>(), room.today + 1)
      let (aids, payer) = (room.aids, payer)
      await #expect(throws: Refusal.notAllowed(.recordPayments)) {
        try await aids.makeFile(id, of: .tnd, for: payer, on: day, by: Staff.chokri)
      }
      for _ in 1...2 { try await aids.makeFile(id, of: .tnd, for: payer, on: day, by: Staff.fathi) }
      let none = say("No order waits for a file: each is put into one file only.")
      await #expect(throws: Refusal.conflict(none)) {
        try await aids.makeFile(RecordID(), of: .tnd, for: payer, on: day, by: Staff.fathi)
      }
      let text = try await aids.text(of: id, as: .pain, for: Staff.fathi)
      room.clock.advance(days: 3)
      #expect(try await aids.text(of: id, as: .pain, for: Staff.fathi) == text)
      let csv = try await aids.text(of: id, as: .csv, for: Staff.fathi)
      #expect(csv.contains(";1500.000;TND;TUN-") && csv.split(separator: "\r\n").count == 3)
      for part in aid.instalments { #expect(text.contains("<EndToEndId>\(part.id.text.uppercased())-1<")) }
      #expect(text.contains("<CtrlSum>3000.000</CtrlSum>") && text.contains("Office &lt;A&gt; &amp; Cie"))
      // In a file the order is sent back by those who see the account alone.
      let order = try #require(try await room.read(aid.id).instalments[0].order)
      await #expect(throws: Refusal.self) {
        try await aids.sendBack(order.id, because: "Wrong", by: Staff.chokri)
      }
      let today = room.today
      for _ in 1...2 { try await aids.payAll(of: id, on: today, reference: "LOT 4", by: Staff.fathi) }
      #expect(try await room.money(of: aid.id)?.paid == AidRoom.tnd(3_000_000))
      let takes = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act = 'payment-file.take'") { try $0[0] as String }
      }
      #expect(takes.count == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what was sent back leaves its file, which is paid without it and taken no more`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground)
      for part in aid.instalments {
        try await room.aids.approve(try await room.order(part), by: Staff.chokri)
      }
      let (id, day) = (RecordID<PaymentFile>(), room.today + 1)
      try await room.aids.makeFile(id, of: .tnd, for: payer, on: day, by: Staff.fathi)
      _ = try await room.aids.text(of: id, as: .pain, for: Staff.fathi)
      let wrong = try #require(try await room.read(aid.id).instalments[0].order)
      try await room.aids.sendBack(wrong.id, because: "The account is closed", by: Staff.fathi)
      await #expect(throws: Refusal.conflict(PaymentFile.taken)) {
        _ = try await room.aids.text(of: id, as: .pain, for: Staff.fathi)
      }
      try await room.serve { site in
        let page = try await site.get("/aids/files/\(id)", as: Staff.fathi).text
        #expect(page.contains(Reader(.english)(PaymentFile.taken)) && !page.contains("orders.csv"))
      }
      let today = room.today
      for _ in 1...2 { try await room.aids.payAll(of: id, on: today, reference: "LOT 4", by: Staff.fathi) }
      let after = try await room.read(aid.id)
      #expect(after.instalments.map(\.step) == [.planned, .paid])
      #expect(try await room.money(of: aid.id)?.paid == AidRoom.tnd(1_500_000))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a payment that the bank sent back is undone, and the part is paid by another order`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground, parts: 1)
      let order = try await room.paid(aid.instalments[0])
      let notHers = say("This order is paid: those who keep the account undo a payment.")
      await #expect(throws: Refusal.conflict(notHers)) {
        try await room.aids.sendBack(order, because: "Closed", by: Staff.chokri)
      }
      try await room.aids.sendBack(order, because: "The account is closed", by: Staff.fathi)
      let after = try await room.read(aid.id)
      #expect(after.instalments[0].step == .planned && after.line.paid.minorUnits == 0)
      #expect(after.line.state == .contracted)
      let money = try await room.money(of: aid.id)
      #expect(money?.paid.minorUnits == 0 && money?.committed == AidRoom.tnd(3_000_000))
      let sent = say("This order was sent back already.")
      await #expect(throws: Refusal.conflict(sent)) {
        try await room.aids.sendBack(order, because: "Again", by: Staff.fathi)
      }
      try await room.paid(after.instalments[0])
      #expect(try await room.money(of: aid.id)?.paid == AidRoom.tnd(3_000_000))
      let again = try #require(try await room.read(aid.id).instalments[0].order)
      // Once something came of it, it took place.
      try await room.proven(after.instalments[0], with: ground.paper)
      let late = say(
        "Something came of this payment already, a proof or a handover: it is not undone any more.")
      await #expect(throws: Refusal.conflict(late)) {
        try await room.aids.sendBack(again.id, because: "Late", by: Staff.fathi)
      }
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act IN ('aid.pay', 'aid.undo-payment')") {
          try $0[0] as String
        }
      }
      #expect(acts.sorted() == ["aid.pay", "aid.pay", "aid.undo-payment"])
      let balance = try await room.database.read { db in
        try db.value("SELECT CAST(SUM(amount) AS BIGINT) FROM fund_entry", as: Int64.self)
      }
      #expect(balance == 0)
    }
  }

  @Test func `a file of five hundred orders can be read back whole, with the mark it begins with`() throws {
    let file = PaymentFile(
      id: RecordID(), madeAt: Date(timeIntervalSince1970: 1_795_000_000), madeBy: Staff.fathi.id,
      executionOn: Day(of: .now), count: PaymentFile.most, total: Money(1_500_000_000, .tnd), payer: payer)
    let lines = try (1...PaymentFile.most).map { index in
      PaymentLine(
        endToEnd: AidOrder.endToEnd(RecordID(), attempt: 1), amount: Money(3_000_000, .tnd),
        payee: String(repeating: "سلمى ", count: 14), rib: try RIB(typed: AidRoom.rib),
        about: "TUN-2026-\(index)/1")
    }
    for format in [PaymentFile.Format.pain, .csv] {
      let text = PaymentText.text(file, lines, as: format)
      var typed = Typed()
      typed["references"] = format == .csv ? text : "\u{FEFF}" + text
      #expect(typed["references"].hasPrefix("\u{FEFF}"))
      let read = try AidPartForm.references(typed)
      #expect(lines.allSatisfy { read.contains($0.endToEnd) })
      #expect(!read.hasPrefix("\u{FEFF}"))
    }
  }

  /// What a backup holds that was made before the order: the part, and no order.
  @Test(arguments: TestDatabase.engines)
  func `an order that was lost with a restored copy and made again has the same reference`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground, parts: 1)
      _ = try await room.order(aid.instalments[0])
      let before = try #require(try await room.read(aid.id).instalments[0].order)
      try await room.database.write { db in
        try db.run("DELETE FROM aid_order")
        try db.run("UPDATE aid_instalment SET step = 'planned'")
      }
      _ = try await room.order(aid.instalments[0])
      let after = try #require(try await room.read(aid.id).instalments[0].order)
      #expect(before.id != after.id && before.endToEnd == after.endToEnd)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what the bank has from before a restored copy is never put into a file again`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground)
      for part in aid.instalments {
        try await room.aids.approve(try await room.order(part), by: Staff.chokri)
      }
      let (id, day) = (RecordID<PaymentFile>(), room.today + 1)
      try await room.aids.makeFile(id, of: .tnd, for: payer, on: day, by: Staff.fathi)
      let sent = try await room.aids.text(of: id, as: .pain, for: Staff.fathi)
      // The copy was made before the second order was prepared, and before the file.
      let second = aid.instalments[1].id
      try await room.database.write { db in
        try db.run("UPDATE aid_order SET payment_file = NULL")
        try db.run("DELETE FROM aid_payment_file")
        try db.run("DELETE FROM aid_order WHERE instalment = \(second)")
        try db.run("UPDATE aid_instalment SET step = 'planned' WHERE id = \(second)")
      }
      let payer = payer
      await #expect(throws: Refusal.self) { try await room.aids.recognise("Nothing", by: Staff.fathi) }
      for _ in 1...2 { try await room.aids.recognise(sent, by: Staff.fathi) }
      try await room.aids.approve(try await room.order(aid.instalments[1]), by: Staff.chokri)
      let none = say("No order waits for a file: each is put into one file only.")
      await #expect(throws: Refusal.conflict(none)) {
        try await room.aids.makeFile(RecordID(), of: .tnd, for: payer, on: day, by: Staff.fathi)
      }
      // They are recorded as paid one by one.
      let order = try #require(try await room.read(aid.id).instalments[1].order)
      try await room.aids.pay(order.id, on: room.today, reference: "VIR", by: Staff.fathi)
    }
  }

  /// Against the schema that the PyPI package `sepaxml` carries, where the project's Python has it.
  @Test func `the file has the published structure of pain.001.001.09`() async throws {
    let file = PaymentFile(
      id: RecordID(), madeAt: Date(timeIntervalSince1970: 1_795_000_000), madeBy: Staff.fathi.id,
      executionOn: Day(of: .now), count: 2, total: Money(4_500_001, .tnd), payer: payer)
    let lines = try [("سلمى الزيتوني", 3_000_000), ("Menuiserie Salem & fils", 1_500_001)].enumerated().map {
      index, line in
      PaymentLine(
        endToEnd: AidOrder.endToEnd(RecordID(), attempt: index + 1), amount: Money(Int64(line.1), .tnd),
        payee: line.0, rib: try RIB(typed: AidRoom.rib), about: "TUN-2026-0001/1")
    }
    let text = PaymentText.text(file, lines, as: .pain)
    let script = """
      import pathlib, sys, sepaxml, xmlschema
      schema = xmlschema.XMLSchema(str(pathlib.Path(sepaxml.__file__).parent / "schemas/pain.001.001.09.xsd"))
      print("; ".join(str(error.reason) for error in schema.iter_errors(sys.stdin.read())) or "valid")
      """
    let found = try PaperTools.run("var/python/bin/python", ["-c", script], Array(text.utf8))
    #expect(found == "valid")
    let wrong = text.replacing("<PmtMtd>TRF</PmtMtd>", with: "")
    #expect(try PaperTools.run("var/python/bin/python", ["-c", script], Array(wrong.utf8)) != "valid")
  }
}

enum AidPaymentSamples {
  static let payer: RIB = {
    let account = "030001234567890123"
    guard let rib = try? RIB(typed: account + RIB.key(of: account)) else { fatalError("no account") }
    return rib
  }()
}
