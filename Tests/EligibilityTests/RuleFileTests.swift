import Basics
import Testing

@testable import Eligibility

@Suite struct `A file of rules` {
  @Test func `is read whole`() throws {
    let set = try RuleFile.read(RuleFiles.file(until: "2026-12-31", amount: RuleFiles.table))
    #expect(set.code == "business" && set.rules.map(\.code) == ["country", "age"])
    #expect(set.rules[0].condition == .test(.returnCountry, .oneOf(["IT", "FR"])))
    #expect(set.rules[0].otherwise == .no && set.rules[0].says[.arabic] == "قاعدة country")
    #expect(set.until == Day("2026-12-31"))
    #expect(set.amount?.ceilings == [.kind: 4_000_000, .person: 10_000_000])
    guard case .table(let rows) = set.amount?.base else {
      Issue.record("no table")
      return
    }
    #expect(rows["high"]?.map(\.amount) == [3_000_000, 4_500_500])
    #expect(set.facts == [.returnCountry, .age, .vulnerability, .householdSize])
  }

  @Test func `puts rules together, one within another`() throws {
    let both = RuleFiles.rule(
      "both", "{all: [{rule: country}, {any: [{fact: sex, is: female}, {not: {fact: age, at-most: 30}}]}]}")
    let set = try RuleFile.read(RuleFiles.file(conditions: both + RuleFiles.country))
    #expect(
      set.rules[0].condition
        == .all([
          .rule("country", .test(.returnCountry, .oneOf(["IT", "FR"]))),
          .any([.test(.sex, .oneOf(["female"])), .not(.test(.age, .atMost(30)))]),
        ]))
  }

  @Test func `reads a range as its two ends`() throws {
    let ages = RuleFiles.rule("ages", "{fact: age, at-least: 18, at-most: 60}")
    let days = RuleFiles.rule("days", "{fact: returned-on, from: 2025-01-01, through: 2025-12-31}")
    let rules = try RuleFile.read(RuleFiles.file(conditions: ages + days)).rules
    #expect(rules[0].condition == .all([.test(.age, .atLeast(18)), .test(.age, .atMost(60))]))
    let (first, last) = (try #require(Day("2025-01-01")), try #require(Day("2025-12-31")))
    #expect(
      rules[1].condition == .all([.test(.returnedOn, .from(first)), .test(.returnedOn, .through(last))]))
  }

  @Test(arguments: [
    ("", "The file is empty."),
    ("rules: [", "This is no YAML: check the indentation and the quotation marks."),
    ("just words", "Under “rules” names with values are expected."),
    (
      RuleFiles.file(conditions: RuleFiles.rule("a", "{fact: shoe-size, at-least: 3}")),
      "No fact is called “shoe-size”."
    ),
    (
      RuleFiles.file(conditions: RuleFiles.rule("a", "{rule: b}") + RuleFiles.rule("b", "{not: {rule: a}}")),
      "These rules ask each other in a circle: a → b → a."
    ),
    (
      RuleFiles.file(conditions: RuleFiles.rule("a", "{rule: a}")),
      "These rules ask each other in a circle: a → a."
    ),
    (RuleFiles.file(conditions: RuleFiles.rule("a", "{rule: b}")), "There is no rule “b” in this file."),
    (RuleFiles.file(conditions: RuleFiles.age + RuleFiles.age), "Two rules have the code “age”."),
    (
      RuleFiles.file(conditions: RuleFiles.rule("a", "{fact: age, from: 2026-01-01}")),
      "“age” is compared in another way."
    ),
    (
      RuleFiles.file(conditions: RuleFiles.rule("a", "{fact: age, at-least: -3}")), "“-3” is no whole number."
    ),
    (
      RuleFiles.file(conditions: RuleFiles.rule("a", "{fact: age, at-least: 1e9}")),
      "“1e9” is no whole number."
    ),
    (
      RuleFiles.file(conditions: RuleFiles.rule("a", "{fact: sex, is: woman}")),
      "“woman” is none of these: female, male."
    ),
    (
      RuleFiles.file(conditions: RuleFiles.rule("a", "{fact: age, at-least: 3, is: 5}")),
      "Nothing here is called “is”."
    ),
    (RuleFiles.file(from: "2026-02-30"), "“2026-02-30” is no day: write it as 2026-03-12."),
    (RuleFiles.file(until: "2025-01-01"), "The last day lies before the first."),
    (RuleFiles.file(amount: "amount: {currency: USD, fixed: 3}"), "“USD” is none of these: TND, EUR."),
    (RuleFiles.file(amount: "amount: {currency: TND}"), "Write either a fixed amount or a table."),
    (
      RuleFiles.file(amount: "amount: {currency: TND, fixed: -5}"),
      "“-5” is no amount: write it as 1500 or 1500,500."
    ),
    (
      RuleFiles.file(amount: "amount: {currency: TND, fixed: 1e9}"),
      "“1e9” is no amount: write it as 1500 or 1500,500."
    ),
    (
      RuleFiles.file(amount: "amount: {currency: EUR, fixed: \"1,005\"}"),
      "“1,005” is no amount: write it as 1500 or 1500,500."
    ),
    (
      RuleFiles.file(amount: "amount: {currency: TND, table: [{vulnerability: high, household: {2: 3}}]}"),
      "The sizes of the household begin with 1, and each stands once."
    ),
    (
      RuleFiles.file(amount: "amount: {currency: TND, fixed: 10, ceilings: {funder: 10}}")
        .replacing("funder: Example\n", with: ""),
      "A ceiling of a funder needs to know whose it is: write “funder”."
    ),
    (RuleFiles.file() + "\nsurprise: 1", "Nothing here is called “surprise”."),
    (RuleFiles.file().replacing(", ar: مساعدة", with: ""), "“ar” is missing."),
  ])
  func `says what is wrong`(file: String, reason: String) {
    let fault = #expect(throws: RuleFile.Fault.self) { try RuleFile.read(file) }
    #expect(fault.map { Reader(.english)($0.reason) } == reason)
  }

  @Test func `says where it is wrong`() {
    let file = RuleFiles.file(conditions: RuleFiles.country + RuleFiles.rule("a", "{fact: hat, is: yes}"))
    let line = file.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("hat") }
    let fault = #expect(throws: RuleFile.Fault.self) { try RuleFile.read(file) }
    #expect(fault?.line == line.map { $0 + 1 })
    #expect(fault.map { Reader(.french)($0.message).hasPrefix("Ligne ") } == true)
  }
}
