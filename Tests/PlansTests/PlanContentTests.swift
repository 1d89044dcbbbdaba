import Basics
import Foundation
import Testing

@testable import Plans

@Suite struct `What changed between two versions of a plan` {
  static func goal(_ id: String, _ text: String = "A bakery", givenUp: String? = nil) -> PlanContent.Item {
    PlanContent.Item(
      kind: .goal, id: id, under: nil, fields: ["track": "project", "goal": text], givenUp: givenUp)
  }

  static func action(_ id: String, under goal: String, _ text: String = "An oven", givenUp: String? = nil)
    -> PlanContent.Item
  {
    PlanContent.Item(
      kind: .action, id: id, under: goal, fields: ["action": text, "who": "Salma"], givenUp: givenUp)
  }

  @Test func `is told by kind, with each field before and after`() {
    let before = PlanContent([Self.goal("g"), Self.action("a", under: "g"), Self.action("b", under: "g")])
    let after = PlanContent([
      Self.goal("g"), Self.action("a", under: "g", "Two ovens"),
      Self.action("b", under: "g", givenUp: "Sold"), Self.action("c", under: "g"),
    ])
    #expect(
      PlanRules.changes(from: before, to: after) == [
        PlanChange(
          what: .changed([FieldChange(field: "action", before: "An oven", after: "Two ovens")]),
          item: after.items[1]),
        PlanChange(what: .added, item: after.items[3]),
        PlanChange(what: .removed("Sold"), item: before.items[2]),
      ])
  }

  @Test func `what stands under a goal that was given up goes with it`() {
    let before = PlanContent([Self.goal("g"), Self.action("a", under: "g")])
    let after = PlanContent([Self.goal("g", givenUp: "Moved away"), Self.action("a", under: "g")])
    let changes = PlanRules.changes(from: before, to: after)
    #expect(changes.map(\.what) == [.removed("Moved away"), .removed(nil)])
    #expect(PlanRules.changes(from: after, to: after).isEmpty)
  }

  @Test func `what came and went between two versions is in neither`() {
    let before = PlanContent([Self.goal("g")])
    let after = PlanContent([Self.goal("g"), Self.action("a", under: "g", givenUp: "No")])
    #expect(PlanRules.changes(from: before, to: after).isEmpty)
    #expect(before.mark == after.mark)
  }

  /// Any two plans: nothing differs from itself, what is added one way is removed the other, and following the changes
  /// leads from the one to the other.
  @Test(arguments: 0..<60) func `leads from the one to the other`(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed))
    let (one, other) = (Self.random(&dice), Self.random(&dice))
    #expect(PlanRules.changes(from: one, to: one).isEmpty)
    let there = PlanRules.changes(from: one, to: other)
    let back = PlanRules.changes(from: other, to: one)
    func ids(_ changes: [PlanChange], _ kind: String) -> Set<String> {
      Set(changes.filter { Self.kind($0) == kind }.map(\.item.id))
    }
    #expect(ids(there, "added") == ids(back, "removed"))
    #expect(ids(there, "removed") == ids(back, "added"))
    #expect(ids(there, "changed") == ids(back, "changed"))
    var reached = Dictionary(uniqueKeysWithValues: one.standing.map { ($0.id, $0.fields) })
    for change in there {
      switch change.what {
      case .added: reached[change.item.id] = change.item.fields
      case .removed: reached[change.item.id] = nil
      case .changed(let fields):
        for field in fields {
          #expect(reached[change.item.id]?[field.field] == field.before)
          reached[change.item.id]?[field.field] = field.after
        }
      }
    }
    #expect(reached == Dictionary(uniqueKeysWithValues: other.standing.map { ($0.id, $0.fields) }))
    #expect((one.mark == other.mark) == (one.standing == other.standing))
    #expect(try PlanContent(bytes: one.bytes()) == one)
    #expect(try PlanContent.mark(of: one.bytes()) == one.mark)
    // As it was kept before its mark stood before it.
    #expect(try PlanContent.mark(of: Array(JSONEncoder().encode(one))) == one.mark)
  }

  private static func kind(_ change: PlanChange) -> String {
    switch change.what {
    case .added: "added"
    case .removed: "removed"
    case .changed: "changed"
    }
  }

  private static func random(_ dice: inout Dice) -> PlanContent {
    var items: [PlanContent.Item] = []
    for number in 0..<4 where dice.next() % 4 > 0 {
      let texts = ["A bakery", "A workshop", "مخبزة"]
      let givenUp = dice.next() % 5 == 0 ? "No" : nil
      items.append(goal("g\(number)", texts[Int(dice.next() % 3)], givenUp: givenUp))
      for child in 0..<3 where dice.next() % 3 > 0 {
        items.append(
          action(
            "g\(number)a\(child)", under: "g\(number)", texts[Int(dice.next() % 3)],
            givenUp: dice.next() % 5 == 0 ? "Sold" : nil))
      }
    }
    return PlanContent(items)
  }
}

@Suite struct `The budget of a plan` {
  @Test(arguments: 0..<60) func `is added in each currency by itself, and nothing is lost`(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let lines = (0..<Int(dice.next() % 30)).map { _ in
      Plan.BudgetLine(
        id: RecordID(),
        amount: Money(Int64(dice.next() % 100_000_000) + 1, dice.next() % 2 == 0 ? .tnd : .eur),
        payer: ["OFII", "Salma", "أمها"][Int(dice.next() % 3)], way: dice.next() % 2 == 0 ? .cash : .inKind)
    }
    let totals = PlanRules.totals(lines)
    for currency in Money.Currency.allCases {
      let mine = lines.filter { $0.amount.currency == currency }
      let sum = mine.map(\.amount.minorUnits).reduce(0, +)
      func units(_ amounts: [Money]) -> [Int64] {
        amounts.filter { $0.currency == currency }.map(\.minorUnits)
      }
      #expect(units(totals.all) == (mine.isEmpty ? [] : [sum]))
      #expect(units(totals.payers.map(\.amount)).reduce(0, +) == sum)
      #expect(units(totals.ways.map(\.amount)).reduce(0, +) == sum)
      for payer in Set(lines.map(\.payer)) {
        let own = mine.filter { $0.payer == payer }.map(\.amount.minorUnits)
        let told = totals.payers.filter { $0.name == payer && $0.amount.currency == currency }
        #expect(told.map(\.amount.minorUnits) == (own.isEmpty ? [] : [own.reduce(0, +)]))
      }
    }
    #expect(PlanRules.totals(lines.reversed()).all == totals.all)
  }

  @Test func `counts only what stands`() {
    let line = Plan.BudgetLine(id: RecordID(), amount: Money(500, .eur), payer: "x", way: .cash)
    func action(_ state: Plan.Action.State) -> Plan.Action {
      Plan.Action(
        id: RecordID(), text: "x", who: "x", by: nil, state: state, startedOn: nil, reason: "x",
        budget: [line])
    }
    func goal(_ reason: String?) -> Plan.Goal {
      Plan.Goal(
        id: RecordID(), track: .social, text: "x", actions: [action(.done), action(.abandoned)],
        reason: reason)
    }
    #expect(Plan(goals: [goal(nil), goal("Moved")]).totals.all == [Money(500, .eur)])
  }

  @Test(arguments: [
    ("1234,500", Money.Currency.tnd, 1_234_500 as Int64?), ("1 234,5", .tnd, 1_234_500),
    ("1\u{202F}234", .tnd, 1_234_000), ("١٢٣٤٫٥", .tnd, 1_234_500), ("1234.50", .eur, 123_450),
    ("0,001", .tnd, 1), ("0,001", .eur, nil), ("1.234", .tnd, nil), ("1.234,500", .tnd, nil),
    ("1,2,3", .tnd, nil), ("12,", .tnd, nil), (",5", .tnd, nil), ("-5", .tnd, nil), ("", .tnd, nil),
    ("5 dinars", .tnd, nil), ("100000000", .tnd, 100_000_000_000), ("100000000,001", .tnd, nil),
    ("999999999999999999999", .tnd, nil), ("1e3", .tnd, nil), ("+5", .tnd, nil),
  ]) func `an amount as typed`(typed: String, currency: Money.Currency, units: Int64?) {
    let money = Money(typed: typed, currency, most: Plan.BudgetLine.most)
    #expect(money?.minorUnits == units)
    if let money { #expect(Money(typed: money.typed, currency, most: Plan.BudgetLine.most) == money) }
  }

  @Test(arguments: [
    ([:], ["currency", "amount", "payer", "way"]),
    (["amount": "0", "currency": "TND", "payer": "x", "way": "cash"], ["amount"]),
    (["amount": "5", "currency": "USD", "payer": "x", "way": "cash"], ["currency"]),
    (["amount": "5", "currency": "EUR", "payer": "", "way": "gold"], ["payer", "way"]),
    (["amount": "5,125", "currency": "EUR", "payer": "x", "way": "cash"], ["amount"]),
    (["amount": "5,125", "currency": "TND", "payer": "x", "way": "in-kind"], []),
  ]) func `a line as typed`(typed: [String: String], refused: [String]) {
    let found = `What may happen to a plan`.refused {
      _ = try BudgetForm.checked(Typed(typed.mapValues { [$0] }))
    }
    #expect(found == refused)
  }
}
