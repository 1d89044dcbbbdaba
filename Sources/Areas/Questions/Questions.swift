import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: what antennas ask of the centre.
package struct Questions: Sendable {
  let database: Database
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  /// Days within which the centre answers; nil where nobody has said it.
  let daysToAnswer: Int?
  let now: @Sendable () -> Date

  package init(
    cases: Cases, accounts: Accounts, antennas: Antennas, daysToAnswer: Int? = nil,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.daysToAnswer = daysToAnswer
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try QuestionStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Asks the centre; the same id a second time is the same question.
  /// - Throws: `Refusal.notFound` for a case out of the actor's sight; `Refusal.sentBefore` when the id came with other
  ///   words; `Refusal.conflict` for somebody who is at no antenna.
  package func ask(_ new: NewQuestion, by actor: Actor) async throws {
    try actor.must(.openFiles)
    guard let antenna = actor.antenna else {
      throw Refusal.conflict(say("An antenna asks the centre: you are at none."))
    }
    try QuestionRules.mustBeWhole(new.words, "words", say("Write what you ask."))
    let now = now()
    try await database.write { db in
      let subject = try new.about.map { try cases.hold($0, for: actor, in: db).subject }
      let key = try subject?.key ?? InstallationKeys.key(for: .office, in: db)
      let words = try key.seal(new.words, as: "question.words:\(new.id)")
      let due = daysToAnswer.map { Day(of: now) + $0 }
      guard
        try QuestionStore.insert(
          new, words: words, antenna: antenna, due: due, by: actor, at: now, in: db)
      else {
        guard let kept = try QuestionStore.find(new.id, in: db), kept.line.askedBy == actor.id,
          kept.line.file == new.about
        else { throw Refusal.notFound }
        let earlier = try key.openText(kept.words, as: "question.words:\(new.id)")
        guard earlier == new.words, kept.line.kind == new.kind else {
          throw Refusal.sentBefore("words", kept: earlier)
        }
        return
      }
      try Journal.append(
        "question.ask", on: Question.reference(new.id), of: subject, by: actor, at: now,
        changes: Fields(["kind": new.kind.rawValue]).asNew, in: db)
    }
  }

  /// Answers a question; the same answer a second time changes nothing.
  /// - Throws: `Refusal.conflict` when it was answered otherwise.
  package func answer(_ id: RecordID<Question>, _ answer: Question.Answer, by actor: Actor) async throws {
    try actor.must(.answerQuestions)
    try actor.must(.openFiles)
    try QuestionRules.mustBeWhole(answer.words, "answer", say("Write the answer."))
    let now = now()
    try await database.write { db in
      let kept = try QuestionStore.require(id, .everybody, in: db)
      // Of an erased person nothing is asked any more, and the question can still be put aside.
      let file = kept.words.isEmpty ? nil : kept.line.file
      let subject = try file.map { try cases.hold($0, for: actor, in: db).subject }
      let key = try subject?.key ?? InstallationKeys.key(for: .office, in: db)
      let words = try key.seal(answer.words, as: "question.answer:\(id)")
      guard try QuestionStore.answer(id, answer.outcome, words: words, by: actor, at: now, in: db) else {
        let after = try QuestionStore.require(id, .everybody, in: db)
        let earlier = try after.answer.map { try key.openText($0, as: "question.answer:\(id)") }
        guard after.line.outcome == answer.outcome, earlier == answer.words else {
          throw Refusal.conflict(say("This question was answered meanwhile. Look at the page again."))
        }
        return
      }
      try Journal.append(
        "question.answer", on: Question.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["outcome": answer.outcome.rawValue]).asNew, in: db)
    }
  }

  /// The antenna has seen the answer; a second time changes nothing.
  package func see(_ id: RecordID<Question>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      guard let antenna = actor.antenna else { throw Refusal.notFound }
      let kept = try QuestionStore.require(id, .antenna(antenna), in: db)
      let subject = try kept.line.file.flatMap { try cases.findUnerased($0, for: actor, in: db)?.subject }
      guard try QuestionStore.see(id, at: now, in: db) else { return }
      try Journal.append(
        "question.see", on: Question.reference(id), of: subject, by: actor, at: now, in: db)
    }
  }

  /// A page of the questions of one's antenna, or of all at the centre.
  func list(_ list: QuestionList, after cursor: RecordID<Question>?, for actor: Actor) async throws
    -> QuestionsFound
  {
    try await database.read { db in
      let found = try QuestionStore.page(list, QuestionRules.sight(of: actor), after: cursor, in: db)
      let lines = Array(found.prefix(QuestionStore.pageSize))
      return QuestionsFound(lines: lines, next: found.count > lines.count ? lines.last?.id : nil)
    }
  }

  /// One question, for its antenna and for the centre; its words for those who see the case.
  func find(_ id: RecordID<Question>, for actor: Actor) async throws -> QuestionShown {
    try await database.read { db in
      let kept = try QuestionStore.require(id, QuestionRules.sight(of: actor), in: db)
      let held = try kept.line.file.flatMap {
        actor.may(.openFiles) ? try cases.findUnerased($0, for: actor, in: db) : nil
      }
      let key: SealingKey? =
        if kept.words.isEmpty {
          nil  // The person was erased.
        } else if kept.line.file == nil {
          try InstallationKeys.key(for: .office, in: db)
        } else {
          held?.subject.key
        }
      var answered: Question.Answered?
      if let outcome = kept.line.outcome, let at = kept.answeredAt, let by = kept.answeredBy {
        let words = try kept.answer.flatMap { try key?.openText($0, as: "question.answer:\(id)") }
        answered = Question.Answered(outcome: outcome, at: at, by: by, words: words)
      }
      let question = Question(
        line: kept.line, words: try key?.openText(kept.words, as: "question.words:\(id)"), answered: answered)
      return QuestionShown(question: question, file: held?.file)
    }
  }

  /// What waits, for the home page of either side.
  package func day(of actor: Actor) async throws -> QuestionDay {
    let today = Day(of: now())
    let sight = QuestionRules.sight(of: actor)
    guard sight != .nobody else { return QuestionDay(waiting: 0, late: 0, unseen: 0) }
    return try await database.read { db in
      let dues = try QuestionStore.dues(sight, in: db)
      var unseen = 0
      if case .antenna(let antenna) = sight { unseen = try QuestionStore.unseen(at: antenna, in: db) }
      return QuestionDay(
        waiting: dues.count, late: dues.count { $0.map { $0 < today } ?? false }, unseen: unseen)
    }
  }
}
