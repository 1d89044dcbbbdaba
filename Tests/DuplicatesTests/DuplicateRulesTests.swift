import Basics
import Foundation
import Linkage
import People
import Storage
import TestSupport
import Testing

@testable import Duplicates

@Suite struct `Deciding on two files` {
  private let first = PersonID("0000000000000000000000000a")
  private let second = PersonID("0000000000000000000000000b")

  private func pair(
    _ antennas: (AntennaCode, AntennaCode) = ("TUN", "SFA"), _ state: DuplicatePair.State = .proposed
  ) throws -> DuplicatePair {
    DuplicatePair(
      id: RecordID(), first: try #require(first), second: try #require(second),
      places: (.init(antenna: antennas.0, contact: nil), .init(antenna: antennas.1, contact: nil)),
      state: state,
      score: 500, told: ToldFindings([]), version: 1, foundAt: TestClock.start, merge: nil)
  }

  private func proposal(by actor: Actor) throws -> DuplicateAct {
    DuplicateAct(
      id: RecordID(), pair: try pair().id, kind: .propose, at: TestClock.start, by: actor.id,
      antenna: actor.antenna,
      reason: nil, joining: nil)
  }

  @Test func `the second is another person, of the other antenna or of the nation`() throws {
    let pair = try pair()
    let proposal = try proposal(by: Staff.amel)
    #expect(!DuplicateRules.mayConfirm(pair, proposedBy: proposal, by: Staff.amel))
    #expect(!DuplicateRules.mayConfirm(pair, proposedBy: proposal, by: Staff.chokri))
    #expect(DuplicateRules.mayConfirm(pair, proposedBy: proposal, by: Staff.emna))
    #expect(DuplicateRules.mayConfirm(pair, proposedBy: proposal, by: Staff.fathi))
    #expect(!DuplicateRules.mayConfirm(pair, proposedBy: try self.proposal(by: Staff.fathi), by: Staff.fathi))
    #expect(DuplicateRules.mayConfirm(pair, proposedBy: try self.proposal(by: Staff.fathi), by: Staff.amel))
    #expect(
      !DuplicateRules.mayConfirm(try self.pair(("TUN", "SFA"), .open), proposedBy: proposal, by: Staff.emna))
  }

  @Test func `what was decided stays, and doubt is for the head`() throws {
    try DuplicateRules.mustBeUndecided(pair(("TUN", "TUN"), .open), by: Staff.amel)
    #expect(throws: Refusal.notAllowed(.settleFiles)) {
      try DuplicateRules.mustBeUndecided(pair(("TUN", "TUN"), .unsure), by: Staff.amel)
    }
    try DuplicateRules.mustBeUndecided(pair(("TUN", "TUN"), .unsure), by: Staff.chokri)
    for state in [DuplicatePair.State.different, .joined] {
      #expect(throws: Refusal.self) {
        try DuplicateRules.mustBeUndecided(pair(("TUN", "TUN"), state), by: Staff.chokri)
      }
    }
  }

  @Test func `of nobody in sight nothing is found, and only who sees both tells apart`() throws {
    let pair = try pair(("TUN", "SFA"), .open)
    #expect(throws: Refusal.notFound) { try DuplicateRules.sight(pair, seen: []) }
    #expect(try DuplicateRules.sight(pair, seen: [pair.second]) == .second)
    #expect(throws: Refusal.self) { try DuplicateRules.mayTellApart(pair, .first, by: Staff.amel) }
    try DuplicateRules.mayTellApart(pair, .both, by: Staff.fathi)
  }

  @Test func `a name alone is asked about when the year of birth is the same but for a digit or a guess`() {
    let years = DuplicateRules.years(worthAskingOf: 1981)
    #expect(years.isSuperset(of: [1981, 1980, 1989, 1991, 1881, 1979, 1983]))
    #expect(years.isDisjoint(with: [1978, 1992, 1966, 2001]))
  }

  @Test func `eight times the odds are material`() {
    #expect(!DuplicateRules.isMaterial(799, decidedAt: 500))
    #expect(DuplicateRules.isMaterial(800, decidedAt: 500))
  }

  @Test func `a joining is read as it was written`() {
    let joining = Joining(kept: .second, fields: [.phones: .both, .givenLatin: .first])
    #expect(Joining(text: joining.text) == joining)
    #expect(Joining(text: "nobody") == nil)
  }

  @Test func `what is not chosen is what is known, and a year goes with its date`() {
    let kept = Identity.of([.givenLatin: "Salma", .birthYear: "1991", .phones: "+21620123456"])
    let other = Identity.of([
      .givenLatin: "Selma", .birthDate: "1991-03-14", .cin: "01234567", .phones: "+21655000111",
    ])
    let joined = kept.joined(with: other, kept.choices(beside: other))
    #expect(joined[.givenLatin] == "Salma")
    #expect(joined[.birthDate] == "1991-03-14")
    #expect(joined[.birthYear] == nil)
    #expect(joined[.cin] == "01234567")
    #expect(joined.phones == ["+21620123456", "+21655000111"])
  }
}
