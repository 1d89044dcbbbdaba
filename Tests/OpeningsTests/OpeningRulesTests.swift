import Basics
import Foundation
import TestSupport
import Testing

@testable import Openings

@Suite struct `What an opening allows` {
  private static let start = TestClock.start

  private static func line(
    by actor: Actor = Staff.emna, at antenna: String = "TUN", _ verdict: Opening.Verdict? = nil
  ) -> OpeningLine {
    OpeningLine(
      id: RecordID(), file: RecordID(), antenna: AntennaCode(rawValue: antenna), by: actor.id,
      from: actor.antenna, institution: actor.institution, openedAt: start,
      until: OpeningRules.end(from: start), verdict: verdict)
  }

  @Test func `it lasts 24 hours, and ends at once when it was not justified`() {
    let last = Self.start.addingTimeInterval(24 * 3_600 - 0.001)
    #expect(OpeningRules.isRunning(Self.line(), at: last))
    #expect(!OpeningRules.isRunning(Self.line(), at: last.addingTimeInterval(0.001)))
    #expect(OpeningRules.isRunning(Self.line(.justified), at: last))
    #expect(!OpeningRules.isRunning(Self.line(.unjustified), at: Self.start))
  }

  @Test func `whoever was told that it was not justified waits until those hours are over`() throws {
    try OpeningRules.mayOpen(after: nil, at: Self.start)
    try OpeningRules.mayOpen(after: Self.line(.justified), at: Self.start)
    #expect(throws: Refusal.self) {
      try OpeningRules.mayOpen(after: Self.line(.unjustified), at: Self.start)
    }
    try OpeningRules.mayOpen(
      after: Self.line(.unjustified), at: Self.start.addingTimeInterval(24 * 3_600))
  }

  @Test func `the antenna judges, after seven days the centre too, and nobody herself`() {
    let late = Self.start.addingTimeInterval(7 * 86_400)
    func may(_ actor: Actor, _ line: OpeningLine = Self.line(), at now: Date = Self.start) -> Bool {
      OpeningRules.mayJudge(line, actor, days: 7, at: now)
    }
    #expect(may(Staff.chokri) && may(Staff.chokri, at: late))
    for actor in [Staff.amel, Staff.ghazi, Staff.emna, Staff.hela] { #expect(!may(actor, at: late)) }
    #expect(!may(Staff.fathi, at: late.addingTimeInterval(-0.001)) && may(Staff.fathi, at: late))
    #expect(!may(Staff.chokri, Self.line(by: Staff.chokri)) && !may(Staff.chokri, Self.line(.justified)))
  }

  @Test func `a ticket is good for fifteen minutes`() throws {
    let ticket = OpeningTicket(to: PersonID(), at: Self.start)
    #expect(OpeningTicket(ticket.text) == ticket)
    #expect(ticket.isGood(at: Self.start.addingTimeInterval(899)))
    #expect(!ticket.isGood(at: Self.start.addingTimeInterval(900)))
    for text in ["", "x~y", "\(PersonID())", "\(PersonID())~x"] { #expect(OpeningTicket(text) == nil) }
  }

  @Test func `the end of a page travels in the URL`() {
    let text = "1773302400000~\(RecordID<Opening>())"
    #expect(OpeningCursor(text)?.text == text)
    for text in ["", "x~y", "1~", "1~x"] { #expect(OpeningCursor(text) == nil) }
  }

  @Test func `a reason says enough`() throws {
    let typed = Typed(["why": ["health"], "words": [String(repeating: "a", count: 20)]])
    #expect(try OpeningForm.opening(typed).reason.why == .health)
    for (why, words) in [("", "x"), ("sun", String(repeating: "a", count: 20)), ("health", "too short")] {
      #expect(throws: Refusal.self) {
        try OpeningForm.opening(Typed(["why": [why], "words": [words]]))
      }
    }
  }
}
