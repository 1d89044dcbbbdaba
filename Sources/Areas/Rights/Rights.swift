import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: what a person may ask about her data, and how long they are kept.
package struct Rights: Sendable {
  let database: Database
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  /// What every area keeps about persons; this one too.
  let kept: [Kept]
  let aided: AidedFiles
  let sharedSource: SharedSource
  /// Days within which a request is answered; nil where nobody has said it.
  let daysToAnswer: Int?
  let now: @Sendable () -> Date

  var people: People { cases.people }

  /// - Parameter shared: what went out of a person, as the areas know that send something.
  package init(
    cases: Cases, accounts: Accounts, antennas: Antennas, kept: [Kept],
    aided: @escaping AidedFiles = { _, _ in [] },
    shared: @escaping SharedSource = { _, _ in [] },
    daysToAnswer: Int? = nil, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.kept = kept
    self.aided = aided
    sharedSource = shared
    self.daysToAnswer = daysToAnswer
    self.now = now
  }

  /// What stands about a person's rights; the journal tells that it was opened. Of one who was erased only the record.
  package func open(_ id: PersonID, for actor: Actor) async throws -> OpenedRights {
    try actor.must(.answerRights)
    let now = now()
    return try await database.write { db in
      let opened = try read(id, for: actor, at: now, in: db)
      if let subject = opened.subjects.first {
        try Journal.append(
          "rights.open", on: Person.reference(subject.id), of: subject, by: actor, at: now, in: db)
      }
      return opened
    }
  }

  func read(_ id: PersonID, for actor: Actor, at now: Date, in db: Connection) throws -> OpenedRights {
    if let erasure = try people.erased(id, for: actor, in: db) {
      return OpenedRights(
        person: id, known: nil, subjects: [], erasure: erasure, requests: [], holds: [],
        erasures: try RightsErasureStore.of(people.files(of: id, in: db), in: db), cases: [], obstacles: [],
        shared: SharedOut())
    }
    let known = try people.read(id, for: actor, in: db)
    let subjects = try people.subjects(of: known.person.id, in: db)
    let files = subjects.map(\.id)
    let keys = Dictionary(uniqueKeysWithValues: subjects.map { ($0.id, $0.key) })
    return OpenedRights(
      person: known.person.id, known: known, subjects: subjects, erasure: nil,
      requests: try RightsStore.requests(of: files, keys: keys, in: db),
      holds: try RightsStore.holds(of: files, keys: keys, in: db),
      erasures: try RightsErasureStore.of(files, in: db), cases: try cases.all(of: files, in: db),
      obstacles: try obstacles(files, on: Day(of: now), in: db), shared: try shared(known, subjects, in: db))
  }

  /// Why a person may not be erased now.
  func obstacles(_ files: [PersonID], on day: Day, in db: Connection) throws -> [Phrase] {
    var obstacles = try kept.compactMap { try $0.obstacle(files, db) }
    if try RightsStore.isHeld(files, on: day, in: db) {
      obstacles.append(say("Something keeps these data: it is lifted first, or its day passes."))
    }
    return obstacles
  }

  /// The person a case is of.
  package func person(of file: RecordID<CaseFile>, for actor: Actor) async throws -> PersonID {
    try actor.must(.answerRights)
    return try await database.read { db in
      guard let line = try cases.lines(of: [file], for: actor, in: db).lines[file] else {
        throw Refusal.notFound
      }
      return line.person
    }
  }

  /// A person's files, held for a change.
  func hold(_ id: PersonID, for actor: Actor, in db: Connection) throws -> (
    person: Person, subject: Subject, files: [PersonID]
  ) {
    let found = try people.read(id, for: actor, in: db).person
    let files = try people.files(of: found.id, in: db)
    try people.hold(files, in: db)
    return (found, try people.subject(found.id, in: db), files)
  }

  /// Records what a person asked; the same id a second time is the same request.
  /// - Throws: `Refusal.sentBefore` when it came with other words then.
  package func receive(_ request: RightsRequest, by actor: Actor) async throws {
    try actor.must(.answerRights)
    let now = now()
    try await database.write { db in
      let (person, subject, files) = try hold(request.person, for: actor, in: db)
      if try RightsStore.exists(request.id, in: db) {
        let known = try RightsStore.requests(of: files, keys: [subject.id: subject.key], in: db)
        guard let kept = known.first(where: { $0.id == request.id }), kept.isSame(as: request) else {
          throw Refusal.sentBefore("kind")
        }
        return
      }
      let placed = RightsRequest(
        id: request.id, person: person.id, antenna: person.antenna, kind: request.kind,
        receivedOn: request.receivedOn, asker: request.asker, proof: request.proof, words: request.words,
        answer: nil)
      try RightsStore.insert(placed, key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "rights.receive", on: RightsRequest.reference(request.id), of: subject, by: actor, at: now,
        changes: Fields([
          "kind": request.kind.rawValue, "received-on": request.receivedOn.description,
          "asked-by": request.asker.rawValue, "proof": request.proof.rawValue, "words": request.words ?? "",
        ]).asNew, in: db)
    }
  }

  /// Answers a request; the same answer a second time changes nothing.
  package func answer(
    _ id: RecordID<RightsRequest>, of person: PersonID, _ answer: RightsRequest.Answer, by actor: Actor
  ) async throws {
    try actor.must(.answerRights)
    let now = now()
    try await database.write { db in
      let (_, _, files) = try hold(person, for: actor, in: db)
      let subjects = try people.subjects(of: person, in: db)
      let keys = Dictionary(uniqueKeysWithValues: subjects.map { ($0.id, $0.key) })
      let requests = try RightsStore.requests(of: files, keys: keys, in: db)
      guard let request = requests.first(where: { $0.id == id }),
        let subject = subjects.first(where: { $0.id == request.person })
      else { throw Refusal.notFound }
      if let kept = request.answer {
        guard kept == answer else { throw Refusal.conflict(say("This request was answered already.")) }
        return
      }
      guard answer.on >= request.receivedOn else {
        throw Refusal.invalid([
          FieldError("answered-on", say("An answer cannot be given before the request was received."))
        ])
      }
      try RightsStore.answer(id, answer, key: subject.key, by: actor, in: db)
      try Journal.append(
        "rights.answer", on: RightsRequest.reference(id), of: subject, by: actor, at: now,
        changes: Fields([
          "outcome": answer.outcome.rawValue, "answered-on": answer.on.description, "answer": answer.words,
        ]).asNew, in: db)
    }
  }

  /// A page of the requests that wait, the oldest first.
  package func waiting(after cursor: RightsCursor?, for actor: Actor) async throws -> (
    requests: [RightsRequest], names: [PersonID: PersonLabel], next: RightsCursor?
  ) {
    try actor.must(.answerRights)
    return try await database.read { db in
      var found = try RightsStore.waiting(for: actor, after: cursor, in: db)
      let hasMore = found.count > RightsStore.pageSize
      if hasMore { found.removeLast() }
      let names = try people.labels(of: found.map(\.person), for: actor, in: db)
      let next = found.last.map { RightsCursor($0.receivedOn.description, $0.id.text) }
      return (found, names, hasMore ? next : nil)
    }
  }

  /// Keeps a person's data whatever term ends; the same id a second time is the same.
  package func keep(_ hold: RightsHold, of person: PersonID, by actor: Actor) async throws {
    try actor.must(.answerRights)
    let now = now()
    try await database.write { db in
      let (_, subject, files) = try self.hold(person, for: actor, in: db)
      let known = try RightsStore.holds(of: files, keys: [subject.id: subject.key], in: db)
      if try RightsStore.hasHold(hold.id, in: db) {
        guard let kept = known.first(where: { $0.id == hold.id }), kept.kind == hold.kind,
          kept.until == hold.until, kept.reason == hold.reason
        else { throw Refusal.sentBefore("why-kept") }
        return
      }
      let placed = RightsHold(
        id: hold.id, kind: hold.kind, until: hold.until, reason: hold.reason, setAt: now, liftedAt: nil)
      try RightsStore.insert(placed, of: subject.id, key: subject.key, by: actor, in: db)
      try Journal.append(
        "rights.keep", on: RightsHold.reference(hold.id), of: subject, by: actor, at: now,
        changes: Fields([
          "kind": hold.kind.rawValue, "until": hold.until?.description ?? "", "reason": hold.reason,
        ]).asNew, in: db)
    }
  }

  /// Ends what keeps a person's data; a second time changes nothing.
  package func lift(_ id: RecordID<RightsHold>, of person: PersonID, by actor: Actor) async throws {
    try actor.must(.decideErasure)
    let now = now()
    try await database.write { db in
      let (_, subject, files) = try hold(person, for: actor, in: db)
      let known = try RightsStore.holds(of: files, keys: [:], in: db)
      guard let kept = known.first(where: { $0.id == id }) else { throw Refusal.notFound }
      guard kept.liftedAt == nil else { return }
      try RightsStore.lift(id, by: actor, at: now, in: db)
      try Journal.append("rights.lift", on: RightsHold.reference(id), of: subject, by: actor, at: now, in: db)
    }
  }
}

/// What stands about a person's rights, as one person may read it.
package struct OpenedRights: Sendable {
  package let person: PersonID
  /// Nil once she is erased.
  package let known: OpenedPerson?
  /// Her files: who stands for her first.
  let subjects: [Subject]
  package let erasure: PersonErasure?
  package let requests: [RightsRequest]
  package let holds: [RightsHold]
  package let erasures: [Erasure]
  package let cases: [CaseLine]
  /// Why she may not be erased now.
  package let obstacles: [Phrase]
  package let shared: SharedOut
}
