import Basics
import Foundation
import Funding
import Storage
import TestSupport
import Testing

@testable import Aids

@Suite struct `The clauses of a contract` {
  /// Entries as they stand in a file, each with its own words in both languages.
  private func file(_ entries: String...) -> String {
    "version: 2\nclauses:\n" + entries.joined()
  }

  private func entry(_ keys: String, _ french: String, _ arabic: String = "نص") -> String {
    let lines = keys.components(separatedBy: "; ").filter { !$0.isEmpty }.map { "    \($0)\n" }.joined()
    return "  - code: payment\n\(lines)    fr: {title: \(french), text: \"{amount}: \(french)\"}\n"
      + "    ar: {title: \(arabic), text: \"\(arabic) {amount}\"}\n"
  }

  private func titles(
    _ clauses: AidClauses, _ kind: AidKindCode? = nil, _ funder: String? = nil, on day: Day? = nil,
    track: AidKind.Track = .social
  ) -> [String] {
    clauses.clauses(for: track, kind: kind, funder: funder, on: day, in: .french, ["amount": "1"])
      .map(\.title)
  }

  @Test func `are the closest to the aid: its kind and funder, its kind, its funder, its track, all`() throws
  {
    let clauses = try AidClauses(
      yaml: file(
        entry("", "All"), entry("track: social", "Track"), entry("funder: Bailleur A", "Funder"),
        entry("kind: housing", "Kind"), entry("kind: housing; funder: Bailleur A", "Both")))
    #expect(titles(clauses, .housing, "Bailleur A") == ["Both"])
    #expect(titles(clauses, .housing, "Bailleur B") == ["Kind"])
    #expect(titles(clauses, .housing) == ["Kind"])
    #expect(titles(clauses, .health, "Bailleur A") == ["Funder"])
    #expect(titles(clauses, .health, "Bailleur B") == ["Track"])
    #expect(titles(clauses, .training, "Bailleur B", track: .employment) == ["All"])
    #expect(titles(clauses) == ["Track"])
  }

  @Test func `stand where what they stand for stands, and beside clauses of other codes`() throws {
    let other = "  - fr: {title: Last, text: B}\n    ar: {title: C, text: D}\n"
    let clauses = try AidClauses(yaml: file(entry("", "All"), other, other, entry("kind: housing", "Kind")))
    #expect(titles(clauses, .housing) == ["Kind", "Last", "Last"])
    #expect(titles(clauses, .health) == ["All", "Last", "Last"])
    let found = clauses.clauses(for: .social, kind: .housing, in: .french, ["amount": "12 DT"])
    #expect(found.first?.text == "12 DT: Kind")
  }

  @Test func `are those of the day on which it is signed`() throws {
    let clauses = try AidClauses(
      yaml: file(
        entry("", "Old"), entry("from: 2026-03-01", "New"),
        entry("kind: housing; from: 2026-02-01; until: 2026-02-28", "Kind")))
    func on(_ day: String, _ kind: AidKindCode) throws -> [String] {
      let day: Day = try #require(Day(day))
      return titles(clauses, kind, on: day)
    }
    #expect(try on("2026-01-31", .housing) == ["Old"])
    #expect(try on("2026-02-01", .housing) == ["Kind"])
    #expect(try on("2026-02-28", .housing) == ["Kind"])
    #expect(try on("2026-02-28", .health) == ["Old"])
    #expect(try on("2026-03-01", .housing) == ["New"])
  }

  @Test(arguments: [
    ("knd: housing", "clauses[0].knd: nothing here is called so"),
    ("funder:", "clauses[0].funder: a name is missing"),
    ("funder: [Bailleur A]", "clauses[0].funder: a name is missing"),
    ("kind: Housing aid", "clauses[0].kind: “Housing aid” is not of small letters, digits and dashes"),
    ("track: sport", "clauses[0].track: no such track “sport”"),
    ("from: 2026-02-30", "clauses[0].from: “2026-02-30” is not a day such as 2026-01-31"),
    ("from: 2026-02-02; until: 2026-02-01", "clauses[0].until: lies before the first day"),
  ])
  func `are refused where a name is wrong, and it is told where`(keys: String, reason: String) {
    let fault = #expect(throws: AidClauseFault.self) { try AidClauses(yaml: file(entry(keys, "A"))) }
    #expect(fault?.description.hasSuffix(reason) == true, "\(fault?.description ?? "")")
    #expect(fault?.description.hasPrefix("clauses.yaml:3:") == true)
  }

  @Test func `are refused where two stand for the same contracts`() throws {
    let twice = file(entry("kind: housing", "A"), entry("kind: housing; until: 2026-02-01", "B"))
    let fault = #expect(throws: AidClauseFault.self) { try AidClauses(yaml: twice) }
    #expect(fault?.description.contains("clauses[1].code: stands for the same contracts") == true)
    _ = try AidClauses(yaml: file(entry("kind: housing", "A"), entry("kind: housing; from: 2026-02-01", "B")))
  }

  @Test func `name kinds and funders that the installation knows`() throws {
    let clauses = try AidClauses(
      yaml: file(entry("kind: housing", "A"), entry("funder: Bailleur A", "B"), entry("kind: hous", "C")))
    let known: [AidKindCode] = [.housing, .health]
    let kind = #expect(throws: AidClauseFault.self) {
      try clauses.mustKnow(kinds: known, funders: ["Bailleur A"])
    }
    let hous = "clauses[2].kind: no kind of aid “hous”; there are health, housing"
    #expect(kind?.description.hasSuffix(hous) == true)
    let funder = #expect(throws: AidClauseFault.self) { try clauses.mustKnow(kinds: known, funders: []) }
    let bailleur = "clauses[1].funder: no funder “Bailleur A”; there are none"
    #expect(funder?.description.hasSuffix(bailleur) == true)
    try AidClauses.own.mustKnow(kinds: [], funders: [])
  }

  @Test(arguments: TestDatabase.engines)
  func `are chosen in Arabic by the kind of the aid and by who pays it`(engine: Database.Engine) async throws
  {
    let clauses = try AidClauses(
      yaml: file(
        entry("", "Versement", "الدفع"),
        entry("kind: housing; funder: Bailleur A (exemple)", "Loyer", "الكراء")))
    try await AidRoom.with(engine) { room, ground in
      let prepared = try await room.read(try await room.prepared(ground)).line
      #expect(try await room.aids.funder(of: prepared) == nil)
      let line = try await room.contracted(ground).line
      let funder = try await room.aids.funder(of: line)
      #expect(funder == "Bailleur A (exemple)")
      func found(_ funder: String?) -> [AidClauses.Clause] {
        clauses.clauses(
          for: line.track, kind: line.kind, funder: funder, on: line.signedOn, in: .arabic,
          ["amount": Reader(.arabic).money(AidRoom.tnd(3_000_000))])
      }
      #expect(found(funder).map(\.title) == ["الكراء"] && found(nil).map(\.title) == ["الدفع"])
      let text = try #require(found(funder).first?.text)
      #expect(text.hasPrefix("الكراء ") && text.contains("3") && !text.contains("{"))
    }
  }
}
