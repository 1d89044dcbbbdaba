import Basics
import Cases
import Directory
import Foundation
import HTTPTypes
import Plans
import Storage
import TestSupport
import Testing

@testable import Referrals

@Suite(.serialized) struct `What referrals come to` {
  @Test(arguments: TestDatabase.engines)
  func `one that is sent for a need comes back with its outcome`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let today = Day(of: room.clock.now)
      let need = Need(
        id: RecordID(), kind: .work, urgency: .week, details: "Work near home", recordedOn: today, metOn: nil,
        whatWasDone: nil)
      try await room.cases.record(need, in: ground.file, by: Staff.amel)
      let id = RecordID<Referral>()
      try await room.serve { site in
        let path = "/referrals/of/\(ground.file)"
        #expect(try await site.get("\(path)/new", as: Staff.amel).text.contains("Work near home"))
        let whom = try await site.get("\(path)/new?need=\(need.id)", as: Staff.amel).text
        #expect(whom.contains("Atelier") && whom.contains("service=\(ground.service)"))
        let form = try await site.get(
          "\(path)/new?need=\(need.id)&service=\(ground.service)", as: Staff.amel
        ).text
        #expect(form.contains("value=\"\(need.id)\"") && form.contains("Work near home</textarea>"))
        let typed = [
          "once": id.text, "service": ground.service.text, "need": need.id.text, "urgency": "week",
          "channel": "email", "language": "fr", "ground": "agreed", "ground-words": "Today, by word",
          "sections": "name", "ask": "Work near home",
        ]
        for _ in 0..<2 {
          #expect(try await site.post(path, typed, as: Staff.amel).location == "/referrals/\(id)")
        }
      }
      let sent = try await room.stage(id)
      #expect(sent.need == need.id && sent.action == nil && sent.urgency == .week)
      #expect(sent.answerBy == today + 3)
      let token = try await room.token()
      try await room.referrals.openLink(token, visit: "v")
      let seen = try #require(try await room.referrals.look(token, visit: "v")).opened
      #expect(seen.words.shared["ask"] == "Work near home")
      try await room.referrals.answer(token, visit: "v", .accept(on: today + 1, contact: "Leïla"))
      try await room.referrals.answer(token, visit: "v", .takeOn)
      try await room.referrals.answer(token, visit: "v", .report(.partly, words: "Two days a week"))
      #expect(try await room.stage(id).stage == .reported)
      for _ in 0..<2 { try await room.referrals.settle(id, .nothing, by: Staff.amel) }
      let ended = try await room.stage(id)
      #expect(ended.stage == .ended && ended.outcome == .partly && ended.effect == .nothing)
      // The plan has nothing to do with it.
      #expect(try await room.action(ground)?.state == .toDo)
      try await room.serve { site in
        let page = try await site.get("/referrals/\(id)", as: Staff.amel).text
        #expect(page.contains("Two days a week"))
        #expect(
          try await site.get("/referrals/of/\(ground.file)", as: Staff.amel).text.contains(
            "/referrals/\(id)"))
      }
      let expected = [
        "referral.settle", "referral.report", "referral.take-on", "referral.accept", "referral.open-link",
        "referral.send",
      ]
      #expect(try await room.acts(ground).filter { $0 != "referral.open" } == expected)
    }
  }

  /// The same services for another person.
  private func another(_ room: ReferralRoom, _ ground: ReferralRoom.Ground) async throws
    -> ReferralRoom.Ground
  {
    let (file, person, action) = try await room.receive()
    return ReferralRoom.Ground(
      file: file, person: person, action: action, service: ground.service, provider: ground.provider)
  }

  @Test(arguments: TestDatabase.engines)
  func `figures by provider tell the time to the answer, and who was taken on`(engine: Database.Engine)
    async throws
  {
    try await ReferralRoom.with(engine) { room, ground in
      let (shelter, bed) = (RecordID<Provider>(), RecordID<Service>())
      let owner = ["kind": "ngo", "name-fr": "Autre", "email": "autre@example.org", "state": "active"]
      try await room.directory.add(shelter, Fields(owner), of: nil, by: .program)
      let fields = Fields(["name-fr": "Abri", "needs": "housing", "nationwide": "yes", "state": "active"])
      try await room.directory.add(bed, fields, by: shelter, of: nil, as: .program)
      let elsewhere = ReferralRoom.Ground(
        file: ground.file, person: ground.person, action: ground.action, service: bed, provider: shelter)
      let helped = try await room.send(ground)
      let declined = try await room.send(try await another(room, ground))
      try await room.send(try await another(room, ground))
      try await room.send(elsewhere)

      room.clock.advance(days: 2)
      let day = Day(of: room.clock.now)
      try await room.referrals.note(.accept(on: day + 1, contact: "Leïla"), on: helped, by: Staff.amel)
      room.clock.advance(days: 2)
      try await room.referrals.note(.decline(.full, words: nil), on: declined, by: Staff.amel)
      try await room.referrals.note(.takeOn, on: helped, by: Staff.amel)
      room.clock.advance(days: 30)
      try await room.referrals.note(.report(.helped, words: nil), on: helped, by: Staff.amel)

      let found = try await room.referrals.figures(for: Staff.chokri)
      #expect(found.count == 2)
      let own = try #require(found.first { $0.figures.provider == ground.provider }).figures
      #expect(own.sent == 3 && own.answered == 2 && own.accepted == 1 && own.declined == 1)
      // After two days and after four, in milliseconds; what came of it later counts no more.
      #expect(own.waited == 6 * 86_400_000 && own.days == 3)
      #expect(own.takenOn == 1 && own.helped == 1 && own.ended == 1)
      let other = try #require(found.first { $0.figures.provider == shelter }).figures
      #expect(other.sent == 1 && other.answered == 0 && other.days == nil && other.takenOn == 0)
      // Of Sfax nobody was referred.
      #expect(try await room.referrals.figures(for: Staff.ghazi).isEmpty)
      // The service sees its own, and staff see them on their page.
      try await room.seat(ground)
      let desk = try await room.referrals.desk(.waiting, after: nil, for: Staff.leila).figures
      #expect(desk?.days == 3 && desk?.takenOn == 1 && desk?.sent == 3)
      // Before the last twelve months.
      room.clock.advance(days: 366)
      #expect(try await room.referrals.figures(for: Staff.chokri).isEmpty)
    }
  }
}
