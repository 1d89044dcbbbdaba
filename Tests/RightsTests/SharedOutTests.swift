import Antennas
import Basics
import Cases
import Foundation
import NIOConcurrencyHelpers
import Papers
import People
import Storage
import TestSupport
import Testing

@testable import Rights

@Suite struct `What went out of a person` {
  /// What other areas would tell, as the test says it; asked for one file at a time.
  private final class Sent: Sendable {
    let entries = NIOLockedValueBox<[PersonID: [SharedEntry]]>([:])

    var source: SharedSource {
      { [entries] subject, _ in entries.withLockedValue { $0[subject.id] ?? [] } }
    }

    func note(_ told: [SharedEntry], of person: PersonID) { entries.withLockedValue { $0[person] = told } }
  }

  private static func referral(
    to service: String, by leave: SharedEntry.Leave, at moment: Date, remark: Phrase? = nil
  ) -> SharedEntry {
    SharedEntry(
      at: moment, what: [say("Name, Latin letters"), Identity.Field.phones.label],
      to: .others([.french: service, .arabic: "مصلحة"]), by: leave, remark: remark)
  }

  private static func sms(_ address: String, at moment: Date) -> SharedEntry {
    SharedEntry(
      at: moment, what: [say("Reminder of an appointment")], to: .herself(address), by: .purpose(.sms))
  }

  /// Two consents and what went under each; a third ground without one; and something of another person.
  private static func told(_ sent: Sent, _ room: RightsRoom) async throws -> (
    person: PersonID, work: Consent, sms: Consent
  ) {
    let (person, other) = (try await room.receive().person, try await room.receive("Other").person)
    let (work, sms) = (room.consent(.shareEmployment, of: person), room.consent(.sms, of: person))
    for consent in [work, sms] { try await room.cases.people.record(consent, by: Staff.amel) }
    let now = room.clock.now
    sent.note(
      [
        referral(to: "Atelier <bois>", by: .consent(work.id), at: now.addingTimeInterval(60)),
        referral(
          to: "Urgences", by: .other(say("Her life or health is in danger")), at: now,
          remark: say("Opened by the service")),
        Self.sms("+21620123456", at: now.addingTimeInterval(120)),
      ], of: person)
    sent.note([referral(to: "Ailleurs", by: .consent(RecordID()), at: now)], of: other)
    room.clock.advance(days: 1)
    return (person, work, sms)
  }

  @Test(arguments: TestDatabase.engines)
  func `stands under the consent by which it went, and what went without one apart`(engine: Database.Engine)
    async throws
  {
    let sent = Sent()
    try await RightsRoom.with(engine, shared: sent.source) { room in
      let (person, work, sms) = try await Self.told(sent, room)
      let shared = try await room.rights.open(person, for: RightsRoom.head).shared
      let reader = Reader(.french)
      func recipients(_ entries: [SharedEntry]) -> [String] { entries.map { $0.recipient(reader) } }
      #expect(recipients(shared.entries).count == 3 && shared.consents.count == 2)
      #expect(recipients(shared.entries(under: work)) == ["Atelier <bois>"])
      #expect(recipients(shared.entries(under: sms)).first?.hasSuffix("+21620123456") == true)
      #expect(recipients(shared.onOtherGrounds) == ["Urgences"])
      #expect(!recipients(shared.entries).contains("Ailleurs"))
      try await room.serve { site in
        let page = try await site.get(RightsPaths.person(person), as: RightsRoom.head).text
        for text in [
          "id=\"shared\"", "Atelier &lt;bois&gt;", "+21620123456", "Urgences",
          "Without a consent in the file",
          "Her life or health is in danger", "Name, Latin letters, Phones",
        ] { #expect(page.contains(text), "\(text)") }
        #expect(!page.contains("Nothing was sent out under this consent."))
        #expect(page.contains("to=%2Frights%2Fpersons%2F\(person)"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is told when a consent is withdrawn, for that purpose alone`(engine: Database.Engine) async throws {
    let sent = Sent()
    try await RightsRoom.with(engine, shared: sent.source) { room in
      let (person, work, sms) = try await Self.told(sent, room)
      for consent in [work, sms] {
        try await room.cases.people.withdraw(consent.id, of: person, by: Staff.amel)
      }
      let nothing = "Nothing was shared under this consent"
      try await room.serve { site in
        func told(_ purpose: Consent.Purpose) async throws -> String {
          try await site.get(RightsPaths.sharing(person, purpose, back: "/"), as: Staff.amel).text
        }
        let employment = try await told(.shareEmployment)
        #expect(employment.contains("Atelier &lt;bois&gt;") && employment.contains("Tell each of them"))
        #expect(!employment.contains(nothing) && !employment.contains("Urgences"))
        let messages = try await told(.sms)
        #expect(messages.contains("+21620123456") && messages.contains("Reminder of an appointment"))
        #expect(!messages.contains(nothing) && !messages.contains("Tell each of them"))
        // Whoever takes back that a file is kept takes back what any service got of it.
        let all = try await told(.accompaniment)
        #expect(all.contains("Atelier") && all.contains("Urgences") && !all.contains("+21620123456"))
        for purpose in [Consent.Purpose.shareOffice, .email] {
          #expect(try await told(purpose).contains(nothing), "\(purpose)")
        }
      }
      // Withdrawn, it is still the consent by which it went.
      let shared = try await room.rights.open(person, for: RightsRoom.head).shared
      #expect(shared.consents.allSatisfy { !$0.isInForce })
      #expect(shared.entries(under: work).count == 1 && shared.entries(under: sms).count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stands on the page and the paper of who saw the data`(engine: Database.Engine) async throws {
    let sent = Sent()
    try await RightsRoom.with(engine, shared: sent.source) { room in
      let (person, _, _) = try await Self.told(sent, room)
      try await room.serve { site in
        let page = try await site.get(RightsPaths.seen(person), as: RightsRoom.head).text
        #expect(page.contains("id=\"sent-out\"") && page.contains("Atelier &lt;bois&gt;"))
      }
      let found = try await room.rights.seen(person, after: nil, for: RightsRoom.head)
      let paper = RightsPaper.seen(
        found.person, [found.page], found.shared, words: { _ in say("Another act") },
        try await room.antennas.territory(), at: room.clock.now, in: .arabic)
      #expect(paper.parts.map(\.records.count).first == 3 && paper.parts.count == 2)
      let told = paper.parts[0].records.map { $0.map(\.value.text) }
      // The newest first; each with what was told, to whom and on which ground, in her language.
      let reader = Reader(.arabic)
      #expect(told[0][1].hasSuffix("+21620123456") && told[0][2] == reader(Consent.Purpose.sms.label))
      #expect(
        told[1] == [
          "\(reader(say("Name, Latin letters")))، \(reader(Identity.Field.phones.label))", "مصلحة",
          reader(Consent.Purpose.shareEmployment.label),
        ])
      #expect(told[2][0].hasSuffix(reader(say("Opened by the service"))))
      let none = RightsPaper.seen(
        found.person, [found.page], words: { _ in say("Another act") },
        try await room.antennas.territory(), at: room.clock.now, in: .arabic)
      #expect(none.parts.count == 1)
    }
  }

  @Test func `goes by the consent that was in force on its day`() {
    let person = PersonID()
    let day = Day(of: TestClock.start)
    func consent(_ from: Int, until: Double?) -> Consent {
      Consent(
        id: RecordID(), person: person, purpose: .sms, textVersion: "1", language: .french,
        givenOn: day + from, way: .signed,
        withdrawnAt: until.map { TestClock.start.addingTimeInterval($0 * 86_400) })
    }
    // The newest first, as her file has them.
    let (second, first) = (consent(10, until: nil), consent(0, until: 5))
    let early = Self.sms("1", at: TestClock.start.addingTimeInterval(86_400))
    let late = Self.sms("2", at: TestClock.start.addingTimeInterval(11 * 86_400))
    let shared = SharedOut(entries: [late, early], consents: [second, first])
    #expect(shared.entries(under: first).map(\.at) == [early.at])
    #expect(shared.entries(under: second).map(\.at) == [late.at])
    #expect(shared.onOtherGrounds.isEmpty)
  }
}
