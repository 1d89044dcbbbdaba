import Basics
import Foundation
import Testing

@testable import Committees

@Suite struct `The rules of committees` {
  private let a = AccountID()
  private let b = AccountID()
  private let c = AccountID()
  private let d = AccountID()

  private func member(
    _ account: AccountID, _ role: CommitteeSession.Role = .member, there: Bool = true, removed: Bool = false
  ) -> CommitteeMember {
    CommitteeMember(
      account: account, role: role, isPresent: there,
      removedAt: removed ? Date(timeIntervalSince1970: 0) : nil
    )
  }

  @Test func `count those who are there, free of conflict, with a vote and not removed`() {
    let members = [
      member(a, .chair), member(b), member(c, there: false), member(d, .secretary),
      member(AccountID(), removed: true),
    ]
    #expect(CommitteeRules.counted(members) { _ in false } == [a, b])
    #expect(CommitteeRules.counted(members) { $0 == b } == [a])
    #expect(CommitteeRules.scorers(members) { _ in false } == [a, b, c])
  }

  @Test func `ask for a quorum, for two who agree and for more than half`() throws {
    let votes: [AccountID: Decision.Outcome] = [a: .granted, b: .granted, c: .refused]
    #expect(try CommitteeRules.agreed(on: .granted, votes: votes, counted: [a, b, c], quorum: 3) == 2)
    #expect(throws: Refusal.self) {
      try CommitteeRules.agreed(on: .granted, votes: votes, counted: [a, b], quorum: 3)
    }
    #expect(
      throws: Refusal.conflict(say("Nobody decides alone: at least two members must have voted for this."))
    ) {
      try CommitteeRules.agreed(on: .granted, votes: [a: .granted], counted: [a, b], quorum: 2)
    }
    // The vote of one who is out does not count.
    #expect(throws: Refusal.self) {
      try CommitteeRules.agreed(on: .granted, votes: votes, counted: [a, c, d], quorum: 3)
    }
    let equal: [AccountID: Decision.Outcome] = [a: .granted, b: .granted, c: .refused, d: .refused]
    #expect(
      throws: Refusal.conflict(
        say("More than half of the votes cast must be for this: vote again, or postpone."))
    ) {
      try CommitteeRules.agreed(on: .granted, votes: equal, counted: [a, b, c, d], quorum: 2)
    }
  }

  @Test func `grant what was asked, or less with conditions`() throws {
    let asked = Money(5_000_000, .tnd)
    #expect(try CommitteeRules.checked(Decision.Words(.granted), asked: asked).amount == asked)
    let less = Decision.Words(.conditions, amount: Money(3_000_000, .tnd), conditions: "An invoice")
    #expect(try CommitteeRules.checked(less, asked: asked) == less)
    for wrong in [
      Decision.Words(.conditions, amount: Money(5_000_001, .tnd), conditions: "An invoice"),
      Decision.Words(.conditions, amount: Money(100, .eur), conditions: "An invoice"),
      Decision.Words(.conditions, amount: Money(0, .tnd), conditions: "An invoice"),
      Decision.Words(.conditions, amount: asked), Decision.Words(.refused, reason: .criteria),
      Decision.Words(.postponed, text: "Papers"),
    ] {
      #expect(throws: Refusal.self) { try CommitteeRules.checked(wrong, asked: asked) }
    }
  }

  @Test func `take points within the grid, for each criterion`() throws {
    let criteria = ["need", "means"].map { CommitteeGrid.Criterion(code: $0, name: [:], most: 10) }
    let score = try CommitteeRules.score(ScorePoints(["need": 10, "means": 0]), by: criteria)
    #expect(score.total == 10 && score.most == 20)
    for wrong in [
      ["need": 11, "means": 1], ["need": 3], ["need": 3, "means": -1], ["need": 1, "means": 1, "x": 1],
    ] {
      #expect(throws: Refusal.self) { try CommitteeRules.score(ScorePoints(wrong), by: criteria) }
    }
    #expect(ScorePoints(text: score.points.text) == score.points)
  }

  private func entry(_ number: Int, _ amount: Int64, _ track: CommitteeItem.Track = .social) -> AgendaEntry {
    AgendaEntry(
      number: number,
      item: CommitteeItem(
        id: RecordID(), file: RecordID(), antenna: AntennaCode(rawValue: "TUN"), origin: "", track: track,
        title: CommitteeItem.Title(french: "", arabic: "", english: ""), amount: Money(amount, .tnd),
        preparedBy: a, submittedAt: Date(timeIntervalSince1970: 0),
        state: .listed))
  }

  @Test func `rank by score, and show where the money ends`() {
    let entries = [
      entry(1, 3_000), entry(2, 6_000), entry(3, 5_000), entry(4, 1_000), entry(5, 9_000, .business),
    ]
    let pot = MoneyPot(id: "a", name: "A", left: Money(10_000, .tnd))
    let euros = MoneyPot(id: "b", name: "B", left: Money(100, .eur))
    var shares = Dictionary(
      uniqueKeysWithValues: entries[..<4].map { ($0.item.id, PotShare(pot: pot, cost: $0.item.amount)) })
    let scores = [1: 9_000, 2: 8_000, 3: 8_000, 4: 2_000]
    let ranking = CommitteeRanking(
      entries, score: { scores[$0.number] }, decision: { _ in nil }, shares: shares, money: nil)
    #expect(ranking.places.map(\.entry.number) == [1, 2, 3, 4, 5])
    #expect(ranking.places.map(\.standing) == [.within, .within, .beyond, .within, .unknown])
    #expect(ranking.places.map { $0.left?.minorUnits } == [7_000, 1_000, nil, 0, nil])
    // What is paid in another currency is counted in that one, from its own line.
    shares[entries[4].item.id] = PotShare(pot: euros, cost: Money(60, .eur))
    let both = CommitteeRanking(
      entries, score: { scores[$0.number] ?? 1 }, decision: { _ in nil }, shares: shares, money: nil)
    #expect(both.places.last?.left == Money(40, .eur) && both.places.last?.standing == .within)
  }

  @Test func `take from what the session was told what it has granted`() {
    let entries = [entry(1, 3_000), entry(2, 6_000), entry(3, 5_000)]
    let granted = Decision.Words(.granted, amount: Money(6_000, .tnd))
    let ranking = CommitteeRanking(
      entries, score: { $0.number * 1_000 }, decision: { $0.number == 2 ? granted : nil }, shares: [:],
      money: Money(10_000, .tnd))
    #expect(ranking.places.map(\.entry.number) == [3, 2, 1])
    #expect(ranking.places.map(\.standing) == [.beyond, .within, .within])
  }

  @Test func `leave the money of the session alone where a room pays what was granted from its own`() {
    let entries = [entry(1, 3_000), entry(2, 6_000), entry(3, 5_000)]
    let granted = Decision.Words(.granted, amount: Money(6_000, .tnd))
    func standings(isPaidElsewhere: Bool) -> [CommitteeRanking.Standing] {
      CommitteeRanking(
        entries, score: { $0.number * 1_000 }, decision: { $0.number == 2 ? granted : nil }, shares: [:],
        isPaidElsewhere: { $0.id == entries[1].item.id && isPaidElsewhere }, money: Money(10_000, .tnd)
      ).places.filter { $0.entry.number != 2 }.map(\.standing)
    }
    #expect(standings(isPaidElsewhere: true) == [.within, .within])
    #expect(standings(isPaidElsewhere: false) == [.beyond, .within])
  }

  @Test func `hash the same minutes to the same fingerprint`() throws {
    #expect(
      CommitteeMinutes.hash(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
