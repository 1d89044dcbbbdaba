import Basics
import Cases
import Foundation
import Messages
import People
import Storage
import TestSupport
import Testing

@testable import Letters

@Suite struct `A letter` {
  @Test(arguments: TestDatabase.engines)
  func `is kept once with its journal entry, however often it is sent`(engine: Database.Engine) async throws {
    try await LetterRoom.with(engine) { room, id in
      let draft = LetterRoom.missing()
      for _ in 0..<2 { try await room.letters.write(draft, in: id, by: Staff.amel) }
      let kept = try await room.all(id)
      #expect(kept.count == 1 && kept[0].model == "missing-paper" && kept[0].version == 1)
      #expect(kept[0].text.recipient == "Salma Ben Othman\n12 rue des Oliviers")
      #expect(kept[0].text.subject == "Document à fournir")
      for words in [
        "Bonjour Salma Ben Othman,", "un extrait de naissance", "avant le 1\u{A0}avril\u{A0}2026",
      ] {
        #expect(kept[0].text.body.contains(words), "\(words)")
      }
      #expect(try await room.acts(id) == ["letter.write"])
      let other = LetterDraft(
        id: draft.id, model: draft.model, language: .arabic, typed: draft.typed)
      await #expect(throws: Refusal.sentBefore("language")) {
        try await room.letters.write(other, in: id, by: Staff.amel)
      }
      let elsewhere = try await room.receive()
      await #expect(throws: Refusal.sentBefore("language")) {
        try await room.letters.write(draft, in: elsewhere, by: Staff.amel)
      }
      #expect(try await room.all(elsewhere).isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `sent twice at once is one letter`(engine: Database.Engine) async throws {
    try await LetterRoom.with(engine) { room, id in
      let draft = LetterRoom.missing()
      async let one: Void = room.letters.write(draft, in: id, by: Staff.amel)
      async let two: Void = room.letters.write(draft, in: id, by: Staff.amel)
      _ = try await (one, two)
      #expect(try await room.all(id).count == 1)
      #expect(try await room.acts(id) == ["letter.write"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `belongs to a case in sight, and to whoever writes letters`(engine: Database.Engine) async throws {
    try await LetterRoom.with(engine) { room, id in
      let draft = LetterRoom.missing()
      await #expect(throws: Refusal.notAllowed(.writeLetters)) {
        try await room.letters.write(draft, in: id, by: Staff.dorra)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.letters.write(draft, in: id, by: Staff.emna)
      }
      let letter = try await room.write(draft, in: id)
      let sent = Letter.Sent(way: .handed, on: room.today)
      for actor in [Staff.emna, Staff.ghazi] {
        await #expect(throws: Refusal.notFound) { try await room.letters.find(letter, in: id, for: actor) }
        await #expect(throws: Refusal.notFound) {
          try await room.letters.letters(of: id, after: nil, for: actor)
        }
        await #expect(throws: Refusal.notFound) {
          try await room.letters.send(letter, sent, in: id, by: actor)
        }
        await #expect(throws: Refusal.notFound) {
          try await room.letters.withdraw(letter, because: "x", in: id, by: actor)
        }
      }
      await #expect(throws: Refusal.notAllowed(.writeLetters)) {
        try await room.letters.send(letter, sent, in: id, by: Staff.dorra)
      }
      await #expect(throws: Refusal.notAllowed(.writeLetters)) {
        try await room.letters.withdraw(letter, because: "x", in: id, by: Staff.dorra)
      }
      // By the way of another case it is not found either.
      let elsewhere = try await room.receive()
      await #expect(throws: Refusal.notFound) {
        try await room.letters.find(letter, in: elsewhere, for: Staff.amel)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.letters.send(letter, sent, in: elsewhere, by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `goes out once, and is withdrawn once`(engine: Database.Engine) async throws {
    try await LetterRoom.with(engine) { room, id in
      let letter = try await room.write(LetterRoom.missing(), in: id)
      let posted = Letter.Sent(way: .posted, on: room.today)
      await #expect(throws: Refusal.self) {
        try await room.letters.send(
          letter, Letter.Sent(way: .posted, on: room.today + -1), in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.self) {
        try await room.letters.send(letter, Letter.Sent(way: .sms, on: room.today), in: id, by: Staff.amel)
      }
      for _ in 0..<2 { try await room.letters.send(letter, posted, in: id, by: Staff.amel) }
      await #expect(throws: Refusal.conflict(say("How this letter went out is recorded already."))) {
        try await room.letters.send(
          letter, Letter.Sent(way: .handed, on: room.today), in: id, by: Staff.amel)
      }
      for _ in 0..<2 {
        try await room.letters.withdraw(letter, because: "Another day", in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.conflict(say("This letter was withdrawn."))) {
        try await room.letters.withdraw(letter, because: "Wrong name", in: id, by: Staff.amel)
      }
      let kept = try await room.letter(letter, in: id)
      #expect(kept.sent == posted && kept.withdrawn == "Another day")
      #expect(try await room.acts(id) == ["letter.withdraw", "letter.send", "letter.write"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stays as it read, whatever becomes of its model, the address and the clock`(engine: Database.Engine)
    async throws
  {
    try await LetterRoom.with(engine) { room, id in
      let letter = try await room.write(LetterRoom.missing(), in: id)
      let before = try await room.letter(letter, in: id)
      room.clock.advance(days: 400)
      try await room.database.write { db in
        try db.run("UPDATE letter SET model = 'gone', version = 7")
      }
      let after = try await room.letter(letter, in: id)
      #expect(after.text == before.text && after.model == "gone" && after.version == 7)
      try await room.serve { site in
        let page = try await site.get("/letters/\(id)/\(letter)", as: Staff.amel).text
        #expect(page.contains("<h1>Document à fournir</h1>") && page.contains("un extrait de naissance"))
        #expect(page.contains("<bdi dir=\"ltr\">7</bdi>"))
        #expect(try await site.get("/letters/\(id)", as: Staff.amel).text.contains("Document à fournir"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `cannot be read in the database, and opens with the key of the person to whom the case went`(
    engine: Database.Engine
  ) async throws {
    try await LetterRoom.with(engine) { room, id in
      let letter = try await room.write(LetterRoom.missing("Secretpaper"), in: id)
      try await room.letters.withdraw(letter, because: "Secretreason", in: id, by: Staff.amel)
      let columns = [
        "id", "case_file", "model", "language", "channel", "CAST(version AS TEXT)",
        "CAST(written_at AS TEXT)",
        "written_by",
      ]
      let raw = try await room.database.read { db in
        let texts = try db.rows(SQL(stringLiteral: "SELECT \(columns.joined(separator: ", ")) FROM letter")) {
          row in try columns.indices.map { Array((try row[$0] as String).utf8) }
        }
        let sealed = try db.rows("SELECT words, withdrawn FROM letter") {
          [try $0[0] as [UInt8], try $0[1] as [UInt8]]
        }
        let changes = try db.rows("SELECT changes FROM journal_entry WHERE changes IS NOT NULL") {
          try $0[0] as [UInt8]
        }
        return Array(texts.joined()) + Array(sealed.joined()) + changes
      }
      #expect(raw.count > 10)
      for secret in ["Secretpaper", "Secretreason", "Othman", "Oliviers", "Document à fournir"] {
        #expect(raw.allSatisfy { $0.firstRange(of: Array(secret.utf8)) == nil }, "\(secret)")
      }
      let second = try await room.receive()
      try await room.database.write { db in
        let old = try room.cases.require(id, for: Staff.amel, in: db).subject.key
        let new = try room.cases.require(second, for: Staff.amel, in: db).subject.key
        try room.letters.resealing(id, old, new, db)
        let kept = try LetterStore.letters(of: id, after: nil, key: new, in: db)
        #expect(kept.map(\.withdrawn) == ["Secretreason"])
        #expect(kept.first?.text.body.contains("Secretpaper") == true)
        #expect(throws: (any Error).self) { try LetterStore.find(letter, of: id, key: old, in: db) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is found without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await LetterRoom.with(engine) { room, id in
      let plans = QueryPlans()
      let watched = LetterRoom(plans.watching(room.database), clock: room.clock)
      try await room.agreeToSMS(id)
      let letter = try await watched.write(LetterRoom.missing(), in: id)
      let reminder = try await watched.write(LetterRoom.reminder(), in: id)
      _ = try await watched.letters.preview(LetterRoom.missing(), in: id, by: Staff.amel)
      _ = try await watched.letters.letters(of: id, after: nil, for: Staff.amel)
      _ = try await watched.letters.letters(of: id, after: reminder, for: Staff.amel)
      _ = try await watched.letter(letter, in: id)
      let sent = Letter.Sent(way: .sms, on: room.today)
      try await watched.letters.send(reminder, sent, in: id, by: Staff.amel)
      try await watched.letters.withdraw(letter, because: "x", in: id, by: Staff.amel)
      try await watched.letters.notePaper(letter, in: id, by: Staff.amel)
      let file = id
      try await watched.database.write { db in
        let key = try room.cases.require(file, for: Staff.amel, in: db).subject.key
        try watched.letters.resealing(file, key, key, db)
      }
      #expect(plans.steps.count { $0.statement.contains("letter") } > 8)
      let small: Set = ["antenna", "coverage", "governorate", "country", "institution", "account"]
      for offence in plans.offences(small: small)
      where !small.contains(where: { offence.contains("FROM \($0) ORDER") }) { Issue.record("\(offence)") }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is listed twenty at a time, the newest first`(engine: Database.Engine) async throws {
    try await LetterRoom.with(engine) { room, id in
      var written: [RecordID<Letter>] = []
      for number in 0..<23 {
        written.append(try await room.write(LetterRoom.missing("Paper \(number)"), in: id))
      }
      let newest = written.sorted { $0.text > $1.text }
      let first = try await room.letters.letters(of: id, after: nil, for: Staff.amel).letters
      #expect(first.map(\.id) == Array(newest.prefix(LetterStore.pageSize + 1)))
      let rest = try await room.letters.letters(
        of: id, after: newest[LetterStore.pageSize - 1], for: Staff.amel
      ).letters
      #expect(rest.map(\.id) == Array(newest.suffix(3)))
    }
  }
}

@Suite struct `What stands outside` {
  @Test(arguments: TestDatabase.engines)
  func `never says that somebody returned: the address is left out or the letter refused`(
    engine: Database.Engine
  ) async throws {
    try await LetterRoom.with(engine, address: "Centre de retour, Tunis") { room, id in
      let told = say(
        "The address says “\("retour")”, and others may read it: leave it out, or correct it in the file.")
      await #expect(throws: Refusal.invalid([FieldError("recipient", told)])) {
        try await room.letters.write(LetterRoom.missing(), in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.invalid([FieldError("recipient", told)])) {
        try await room.letters.preview(LetterRoom.missing(in: .arabic), in: id, by: Staff.amel)
      }
      let letter = try await room.write(LetterRoom.missing(recipient: "name"), in: id)
      #expect(try await room.letter(letter, in: id).text.recipient == "Salma Ben Othman")
      #expect(try await room.acts(id) == ["letter.write"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an SMS needs the person's consent, when it is written and when it is sent`(engine: Database.Engine)
    async throws
  {
    try await LetterRoom.with(engine) { room, id in
      let refusal = Refusal.conflict(
        say("The person has not agreed to messages by SMS: record that first."))
      await #expect(throws: refusal) { try await room.write(LetterRoom.reminder(), in: id) }
      let consent = try await room.agreeToSMS(id)
      let letter = try await room.write(LetterRoom.reminder(in: .arabic), in: id)
      let kept = try await room.letter(letter, in: id)
      #expect(kept.channel == .sms && LetterRules.segments(of: kept.text.body).isUnicode)
      #expect(try LetterKnowledge.own.outside.telling(in: kept.text.body) == nil)
      try await room.people.withdraw(consent.id, of: consent.person, by: Staff.amel)
      let sent = Letter.Sent(way: .sms, on: room.today)
      await #expect(throws: refusal) {
        try await room.letters.send(letter, sent, in: id, by: Staff.amel)
      }
      try await room.letters.send(
        letter, Letter.Sent(way: .phone, on: room.today), in: id, by: Staff.amel)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `news after the closing are for those whose case is closed`(engine: Database.Engine) async throws {
    try await LetterRoom.with(engine) { room, id in
      let draft = LetterDraft(
        id: RecordID(), model: "after-closure", language: .arabic, typed: ["recipient": "address"])
      await #expect(throws: Refusal.conflict(say("This letter is for persons whose case is closed."))) {
        try await room.letters.write(draft, in: id, by: Staff.amel)
      }
      try await room.close(id)
      let letter = try await room.write(draft, in: id)
      #expect(try await room.letter(letter, in: id).text.body.contains("سلمى بن عثمان"))
    }
  }
}
