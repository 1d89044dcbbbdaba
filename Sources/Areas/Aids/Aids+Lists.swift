import Basics
import Cases
import Documents
import Eligibility
import Foundation
import Funding
import People
import Storage

extension Aids {
  /// A page of a list, with the names of the persons.
  func list(_ filter: AidFilter, after cursor: AidCursor?, for actor: Actor) async throws -> AidsFound {
    try actor.must(.openFiles)
    let today = Day(of: now())
    return try await database.read { db in
      let found = try AidListStore.page(filter, today: today, after: cursor, for: actor, in: db)
      let lines = Array(found.prefix(AidListStore.pageSize))
      let (cases, names) = try cases.lines(of: lines.map(\.aid.file), for: actor, in: db)
      return AidsFound(
        lines: lines, cases: cases, names: names, next: found.count > lines.count ? lines.last?.cursor : nil)
    }
  }

  /// How much waits for the actor and those beside her.
  package func counts(for actor: Actor) async throws -> AidCounts {
    try actor.must(.openFiles)
    let today = Day(of: now())
    return try await database.read { db in try AidListStore.counts(on: today, for: actor, in: db) }
  }

  /// What the aids in the actor's sight came to.
  func figures(for actor: Actor) async throws -> [AidFigure] {
    try actor.must(.openFiles)
    return try await database.read { db in try AidListStore.figures(for: actor, in: db) }
  }

  /// An aid with the case it belongs to, as its page shows it; the journal tells that the case was opened.
  func open(_ id: RecordID<Aid>, for actor: Actor) async throws -> AidShown {
    try actor.must(.openFiles)
    let file = try await caseFile(of: id)
    let today = Day(of: now())
    return try await cases.open(file, for: actor) { opened, db in
      let aid = try AidStore.read(id, key: opened.subject.key, in: db)
      let isVisited = aid.instalments.contains { $0.isLive && $0.conditions.contains(.visit) }
      let isAsked = actor.may(.prepareAids) && AidRules.maySubmit(aid.line)
      return AidShown(
        aid: aid, opened: opened, papers: try documents.documents(of: opened, limit: 50, in: db).documents,
        kinds: try kinds(in: db), money: try money(of: id, in: db),
        visits: isVisited ? try AidStore.visits(of: aid.line, in: db) : [],
        ruling: isAsked
          ? try ruling(on: aid.line, opened.person.person.identity, paidFrom: nil, on: today, in: db) : nil)
    }.1
  }

  /// The case of an aid, for whoever is then let into the case or is not.
  func caseFile(of id: RecordID<Aid>) async throws -> RecordID<CaseFile> {
    let file = try await database.read { db in try AidStore.caseFile(of: id, in: db) }
    guard let file else { throw Refusal.notFound }
    return file
  }

  /// What stands on the page of a case that was opened already: the newest aids.
  func aids(of opened: OpenedCase, in db: Connection) throws -> [AidOnCase] {
    let lines = try AidStore.lines(of: opened.file.id, in: db)
    let next = try AidInstalmentStore.next(of: lines.filter { $0.signedOn != nil }.map(\.id), in: db)
    return lines.map { AidOnCase(line: $0, next: next[$0.id]) }
  }

  /// Tells the journal that a paper of an aid was made.
  func notePaper(_ act: String, of id: RecordID<Aid>, in language: Language, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      guard let file = try AidStore.caseFile(of: id, in: db) else { throw Refusal.notFound }
      let subject = try cases.require(file, for: actor, in: db).subject
      try Journal.append(
        act, on: Aid.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["language": language.rawValue]).asNew, in: db)
    }
  }
}

/// What the page of its case shows of an aid.
struct AidOnCase: Sendable {
  let line: AidLine
  /// The first part that is promised and not paid; nil before the contract.
  let next: Part?

  struct Part: Sendable {
    let amount: Money
    let dueOn: Day
    let step: AidInstalment.Step
    /// By when it waits for somebody.
    let due: Day?
  }
}

/// What the page of an aid shows.
struct AidShown: Sendable {
  let aid: Aid
  let opened: OpenedCase
  /// Documents of the case that the reader may know of, the newest.
  let papers: [Document]
  let kinds: [AidKind]
  /// What the ledger says; nil where no money was set aside.
  let money: ReservationState?
  /// Days of visits since the contract; empty where no part asks for one.
  let visits: [Day]
  /// What the rules say today; nil where the reader does not submit it now.
  let ruling: AidRuling?

  var file: CaseFile { opened.file }

  func kind(_ code: AidKindCode, in language: Language) -> String {
    kinds.first { $0.id == code }?.name.text(in: language) ?? code.rawValue
  }
}

extension Aids {
  /// What was granted by a day and not given up, for many files at once: callers ask for their own purposes and show
  /// nobody's name.
  ///
  /// What counts is what the person got: of one who was received again, or whose files were joined, in all her cases.
  package static func granted(to files: ClosedRange<RecordID<CaseFile>>, by day: Day, in db: Connection)
    throws
    -> [GrantedAid]
  {
    let own = try AidStore.granted(
      "case_file >= \(files.lowerBound) AND case_file <= \(files.upperBound)", by: day, in: db)
    let others = try Cases.others(of: files, in: db)
    guard !others.isEmpty else { return own }
    let ids = Set(others.map(\.other))
    let given = try Dictionary(
      grouping: AidStore.granted("case_file IN (\(list: ids.sorted()))", by: day, in: db), by: \.file)
    return own
      + others.flatMap { pair in given[pair.other, default: []].map { $0.counted(for: pair.file) } }
  }

  /// Those of the files in which money was paid, for whoever asks how long they are kept.
  package static func paid(among files: [RecordID<CaseFile>], in db: Connection) throws
    -> Set<RecordID<CaseFile>>
  {
    try AidStore.paid(among: files, in: db)
  }
}
