import Basics
import Cases
import Directory
import Documents
import Foundation
import Messages
import NIOConcurrencyHelpers
import People
import Plans
import Storage
import TestSupport
import Testing

@testable import Referrals

@Suite struct `A referral` {
  @Test(arguments: TestDatabase.engines)
  func `goes from an action of the plan to a service and back`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      try await room.consent(ground, to: .sms)
      let id = try await room.send(ground)
      #expect(try await room.action(ground)?.state == .doing)
      let token = try await room.token()
      let mail = try #require(room.post.mails.withLockedValue { $0.first })
      #expect(mail.to == "ong@example.org")
      for word in ["Salma", "Othman", "20123456", "A place in the course"] {
        #expect(!mail.text.contains(word))
      }
      #expect(try await room.referrals.look(token, visit: "v1") == nil)
      for _ in 0..<2 { try await room.referrals.openLink(token, visit: "v1") }
      let seen = try #require(try await room.referrals.look(token, visit: "v1")).opened
      #expect(seen.words.shared["name-latin"] == "Salma Ben Othman" && seen.words.shared["phones"] == nil)
      let today = Day(of: room.clock.now)
      for _ in 0..<2 {
        try await room.referrals.answer(
          token, visit: "v1", .accept(on: today + 3, contact: "Mme Leïla, 71 000 000"))
      }
      #expect(try await room.stage(id).stage == .accepted)
      try await room.referrals.answer(token, visit: "v1", .takeOn)
      #expect(try await room.stage(id).stage == .takenOn)
      try await room.referrals.answer(token, visit: "v1", .report(.helped, words: "Diploma"))
      #expect(try await room.stage(id).stage == .reported)
      for _ in 0..<2 { try await room.referrals.settle(id, .done, by: Staff.amel) }
      #expect(try await room.stage(id).stage == .ended)
      #expect(try await room.action(ground)?.state == .done)
      _ = try await room.token()
      let texts = room.post.sms.withLockedValue { $0 }
      #expect(
        texts.count == 2 && texts.allSatisfy { $0.to == "+21620123456" && !$0.text.contains("Atelier") })
      let expected = [
        "referral.settle", "referral.report", "referral.take-on", "referral.accept", "referral.open-link",
        "referral.send",
      ]
      #expect(try await room.acts(ground) == expected)
      await #expect(throws: Referrals.BadLink.replaced) { try await room.referrals.look(token, visit: "v1") }
      // A second one to the same service, now that the first has ended.
      try await room.send(ground)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is sent once, and one at a time to each service`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let draft = room.draft(ground)
      async let one: Void = room.referrals.send(draft, in: ground.file, by: Staff.amel)
      async let two: Void = room.referrals.send(draft, in: ground.file, by: Staff.amel)
      _ = try await (one, two)
      #expect(try await room.acts(ground) == ["referral.send"])
      await #expect(throws: Refusal.conflict(say("This case has an open referral to this service already.")))
      {
        try await room.send(ground)
      }
      let other = ReferralDraft(
        id: draft.id, service: draft.service, urgency: .today, channel: .email, language: .french,
        ground: .agreed,
        groundWords: "x", sections: [], ask: "Other words")
      await #expect(throws: Refusal.sentBefore("ask")) {
        try await room.referrals.send(other, in: ground.file, by: Staff.amel)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.referrals.send(draft, in: ground.file, by: Staff.emna)
      }
      await #expect(throws: Refusal.notAllowed(.agreePlans)) {
        try await room.referrals.send(draft, in: ground.file, by: Staff.dorra)
      }
      for actor in [Staff.emna, Staff.ghazi, Staff.bilel] {
        await #expect(throws: Refusal.notFound) { try await room.referrals.open(draft.id, for: actor) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `needs a ground`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      func refused(_ draft: ReferralDraft) async -> [String] {
        do {
          try await room.referrals.send(draft, in: ground.file, by: Staff.amel)
          return []
        } catch {
          guard case Refusal.invalid(let errors) = error else { return ["\(error)"] }
          return errors.map(\.field)
        }
      }
      let none = room.draft(ground, ground: .consent, consent: RecordID())
      #expect(await refused(none) == ["ground"])
      let sms = try await room.consent(ground, to: .sms)
      #expect(await refused(room.draft(ground, ground: .consent, consent: sms.id)) == ["ground"])
      let sharing = try await room.consent(ground, to: .shareSocial)
      #expect(await refused(room.draft(ground, ground: .consent, consent: sharing.id)).isEmpty)
      #expect(await refused(room.draft(ground, channel: .sms)) == ["channel"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is asked about, and declined for a reason that the plan hears`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      var token = try await room.token()
      try await room.referrals.openLink(token, visit: "v")
      for _ in 0..<2 { try await room.referrals.answer(token, visit: "v", .ask("How old is she?")) }
      #expect(try await room.stage(id).stage == .asked)
      let mine = try await room.referrals.day(of: Staff.amel)
      #expect(mine.referrals.map(\.id) == [id])
      for _ in 0..<2 { try await room.referrals.reply("Thirty", on: id, by: Staff.amel) }
      #expect(try await room.stage(id).stage == .sent)
      // The reply comes with a new link; the old one shows nothing.
      await #expect(throws: Referrals.BadLink.replaced) { try await room.referrals.look(token, visit: "v") }
      token = try await room.token()
      try await room.referrals.openLink(token, visit: "v")
      #expect(
        try await room.referrals.look(token, visit: "v")?.opened.talk.map(\.words) == [
          "How old is she?", "Thirty",
        ])
      try await room.referrals.answer(token, visit: "v", .decline(.full, words: "In autumn"))
      #expect(try await room.stage(id).stage == .declined)
      try await room.referrals.settle(id, .blocked, by: Staff.amel)
      let action = try await room.action(ground)
      #expect(action?.state == .doing && action?.blocked == "In autumn")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that nobody answers rings all its clocks and ends by a person alone`(engine: Database.Engine)
    async throws
  {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      _ = try await room.token()
      var told: [String] = []
      for _ in 0..<60 {
        room.clock.advance(days: 1)
        let before = try await room.stage(id).clock
        for _ in 0..<2 { try await room.referrals.ring() }
        let after = try await room.stage(id).clock
        if after != before { told.append("\(Day(of: room.clock.now)) \(after)") }
      }
      // Of an association: seven days to answer, five more until the head is told, ten more until the centre.
      #expect(told == ["2026-03-19 1", "2026-03-24 2", "2026-04-03 3"])
      func wait(_ office: ReferralWait.Office, _ due: Day) -> ReferralNews {
        .waits(
          ReferralWait(referral: id, file: ground.file, antenna: "TUN", office: office, due: due))
      }
      let (second, third) = (try #require(Day("2026-04-03")), room.news.withLockedValue { $0.last })
      #expect(room.news.withLockedValue { $0 } == [wait(.head, second), try #require(third)])
      guard case .waits(let last) = third else { throw Refusal.notFound }
      #expect(last.office == .centre && last.due >= second)
      #expect(try await room.stage(id).stage == .sent)
      #expect(
        try await room.acts(ground) == [
          "referral.to-centre", "referral.to-head", "referral.remind", "referral.send",
        ])
      for actor in [Staff.amel, Staff.chokri, Staff.fathi] {
        let day = try await room.referrals.day(of: actor)
        #expect(day.referrals.map(\.id) == [id], "\(actor.name)")
      }
      #expect(try await room.referrals.day(of: Staff.ghazi).referrals.isEmpty)
      _ = try await room.token()
      #expect(room.post.mails.withLockedValue { $0.count } == 4)
      // Late, and still answered: no clock refuses anything.
      try await room.referrals.renew(id, by: Staff.amel)
      let token = try await room.token()
      try await room.referrals.openLink(token, visit: "v")
      try await room.referrals.answer(token, visit: "v", .ask("Still needed?"))
      #expect(try await room.stage(id).clock == 0)
      for _ in 0..<2 { try await room.referrals.lapse(id, because: "No answer for months", by: Staff.fathi) }
      #expect(try await room.stage(id).stage == .ended)
      #expect(try await room.action(ground)?.state == .toDo)
      _ = try await room.token()
      #expect(room.post.mails.withLockedValue { $0.last }?.text.contains("arrivée à sa fin") == true)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `hears that the consent it stands on is gone, and waits until the service confirms`(
    engine: Database.Engine
  )
    async throws
  {
    try await ReferralRoom.with(engine) { room, ground in
      let consent = try await room.consent(ground, to: .shareSocial)
      let id = try await room.send(ground, room.draft(ground, ground: .consent, consent: consent.id))
      var token = try await room.token()
      try await room.referrals.openLink(token, visit: "v")
      try await room.referrals.answer(
        token, visit: "v", .accept(on: Day(of: room.clock.now), contact: "Leïla"))
      try await room.people.withdraw(consent.id, of: ground.person, by: Staff.amel)
      #expect(try await room.stage(id).stage == .revoked)
      #expect(try await room.action(ground)?.state == .toDo)
      // Told at once: no clock rings for it.
      #expect(try await room.referrals.ring() == 0)
      token = try await room.token()
      let last = try #require(room.post.mails.withLockedValue { $0.last })
      #expect(last.text.contains("n’en gardez rien"))
      try await room.referrals.openLink(token, visit: "v")
      room.clock.advance(days: 9)
      for _ in 0..<2 { try await room.referrals.ring() }
      #expect(try await room.stage(id).clock == 2)
      token = try await room.token()
      try await room.referrals.openLink(token, visit: "v")
      try await room.referrals.answer(token, visit: "v", .acknowledge)
      #expect(try await room.stage(id).stage == .ended)
      let left = try await room.directory.service(ground.service).left
      #expect(left == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that no service opened ends with the consent at once`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let consent = try await room.consent(ground, to: .shareEmployment)
      let id = try await room.send(ground, room.draft(ground, ground: .consent, consent: consent.id))
      let token = try await room.token()
      try await room.people.withdraw(consent.id, of: ground.person, by: Staff.amel)
      #expect(try await room.stage(id).stage == .ended)
      #expect(try await room.action(ground)?.state == .toDo)
      await #expect(throws: Referrals.BadLink.replaced) {
        try await room.referrals.openLink(token, visit: "v")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `gets the last place, and the other is told`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine, places: 1) { room, ground in
      let (file, person, action) = try await room.receive()
      let other = ReferralRoom.Ground(
        file: file, person: person, action: action, service: ground.service, provider: ground.provider)
      let ids = [try await room.send(ground), try await room.send(other)]
      let day = Day(of: room.clock.now)
      let told = await withTaskGroup(of: String.self) { group in
        for id in ids {
          group.addTask {
            do {
              try await room.referrals.note(.accept(on: day, contact: "x"), on: id, by: Staff.amel)
              return "yes"
            } catch Refusal.conflict {
              return "no"
            } catch {
              return "\(error)"
            }
          }
        }
        return await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(told.sorted() == ["no", "yes"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `takes a document of the same case along, for the one browser`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let documents = room.referrals.documents
      let paper = NewDocument(
        id: RecordID(), kind: .diploma, title: "CAP", validUntil: nil, fileName: "salma-diploma.txt")
      try await documents.add(
        paper, DocumentContent(Array("A diploma".utf8)), to: ground.file, by: Staff.amel)
      let (other, _, _) = try await room.receive()
      func draft(_ document: RecordID<Document>) -> ReferralDraft {
        ReferralDraft(
          id: RecordID(), service: ground.service, urgency: .later, channel: .email, language: .french,
          ground: .agreed,
          groundWords: "x", sections: [], document: document, ask: "A course")
      }
      await #expect(
        throws: Refusal.invalid([FieldError("document", say("Choose one of the answers offered."))])
      ) {
        try await room.referrals.send(draft(paper.id), in: other, by: Staff.amel)
      }
      try await room.referrals.send(draft(paper.id), in: ground.file, by: Staff.amel)
      let token = try await room.token()
      await #expect(throws: Referrals.BadLink.replaced) {
        try await room.referrals.document(token, visit: "v")
      }
      try await room.referrals.openLink(token, visit: "v")
      #expect(try await room.referrals.document(token, visit: "v").document.id == paper.id)
      await #expect(throws: Referrals.BadLink.elsewhere) {
        try await room.referrals.document(token, visit: "w")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keeps its clocks where the address of the service became none`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      let provider = try await room.directory.provider(ground.provider)
      var fields = provider.fields
      fields["email"] = "no address"
      try await room.directory.change(ground.provider, to: fields, from: provider.version, by: .program)
      room.clock.advance(days: 8)
      #expect(try await room.referrals.ring() == 1)
      #expect(try await room.stage(id).clock == 1)
      let (file, _, _) = try await room.receive()
      await #expect(
        throws: Refusal.invalid([
          FieldError("channel", say("The service has no address for this. Choose another way."))
        ])
      ) { try await room.referrals.send(room.draft(ground), in: file, by: Staff.amel) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keeps its case open`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      let closure = Closure(
        id: RecordID(), outcome: .standing, reason: "Stands", closedOn: Day(of: room.clock.now),
        reopenedOn: nil,
        reopenReason: nil)
      await #expect(
        throws: Refusal.conflict(
          say(
            "A referral of this case is not at its end. Open “Referrals” on the page of the case: end it there, or take note of what the service answered."
          ))
      ) {
        try await room.cases.close(ground.file, closure, by: Staff.amel)
      }
      try await room.referrals.lapse(id, because: "She found work", by: Staff.amel)
      try await room.cases.close(ground.file, closure, by: Staff.amel)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is found without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      let plans = QueryPlans()
      let watched = ReferralRoom(plans.watching(room.database), clock: room.clock, post: room.post)
      for actor in [Staff.amel, Staff.bilel, Staff.chokri, Staff.fathi] {
        for list in ReferralList.allCases {
          _ = try await watched.referrals.list(list, after: id, for: actor)
        }
        _ = try await watched.referrals.day(of: actor)
        _ = try await watched.referrals.figures(for: actor)
      }
      _ = try await watched.referrals.list(of: ground.file, for: Staff.amel)
      _ = try await watched.referrals.open(id, for: Staff.amel)
      room.clock.advance(days: 30)
      try await watched.referrals.ring()
      let token = try await watched.token()
      try await watched.referrals.openLink(token, visit: "v")
      _ = try await watched.referrals.look(token, visit: "v")
      try await watched.referrals.answer(token, visit: "v", .decline(.full, words: nil))
      try await watched.referrals.settle(id, .back, by: Staff.amel)
      let small: Set = [
        "installation_key", "referral_term", "antenna", "coverage", "governorate", "country", "institution",
      ]
      #expect(plans.offences(small: small).isEmpty)
    }
  }
}
