import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import Tasks

extension Reviews {
  /// Open findings go with their case: to its antenna, those for its contact person to the one it has now.
  package static func follower(_ people: People, at now: @escaping @Sendable () -> Date) -> CaseFollower {
    let cases = Cases(database: people.database, people: people)
    return { file, place, isOpen, db in
      guard isOpen else { return }
      for (finding, task) in try ReviewFindingStore.open(about: file, in: db) {
        let subject = try cases.require(file, for: .program, in: db).subject
        if finding.antenna != place.antenna {
          try ReviewFindingStore.follow(finding.id, to: place.antenna, in: db)
          try Journal.append(
            "review.follow", on: ReviewFinding.reference(finding.id), of: subject, by: .program, at: now(),
            changes: [
              FieldChange(
                field: "antenna", before: finding.antenna.rawValue, after: place.antenna.rawValue)
            ], in: db)
        }
        let receiver = Self.receiver(finding.to, at: place.antenna, with: place.contact)
        try Tasks.address(task, to: receiver, of: subject, at: now(), in: db)
      }
    }
  }

  private static func receiver(
    _ to: ReviewFinding.Receiver, at antenna: AntennaCode, with contact: AccountID
  ) -> OfficeTask.Receiver {
    switch to {
    case .contact: .person(contact)
    case .antenna: .antenna(antenna)
    }
  }

  /// Gives a finding and its task, in one transaction; the same id a second time is the same finding.
  /// - Throws: `Refusal.conflict` before all readings are done, and for whoever had the file in hand;
  ///   `Refusal.sentBefore` when the id came with other words.
  package func give(_ new: NewReviewFinding, about id: RecordID<ReviewEntry>, by actor: Actor) async throws {
    try ReviewRules.mustReview(actor)
    let now = now()
    try await database.write { db in
      try ReviewStore.hold(id, in: db)
      let entry = try ReviewStore.entry(id, in: db)
      let round = try ReviewStore.round(entry.round, in: db)
      let (file, subject) = try cases.hold(entry.file, for: actor, in: db)
      guard knowledge.checklist(round.checklist)?.item(new.item) != nil else {
        throw Refusal.invalid([FieldError("item", say("Choose one of the answers offered."))])
      }
      if let kept = try ReviewFindingStore.find(new.id, key: subject.key, in: db) {
        guard kept.by == actor.id, kept.entry == id, kept.words == new.words, kept.item == new.item,
          kept.to == new.to, kept.due == new.due
        else { throw Refusal.sentBefore("words", kept: kept.words) }
        return
      }
      let readings = try ReviewStore.readings(of: [id], in: db)
      guard readings.count(where: { $0.doneAt != nil }) >= round.raters else {
        throw Refusal.conflict(say("A finding follows once everybody has answered."))
      }
      guard !(try hadInHand(file, subject, actor, in: db)) else {
        throw Refusal.conflict(say("You had this file in hand: a colleague reviews it."))
      }
      let task = try tasks.give(
        NewTask(
          to: Self.receiver(new.to, at: file.antenna, with: file.contact), words: new.words, due: new.due,
          about: entry.file, origin: ReviewFinding.reference(new.id), key: "review-finding:\(new.id)"),
        in: db, by: actor)
      let finding = ReviewFinding(
        id: new.id, entry: id, file: entry.file, antenna: file.antenna, item: new.item,
        checklist: round.checklist, to: new.to, due: new.due, at: now, by: actor.id, closed: nil,
        words: new.words)
      let words = try subject.key.seal(new.words, as: "review_finding.words:\(new.id)")
      guard try ReviewFindingStore.insert(finding, words: words, task: task, in: db) else {
        throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
      }
      try Journal.append(
        "review.finding", on: ReviewFinding.reference(new.id), of: subject, by: actor, at: now,
        changes: Fields(["item": new.item, "words": new.words, "due": new.due.description]).asNew, in: db)
    }
  }

  /// A page of findings: of all antennas for the centre, of her own for the head of one.
  func findings(isOpen: Bool, at antenna: AntennaCode?, after cursor: ReviewCursor?, for actor: Actor)
    async throws -> FindingsFound
  {
    let antenna = try place(antenna, for: actor)
    let territory = try await antennas.territory()
    return try await database.read { db in
      let found = try ReviewFindingStore.page(
        isOpen: isOpen, at: antenna, after: cursor,
        key: { try cases.findUnerased($0, for: actor, in: db)?.subject.key }, in: db)
      let shown = Array(found.prefix(ReviewFindingStore.pageSize))
      return FindingsFound(
        findings: shown, numbers: try cases.numbers(of: shown.map(\.file), in: db),
        next: found.count > shown.count ? shown.last.map { ReviewCursor(after: $0) } : nil,
        open: isOpen
          ? try ReviewFindingStore.open(
            at: antenna.map { [$0] } ?? territory.antennas.map(\.id), in: db) : [])
    }
  }

  /// How much is open, by antenna.
  func openFindings(for actor: Actor) async throws -> [OpenFindings] {
    let antenna = try place(nil, for: actor)
    let territory = try await antennas.territory()
    return try await database.read { db in
      try ReviewFindingStore.open(at: antenna.map { [$0] } ?? territory.antennas.map(\.id), in: db)
    }
  }

  /// - Throws: `Refusal.notAllowed` for whoever sees no findings.
  private func place(_ antenna: AntennaCode?, for actor: Actor) throws(Refusal) -> AntennaCode? {
    switch ReviewRules.sight(of: actor) {
    case .everybody: return antenna
    case .antenna(let own): return own
    case .nobody: throw .notAllowed(.reviewFiles)
    }
  }

  /// For the board: findings at an antenna whose task is not ended.
  package func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try ReviewFindingStore.waiting(at: antenna, in: db)
  }

  /// How often each question was answered yes in the last eight quarters.
  func figures(at antenna: AntennaCode?, for actor: Actor) async throws -> ReviewFigures {
    try ReviewRules.mustReview(actor)
    let quarters = ReviewRules.quarters(8, until: Day(of: now()))
    let since = Date(timeIntervalSince1970: Double(quarters[0].number) * 86_400)
    var items: [String] = []
    for item in knowledge.checklists.reversed().flatMap(\.items).map(\.code) where !items.contains(item) {
      items.append(item)
    }
    return try await database.read { [items] db in
      ReviewFigures(
        try ReviewStore.done(since: since, at: antenna, in: db), items: items, quarters: quarters)
    }
  }

  /// Tells the journal that the summary was made as a paper.
  func notePaper(of id: RecordID<ReviewRound>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      try Journal.append("review.print", on: ReviewRound.reference(id), by: actor, at: now, in: db)
    }
  }
}

struct FindingsFound: Sendable {
  let findings: [ReviewFinding]
  let numbers: [RecordID<CaseFile>: String]
  let next: ReviewCursor?
  /// By antenna; empty before findings that are closed.
  let open: [OpenFindings]
}
