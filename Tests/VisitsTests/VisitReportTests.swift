import Basics
import Foundation
import Testing

@testable import Visits

@Suite struct `The report of a visit` {
  static let day = VisitScheduleTests.day

  static let full: Visit.Report = {
    var report = Visit.Report(on: day, activity: .goingOn, seen: "The oven is hot", nextStep: "Flour")
    (report.nextOn, report.way, report.income) = (day + 9, .phone, .range(.init(lower: 300, upper: 1_000)))
    report.jobs = [.keptByWomen: 0, .createdForMen: 2]
    (report.difficulties, report.otherDifficulty) = ([.money, .other], "The road")
    (report.wish, report.wishReason) = (.thinks, "His brother is there")
    return report
  }()

  static let typed = [
    "made-on": "2026-03-12", "activity": "going-on", "seen": "The oven is hot", "next-step": "Flour",
    "next-on": "2026-03-21", "way": "phone", "income": "300-1000", "jobs-kept-women": "٠",
    "jobs-created-men": "2", "other-difficulty": "The road", "wish": "thinks",
    "wish-why": "His brother is there",
  ]

  static func check(_ typed: [String: String], difficulties: [String] = []) throws -> Visit.Report {
    var values = typed.mapValues { [$0] }
    if !difficulties.isEmpty { values["difficulties"] = difficulties }
    return try VisitReportForm.checked(Typed(values), today: day, in: VisitScheduleTests.terms)
  }

  @Test func `as typed, as fields and as it stands in its form again is the same`() throws {
    #expect(try Self.check(Self.typed, difficulties: ["money", "other"]) == Self.full)
    #expect(Visit.Report(Self.full.fields) == Self.full)
    let again = VisitReportForm.typed(Self.full.fields)
    #expect(
      try VisitReportForm.checked(again, today: Self.day, in: VisitScheduleTests.terms) == Self.full)
  }

  @Test func `what was not asked is nothing, and not the same as none or refused`() throws {
    let short = ["activity": "stopped", "seen": "x"]
    let bare = try Self.check(short)
    #expect(bare == Visit.Report(on: Self.day, activity: .stopped, seen: "x", nextStep: nil))
    #expect(bare.fields.values.count == 3)
    #expect(try Self.check(short, difficulties: ["none"]).difficulties == [])
    #expect(try Self.check(short.merging(["income": "refused"]) { $1 }).income == .refused)
    #expect(
      try Self.check(short.merging(["income": "0-1"]) { $1 }).income == .range(.init(lower: 0, upper: 1)))
    #expect(try Self.check(short.merging(["jobs-kept-men": "0"]) { $1 }).jobs == [.keptByMen: 0])
    // Whoever writes another difficulty need not also tick it.
    #expect(try Self.check(short.merging(["other-difficulty": "y"]) { $1 }).difficulties == [.other])
    #expect(Visit.Report(Fields(["seen": "x"])) == nil)
  }

  @Test(arguments: [
    ("income", "0-2", "income"), ("income", "much", "income"), ("income", "300-", "income"),
    ("income", "-5-3", "income"), ("jobs-kept-women", "-1", "jobs-kept-women"),
    ("jobs-created-men", "1000", "jobs-created-men"),
    ("jobs-created-men", "99999999999999999999", "jobs-created-men"),
    ("jobs-kept-men", "two", "jobs-kept-men"), ("way", "pigeon", "way"), ("wish", "maybe", "wish"),
    ("wish", "", "wish"), ("next-step", "", "next-step"), ("next-on", "2099-01-01", "next-on"),
    ("made-on", "2026-03-13", "made-on"), ("other-difficulty", "a\u{202E}b", "other-difficulty"),
    ("other-difficulty", String(repeating: "ا", count: 501), "other-difficulty"),
    ("wish-why", String(repeating: "x", count: 1_001), "wish-why"),
    ("difficulties", "ghosts", "difficulties"),
  ])
  func `names what is wrong`(field: String, value: String, refused: String) {
    var typed = Self.typed
    typed[field] = value
    #expect(VisitRulesTests.refused { _ = try Self.check(typed) } == [refused])
  }

  @Test func `no difficulty beside one is asked about, and another is put into words`() {
    var typed = Self.typed
    typed["other-difficulty"] = nil
    for (chosen, refused) in [(["none", "money"], "difficulties"), (["other"], "other-difficulty")] {
      #expect(VisitRulesTests.refused { _ = try Self.check(typed, difficulties: chosen) } == [refused])
    }
  }

  @Test func `a range written under other numbers stays where it stood, and cannot be made up`() throws {
    let before = Visit.Income.range(.init(lower: 500, upper: 700))
    var typed = Self.typed.merging(["income": "500-700"]) { $1 }
    func check(_ before: Visit.Income?) throws -> Visit.Report {
      try VisitReportForm.checked(
        Typed(typed.mapValues { [$0] }), today: Self.day, in: VisitScheduleTests.terms, before: before)
    }
    #expect(try check(before).income == before)
    #expect(VisitRulesTests.refused { _ = try check(nil) } == ["income"])
    typed["income"] = "500-701"
    #expect(VisitRulesTests.refused { _ = try check(before) } == ["income"])
  }

  @Test(arguments: [
    (["why-moved": "away", "moved-to": "2026-04-01"], []), (["moved-to": "2026-04-01"], ["why-moved"]),
    (["why-moved": "other", "moved-to": "2026-04-01"], ["why-moved-told"]),
    (["why-moved": "bored", "moved-to": "soon"], ["moved-to", "why-moved"]),
    ([:], ["moved-to", "why-moved"]),
  ])
  func `a move as typed`(typed: [String: String], refused: [String]) {
    #expect(
      VisitRulesTests.refused {
        _ = try VisitForm.moved(Typed(typed.mapValues { [$0] }), today: Self.day)
      } == refused)
  }

  @Test(arguments: [
    (["why-missed": "road"], []), (["why-missed": "road", "again-on": "2026-03-19"], []),
    ([:], ["why-missed"]),
    (["why-missed": "road", "again-on": "2026-03-11"], ["again-on"]),
    (["why-missed": "other", "again-on": ""], ["why-missed-told"]),
  ])
  func `a visit that did not take place, as typed`(typed: [String: String], refused: [String]) {
    #expect(
      VisitRulesTests.refused {
        _ = try VisitForm.missed(Typed(typed.mapValues { [$0] }), today: Self.day)
      } == refused)
  }

  @Test(arguments: [
    (["term": "social", "numbers": "١، ٣ 6,12", "from": "2026-04-01"], []),
    ([:], ["term", "from", "numbers"]),
    (["term": "x", "numbers": "1;b", "from": "1"], ["term", "from", "numbers"]),
    (["term": "income", "numbers": "99999999999999999999", "from": "2026-04-01"], ["numbers"]),
  ])
  func `numbers of the follow-up as typed`(typed: [String: String], refused: [String]) throws {
    #expect(
      VisitRulesTests.refused { _ = try VisitTermForm.checked(Typed(typed.mapValues { [$0] })) } == refused)
    if refused.isEmpty {
      #expect(try VisitTermForm.checked(Typed(typed.mapValues { [$0] })).numbers == [1, 3, 6, 12])
    }
  }

  @Test func `may be corrected by its author, for some days`() throws {
    let author = Visit.Author(by: AccountID(), at: nil, version: 2)
    let actor = Actor(
      id: author.by, name: "A", institution: InstitutionCode(rawValue: "OTE"), antenna: nil, scope: .nation,
      duties: [])
    let visit = Visit(id: RecordID(), plannedOn: Self.day, state: .done, report: Self.full, author: author)
    func may(_ days: Int, after: Int, by actor: Actor) throws {
      let moment = (Self.day + after).number * 86_400 + 43_200
      try VisitRules.mayCorrect(
        visit, by: actor, days: days, at: .init(timeIntervalSince1970: Double(moment)))
    }
    try may(7, after: 7, by: actor)
    try may(0, after: 0, by: actor)
    #expect(throws: Refusal.self) { try may(7, after: 8, by: actor) }
    #expect(throws: Refusal.self) { try may(7, after: 1, by: .program) }
  }
}
