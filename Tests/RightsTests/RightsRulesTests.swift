import Basics
import Foundation
import People
import TestSupport
import Testing

@testable import Rights

@Suite struct `What is due and who decides` {
  private let day = Day(number: 20_000)

  private func rule(_ years: Int, from: Day, until: Day? = nil) -> RetentionRule {
    RetentionRule(id: RecordID(), category: .withHelp, years: years, source: "x", from: from, until: until)
  }

  @Test func `the rule in force that began last counts`() {
    let rules = [rule(3, from: day + -500), rule(5, from: day + -100), rule(9, from: day + 10)]
    #expect(RightsRules.rule(.withHelp, on: day, among: rules)?.years == 5)
    #expect(RightsRules.rule(.withoutHelp, on: day, among: rules) == nil)
    #expect(RightsRules.rule(.withHelp, on: day + -600, among: rules) == nil)
    let ended = [rule(3, from: day + -500), rule(5, from: day + -100, until: day + -1)]
    #expect(RightsRules.rule(.withHelp, on: day, among: ended)?.years == 3)
  }

  @Test func `a file is over its term that many years after its closing`() throws {
    let today = try #require(Day("2026-03-12"))
    #expect(rule(5, from: day).lastClosing(dueOn: today) == Day("2021-03-12"))
  }

  @Test func `no term loaded, nothing is late`() {
    let request = RightsRequest(
      id: RecordID(), person: PersonID(), antenna: "TUN", kind: .copy, receivedOn: day, asker: .herself,
      proof: .card, words: nil)
    #expect(RightsRules.daysLate(request, on: day + 400, term: nil) == nil)
    #expect(RightsRules.daysLate(request, on: day + 30, term: 30) == nil)
    #expect(RightsRules.daysLate(request, on: day + 32, term: 30) == 2)
  }

  @Test func `a record has four digits at least`() {
    #expect(RightsRules.number(7) == "E-0007" && RightsRules.number(12_345) == "E-12345")
  }
}
