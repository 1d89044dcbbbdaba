import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: what pages may ask about complaints.
package struct Complaints: Sendable {
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  let database: Database
  let now: @Sendable () -> Date

  package init(
    database: Database, cases: Cases, accounts: Accounts, antennas: Antennas,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.database = database
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try ComplaintStore.reseal(file, from: old, to: new, in: db) }
  }

  /// A page of a list; nothing that is about the actor stands in any.
  func list(_ list: ComplaintList, after cursor: ComplaintCursor?, for actor: Actor) async throws
    -> ComplaintsFound
  {
    try await database.read { db in
      let found = try ComplaintStore.page(list, after: cursor, for: actor, in: db)
      let lines = Array(found.prefix(ComplaintStore.pageSize))
      let next = found.count > lines.count ? lines.last : nil
      return ComplaintsFound(
        lines: lines, next: next.map { ComplaintCursor(at: $0.recordedAt, id: $0.id) },
        terms: try ComplaintStore.terms(in: db))
    }
  }

  /// Opens a complaint, which the journal tells.
  /// - Throws: `Refusal.notFound` also for whoever it is about.
  func open(_ id: RecordID<Complaint>, for actor: Actor) async throws -> ComplaintShown {
    let now = now()
    return try await database.write { db in
      try Journal.append("complaint.open", on: Complaint.reference(id), by: actor, at: now, in: db)
      return try find(id, for: actor, in: db)
    }
  }

  /// The same for a paper that is to be made: it is told once it was.
  func find(_ id: RecordID<Complaint>, for actor: Actor) async throws -> ComplaintShown {
    try await database.read { db in try find(id, for: actor, in: db) }
  }

  private func find(_ id: RecordID<Complaint>, for actor: Actor, in db: Connection) throws -> ComplaintShown {
    let line = try ComplaintStore.require(id, visibleTo: actor, in: db)
    // Whoever may not see the file learns its number from nobody here.
    let key = try key(of: line, in: db)
    let file = try line.file.flatMap { try cases.findUnerased($0, for: actor, in: db)?.file }
    return ComplaintShown(
      complaint: try ComplaintStore.read(line, key: key, in: db), file: file,
      terms: try ComplaintStore.terms(in: db), appeal: try ComplaintStore.appeal(of: id, in: db))
  }

  func notePaper(of id: RecordID<Complaint>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      _ = try ComplaintStore.require(id, visibleTo: actor, in: db)
      try Journal.append("complaint.print", on: Complaint.reference(id), by: actor, at: now, in: db)
    }
  }

  /// The person's key, or that of the house; nil when the person was erased.
  private func key(of line: ComplaintLine, in db: Connection) throws -> SealingKey? {
    guard let file = line.file else { return try InstallationKeys.key(for: .complaints, in: db) }
    return try cases.findUnerased(file, for: .program, in: db)?.subject.key
  }

  /// Records a complaint; the same id a second time is the same one.
  /// - Parameters:
  ///   - file: the case it is about, in the actor's sight.
  ///   - antenna: where there is no case: which antenna it is about.
  /// - Throws: `Refusal.sentBefore` when other words were typed then.
  package func record(
    _ draft: ComplaintDraft, about file: RecordID<CaseFile>?, at antenna: AntennaCode, by actor: Actor
  ) async throws {
    let now = now()
    try await database.write { db in
      let antenna = try file.map { try cases.require($0, for: actor, in: db).file.antenna } ?? antenna
      let line = ComplaintLine(
        id: draft.id, antenna: antenna, file: file, kind: draft.kind, channel: draft.channel,
        language: draft.language, receivedOn: draft.receivedOn, recordedAt: now, recordedBy: actor.id,
        about: draft.about, decidedBy: draft.decidedBy, appealOf: nil, handler: nil, outcome: nil)
      try insert(line, draft.words, by: actor, in: db)
    }
  }

  /// Puts an answered complaint before somebody else; the same id a second time is the same appeal.
  /// - Throws: `Refusal.conflict` where there is no answer yet, or an appeal already.
  package func appeal(
    _ id: RecordID<Complaint>, as new: RecordID<Complaint>, _ words: String, on day: Day, by actor: Actor
  ) async throws {
    let now = now()
    try await database.write { db in
      try ComplaintStore.hold(id, in: db)
      let first = try ComplaintStore.require(id, visibleTo: actor, in: db)
      guard ComplaintRules.mayAppeal(first) else {
        throw Refusal.conflict(say("An appeal follows an answer, and only once."))
      }
      if let kept = try ComplaintStore.appeal(of: id, in: db), kept != new {
        throw Refusal.conflict(say("An appeal follows an answer, and only once."))
      }
      let answered = try ComplaintStore.read(first, key: nil, in: db).answered?.by
      let line = ComplaintLine(
        id: new, antenna: first.antenna, file: first.file, kind: first.kind, channel: first.channel,
        language: first.language, receivedOn: day, recordedAt: now, recordedBy: actor.id,
        about: first.about, decidedBy: answered, appealOf: id, handler: nil, outcome: nil)
      try insert(line, words, by: actor, in: db)
    }
  }

  private func insert(_ line: ComplaintLine, _ words: String, by actor: Actor, in db: Connection) throws {
    if try ComplaintStore.exists(line.id, in: db) {
      let kept = try ComplaintStore.require(line.id, visibleTo: actor, in: db)
      let told = try ComplaintStore.read(kept, key: key(of: kept, in: db), in: db).words
      guard kept.recordedBy == actor.id, told == words, kept.kind == line.kind, kept.file == line.file else {
        throw Refusal.sentBefore("words")
      }
      return
    }
    guard !ComplaintRules.isConcerned(actor.id, by: line) else {
      throw Refusal.invalid([
        FieldError("words", say("This is about you: a colleague records it."))
      ])
    }
    guard let key = try key(of: line, in: db) else { throw Refusal.notFound }
    try ComplaintStore.insert(line, words: words, key: key, in: db)
    try Journal.append(
      line.appealOf == nil ? "complaint.record" : "complaint.appeal", on: Complaint.reference(line.id),
      by: actor, at: line.recordedAt, changes: Fields(["kind": line.kind.rawValue]).asNew, in: db)
  }

  /// Takes a complaint upon oneself; a second time changes nothing.
  package func take(_ id: RecordID<Complaint>, by actor: Actor) async throws {
    try await change(id, by: actor) { line, now, db in
      if line.handler == actor.id { return }
      guard ComplaintRules.mayTake(line, actor) else {
        throw Refusal.conflict(say("This complaint is answered."))
      }
      try ComplaintStore.take(id, by: actor.id, in: db)
      try Journal.append("complaint.take", on: Complaint.reference(id), by: actor, at: now, in: db)
    }
  }

  /// Answers a complaint, once; the same answer a second time changes nothing.
  /// - Throws: `Refusal.conflict` when it was answered otherwise, or somebody else handles it.
  package func answer(_ id: RecordID<Complaint>, _ answer: Complaint.Answer, by actor: Actor) async throws {
    try await change(id, by: actor) { line, now, db in
      guard let key = try key(of: line, in: db) else { throw Refusal.notFound }
      if let kept = try ComplaintStore.read(line, key: key, in: db).answered {
        guard kept.answer == answer, kept.by == actor.id else {
          throw Refusal.conflict(say("This complaint is answered."))
        }
        return
      }
      guard ComplaintRules.mayAnswer(line, actor) else {
        throw Refusal.conflict(say("Somebody else handles this complaint: take it first."))
      }
      try ComplaintStore.answer(id, answer, by: actor.id, at: now, key: key, in: db)
      try Journal.append(
        "complaint.answer", on: Complaint.reference(id), by: actor, at: now,
        changes: Fields(["outcome": answer.outcome.rawValue]).asNew, in: db)
    }
  }

  private func change(
    _ id: RecordID<Complaint>, by actor: Actor,
    _ body: @escaping @Sendable (ComplaintLine, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.answerComplaints)
    let now = now()
    try await database.write { db in
      // Whoever comes second waits here, and then sees what the first one did.
      try ComplaintStore.hold(id, in: db)
      try body(ComplaintStore.require(id, visibleTo: actor, in: db), now, db)
    }
  }

  /// What the complaints received since a day came to.
  func figures(since day: Day, for actor: Actor) async throws -> ComplaintFigures {
    try actor.must(.answerComplaints)
    return try await database.read { db in
      ComplaintFigures(try ComplaintStore.facts(since: day, for: actor, in: db))
    }
  }

  /// The days to answer, the newest first.
  func terms(for actor: Actor) async throws -> [ComplaintTerm] {
    try actor.must(.answerComplaints)
    return try await database.read { db in try ComplaintStore.terms(in: db) }
  }

  /// - Throws: `Refusal.notAllowed` for whoever is not of the centre.
  static func mustSetTerms(_ actor: Actor) throws(Refusal) {
    try actor.must(.answerComplaints)
    guard actor.scope == .nation else { throw .notAllowed(.answerComplaints) }
  }

  /// Sets the days to answer from a day on; the centre alone.
  package func set(_ term: ComplaintTerm, by actor: Actor) async throws {
    try Self.mustSetTerms(actor)
    let now = now()
    try await database.write { db in
      if try ComplaintStore.terms(in: db).contains(term) { return }
      try ComplaintStore.set(term, by: actor.id, at: now, in: db)
      try Journal.append(
        "complaint.term",
        on: RecordReference("complaint_term", code: ComplaintTerm.Reference(rawValue: term.from.description)),
        by: actor, at: now,
        changes: Fields(["days": String(term.days)]).asNew, in: db)
    }
  }
}

/// What the page of a complaint shows.
struct ComplaintShown: Sendable {
  let complaint: Complaint
  /// Nil where there is none, or none that the actor may see.
  let file: CaseFile?
  let terms: [ComplaintTerm]
  let appeal: RecordID<Complaint>?
}
