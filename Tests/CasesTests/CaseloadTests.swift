import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import Cases

@Suite struct `Where the cases stand` {
  @Test(arguments: TestDatabase.engines)
  func `is counted antenna by antenna for the centre, with what is late and how long plans took`(
    engine: Database.Engine
  ) async throws {
    try await CaseRoom.with(engine) { room in
      let ids = try await (0..<4).asyncMap { try await room.receive("Salma \($0)") }
      let sfax = try await room.receive(by: Staff.emna)
      try await room.tell(ids[0]) { $0.planAgreedOn = $0.receivedOn + 3 }
      try await room.tell(ids[1]) { $0.planAgreedOn = $0.receivedOn + 10 }
      try await room.tell(ids[2]) { $0.planAgreedOn = $0.receivedOn + 30 }
      room.clock.advance(days: 20)
      try await room.close(ids[2])
      room.clock.advance(days: 20)
      let caseload = try #require(try await room.cases.caseload(for: Staff.fathi))
      let tunis = try #require(caseload.lines.first)
      #expect(tunis.holder == .antenna("TUN"))
      #expect(tunis.stages == [.received: 1, .planned: 2, .closed: 1])
      #expect((tunis.open, tunis.late, tunis.daysToPlan) == (3, 1, 10))
      let other = try #require(caseload.lines.last)
      #expect(other.holder == .antenna("SFA") && other.stages == [.received: 1])
      #expect((other.late, other.daysToPlan) == (1, nil))
      let all = caseload.total(for: .antenna(""))
      #expect((all.open, all.late, all.stages[.closed], all.daysToPlan) == (4, 2, 1, nil))
      // Each figure is as long as the list behind it.
      var filter = CaseFilter()
      (filter.antenna, filter.isLate) = ("SFA", true)
      #expect(try await room.cases.list(filter, after: nil, for: Staff.fathi).lines.map(\.id) == [sfax])
      // A plan of more than a year ago tells nothing of today.
      room.clock.advance(days: 400)
      #expect(try await room.cases.caseload(for: Staff.fathi)?.lines.first?.daysToPlan == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is counted counsellor by counsellor for the head, open cases of the own antenna only`(
    engine: Database.Engine
  ) async throws {
    try await CaseRoom.with(engine) { room in
      let first = try await room.receive("One")
      try await room.receive("Two")
      try await room.receive("Three", by: Staff.chokri)
      try await room.receive("Elsewhere", by: Staff.emna)
      try await room.close(first)
      room.clock.advance(days: 31)
      let caseload = try #require(try await room.cases.caseload(for: Staff.chokri))
      let lines = Dictionary(uniqueKeysWithValues: caseload.lines.map { ($0.holder, $0) })
      #expect(Set(lines.keys) == [.contact(Staff.amel.id), .contact(Staff.chokri.id)])
      #expect(lines[.contact(Staff.amel.id)]?.stages == [.received: 1])
      #expect(lines[.contact(Staff.amel.id)]?.late == 1)
      var filter = CaseFilter()
      filter.contact = Staff.amel.id
      #expect(try await room.cases.list(filter, after: nil, for: Staff.chokri).lines.count == 2)
      filter.contact = Staff.emna.id
      #expect(try await room.cases.list(filter, after: nil, for: Staff.chokri).lines.isEmpty)
      #expect(try await room.cases.caseload(for: Staff.amel) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is at most a minute old`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      func received() async throws -> Int? {
        try await room.cases.caseload(for: Staff.fathi)?.total(for: .antenna("")).stages[.received]
      }
      try await room.receive("One")
      #expect(try await received() == 1)
      try await room.receive("Two")
      room.clock.advance(seconds: 59)
      #expect(try await received() == 1)
      room.clock.advance(seconds: 1)
      #expect(try await received() == 2)
    }
  }

  @Test func `has as its middle what half of all are at most`() {
    #expect(CaseRules.median(ofCounted: [:]) == nil)
    #expect(CaseRules.median(ofCounted: [7: 1]) == 7)
    #expect(CaseRules.median(ofCounted: [3: 1, 10: 1, 30: 1]) == 10)
    #expect(CaseRules.median(ofCounted: [0: 5, 9: 4]) == 0)
    #expect(CaseRules.median(ofCounted: [1: 2, 2: 2]) == 1)
  }
}

extension Sequence where Element: Sendable {
  fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await change(element)) }
    return values
  }
}
