import Basics
import Cases
import Foundation
import TestSupport
import Testing

@testable import Receptions

@Suite struct `Receptions by their rules` {
  private func draft(_ fields: Fields) -> ReceptionDraft {
    ReceptionDraft(
      id: RecordID(), person: RecordID(), antenna: "TUN", author: Staff.amel.id, state: .begun, version: 1,
      done: [.who], begunAt: TestClock.start, savedAt: TestClock.start, fields: fields)
  }

  @Test func `a file asks for a name and a way to reach the person, and for nothing else`() {
    #expect(ReceptionRules.missing(in: draft(ReceptionRoom.who)).isEmpty)
    let nothing = ReceptionRules.missing(in: draft(Fields(["family-latin": "Ben Othman"])))
    #expect(nothing.map(\.field) == ["phones"])
  }

  @Test func `what a step says takes the place of what it said, and of nothing else`() {
    let all = Fields(["household-size": "4", "school-children": "2", "wants": "work"])
    let replaced = ReceptionRules.replaced(.household, by: Fields(["household-size": "5"]), in: all)
    #expect(replaced == Fields(["household-size": "5", "wants": "work"]))
  }

  @Test func `every field belongs to one step`() {
    let names = ReceptionDraft.Step.allCases.flatMap(\.names)
    #expect(Set(names).count == names.count)
  }

  @Test func `children are members of the household beside the person`() throws {
    try ReceptionRules.check(household: Fields(["household-size": "3", "school-children": "2"]))
    #expect(throws: Refusal.self) {
      try ReceptionRules.check(household: Fields(["household-size": "3", "school-children": "3"]))
    }
  }
}
