import Basics
import Foundation
import Funding
import TestSupport
import Testing

@testable import Aids

@Suite struct `The rules of aids` {
  @Test func `an account has twenty digits and a key that fits them`() throws {
    let account = "100060351835984788"
    let key = RIB.key(of: account)
    let rib = try RIB(typed: account + key)
    #expect(rib.iban == "TN59\(account)\(key)")
    // Typed as it stands on papers, in either kind of digits.
    let arabic = String(
      (account + key).map { Character(Unicode.Scalar(UInt32($0.wholeNumberValue ?? 0) + 0x660) ?? "0") })
    for typed in [
      "10 006 0351835984788 \(key)", "10-006-0351835984788-\(key)", "tn59 \(account)\(key)", arabic,
    ] {
      #expect(try RIB(typed: typed) == rib)
    }
    #expect(throws: RIB.Fault.length(19)) { try RIB(typed: "1" + account) }
    #expect(throws: RIB.Fault.notDigits) { try RIB(typed: "1000603518359847883O") }
    #expect(throws: RIB.Fault.iban) { try RIB(typed: "FR76\(account)\(key)") }
    for position in 0..<20 {
      var digits = Array(account + key)
      digits[position] =
        digits[position] == "9" ? "0" : Character(String((digits[position].wholeNumberValue ?? 0) + 1))
      #expect(throws: RIB.Fault.self, "a slip at \(position)") { try RIB(typed: String(digits)) }
    }
  }

  /// ISO 13616: the letters as numbers behind the digits, and 1 remains of 97.
  @Test func `what is made of an account is an IBAN`() throws {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let account = (0..<18).map { _ in String(Int.random(in: 0...9, using: &dice)) }.joined()
      let rib = try RIB(typed: account + RIB.key(of: account))
      var rest = 0
      for digit in (rib.digits + "2923" + "59").utf8 { rest = (rest * 10 + Int(digit) - 48) % 97 }
      #expect(rest == 1 && rib.iban.hasPrefix("TN59"))
    }
  }

  @Test func `splitting loses no millime, and no part differs by more than one`() {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let amount = Money(Int64.random(in: 1...9_999_999_999, using: &dice), .tnd)
      let count = Int.random(in: 1...24, using: &dice)
      let parts = AidSplit.equal(amount, into: count).map(\.minorUnits)
      #expect(parts.count == count && parts.reduce(0, +) == amount.minorUnits)
      #expect((parts.max() ?? 0) - (parts.min() ?? 0) <= 1)
    }
    #expect(
      AidSplit.equal(Money(1_000_000, .tnd), into: 3).map(\.typed) == ["333,334", "333,333", "333,333"])
  }

  private func request(_ cost: Int64, _ parts: (Int64, Int64, Int64)) -> Aid.Request {
    Aid.Request(
      kind: .housing, track: .social, purpose: "A roof", cost: Money(cost, .tnd), asked: Money(parts.0, .tnd),
      own: Money(parts.1, .tnd), other: Money(parts.2, .tnd))
  }

  @Test func `uses and sources are one sum`() {
    #expect(throws: Never.self) { try AidRules.mustBalance(request(10_000, (7_000, 2_000, 1_000))) }
    #expect(
      throws: Refusal.invalid([FieldError("cost", say("Of this cost \("1,000") is paid by nobody yet."))])
    ) { try AidRules.mustBalance(request(10_000, (7_000, 2_000, 0))) }
    #expect(
      throws: Refusal.invalid([FieldError("cost", say("The parts come to \("0,001") more than the cost."))])
    ) { try AidRules.mustBalance(request(9_999, (7_000, 2_000, 1_000))) }
  }

  /// The field that is wrong, and the first words of what is said beside it.
  private func refused(_ typed: String, _ currency: Money.Currency = .tnd) -> String? {
    var check = FormCheck(Typed(["amount": [typed]]))
    let money = AidForm.amount(&check, "amount", currency)
    guard let error = check.errors.first else { return money == nil ? "nothing" : nil }
    return Reader(.english)(error.message)
  }

  @Test func `a bad amount is told why`() {
    for good in ["1234,5", "1 234,500", "١٢٣٤٫٥", "1234.50", "12", "1234,500 DT", "1234 TND"] {
      #expect(refused(good) == nil, "\(good)")
    }
    #expect(refused("-5") == "An amount is never negative.")
    #expect(refused("\u{2212}5") == "An amount is never negative.")
    #expect(refused("1e9")?.hasPrefix("Write the amount in digits") == true)
    #expect(refused("1000000000")?.hasPrefix("This is more than any aid") == true)
    #expect(refused("12 €") == "This field is counted in TND, not in EUR.")
    #expect(refused("12 DT", .eur) == "This field is counted in EUR, not in TND.")
    // One dinar or a thousand: nobody guesses.
    #expect(refused("1.234")?.contains("1234,500") == true)
    #expect(refused("1,2345")?.contains("three decimals") == true)
    #expect(refused("12,345", .eur)?.contains("two decimals") == true)
    #expect(refused("0") == "Write an amount of more than nothing.")
    #expect(refused("") == "Write the amount.")
    #expect(refused("twelve") != nil)
  }

  @Test func `whoever prepared an order does not approve it`() {
    let order = AidOrder(
      id: RecordID(), instalment: RecordID(), endToEnd: "X", amount: Money(1, .tnd), payee: "P", rib: nil,
      preparedAt: .now, preparedBy: Staff.amel.id, approvedBy: nil, file: nil, payment: nil)
    let part = AidInstalment(
      id: order.instalment, aid: RecordID(), number: 1, way: .cash, amount: Money(1, .tnd),
      dueOn: Day(of: .now),
      conditions: [.invoice], words: nil, step: .prepared, due: nil, invoice: nil, visitedOn: nil,
      handover: nil,
      proven: Money(0, .tnd), order: order, proofs: [])
    #expect(throws: Refusal.conflict(say("You prepared this order: somebody else approves it."))) {
      try AidRules.mustApprove(order, part, after: [], by: Staff.amel.id)
    }
    #expect(throws: Refusal.self) { try AidRules.mustApprove(order, part, after: [], by: Staff.chokri.id) }
  }

  @Test func `the clauses of the house are read in both languages, and a wrong file is told where`() throws {
    try AidClauses.mustLoad()
    for language in AidClauses.languages {
      let found = AidClauses.own.clauses(
        for: .business, in: language, ["amount": "1", "months": "2", "parts": "3", "days": "4"])
      #expect(found.count == 7 && !found.contains { $0.text.contains("{") })
    }
    #expect(AidClauses.own.approvedBy == nil)
    #expect(throws: AidClauseFault.self) { try AidClauses(yaml: "version: 1\nclauses:\n  - track: sport") }
    #expect(throws: AidClauseFault.self) {
      try AidClauses(
        yaml: "version: 1\nclauses:\n  - fr: {title: A, text: '{sum}'}\n    ar: {title: A, text: B}")
    }
  }
}
