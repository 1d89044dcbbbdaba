import Basics
import Cases
import TestSupport
import Testing

@testable import Visits

@Suite("Rules of visits") struct VisitRulesTests {
  static let day = Day(number: 20_524)

  static func visit(_ state: Visit.State, planned: Int, made: Int? = nil) -> Visit {
    Visit(
      id: RecordID(), plannedOn: day + planned, state: state,
      report: made.map { Visit.Report(on: day + $0, activity: .stopped, seen: "x", nextStep: nil) })
  }

  @Test func `what came of a visit is recorded once`() throws {
    try VisitRules.mustBePlanned(Self.visit(.planned, planned: 1))
    for state in [Visit.State.done, .missed] {
      #expect(throws: Refusal.conflict(say("What came of this visit is recorded already."))) {
        try VisitRules.mustBePlanned(Self.visit(state, planned: 1))
      }
    }
  }

  @Test func `a case learns of the first visit made and the next one planned`() {
    var milestones = Milestones(receivedOn: Self.day)
    VisitRules.tell(
      &milestones,
      of: [
        Self.visit(.missed, planned: 1), Self.visit(.done, planned: 2, made: 6),
        Self.visit(.done, planned: 3, made: 5),
        Self.visit(.planned, planned: 9), Self.visit(.planned, planned: 8),
      ])
    #expect(milestones.firstVisitOn == Self.day + 5)
    #expect(milestones.nextVisitOn == Self.day + 8)
    VisitRules.tell(&milestones, of: [Self.visit(.missed, planned: 1)])
    #expect(milestones == Milestones(receivedOn: Self.day))
  }

  @Test(arguments: [
    ([:], ["planned-on"]), (["planned-on": "soon"], ["planned-on"]),
    (["planned-on": "2099-01-01"], ["planned-on"]),
    (["planned-on": "12/04/2026"], []),
  ]) func `a planned visit as typed`(typed: [String: String], refused: [String]) {
    #expect(
      Self.refused { _ = try VisitForm.planned(Typed(typed.mapValues { [$0] }), today: Self.day) } == refused)
  }

  @Test(arguments: [
    ([:], ["activity", "seen"]), (["activity": "booming", "seen": "x"], ["activity"]),
    (["activity": "stopped", "seen": String(repeating: "ا", count: 5_001)], ["seen"]),
    (["activity": "stopped", "seen": "x", "next-step": "a\u{202E}b"], ["next-step"]),
    (["activity": "stopped", "seen": "x", "made-on": "2026-03-13"], ["made-on"]),
    (["activity": "going-on", "seen": "الفرن ساخن", "made-on": "2026-03-11"], []),
  ]) func `a report as typed`(typed: [String: String], refused: [String]) {
    #expect(
      Self.refused {
        _ = try VisitReportForm.checked(
          Typed(typed.mapValues { [$0] }), today: Self.day, in: VisitScheduleTests.terms)
      } == refused)
  }

  static func refused(_ check: () throws -> Void) -> [String] {
    do { try check() } catch Refusal.invalid(let errors) { return errors.map(\.field) } catch {
      Issue.record(error)
    }
    return []
  }
}
