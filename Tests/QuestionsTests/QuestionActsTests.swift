import Basics
import Cases
import People
import Storage
import TestSupport
import Testing

@testable import Questions

@Suite struct `A question to the centre` {
  @Test(arguments: TestDatabase.engines)
  func `is asked once, found by its antenna and the centre, and answered once`(engine: Database.Engine)
    async throws
  {
    try await QuestionRoom.with(engine) { room in
      let new = NewQuestion(kind: .exception, words: "May we?")
      try await withThrowingTaskGroup { group in
        for _ in 0..<10 { group.addTask { try await room.questions.ask(new, by: Staff.amel) } }
        try await group.waitForAll()
      }
      await #expect(throws: Refusal.sentBefore("words", kept: "May we?")) {
        try await room.questions.ask(
          NewQuestion(id: new.id, kind: .exception, words: "Other"), by: Staff.amel)
      }
      #expect(try await room.questions.list(.waiting, after: nil, for: Staff.fathi).lines.count == 1)
      #expect(try await room.questions.find(new.id, for: Staff.chokri).question.words == "May we?")
      for stranger in [Staff.emna, Staff.hela] {
        await #expect(throws: Refusal.notFound) { try await room.questions.find(new.id, for: stranger) }
      }
      await #expect(throws: Refusal.notAllowed(.answerQuestions)) {
        try await room.questions.answer(new.id, QuestionRoom.answer, by: Staff.chokri)
      }
      for _ in 1...2 { try await room.questions.answer(new.id, QuestionRoom.answer, by: Staff.fathi) }
      await #expect(throws: Refusal.self) {
        let other = Question.Answer(outcome: .refused, words: "No")
        try await room.questions.answer(new.id, other, by: Staff.fathi)
      }
      let answered = try await room.questions.find(new.id, for: Staff.amel).question.answered
      #expect(answered?.words == "Yes, this once" && answered?.by == Staff.fathi.id)
      await #expect(throws: Refusal.self) {
        try await room.questions.ask(NewQuestion(kind: .advice, words: "Who?"), by: Staff.fathi)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stands on both homes until it is answered and seen`(engine: Database.Engine) async throws {
    try await QuestionRoom.with(engine) { room in
      let new = NewQuestion(kind: .advice, words: "How?")
      try await room.questions.ask(new, by: Staff.amel)
      let waits = QuestionDay(waiting: 1, late: 0, unseen: 0)
      #expect(try await room.questions.day(of: Staff.fathi) == waits)
      #expect(try await room.questions.day(of: Staff.chokri) == waits)
      #expect(try await room.questions.day(of: Staff.emna) == QuestionDay(waiting: 0, late: 0, unseen: 0))
      room.clock.advance(days: 4)
      #expect(try await room.questions.day(of: Staff.fathi).late == 1)
      try await room.questions.answer(new.id, QuestionRoom.answer, by: Staff.fathi)
      #expect(try await room.questions.day(of: Staff.fathi) == QuestionDay(waiting: 0, late: 0, unseen: 0))
      #expect(try await room.questions.day(of: Staff.amel) == QuestionDay(waiting: 0, late: 0, unseen: 1))
      for _ in 1...2 { try await room.questions.see(new.id, by: Staff.chokri) }
      #expect(try await room.questions.day(of: Staff.amel) == QuestionDay(waiting: 0, late: 0, unseen: 0))
      await #expect(throws: Refusal.notFound) { try await room.questions.see(new.id, by: Staff.emna) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `about a case shows its words to those who see the case, and goes with it to another key`(
    engine: Database.Engine
  ) async throws {
    try await QuestionRoom.with(engine) { room in
      let (file, other) = (try await room.receive(), try await room.receive("Trabelsi"))
      let new = NewQuestion(kind: .exception, words: "Her papers", about: file)
      await #expect(throws: Refusal.notFound) { try await room.questions.ask(new, by: Staff.emna) }
      try await room.questions.ask(new, by: Staff.amel)
      try await room.questions.answer(new.id, QuestionRoom.answer, by: Staff.fathi)
      // He sees only the files of which he is the contact person.
      #expect(try await room.questions.find(new.id, for: Staff.bilel).question.words == nil)
      let opened = try await room.database.write { db in
        let old = try room.cases.require(file, for: Staff.amel, in: db).subject.key
        let key = try room.cases.require(other, for: Staff.amel, in: db).subject.key
        try room.questions.resealing(file, old, key, db)
        let kept = try QuestionStore.require(new.id, .everybody, in: db)
        return try key.openText(kept.words, as: "question.words:\(new.id)")
      }
      #expect(opened == "Her papers")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is asked, listed and answered without reading or sorting a whole table`(engine: Database.Engine)
    async throws
  {
    try await QuestionRoom.with(engine) { room in
      let file = try await room.receive()
      let plans = QueryPlans()
      let watched = QuestionRoom(plans.watching(room.database))
      let new = NewQuestion(kind: .document, words: "Which?", about: file)
      try await watched.questions.ask(new, by: Staff.amel)
      for actor in [Staff.amel, Staff.fathi] {
        for list in QuestionList.allCases {
          _ = try await watched.questions.list(list, after: RecordID(), for: actor)
        }
        _ = try await watched.questions.day(of: actor)
      }
      try await watched.questions.answer(new.id, QuestionRoom.answer, by: Staff.fathi)
      try await watched.questions.see(new.id, by: Staff.amel)
      let offences = plans.offences(small: ["installation_key", "account"])
      #expect(!plans.steps.isEmpty && offences.isEmpty, "\(offences)")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `about an erased person tells nothing, and can still be put aside`(engine: Database.Engine)
    async throws
  {
    try await QuestionRoom.with(engine) { room in
      let file = try await room.receive()
      let new = NewQuestion(kind: .exception, words: "Secretmatter", about: file)
      try await room.questions.ask(new, by: Staff.amel)
      try await room.database.write { db in
        let person = try room.cases.require(file, for: .program, in: db).subject.id
        for table in Questions.kept.tables { try KeptStore.empty(table, of: person, in: db) }
        _ = try room.cases.people.erase([person], on: Day(of: room.clock.now), record: "E-1", in: db)
      }
      let shown = try await room.questions.find(new.id, for: Staff.fathi)
      #expect(shown.question.words == nil && shown.file == nil)
      for _ in 1...2 { try await room.questions.answer(new.id, QuestionRoom.answer, by: Staff.fathi) }
      try await room.questions.see(new.id, by: Staff.amel)
      #expect(try await room.questions.list(.waiting, after: nil, for: Staff.fathi).lines.isEmpty)
    }
  }
}
