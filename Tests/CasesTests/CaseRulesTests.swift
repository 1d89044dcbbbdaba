import Basics
import Foundation
import TestSupport
import Testing

@testable import Cases

@Suite struct `Where a case stands and what is next` {
  /// What may happen in a case, each on a day of its own.
  enum Act: Int, CaseIterable {
    case agreePlan, beginAction, planVisit, makeVisit, close

    func happen(in milestones: inout Milestones) {
      let day = received + 1 + rawValue
      switch self {
      case .agreePlan: milestones.planAgreedOn = day
      case .beginAction: milestones.firstActionOn = day
      case .planVisit: milestones.nextVisitOn = day
      case .makeVisit: milestones.firstVisitOn = day
      case .close: milestones.closedOn = day
      }
    }
  }

  static let received = Day(number: 20_524)

  static func milestones(after acts: [Act]) -> Milestones {
    acts.reduce(into: Milestones(receivedOn: received)) { $1.happen(in: &$0) }
  }

  static func orders(of acts: [Act]) -> [[Act]] {
    guard !acts.isEmpty else { return [[]] }
    return acts.indices.flatMap { index -> [[Act]] in
      var rest = acts
      let first = rest.remove(at: index)
      return orders(of: rest).map { [first] + $0 }
    }
  }

  @Test(arguments: 0..<32) func `the stage is the same in whatever order things were entered`(chosen: Int)
    throws
  {
    let acts = Act.allCases.filter { chosen & 1 << $0.rawValue != 0 }
    let expected: CaseFile.Stage =
      acts.contains(.close)
      ? .closed
      : !acts.contains(.agreePlan)
        ? .received
        : acts.contains(.makeVisit) ? .followUp : acts.contains(.beginAction) ? .inProgress : .planned
    for order in Self.orders(of: acts) {
      #expect(CaseRules.stage(of: Self.milestones(after: order)) == expected, "\(order)")
    }
  }

  @Test(arguments: 0..<16)
  func `opened again, a closed case is where it was, but for the visits it had planned`(
    chosen: Int
  ) throws {
    let acts = Act.allCases.dropLast().filter { chosen & 1 << $0.rawValue != 0 }
    var before = Self.milestones(after: acts)
    let closed = try CaseRules.closed(file(before), on: Self.received + 9)
    #expect(CaseRules.stage(of: closed) == .closed)
    #expect(CaseRules.due(for: closed) == nil)
    before.nextVisitOn = nil
    #expect(try CaseRules.reopened(file(closed)) == before)
  }

  @Test func `a plan is due thirty days after the return or the reception, whichever is later`() {
    func due(returned: Int?) -> Due? {
      CaseRules.due(
        for: Milestones(receivedOn: Self.received, returnedOn: returned.map { Self.received + $0 }))
    }
    #expect(due(returned: nil) == Due(what: .plan, on: Self.received + 30))
    #expect(due(returned: -4_000) == Due(what: .plan, on: Self.received + 30))
    #expect(due(returned: 14) == Due(what: .plan, on: Self.received + 44))
  }

  @Test func `with a plan, whatever of actions and visits comes first is next`() {
    var milestones = Milestones(receivedOn: Self.received)
    milestones.planAgreedOn = Self.received + 3
    #expect(CaseRules.due(for: milestones) == nil)
    milestones.nextVisitOn = Self.received + 40
    #expect(CaseRules.due(for: milestones) == Due(what: .visit, on: Self.received + 40))
    milestones.nextActionOn = Self.received + 41
    #expect(CaseRules.due(for: milestones)?.what == .visit)
    milestones.nextActionOn = Self.received + 40
    #expect(CaseRules.due(for: milestones) == Due(what: .action, on: Self.received + 40))
  }

  @Test func `what is due is late from the day after`() {
    let due = Due(what: .plan, on: Self.received)
    #expect(!due.isLate(on: Self.received))
    #expect(due.isLate(on: Self.received + 1))
  }

  @Test func `a case is closed once, and not before it was received`() throws {
    let open = file(Milestones(receivedOn: Self.received))
    #expect(throws: Refusal.self) { try CaseRules.closed(open, on: Self.received + -1) }
    let closed = try CaseRules.closed(open, on: Self.received)
    #expect(throws: Refusal.conflict(say("This case is closed already."))) {
      try CaseRules.closed(file(closed), on: Self.received + 1)
    }
    #expect(throws: Refusal.conflict(say("This case is open."))) { try CaseRules.reopened(open) }
  }

  @Test(arguments: [
    (1, "TUN-2026-0001"), (42, "TUN-2026-0042"), (9_999, "TUN-2026-9999"), (10_000, "TUN-2026-10000"),
  ])
  func `a number has four digits, or more when it must`(count: Int, number: String) {
    #expect(CaseRules.number(antenna: "TUN", year: 2026, count: count) == number)
    #expect(CaseRules.number(typed: number) == number)
  }

  @Test(arguments: ["tun 2026 42", "TUN/2026/0042", " tun-2026-42 ", "TUN-٢٠٢٦-٤٢"])
  func `a number is understood as people type it`(typed: String) {
    #expect(CaseRules.number(typed: typed) == "TUN-2026-0042")
  }

  @Test(arguments: [
    "", "Salma", "TUN-2026", "TUN-2026-0", "TUN-26-1", "TUNIS-2026-1", "20 123 456", "١٢٣-2026-1",
  ])
  func `what is no number of a case is left to the search`(typed: String) {
    #expect(CaseRules.number(typed: typed) == nil)
  }

  private func file(_ milestones: Milestones) -> CaseFile {
    CaseFile(
      id: RecordID(), number: "TUN-2026-0001", person: RecordID(), antenna: "TUN", contact: AccountID(),
      channel: .web, receivedAt: Date(timeIntervalSince1970: 0), version: 1, milestones: milestones,
      stage: CaseRules.stage(of: milestones), due: CaseRules.due(for: milestones), returned: ReturnFacts())
  }
}
