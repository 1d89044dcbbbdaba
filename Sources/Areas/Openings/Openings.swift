import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: what pages and commands may ask about files that are opened outside one's scope.
package struct Openings: Sendable {
  let database: Database
  package let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  /// An opening that nobody judged for so many days rises to the centre.
  let daysToJudge: Int
  let now: @Sendable () -> Date

  package init(
    cases: Cases, accounts: Accounts, antennas: Antennas, daysToJudge: Int = 7,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.daysToJudge = daysToJudge
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try OpeningStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Whoever holds the file judges what waits.
  package static let follower: CaseFollower = { file, place, _, db in
    try OpeningStore.follow(file, to: place.antenna, in: db)
  }

  /// Opens the file that a ticket leads to, for a reason and for `Opening.hours`; the same id a second time is the same
  /// opening, and so is another while one runs.
  /// - Returns: the case; the newest of the person that is not closed.
  /// - Throws: `Refusal.sentBefore` when the id came with other words then; `Refusal.conflict` for a ticket that is none,
  ///   or too old, or another's.
  package func open(_ ticket: String, _ reason: Opening.Reason, as id: RecordID<Opening>, by actor: Actor)
    async throws -> RecordID<CaseFile>
  {
    try actor.must(.openOutsideScope)
    let now = now()
    return try await database.write { db in
      if let kept = try kept(id, by: actor, in: db) {
        guard kept.reason == reason else { throw Refusal.sentBefore("words", kept: kept.reason.words) }
        return kept.line.file
      }
      let found = try target(of: ticket, for: actor, at: now, in: db)
      guard try cases.find(found, for: actor, in: db) == nil else { return found }
      // Whoever comes second waits here until the first is done.
      let (file, subject) = try cases.hold(found, for: .program, in: db)
      let earlier = try OpeningStore.last(of: found, by: actor, in: db)
      if let earlier, OpeningRules.isRunning(earlier, at: now) { return found }
      try OpeningRules.mayOpen(after: earlier, at: now)
      let line = OpeningLine(
        id: id, file: found, antenna: file.antenna, by: actor.id, from: actor.antenna,
        institution: actor.institution, openedAt: now, until: OpeningRules.end(from: now), verdict: nil)
      try OpeningStore.insert(line, reason, key: subject.key, in: db)
      try Journal.append(
        "case.break-glass", on: CaseFile.reference(found), of: subject, by: actor, at: now,
        changes: reason.fields.asNew, in: db)
      return found
    }
  }

  /// What the same form did before.
  private func kept(_ id: RecordID<Opening>, by actor: Actor, in db: Connection) throws -> Opening? {
    guard try OpeningStore.exists(id, in: db) else { return nil }
    let line = try OpeningStore.require(id, visibleTo: actor, in: db)
    guard line.by == actor.id else { throw Refusal.notFound }
    return try OpeningStore.read(id, key: cases.require(line.file, for: .program, in: db).subject.key, in: db)
  }

  /// Judges an opening; the same a second time changes nothing. Not justified, it ends at once.
  package func judge(
    _ id: RecordID<Opening>, _ verdict: Opening.Verdict, because words: String, by actor: Actor
  ) async throws {
    try actor.must(.judgeOpenings)
    let now = now()
    try await database.write { db in
      let held = try OpeningStore.require(id, visibleTo: actor, in: db).file
      let subject = try cases.hold(held, for: .program, in: db).subject
      // Read once more: what another did meanwhile stands there now.
      let opening = try OpeningStore.read(id, key: subject.key, in: db)
      if let kept = opening.judgement {
        guard kept.by == actor.id, kept.verdict == verdict, kept.words == words else {
          throw Refusal.conflict(say("This opening was judged already."))
        }
        return
      }
      guard OpeningRules.mayJudge(opening.line, actor, days: daysToJudge, at: now) else {
        throw Refusal.conflict(
          say("The head of the antenna that holds the file judges it, and nobody her own openings."))
      }
      let judgement = Opening.Judgement(by: actor.id, at: now, verdict: verdict, words: words)
      try OpeningStore.judge(id, judgement, key: subject.key, in: db)
      try Journal.append(
        "opening.judge", on: Opening.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["verdict": verdict.rawValue, "words": words]).asNew, in: db)
    }
  }

  /// An opening with what was read by it; the journal tells that it was looked at.
  package func show(_ id: RecordID<Opening>, for actor: Actor) async throws -> ShownOpening {
    try actor.must(.openFiles)
    let now = now()
    return try await database.write { db in
      let line = try OpeningStore.require(id, visibleTo: actor, in: db)
      let (file, subject) = try cases.require(line.file, for: .program, in: db)
      let opening = try OpeningStore.read(id, key: subject.key, in: db)
      let read = try Journal.history(of: subject, limit: 500, in: db).filter { entry in
        entry.actor == line.by && (line.openedAt...line.until).contains(entry.at)
      }
      try Journal.append("opening.open", on: Opening.reference(id), of: subject, by: actor, at: now, in: db)
      return ShownOpening(
        opening: opening, number: file.number, isRunning: OpeningRules.isRunning(line, at: now),
        sees: try cases.find(line.file, for: actor, in: db) != nil, read: read,
        mayJudge: OpeningRules.mayJudge(line, actor, days: daysToJudge, at: now))
    }
  }

  /// A page of a list.
  package func list(_ list: OpeningList, after cursor: OpeningCursor?, for actor: Actor) async throws
    -> OpeningPage
  {
    try actor.must(.openFiles)
    return try await database.read { db in
      let limit = OpeningStore.pageSize + 1
      var lines =
        switch list {
        case .waiting: try OpeningStore.waiting(for: actor, after: cursor, limit: limit, in: db)
        case .judged: try OpeningStore.judged(for: actor, after: cursor, limit: limit, in: db)
        case .mine: try OpeningStore.mine(for: actor, after: cursor, limit: limit, in: db)
        }
      let hasMore = lines.count == limit
      if hasMore { lines.removeLast() }
      return OpeningPage(
        lines: lines, numbers: try cases.numbers(of: lines.map(\.file), in: db),
        next: hasMore ? lines.last.map(OpeningCursor.init) : nil)
    }
  }

  /// What stands on the home page: for the head what waits for her judgement, for the centre what nobody judged in time.
  /// At most 20.
  package func day(of actor: Actor) async throws -> OpeningPage {
    guard actor.may(.judgeOpenings) else { return OpeningPage(lines: [], numbers: [:], next: nil) }
    let late = actor.scope == .nation ? OpeningRules.lastInTime(days: daysToJudge, at: now()) : nil
    return try await database.read { db in
      let lines = try OpeningStore.waiting(for: actor, until: late, limit: 20, in: db)
        .filter { $0.by != actor.id }
      return OpeningPage(lines: lines, numbers: try cases.numbers(of: lines.map(\.file), in: db), next: nil)
    }
  }
}

/// An opening as one person may read it.
package struct ShownOpening: Sendable {
  package let opening: Opening
  /// Of the case.
  package let number: String
  package let isRunning: Bool
  /// Whether the reader sees the case itself.
  package let sees: Bool
  /// What whoever opened the file did there meanwhile, newest first.
  package let read: [JournalEntry]
  package let mayJudge: Bool
}

/// A page of openings with the numbers of their cases.
package struct OpeningPage: Sendable {
  package let lines: [OpeningLine]
  package let numbers: [RecordID<CaseFile>: String]
  package let next: OpeningCursor?
}
