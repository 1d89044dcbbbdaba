import Basics
import Foundation
import People
import TestSupport
import Testing

@testable import Antennas
@testable import Cases

@Suite struct `What is typed about a case` {
  static let today = Day(of: TestClock.start)
  static let nowhere = Territory(
    antennas: [], governorates: [], countries: [], institutions: [], coverage: [])

  /// The fields that a form refuses; empty when it takes what was typed.
  static func refused(_ check: () throws -> Void) -> [String] {
    do { try check() } catch Refusal.invalid(let errors) { return errors.map(\.field) } catch {
      Issue.record(error)
    }
    return []
  }

  static func typed(_ values: [String: String]) -> Typed { Typed(values.mapValues { [$0] }) }

  static let long = String(repeating: "ا", count: 10_001)

  @Test(arguments: [
    ([:], ["need", "urgency"]),
    (["need": "gold", "urgency": "never"], ["need", "urgency"]),
    (["need": "food", "urgency": "today", "details": long], ["details"]),
    (["need": "food", "urgency": "today", "details": "a\u{202E}b"], ["details"]),
    (["need": "food", "urgency": "today", "details": "زيت ودقيق"], []),
  ]) func `a need`(values: [String: String], refused: [String]) {
    #expect(Self.refused { _ = try NeedForm.checked(Self.typed(values), today: Self.today) } == refused)
  }

  @Test(arguments: [
    ([:], ["how"]), (["how": "x", "met-on": "tomorrow"], ["met-on"]),
    (["how": "x", "met-on": "2026-03-13"], ["met-on"]), (["how": "x", "met-on": "12/03/2026"], []),
  ]) func `how a need was met`(values: [String: String], refused: [String]) {
    #expect(Self.refused { _ = try NeedForm.met(Self.typed(values), today: Self.today) } == refused)
  }

  @Test(arguments: [
    ([:], ["section", "text"]), (["section": "secret", "text": "x"], ["section"]),
    (["section": "social", "text": long], ["text"]), (["section": "social", "text": "a\u{0}b"], ["text"]),
    (["section": "return", "text": "<script>alert(1)</script>"], []),
  ]) func `a note`(values: [String: String], refused: [String]) {
    #expect(Self.refused { _ = try NoteForm.checked(Self.typed(values)) } == refused)
  }

  @Test(arguments: [
    ([:], ["outcome", "reason"]), (["outcome": "rich", "reason": "x"], ["outcome"]),
    (["outcome": "died", "reason": "x", "closed-on": "2026-03-13"], ["closed-on"]),
    (["outcome": "died", "reason": "   "], ["reason"]), (["outcome": "oriented", "reason": "x"], []),
  ]) func `a closure`(values: [String: String], refused: [String]) {
    #expect(Self.refused { _ = try ClosureForm.checked(Self.typed(values), today: Self.today) } == refused)
  }

  @Test func `a reopening needs its reason`() {
    #expect(Self.refused { _ = try ClosureForm.reopening(Typed()) } == ["reopen-reason"])
  }

  @Test(arguments: [
    (["return-country": "ZZ"], ["return-country"]), (["transit-country": "x<y"], ["transit-country"]),
    (["returned-on": "2027-04-01"], ["returned-on"]), (["returned-on": "31/02/2026"], ["returned-on"]),
    (["left-on": "2026-03-01", "returned-on": "2026-02-01"], ["left-on"]),
    (["left-on": "2026-03-13"], ["left-on"]), (["return-kind": "happy"], ["return-kind"]),
    (["programme": long], ["programme"]),
    (["programme-reference": String(repeating: "9", count: 61)], ["programme-reference"]),
    (["returned-on": "2026-04-01", "left-on": "01/01/1980", "return-kind": "forced"], []), ([:], []),
  ]) func `the facts of a return`(values: [String: String], refused: [String]) {
    let found = Self.refused {
      _ = try ReturnForm.correction(Self.typed(values), today: Self.today, in: Self.nowhere)
    }
    #expect(found == refused)
  }

  @Test func `a reception names everything that is missing at once`() {
    func refused(_ values: [String: String], by actor: Actor) -> [String] {
      Self.refused {
        _ = try ReceptionForm.checked(
          Self.typed(values), known: nil, by: actor, at: TestClock.start, in: Self.nowhere)
      }
    }
    #expect(refused([:], by: Staff.amel) == ["family-latin", "phones", "channel"])
    #expect(refused([:], by: Staff.fathi) == ["family-latin", "phones", "channel", "antenna"])
    let named = ["family-latin": "Ben Othman", "phones": "20 123 456", "channel": "web"]
    #expect(refused(named, by: Staff.amel) == [])
    #expect(refused(named.merging(["antenna": "ZZZ"]) { $1 }, by: Staff.fathi) == ["antenna"])
    #expect(refused(named.merging(["governorate": "TN-99"]) { $1 }, by: Staff.amel) == ["governorate"])
  }

  @Test(
    arguments: [
      (nil, "2016-01-01", "", []), (12, "2025-03-12", "", []), (12, "2025-03-11", "", ["late-reason"]),
      (12, "1990-01-01", "She did not know of the scheme", []), (12, "", "", []), (12, "2026-04-01", "", []),
    ] as [(Int?, String, String, [String])])
  func `who comes long after the return is asked why, and received`(
    usualMonths: Int?, day: String, reason: String, refused: [String]
  ) throws {
    let values = [
      "family-latin": "Ben Othman", "phones": "20 123 456", "channel": "web", "returned-on": day,
      "late-reason": reason,
    ]
    let found = Self.refused {
      let reception = try ReceptionForm.checked(
        Self.typed(values), known: nil, by: Staff.amel, at: TestClock.start, in: Self.nowhere,
        usualMonths: usualMonths)
      #expect(reception.returned[.lateReason] == (reason.isEmpty ? nil : reason))
    }
    #expect(found == refused)
    // A correction counts to the day of the reception, not to today.
    let corrected = Self.refused {
      _ = try ReturnForm.correction(
        Self.typed(values), today: Self.today + 400, in: Self.nowhere, usualMonths: usualMonths,
        receivedOn: Self.today)
    }
    #expect(corrected == refused)
  }

  @Test func `a form carries the ids under which its records are made`() throws {
    let (id, person) = (RecordID<CaseFile>(), PersonID())
    let typed = Self.typed([
      "once": id.text, "person-once": person.text, "given-arabic": "سلمى", "safe-way": "خالتها",
      "channel": "airport",
    ])
    let reception = try ReceptionForm.checked(
      typed, known: nil, by: Staff.amel, at: TestClock.start, in: Self.nowhere)
    #expect(reception.id == id)
    #expect(reception.person == person)
    #expect(reception.antenna == "TUN")
    #expect(reception.contact == Staff.amel.id)
    #expect(reception.identity?.arabicName == "سلمى")
  }

  @Test func `what was searched for stands in the reception form, in its script`() {
    #expect(ReceptionTemplates.typed(query: "Salma Ben Othman")["given-latin"] == "Salma")
    #expect(ReceptionTemplates.typed(query: "Salma Ben Othman")["family-latin"] == "Ben Othman")
    #expect(ReceptionTemplates.typed(query: "سلمى بن عثمان")["family-arabic"] == "بن عثمان")
    #expect(ReceptionTemplates.typed(query: "20 123 456")["phones"] == "20 123 456")
  }
}
