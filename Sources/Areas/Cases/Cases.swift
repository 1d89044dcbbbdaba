import Basics
import Foundation
import People
import Storage

/// The door of the area: what pages, other areas and commands may ask about case files.
package struct Cases: Sendable {
  package let database: Database
  package let people: People
  let now: @Sendable () -> Date
  /// Areas whose lists go by who holds a case, and whether it is open.
  let followers: [CaseFollower]
  /// Areas that end something with a case.
  let closers: [CaseCloser]
  let keptCaseloads = KeptCaseloads()
  /// Within which a plan is to be agreed.
  let daysToPlan: Int
  /// Asked only where a case is not in the actor's sight.
  let leave: CaseLeave

  /// - Parameter leave: who else may read a case, and by what leave.
  package init(
    database: Database, people: People, followers: [CaseFollower] = [], closers: [CaseCloser] = [],
    daysToPlan: Int = CaseFile.daysToPlan, leave: @escaping CaseLeave = { _, _, _, _ in nil },
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.database = database
    self.people = people
    self.followers = followers
    self.closers = closers
    self.daysToPlan = daysToPlan
    self.leave = leave
    self.now = now
  }

  /// Receives a person: she and her case are made in one transaction; the same form a second time is the same case.
  /// - Throws: `Refusal.conflict` for a known person whose case is still open.
  /// - Parameter also: what else is kept when a case is made, in the same transaction.
  /// - Returns: the case's id.
  @discardableResult
  package func receive(
    _ reception: Reception, by actor: Actor, also: @escaping @Sendable (Connection) throws -> Void = { _ in }
  ) async throws -> RecordID<CaseFile> {
    try await database.write { db in
      let isNew = try !CaseStore.exists(reception.id, in: db)
      let id = try receive(reception, by: actor, in: db)
      if isNew { try also(db) }
      return id
    }
  }

  /// Whether the same form was received before, or the person it makes is here: she is not warned of herself.
  package func isReceived(_ reception: Reception, in db: Connection) throws -> Bool {
    try CaseStore.exists(reception.id, in: db)
  }

  /// The same within the caller's transaction: imports take many at once.
  @discardableResult
  package func receive(_ reception: Reception, by actor: Actor, in db: Connection) throws -> RecordID<
    CaseFile
  > {
    try actor.must(.receivePersons)
    if try CaseStore.exists(reception.id, in: db) {
      try mustBeSame(reception, by: actor, in: db)
      return reception.id
    }
    var person = reception.person
    if let identity = reception.identity {
      try people.create(
        identity, id: person, antenna: reception.antenna, contact: reception.contact, by: actor,
        in: db)
    } else {
      person = try people.read(person, for: actor, in: db).person.id
      // Before the question below: whoever comes second waits at this row until the first is done.
      try people.place(person, antenna: reception.antenna, contact: reception.contact, in: db)
      if let number = try CaseStore.openNumbers(of: people.files(of: person, in: db), in: db).first {
        throw Refusal.conflict(say("This person has an open case already: \(number)."))
      }
    }
    let subject = try people.subject(person, in: db)
    let receivedOn = Day(of: reception.receivedAt)
    let number = try CaseStore.nextNumber(antenna: reception.antenna, year: receivedOn.year, in: db)
    let milestones = Milestones(receivedOn: receivedOn, returnedOn: reception.returned.returnedOn)
    let file = CaseFile(
      id: reception.id,
      number: CaseRules.number(antenna: reception.antenna, year: receivedOn.year, count: number),
      person: person, antenna: reception.antenna, contact: reception.contact,
      channel: reception.channel,
      receivedAt: reception.receivedAt, version: 1, milestones: milestones,
      stage: CaseRules.stage(of: milestones),
      due: CaseRules.due(for: milestones, daysToPlan: daysToPlan), returned: reception.returned)
    try CaseStore.insert(file, key: subject.key, by: actor, in: db)
    try Journal.append(
      "case.receive", on: CaseFile.reference(file.id), of: subject, by: actor, at: reception.receivedAt,
      version: 1,
      changes: Fields().changes(to: file.returned.fields), in: db)
    return file.id
  }

  /// A form that was sent before, and whose answer was lost: with other answers it would be a correction.
  private func mustBeSame(_ reception: Reception, by actor: Actor, in db: Connection) throws {
    guard let identity = reception.identity else { return }
    let (file, subject) = try require(reception.id, for: actor, in: db)
    guard try people.read(subject, in: db).person.identity != identity else { return }
    throw Refusal.conflict(
      say("This form was sent before, and the file is open: \(file.number). Correct there what has changed."))
  }

  /// Opens a case file: what the actor may read of it; the journal tells that it was opened.
  package func open(_ id: RecordID<CaseFile>, for actor: Actor) async throws -> OpenedCase {
    try await open(id, for: actor) { _, _ in }.0
  }

  /// The same, with what others read of the case at the same moment.
  package func open<More: Sendable>(
    _ id: RecordID<CaseFile>, for actor: Actor,
    with more: @escaping @Sendable (OpenedCase, Connection) throws -> More
  ) async throws -> (OpenedCase, More) {
    try actor.must(.openFiles)
    let now = now()
    return try await database.write { db in
      let opened = try read(id, for: actor, in: db)
      let others = try more(opened, db)
      try Journal.append(
        opened.leave == nil ? "case.open" : "case.open-outside", on: CaseFile.reference(id),
        of: opened.subject,
        by: actor, at: now, in: db)
      return (opened, others)
    }
  }

  private func read(_ id: RecordID<CaseFile>, for actor: Actor, in db: Connection) throws -> OpenedCase {
    let (file, subject, leave) = try look(at: id, for: actor, in: db)
    let actor = leave.map(actor.reading(by:)) ?? actor
    let person = try people.read(subject, in: db)
    let history = try history(of: subject, person.person, in: db)
    return OpenedCase(
      file: file, reader: actor, leave: leave, subject: subject, person: person,
      needs: try CaseRecordStore.needs(of: id, key: subject.key, in: db),
      noted: try CaseRecordStore.notes(of: id, for: actor, key: subject.key, in: db),
      closures: try CaseRecordStore.closures(of: id, key: subject.key, in: db),
      history: history.filter { $0.isKnown(to: actor) }, isCut: history.count == OpenedCase.historySize)
  }

  /// What was told of her; of all her files where several were joined, each opened with its own key.
  private func history(of subject: Subject, _ person: Person, in db: Connection) throws -> [JournalEntry] {
    let limit = OpenedCase.historySize
    guard person.joined > 0 else { return try Journal.history(of: subject, limit: limit, in: db) }
    let entries = try people.subjects(of: person.id, in: db).flatMap {
      try Journal.history(of: $0, limit: limit, in: db)
    }
    return Array(entries.sorted { ($1.at, $1.id) < ($0.at, $0.id) }.prefix(limit))
  }

  /// The case and its person's key, for areas that read what they keep about a case. Not seen is not found, unless the
  /// actor has leave to read this one.
  package func require(_ id: RecordID<CaseFile>, for actor: Actor, in db: Connection) throws -> (
    file: CaseFile, subject: Subject
  ) {
    let (file, subject, _) = try look(at: id, for: actor, in: db)
    return (file, subject)
  }

  /// A case in the actor's sight; nil when it is not.
  package func find(_ id: RecordID<CaseFile>, for actor: Actor, in db: Connection) throws -> (
    file: CaseFile, subject: Subject
  )? {
    var subject: Subject?
    let file = try CaseStore.find(
      id, visibleTo: actor,
      subject: { person in
        let found = try people.subject(person, in: db)
        subject = found
        return found
      }, in: db)
    guard let file, let subject else { return nil }
    return (file, subject)
  }
  /// The same; nil also once the person was erased, of whom other areas keep what is counted and opened by nobody.
  package func findUnerased(_ id: RecordID<CaseFile>, for actor: Actor, in db: Connection) throws -> (
    file: CaseFile, subject: Subject
  )? {
    do { return try find(id, for: actor, in: db) } catch Refusal.gone { return nil }
  }

  /// A case in the actor's sight, or one that she has leave to read: whether she has is asked only where she does not
  /// see it anyhow. For areas that tell the journal by what leave they were read.
  package func look(at id: RecordID<CaseFile>, for actor: Actor, in db: Connection) throws -> (
    file: CaseFile, subject: Subject, leave: ReadingLeave?
  ) {
    if let found = try find(id, for: actor, in: db) { return (found.file, found.subject, nil) }
    // Whether somebody out of sight was erased is not told.
    guard actor.may(.openOutsideScope), try !CaseErasureStore.isErased(id, in: db),
      let found = try find(id, for: .program, in: db),
      let leave = try leave(found.file, found.subject, actor, db)
    else { throw Refusal.notFound }
    actor.leaveNote?.note(leave)
    return (found.file, found.subject, leave)
  }

  /// The same for an act that changes what belongs to the case: whoever comes second waits here until the first is
  /// done, and then sees what the first one did.
  /// - Parameter byLeave: whether leave to read is enough for it.
  package func hold(
    _ id: RecordID<CaseFile>, for actor: Actor, byLeave: Bool = false, in db: Connection
  ) throws -> (file: CaseFile, subject: Subject) {
    try CaseStore.hold(id, in: db)
    let (file, subject, leave) = try look(at: id, for: actor, in: db)
    guard leave == nil || byLeave else {
      throw Refusal.conflict(
        say("You may read this file, but only those who hold it change it. A need may be recorded."))
    }
    return (file, subject)
  }

  /// Tells the case what happened or is promised in another area; stage and due day follow in the same transaction.
  package func record(_ file: CaseFile, in db: Connection, _ change: (inout Milestones) -> Void) throws {
    try CaseRules.mustBeOpen(file)
    var milestones = file.milestones
    change(&milestones)
    guard milestones != file.milestones else { return }
    try save(file, milestones, in: db)
  }

  func save(_ file: CaseFile, _ milestones: Milestones, in db: Connection) throws {
    guard try CaseStore.update(file, to: milestones, daysToPlan: daysToPlan, in: db) else {
      throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
    }
  }

  func receivedOn(_ id: RecordID<CaseFile>, for actor: Actor) async throws -> Day {
    try await database.read { db in try require(id, for: actor, in: db).file.milestones.receivedOn }
  }

  /// Corrects the facts of the return. Typed on top of `version`: what others changed meanwhile is kept.
  package func correct(_ id: RecordID<CaseFile>, to returned: ReturnFacts, from version: Int, by actor: Actor)
    async throws
  {
    try actor.must(.writeReturnSection)
    let now = now()
    try await database.write { db in
      let (file, subject) = try hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      let merged = ReturnFacts(
        try Journal.merge(
          returned.fields, from: version, of: CaseFile.reference(id), into: file.returned.fields,
          key: subject.key, in: db))
      guard merged != file.returned else { return }
      var milestones = file.milestones
      milestones.returnedOn = merged.returnedOn
      try save(file, milestones, in: db)
      try CaseStore.update(id, returned: merged, key: subject.key, in: db)
      try Journal.append(
        "case.correct-return", on: CaseFile.reference(id), of: subject, by: actor, at: now,
        version: file.version + 1,
        changes: file.returned.fields.changes(to: merged.fields), in: db)
    }
  }

  /// Names another contact person; there is one at every moment.
  package func assign(_ id: RecordID<CaseFile>, to contact: AccountID, by actor: Actor) async throws {
    try actor.must(.assignCases)
    let now = now()
    try await database.write { db in
      let (file, subject) = try hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      guard file.contact != contact else { return }
      guard try CaseStore.assign(file, to: contact, in: db) else {
        throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
      }
      try people.place(file.person, antenna: file.antenna, contact: contact, in: db)
      for follow in followers { try follow(id, file.place(with: contact), true, db) }
      try Journal.append(
        "case.assign", on: CaseFile.reference(id), of: subject, by: actor, at: now, version: file.version + 1,
        changes: [FieldChange(field: "contact", before: file.contact.text, after: contact.text)], in: db)
    }
  }
}

/// What another area keeps beside its own rows, so that its lists need not ask each case: told in the same transaction.
package typealias CaseFollower =
  @Sendable (_ file: RecordID<CaseFile>, _ place: CasePlace, _ isOpen: Bool, _ db: Connection) throws -> Void

/// What another area ends with a case that is closed on a day: in the same transaction, with its own entry in the journal.
package typealias CaseCloser =
  @Sendable (_ file: CaseFile, _ subject: Subject, _ day: Day, _ actor: Actor, _ now: Date, _ db: Connection)
  throws -> Void

/// By what leave an actor may read a case that is not in her sight; nil by none. Asked within the transaction that reads.
package typealias CaseLeave =
  @Sendable (_ file: CaseFile, _ subject: Subject, _ actor: Actor, _ db: Connection) throws -> ReadingLeave?

/// Who holds a case: every case has both at every moment.
package struct CasePlace: Equatable, Sendable {
  package let antenna: AntennaCode
  package let contact: AccountID
}

extension CaseFile {
  /// Where it is, with this contact person or the one it has.
  func place(with contact: AccountID? = nil) -> CasePlace {
    CasePlace(antenna: antenna, contact: contact ?? self.contact)
  }
}

/// A person as she is received: who she is, how she came, who will be her contact person.
package struct Reception: Sendable {
  package let id: RecordID<CaseFile>
  package let person: PersonID
  /// Nil when she is known already.
  package let identity: Identity?
  package let antenna: AntennaCode
  package let contact: AccountID
  package let channel: CaseFile.Channel
  package let receivedAt: Date
  package let returned: ReturnFacts

  package init(
    id: RecordID<CaseFile>, person: PersonID, identity: Identity?, antenna: AntennaCode, contact: AccountID,
    channel: CaseFile.Channel, receivedAt: Date, returned: ReturnFacts
  ) {
    self.id = id
    self.person = person
    self.identity = identity
    self.antenna = antenna
    self.contact = contact
    self.channel = channel
    self.receivedAt = receivedAt
    self.returned = returned
  }
}

/// A case file as one person may read it.
package struct OpenedCase: Sendable {
  package let file: CaseFile
  /// Who opened it, with the duties that reach as far as this file.
  package let reader: Actor
  /// By what leave it was opened; nil where it is in the reader's sight.
  package let leave: ReadingLeave?
  package let subject: Subject
  package let person: OpenedPerson
  package let needs: [Need]
  /// The newest notes.
  package let noted: NotePage
  package let closures: [Closure]
  /// What was done last, newest first, at most `historySize`.
  package let history: [JournalEntry]
  /// More was done before.
  package let isCut: Bool

  package var notes: [Note] { noted.notes }
  static let historySize = 30
}
