import Accounts
import Antennas
import Basics
import Cases
import Committees
import Eligibility
import Foundation
import Funding
import Messages
import Storage
import TestSupport
import Testing

@testable import Aids

/// What a person has got counts under the ceiling of whoever paid it, and of its track: nothing else does.
@Suite struct `Ceilings of funders and of tracks` {
  /// Aids whose rules hear who paid what was given before, as the house tells them.
  private struct Scheme: Sendable {
    let room: AidRoom
    let file: RecordID<CaseFile>
    let eligibility: Eligibility
    let aids: Aids

    init(_ room: AidRoom, _ file: RecordID<CaseFile>) {
      let (database, funding, clock) = (room.database, room.funding, room.clock)
      let now: @Sendable () -> Date = { clock.now }
      let (accounts, antennas) = (
        Accounts(database: database, now: now), Antennas(database: database, now: now)
      )
      var sources = FactSources()
      sources.aids = { files, day, db in
        let granted = try Aids.granted(to: files, by: day, in: db)
        let funders = try funding.funders(of: granted.compactMap(\.reservation), in: db)
        return Dictionary(grouping: granted, by: \.file).mapValues { aids in
          aids.map { aid in
            EarlierAid(
              id: aid.id.text, kind: aid.kind, track: aid.track,
              funder: aid.reservation.flatMap { funders[$0] }, amount: aid.amount.minorUnits)
          }
        }
      }
      let committees = Committees(
        cases: room.cases, accounts: accounts, antennas: antennas,
        messages: Messages(cases: room.cases, now: now), now: now)
      self.room = room
      self.file = file
      eligibility = Eligibility(cases: room.cases, sources: sources, now: now)
      aids = Aids(
        cases: room.cases, documents: room.documents, funding: funding, committees: committees,
        eligibility: eligibility, accounts: accounts, antennas: antennas, now: now)
    }

    /// At most three thousand dinars for a roof, under a ceiling.
    func rules(_ code: String, funder: String? = nil, ceilings: String) async throws {
      let id = RecordID<KeptRuleSet>()
      try await eligibility.load(
        """
        rules: \(code)
        version: "1"
        aid: housing
        track: social
        \(funder.map { "funder: \($0)" } ?? "")
        title: {fr: Un toit, ar: سقف, en: A roof}
        source: {fr: Exemple, ar: مثال, en: Example}
        from: \(room.today)
        conditions:
          - code: open
            says: {fr: Ouvert., ar: مفتوح., en: Open.}
            when: {fact: case-open, is: yes}
            otherwise: no
        amount: {currency: TND, fixed: 3000, ceilings: {\(ceilings)}}
        """, as: id, by: Staff.fathi)
      try await eligibility.decide(id, by: Staff.fathi)
    }

    /// Puts a request before a committee that decides elsewhere.
    @discardableResult
    func submitted(
      _ asked: Int64, _ kind: AidKindCode = .housing, track: AidKind.Track = .social,
      from money: RecordID<BudgetLine>
    ) async throws -> RecordID<Aid> {
      let id = RecordID<Aid>()
      try await aids.prepare(
        room.request(asked, kind: kind, track: track), as: id, in: file, by: Staff.amel)
      try await aids.submit(id, outside: true, from: money, by: Staff.amel)
      return id
    }

    @discardableResult
    func granted(
      _ asked: Int64, _ kind: AidKindCode = .housing, track: AidKind.Track = .social,
      from money: RecordID<BudgetLine>
    ) async throws -> RecordID<Aid> {
      let id = try await submitted(asked, kind, track: track, from: money)
      let decision = Aid.Decision(
        outcome: .granted, amount: AidRoom.tnd(asked), on: room.today, body: "Comité", words: nil)
      try await aids.decide(decision, on: id, from: nil, by: Staff.chokri)
      return id
    }

    /// A line of another funder.
    func otherLine() async throws -> RecordID<BudgetLine> {
      let funder = Funder(name: Self.other)
      try await room.funding.add(funder, by: Staff.fathi)
      let agreement = Agreement(
        funder: funder.id, title: "Convention B", amount: AidRoom.tnd(100_000_000), from: room.today + -30,
        until: room.today + 400)
      try await room.funding.add(agreement, by: Staff.fathi)
      let line = BudgetLine(agreement: agreement.id, name: "Aides", amount: agreement.amount)
      try await room.funding.add(line, by: Staff.fathi)
      return line.id
    }

    static let first = "Bailleur A (exemple)"
    static let other = "Bailleur B (exemple)"

    static func atMost(_ millimes: Int64) -> Refusal {
      .conflict(say("The rules in force let one give \(AidRoom.tnd(millimes)) at most."))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a person is limited by what the same funder gave her, and not by what another did`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let scheme = Scheme(room, ground.file)
      let other = try await scheme.otherLine()
      try await scheme.rules("roof-a", funder: Scheme.first, ceilings: "funder: 4000")
      try await scheme.rules("roof-b", funder: Scheme.other, ceilings: "funder: 4000")
      // Of another kind and another track: the funder is the same.
      let first = try await scheme.granted(
        2_500_000, .businessCreation, track: .business, from: ground.money)
      await #expect(throws: Scheme.atMost(1_500_000)) {
        try await scheme.submitted(1_500_001, from: ground.money)
      }
      // The other funder has given nothing yet.
      try await scheme.granted(3_000_000, from: other)
      await #expect(throws: Scheme.atMost(1_000_000)) {
        try await scheme.submitted(1_000_001, from: other)
      }
      // What it gave takes nothing from the first, whose rest can be given whole, and then nothing.
      try await scheme.granted(1_500_000, from: ground.money)
      await #expect(throws: Scheme.atMost(0)) { try await scheme.submitted(1_000, from: ground.money) }
      // What is given up was not given.
      try await scheme.aids.giveUp(first, because: "She left the trade", by: Staff.amel)
      await #expect(throws: Scheme.atMost(2_500_000)) {
        try await scheme.submitted(2_500_001, from: ground.money)
      }
      try await scheme.submitted(2_500_000, from: ground.money)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a person is limited by what she got in the same track, whoever paid it, and not in another`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let scheme = Scheme(room, ground.file)
      let other = try await scheme.otherLine()
      try await scheme.rules("roof", ceilings: "track: 4000")
      try await scheme.granted(9_000_000, .businessCreation, track: .business, from: ground.money)
      try await scheme.granted(9_000_000, .training, track: .employment, from: ground.money)
      // Neither the business nor the training takes anything from the social track.
      let waiting = try await scheme.submitted(3_000_000, from: ground.money)
      try await scheme.granted(1_500_000, .health, from: ground.money)
      try await scheme.granted(500_000, .education, from: other)
      // Both funders' money counts, also for what was submitted before it was granted.
      await #expect(throws: Scheme.atMost(2_000_000)) {
        let decision = Aid.Decision(
          outcome: .granted, amount: AidRoom.tnd(2_000_001), on: room.today, body: "Comité", words: nil)
        try await scheme.aids.decide(decision, on: waiting, from: nil, by: Staff.chokri)
      }
      await #expect(throws: Scheme.atMost(2_000_000)) {
        try await scheme.submitted(2_000_001, from: other)
      }
      try await scheme.granted(2_000_000, from: other)
      await #expect(throws: Scheme.atMost(0)) { try await scheme.submitted(1_000, from: ground.money) }
    }
  }
}
