import Basics
import Foundation
import TestSupport
import Testing

@testable import Complaints

@Suite struct `Complaints by their rules` {
  private func line(on day: Day, about: AccountID? = nil, handler: AccountID? = nil) -> ComplaintLine {
    ComplaintLine(
      id: RecordID(), antenna: "TUN", file: nil, kind: .delay, channel: .box, language: .french,
      receivedOn: day, recordedAt: Date(), recordedBy: Staff.amel.id, about: about, decidedBy: nil,
      appealOf: nil, handler: handler, outcome: nil)
  }

  @Test func `the term is the one of the day it was received, and none where none was set`() throws {
    let day = try #require(Day("2026-03-10"))
    let terms = [ComplaintTerm(from: day, days: 15), ComplaintTerm(from: day + 10, days: 30)]
    #expect(ComplaintRules.due(line(on: day + -1), terms) == nil)
    #expect(ComplaintRules.due(line(on: day + 9), terms) == day + 24)
    #expect(ComplaintRules.due(line(on: day + 10), terms) == day + 40)
    #expect(ComplaintRules.due(line(on: day), []) == nil)
  }

  @Test func `whoever it is about does not handle it, nor does another antenna or somebody without the duty`()
    throws
  {
    let day = try #require(Day("2026-03-10"))
    #expect(ComplaintRules.mayAnswer(line(on: day), Staff.chokri))
    #expect(ComplaintRules.mayAnswer(line(on: day), Staff.fathi))
    #expect(!ComplaintRules.mayAnswer(line(on: day, about: Staff.chokri.id), Staff.chokri))
    #expect(!ComplaintRules.mayAnswer(line(on: day), Staff.ghazi))
    #expect(!ComplaintRules.mayAnswer(line(on: day), Staff.amel))
    let taken = line(on: day, handler: Staff.fathi.id)
    #expect(!ComplaintRules.mayAnswer(taken, Staff.chokri) && ComplaintRules.mayTake(taken, Staff.chokri))
  }
}
