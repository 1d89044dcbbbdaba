import Basics
import Cases
import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Letters

/// What is kept of how a person may be reached, and of words not to use, is read before anybody writes to her.
@Suite struct `A safe way to reach a person, where she is written to` {
  private static let way = "Call after six, say it is the school"

  @Test(arguments: TestDatabase.engines)
  func `stands above the form of every letter and message, whether she agreed to messages or not`(
    engine: Database.Engine
  ) async throws {
    try await LetterRoom.with(engine) { room, id in
      let models = try LetterKnowledge.own.fit(false)
      #expect(models.contains { $0.channel == .sms } && models.contains { $0.channel == .letter })
      for agrees in [false, true] {
        if agrees { try await room.agreeToSMS(id) }
        try await room.serve { site in
          for model in models {
            let page = try await site.get("/letters/\(id)/new?model=\(model.name)", as: Staff.amel).text
            let way = try #require(page.range(of: Self.way)?.lowerBound, "\(model.name)")
            let form = page.range(of: "action=\"/letters/\(id)\"")?.lowerBound
            #expect(form.map { way < $0 } ?? (model.channel == .sms && !agrees), "\(model.name)")
          }
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `decides that no SMS is written, and which words stand outside no letter`(engine: Database.Engine)
    async throws
  {
    try await LetterRoom.with(engine) { room, id in
      try await room.agreeToSMS(id)
      let written = try await room.write(LetterRoom.reminder(), in: id)
      let person = try await room.cases.open(id, for: Staff.amel).person.person
      var identity = person.identity
      (identity[.unsafeWay], identity[.wordsToAvoid]) = ("sms", "Oliviers")
      try await room.people.correct(person.id, to: identity, from: person.version, by: Staff.amel)
      let unsafe = Refusal.conflict(say("An SMS is not safe for this person: others read it."))
      await #expect(throws: unsafe) { _ = try await room.write(LetterRoom.reminder(), in: id) }
      await #expect(throws: unsafe) {
        let sent = Letter.Sent(way: .sms, on: room.today)
        try await room.letters.send(written, sent, in: id, by: Staff.amel)
      }
      let refusal = await #expect(throws: Refusal.self) {
        _ = try await room.write(LetterRoom.missing(), in: id)
      }
      guard case .invalid(let errors) = refusal else { throw Refusal.notFound }
      #expect(errors.map(\.field) == ["recipient"])
      _ = try await room.write(LetterRoom.missing(recipient: "name"), in: id)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stays while she looks at the letter again, mends it, and until it went out`(engine: Database.Engine)
    async throws
  {
    try await LetterRoom.with(engine) { room, id in
      let typed = [
        "model": "missing-paper", "language": "fr", "paper": "Acte", "day": "2026-04-01",
        "recipient": "address", "once": "\(RecordID<Letter>())",
      ]
      let letter = try await room.write(LetterRoom.missing(), in: id)
      try await room.serve { site in
        let path = "/letters/\(id)"
        let preview = try await site.post(path, typed.merging(["show": "yes"]) { $1 }, as: Staff.amel)
        #expect(preview.status == .ok && preview.text.contains(Self.way))
        let wrong = try await site.post(path, typed.merging(["day": "soon"]) { $1 }, as: Staff.amel)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains(Self.way))
        let written = "\(path)/\(letter)"
        #expect(try await site.get(written, as: Staff.amel).text.contains(Self.way))
        let sent = try await site.post("\(written)/sent", ["way": "posted"], as: Staff.amel)
        #expect(sent.status == .seeOther)
        // Nothing is sent any more: it is told to nobody without a reason.
        #expect(try await !site.get(written, as: Staff.amel).text.contains(Self.way))
      }
    }
  }
}
