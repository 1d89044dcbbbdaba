import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import Tasks

/// The door of the area: what pages and the board may ask about reviews of files.
package struct Reviews: Sendable {
  let database: Database
  let cases: Cases
  let tasks: Tasks
  let accounts: Accounts
  let antennas: Antennas
  let knowledge: ReviewKnowledge
  let now: @Sendable () -> Date

  package init(
    cases: Cases, tasks: Tasks, accounts: Accounts, antennas: Antennas, knowledge: ReviewKnowledge = .own,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.tasks = tasks
    self.accounts = accounts
    self.antennas = antennas
    self.knowledge = knowledge
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try ReviewStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Closes the finding that a task came from, in the transaction that ends the task.
  package static let taskFollower: TaskFollower = { task, state, now, db in
    try ReviewFindingStore.close(task, as: state, at: now, in: db)
  }

  /// Draws a round; the same id a second time is the same round.
  /// - Parameter seed: of the lot; from the machine's own chance where nobody gives one.
  /// - Throws: `Refusal.conflict` where there is nothing to draw from, or more than a frame holds;
  ///   `Refusal.sentBefore` when the id came with other criteria.
  package func draw(_ new: NewReviewRound, seed: Int = .random(in: 0...999_999_999), by actor: Actor)
    async throws
  {
    try ReviewRules.mustReview(actor)
    let now = now()
    try ReviewRules.mustBeWhole(new, today: Day(of: now))
    guard let checklist = knowledge.checklist(on: Day(of: now)) else { throw Refusal.notFound }
    try await database.write { db in
      let criteria = new.criteria
      let frame = try cases.frame(
        of: criteria.antenna, criteria.basis == .received ? .received : .closed, criteria.days,
        limit: ReviewRound.mostInFrame + 1, in: db)
      let round = ReviewRound(
        id: new.id, criteria: criteria, size: frame.count, count: min(new.count, frame.count), seed: seed,
        checklist: checklist.version, raters: new.raters, at: now, by: actor.id)
      guard try ReviewStore.insert(round, frame: frame, in: db) else {
        let kept = try ReviewStore.round(new.id, in: db)
        guard kept.by == actor.id, kept.criteria == criteria, kept.raters == new.raters,
          kept.count == min(new.count, kept.size)
        else { throw Refusal.sentBefore("antenna") }
        return
      }
      guard !frame.isEmpty else {
        throw Refusal.conflict(
          say("No file of that antenna and period is there: there is nothing to draw from."))
      }
      guard frame.count <= ReviewRound.mostInFrame else {
        throw Refusal.conflict(say("These are more files than can be drawn from. Choose a shorter period."))
      }
      let places = ReviewRules.places(seed: seed, size: frame.count, count: new.count)
      for place in places {
        try ReviewStore.insert(
          ReviewEntry(id: RecordID(), round: new.id, position: place, file: frame[place]), in: db)
      }
      try Journal.append(
        "review.draw", on: ReviewRound.reference(new.id), by: actor, at: now,
        changes: Fields([
          "antenna": criteria.antenna.rawValue, "basis": criteria.basis.rawValue,
          "from": criteria.days.lowerBound.description, "until": criteria.days.upperBound.description,
          "seed": String(seed), "size": String(frame.count),
          "places": places.map(String.init).joined(separator: " "),
        ]).asNew, in: db)
    }
  }

  /// A page of rounds, the newest first.
  func rounds(before cursor: RecordID<ReviewRound>?, for actor: Actor) async throws -> (
    rounds: [ReviewRound], next: RecordID<ReviewRound>?
  ) {
    try ReviewRules.mustReview(actor)
    return try await database.read { db in
      let found = try ReviewStore.rounds(before: cursor, in: db)
      let rounds = Array(found.prefix(ReviewStore.pageSize))
      return (rounds, found.count > rounds.count ? rounds.last?.id : nil)
    }
  }

  /// A round with its files, what it came to, and whether seed and frame, drawn again now, give the same files.
  package func open(_ id: RecordID<ReviewRound>, for actor: Actor) async throws -> OpenedRound {
    try ReviewRules.mustReview(actor)
    return try await database.read { db in
      let round = try ReviewStore.round(id, in: db)
      let entries = try ReviewStore.entries(of: id, in: db)
      let readings = Dictionary(
        grouping: try ReviewStore.readings(of: entries.map(\.id), in: db), by: \.entry)
      let frame = try ReviewStore.frame(of: id, in: db)
      let places = ReviewRules.places(seed: round.seed, size: frame.count, count: round.count)
      let isSound =
        frame.count == round.size && places.sorted() == entries.map(\.position)
        && entries.allSatisfy { frame[$0.position] == $0.file.text }
      let items = knowledge.checklist(round.checklist)?.items.map(\.code) ?? []
      let done = entries.map { entry in (readings[entry.id] ?? []).filter { $0.doneAt != nil } }
      return OpenedRound(
        round: round, entries: entries, readings: readings,
        numbers: try cases.numbers(of: entries.map(\.file), in: db),
        findings: Dictionary(
          grouping: try ReviewFindingStore.of(entries.map(\.id), in: db), by: \.entry),
        summary: ReviewSummary(done, items: items, raters: round.raters), isSound: isSound)
    }
  }

  /// One drawn file: one's own answers, those of the others once all are done, and what is to be mended.
  func open(_ id: RecordID<ReviewEntry>, for actor: Actor) async throws -> OpenedEntry {
    try ReviewRules.mustReview(actor)
    return try await database.read { db in try read(id, for: actor, in: db) }
  }

  private func read(_ id: RecordID<ReviewEntry>, for actor: Actor, in db: Connection) throws -> OpenedEntry {
    let entry = try ReviewStore.entry(id, in: db)
    let round = try ReviewStore.round(entry.round, in: db)
    let found = try cases.findUnerased(entry.file, for: actor, in: db)
    let all = try ReviewStore.readings(of: [id], key: found?.subject.key, in: db)
    let done = all.count { $0.doneAt != nil }
    let isBarred = try found.map { try hadInHand($0.file, $0.subject, actor, in: db) } ?? true
    return OpenedEntry(
      entry: entry, round: round, file: found?.file,
      number: try cases.numbers(of: [entry.file], in: db)[entry.file] ?? "—", readings: all,
      open: all.filter { ReviewRules.isOpen($0, to: actor, done: done, raters: round.raters) },
      findings: done >= round.raters
        ? try ReviewFindingStore.of(id, key: found?.subject.key, in: db) : [],
      isSettled: done >= round.raters, isBarred: isBarred,
      mayBegin: !isBarred && ReviewRules.mayBegin(all, raters: round.raters, actor))
  }

  /// Whether the actor is the contact person or wrote in the file; in whatever of the person's files it was.
  func hadInHand(_ file: CaseFile, _ subject: Subject, _ actor: Actor, in db: Connection) throws
    -> Bool
  {
    let subjects = try cases.people.subjects(of: file.person, in: db)
    let acts = try (subjects.isEmpty ? [subject] : subjects).flatMap {
      try Journal.acts(of: actor.id, on: $0, in: db)
    }
    return ReviewRules.hadInHand(file, actor, acts: acts)
  }

  /// Saves one's answers about a drawn file, as a draft or for good; the same a second time changes nothing.
  /// - Parameter version: of the reading as the form showed it; 0 where there was none.
  /// - Throws: `Refusal.conflict` for whoever had the file in hand, where all raters are found, and when it is done or
  ///   was saved from another page meanwhile.
  package func save(
    _ draft: ReviewDraft, of id: RecordID<ReviewEntry>, from version: Int, by actor: Actor
  ) async throws {
    try ReviewRules.mustReview(actor)
    let now = now()
    try await database.write { db in
      try ReviewStore.hold(id, in: db)
      let entry = try ReviewStore.entry(id, in: db)
      let round = try ReviewStore.round(entry.round, in: db)
      let (file, subject) = try cases.hold(entry.file, for: actor, in: db)
      let items = knowledge.checklist(round.checklist)?.items.map(\.code) ?? []
      try ReviewRules.mustBeDone(draft, items: items)
      let all = try ReviewStore.readings(of: [id], key: subject.key, in: db)
      let own = all.first { $0.rater == actor.id }
      if let own, own.answers == draft.answers, own.words == draft.words, (own.doneAt != nil) == draft.isDone
      {
        return
      }
      let reading = own?.id ?? draft.id
      let words = try sealed(draft.words, of: reading, subject.key)
      if let own {
        guard own.doneAt == nil else {
          throw Refusal.conflict(say("Your answers are complete: they are not changed any more."))
        }
        guard try ReviewStore.update(own.id, to: draft, from: version, words: words, at: now, in: db) else {
          throw Refusal.conflict(say("You saved other answers meanwhile. Look at the page again."))
        }
      } else {
        guard !(try hadInHand(file, subject, actor, in: db)) else {
          throw Refusal.conflict(say("You had this file in hand: a colleague reviews it."))
        }
        guard ReviewRules.mayBegin(all, raters: round.raters, actor) else {
          throw Refusal.conflict(say("Others review this file already."))
        }
        guard
          try ReviewStore.insert(
            draft, of: entry, at: round.criteria.antenna, words: words, by: actor, at: now, in: db)
        else { throw Refusal.conflict(say("Someone else saved at the same moment. Send it again.")) }
      }
      // No answer stands in the journal: the other rater reads it.
      if own == nil || draft.isDone {
        try Journal.append(
          draft.isDone ? "review.done" : "review.begin", on: ReviewEntry.reference(id), of: subject,
          by: actor, at: now, in: db)
      }
    }
  }

  private func sealed(_ words: [String: String], of reading: RecordID<ReviewReading>, _ key: SealingKey)
    throws -> [UInt8]?
  {
    words.isEmpty ? nil : try key.seal(Fields(words).bytes, as: "review_reading.words:\(reading)")
  }
}

/// What the page of a round shows.
package struct OpenedRound: Sendable {
  package let round: ReviewRound
  package let entries: [ReviewEntry]
  /// Without words.
  package let readings: [RecordID<ReviewEntry>: [ReviewReading]]
  package let numbers: [RecordID<CaseFile>: String]
  package let findings: [RecordID<ReviewEntry>: [ReviewFinding]]
  package let summary: ReviewSummary
  package let isSound: Bool
}

/// What the page of a drawn file shows.
struct OpenedEntry: Sendable {
  let entry: ReviewEntry
  let round: ReviewRound
  /// Nil when its person was erased.
  let file: CaseFile?
  let number: String
  /// All: who reads it, and who is done.
  let readings: [ReviewReading]
  /// Those whose answers the actor may see.
  let open: [ReviewReading]
  let findings: [ReviewFinding]
  /// All readings are done.
  let isSettled: Bool
  /// The actor had the file in hand, or its person was erased.
  let isBarred: Bool
  let mayBegin: Bool

  func own(of actor: Actor?) -> ReviewReading? { readings.first { $0.rater == actor?.id } }
}
