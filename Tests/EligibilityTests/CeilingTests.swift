import Basics
import Cases
import Storage
import TestSupport
import Testing

@testable import Eligibility

/// What was given before counts under a ceiling only where it is of the same funder, or of the same track.
@Suite struct `Ceilings of a funder and of a track` {
  /// Of three thousand, under the ceilings, after what was given before. The rules are of the funder “Example”, for the
  /// business track.
  private func amount(
    _ ceilings: String, after earlier: [EarlierAid], in currency: Money.Currency = .tnd,
    rate: EuroRate? = nil
  ) throws -> AmountReading {
    let set = try RuleFile.read(
      RuleFiles.file(
        amount: "amount: {currency: \(currency.rawValue), fixed: 3000, ceilings: {\(ceilings)}}"))
    var facts = Facts()
    facts.earlier = earlier
    return try #require(EligibilityRules.verdict(set, for: facts, rate: rate).amount)
  }

  private func given(
    _ millimes: Int64?, by funder: String?, kind: String = "housing", track: String = "social"
  ) -> EarlierAid {
    EarlierAid(kind: kind, track: track, funder: funder, amount: millimes)
  }

  @Test func `a funder counts what it gave itself, of whatever kind and track`() throws {
    let own = try amount("funder: 4000", after: [given(2_500_000, by: "Example")])
    #expect(own.amount == Money(1_500_000, .tnd) && own.most == Money(1_500_000, .tnd))
    #expect(own.cuts.map(\.ceiling) == [.funder])
    let other = try amount("funder: 4000", after: [given(9_000_000, by: "Another")])
    #expect(other.amount == Money(3_000_000, .tnd) && other.most == Money(4_000_000, .tnd))
    #expect(other.cuts.isEmpty)
    // The same kind and track of another funder, and money of nobody who is known.
    for funder in ["Another", nil] {
      let alike = given(9_000_000, by: funder, kind: "business", track: "business")
      #expect(try amount("funder: 4000", after: [alike]).amount == Money(3_000_000, .tnd))
      let both = try amount("funder: 4000", after: [alike, given(3_999_999, by: "Example")])
      #expect(both.amount == Money(1, .tnd))
    }
  }

  @Test func `a track counts what was given in it, by whoever`() throws {
    for funder in ["Example", "Another", nil] {
      let own = given(2_500_000, by: funder, kind: "equipment", track: "business")
      let found = try amount("track: 4000", after: [own])
      #expect(found.amount == Money(1_500_000, .tnd) && found.cuts.map(\.ceiling) == [.track])
      for track in ["social", "employment"] {
        let other = given(9_000_000, by: funder, kind: "business", track: track)
        #expect(try amount("track: 4000", after: [other]).amount == Money(3_000_000, .tnd))
        #expect(try amount("track: 4000", after: [own, other]).amount == Money(1_500_000, .tnd))
      }
    }
  }

  @Test func `nothing is left, and never less, where the ceiling is reached or was passed`() throws {
    for millimes in [4_000_000, 9_000_000] as [Int64] {
      let funder = try amount("funder: 4000", after: [given(millimes, by: "Example")])
      let track = try amount("track: 4000", after: [given(millimes, by: nil, track: "business")])
      for found in [funder, track] { #expect(found.amount == Money(0, .tnd) && found.most == found.amount) }
    }
  }

  @Test func `of several ceilings the one that leaves least counts`() throws {
    let both = "funder: 4000, track: 5000"
    let byFunder = try amount(
      both, after: [given(3_500_000, by: "Example"), given(1_000_000, by: "Another", track: "business")])
    #expect(byFunder.amount == Money(500_000, .tnd) && byFunder.cuts.map(\.ceiling) == [.funder])
    let byTrack = try amount(both, after: [given(4_750_000, by: "Another", track: "business")])
    #expect(byTrack.amount == Money(250_000, .tnd) && byTrack.cuts.map(\.ceiling) == [.track])
    let twice = try amount(both, after: [given(3_000_000, by: "Example", track: "business")])
    #expect(twice.cuts.map(\.ceiling) == [.track, .funder])
    #expect(twice.amount == Money(1_000_000, .tnd))
  }

  @Test func `in euros needs a rate for what counts, and for nothing else`() throws {
    let rate = EuroRate(micros: 3_412_350, day: try #require(Day("2026-11-01")), source: "BCT")
    // A thousand euros in dinars; and an aid in euros of another funder, of which no rate is known.
    let (own, other) = (given(3_412_350, by: "Example"), given(nil, by: "Another"))
    let known = try amount("funder: 3500", after: [own, other], in: .eur, rate: rate)
    #expect(known.amount == Money(250_000, .eur) && !known.lacksRate)
    #expect(try amount("funder: 3500", after: [own, other], in: .eur).lacksRate)
    let alone = try amount("funder: 3500", after: [other], in: .eur)
    #expect(alone.amount == Money(300_000, .eur) && !alone.lacksRate)
  }

  @Test(arguments: TestDatabase.engines)
  func `are told beside the answer for a person`(engine: Database.Engine) async throws {
    var sources = FactSources()
    sources.aids = { files, _, _ in
      [
        files.lowerBound: [
          EarlierAid(kind: "housing", track: "social", funder: "Example", amount: 2_500_000),
          EarlierAid(kind: "training", track: "business", funder: "Another", amount: 1_250_000),
        ]
      ]
    }
    try await EligibilityRoom.with(engine, sources: sources) { room in
      let file = try await room.receive()
      try await room.decide(
        RuleFiles.file("by-funder", amount: "amount: {currency: TND, fixed: 3000, ceilings: {funder: 4000}}"))
      try await room.decide(
        RuleFiles.file("by-track", amount: "amount: {currency: TND, fixed: 3000, ceilings: {track: 3500}}"))
      let answers = try await room.answers(for: file)
      let amounts = Dictionary(
        uniqueKeysWithValues: answers.map { ($0.rules.set.code, $0.verdict.amount?.amount) })
      #expect(amounts == ["by-funder": Money(1_500_000, .tnd), "by-track": Money(2_250_000, .tnd)])
      #expect(answers.allSatisfy { $0.verdict.answer == .yes })
      try await room.serve { site in
        let page = try await site.get("/eligibility/cases/\(file)", as: Staff.amel).text
        for left in [1_500_000, 2_250_000] as [Int64] {
          #expect(page.contains(Reader(.english).money(Money(left, .tnd))), "\(left)")
        }
      }
    }
  }
}
