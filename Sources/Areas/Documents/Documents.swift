import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: what pages and commands may ask about documents.
package struct Documents: Sendable {
  let cases: Cases
  /// Asked about every file before it is taken; nil where none is configured.
  let scanner: VirusScanner?
  /// So many days before it expires a document is listed.
  package let warnDays: Int
  let now: @Sendable () -> Date
  /// Of large files in their transactions two at once are enough: between them all other writers have their turn.
  private let turnstile = Turnstile(2)

  var database: Database { cases.database }

  package init(
    cases: Cases, scanner: VirusScanner? = nil, warnDays: Int = 60,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.cases = cases
    self.scanner = scanner
    self.warnDays = warnDays
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try DocumentStore.reseal(file, from: old, to: new, in: db) }
  }

  /// What the lists need to know of a case.
  package static let follower: CaseFollower = { file, place, isOpen, db in
    try DocumentStore.follow(file, to: place, isOpen: isOpen, in: db)
  }

  /// Takes a file into a case; the same id a second time is the same document.
  /// - Throws: `Refusal.invalid` for a file that is too large, of a kind that is not taken, or infected;
  ///   `Refusal.sentBefore` when the id came with something else; `ScannerFault` when it could not be checked.
  package func add(
    _ new: NewDocument, _ content: DocumentContent, to file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try actor.must(.addDocuments)
    if let duty = new.kind.dutyToAdd { try actor.must(duty) }
    try DocumentRules.mustFit(content.size)
    guard let type = try MediaType.recognised(content) else { throw DocumentRules.typeRefused }
    let digest = try content.digest()
    // Before the scanner is asked: whether the case is in sight, and whether this is here already.
    let isKept = try await database.read { db in
      let (_, subject) = try cases.require(file, for: actor, in: db)
      return try isHere(new, digest, in: file, key: subject.key, db)
    }
    guard !isKept else { return }
    let isChecked = try await check(content, of: new, for: file, by: actor)
    let document = Document(
      id: new.id, kind: new.kind, title: new.title, name: FileName.harmless(new.fileName, type), type: type,
      size: content.size, validFrom: new.validFrom, validUntil: new.validUntil, addedAt: now(),
      isChecked: isChecked, withdrawal: nil)
    try await turnstile.pass {
      try await database.write { db in
        let (held, subject) = try cases.hold(file, for: actor, in: db)
        try CaseRules.mustBeOpen(held)
        guard try !isHere(new, digest, in: file, key: subject.key, db) else { return }
        try DocumentStore.insert(
          document, content, digest: digest, in: held, key: subject.key, by: actor, db)
        try Journal.append(
          "document.add", on: Document.reference(new.id), of: subject, by: actor, at: document.addedAt,
          changes: new.told.asNew, in: db)
      }
    }
  }

  /// Whether the very same document is here under this id.
  private func isHere(
    _ new: NewDocument, _ digest: [UInt8], in file: RecordID<CaseFile>, key: SealingKey, _ db: Connection
  ) throws -> Bool {
    guard let place = try DocumentStore.caseFile(of: new.id, in: db) else { return false }
    guard place == file else { throw Refusal.sentBefore("file") }
    let opened = try DocumentStore.require(new.id, of: file, for: .program, key: key, in: db)
    let kept = opened.document
    let isSame =
      (kept.kind, kept.title) == (new.kind, new.title) && kept.validFrom == new.validFrom
      && kept.validUntil == new.validUntil && FileName.harmless(new.fileName, kept.type) == kept.name
    guard isSame, try DocumentStore.digest(of: opened, in: db) == digest else {
      throw Refusal.sentBefore("file")
    }
    return true
  }

  /// - Returns: false where no scanner is configured.
  private func check(
    _ content: DocumentContent, of new: NewDocument, for file: RecordID<CaseFile>, by actor: Actor
  ) async throws -> Bool {
    guard let scanner else { return false }
    guard case .infected(let finding) = try await scanner.scan(content) else { return true }
    let now = now()
    try await database.write { db in
      let (_, subject) = try cases.require(file, for: actor, in: db)
      var told = new.told
      told["finding"] = finding
      try Journal.append(
        "document.refuse", on: Document.reference(new.id), of: subject, by: actor, at: now,
        changes: told.asNew, in: db)
    }
    throw Refusal.invalid([
      FieldError(
        "file",
        say(
          "A virus was found in this file (\(finding)), and it was not taken. Do not open it; tell whoever looks after your computer."
        ))
    ])
  }

  /// The newest documents of a case that was opened already.
  package func documents(
    of opened: OpenedCase, after cursor: DocumentCursor? = nil, limit: Int = DocumentStore.pageSize,
    in db: Connection
  ) throws -> DocumentPage {
    guard opened.reader.may(.readDocuments) else { return DocumentPage(documents: [], next: nil) }
    var found = try DocumentStore.documents(
      of: opened.file.id, for: opened.reader, after: cursor, limit: limit + 1, key: opened.subject.key, in: db
    )
    let hasMore = found.count > limit
    if hasMore { found.removeLast() }
    return DocumentPage(documents: found, next: hasMore ? found.last.map(DocumentCursor.init(after:)) : nil)
  }

  /// Which kinds of document cases have on file that are valid on a day: of cases in the actor's sight, and of kinds she
  /// may know of. No document is opened for it.
  package func kinds(
    onFileOf files: [RecordID<CaseFile>], validOn day: Day, for actor: Actor, in db: Connection
  ) throws -> [RecordID<CaseFile>: Set<Document.Kind>] {
    try DocumentStore.kinds(of: files, validOn: day, for: actor, in: db)
      .reduce(into: [:]) { found, row in found[row.file, default: []].insert(row.kind) }
  }

  /// A page of the documents of a case: the file is opened for them, and the journal tells so.
  package func documents(
    of id: RecordID<CaseFile>, after cursor: DocumentCursor?, for actor: Actor
  ) async throws -> (file: CaseFile, page: DocumentPage) {
    try actor.must(.readDocuments)
    let (opened, page) = try await cases.open(id, for: actor) { opened, db in
      try documents(of: opened, after: cursor, in: db)
    }
    return (opened.file, page)
  }

  /// One document of a case, to be withdrawn.
  package func find(_ id: RecordID<Document>, in file: RecordID<CaseFile>, for actor: Actor) async throws -> (
    file: CaseFile, document: Document
  ) {
    try actor.must(.readDocuments)
    return try await database.read { db in
      let (found, subject) = try cases.require(file, for: actor, in: db)
      return (
        found, try DocumentStore.require(id, of: file, for: actor, key: subject.key, in: db).document
      )
    }
  }

  /// A document that goes along with something else that is sent, for an area that holds the case.
  /// - Throws: `Refusal.notFound` where the actor may not know of it, or it was withdrawn.
  package func require(
    _ id: RecordID<Document>, of file: RecordID<CaseFile>, _ subject: Subject, for actor: Actor,
    in db: Connection
  ) throws -> Document {
    try actor.must(.readDocuments)
    let document = try DocumentStore.require(id, of: file, for: actor, key: subject.key, in: db).document
    guard document.withdrawal == nil else { throw Refusal.notFound }
    return document
  }

  /// Opens a document for reading; the journal of its person tells so.
  package func open(_ id: RecordID<Document>, in file: RecordID<CaseFile>, for actor: Actor) async throws
    -> OpenedDocument
  {
    try actor.must(.readDocuments)
    let now = now()
    return try await database.write { db in
      let (_, subject, leave) = try cases.look(at: file, for: actor, in: db)
      let reader = leave.map(actor.reading(by:)) ?? actor
      let opened = try DocumentStore.require(id, of: file, for: reader, key: subject.key, in: db)
      guard DocumentRules.mayOpen(opened.document, reader) else {
        throw Refusal.notAllowed(.openWithdrawnDocuments)
      }
      try Journal.append(
        leave == nil ? "document.read" : "document.read-outside", on: Document.reference(id), of: subject,
        by: actor, at: now,
        changes: Fields(["kind": opened.document.kind.rawValue]).asNew, in: db)
      return opened
    }
  }

  /// A piece of a document that was opened.
  func chunk(_ number: Int, of opened: OpenedDocument) async throws -> [UInt8] {
    try await database.read { db in try DocumentStore.chunk(number, of: opened, in: db) }
  }

  /// Takes a document back, for a reason; the same a second time changes nothing.
  package func withdraw(
    _ id: RecordID<Document>, reason: String, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try actor.must(.addDocuments)
    let now = now()
    try await database.write { db in
      let (held, subject) = try cases.hold(file, for: actor, in: db)
      let opened = try DocumentStore.require(id, of: file, for: actor, key: subject.key, in: db)
      if let duty = opened.document.kind.dutyToAdd { try actor.must(duty) }
      if let withdrawal = opened.document.withdrawal {
        guard withdrawal.reason == reason else {
          throw Refusal.conflict(say("This document is withdrawn already."))
        }
        return
      }
      try CaseRules.mustBeOpen(held)
      try DocumentStore.withdraw(opened, at: now, reason: reason, by: actor, in: db)
      try Journal.append(
        "document.withdraw", on: Document.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["kind": opened.document.kind.rawValue, "reason": reason]).asNew, in: db)
    }
  }

  /// Documents in the actor's sight that expired or soon will, with their cases and persons.
  package func expiring(_ filter: ExpiryFilter, after cursor: ExpiryCursor?, for actor: Actor) async throws
    -> ExpiryPage
  {
    try actor.must(.readDocuments)
    let today = Day(of: now())
    let first = filter.state == .soon ? today : Day(number: 0)
    let last = filter.state == .expired ? today + -1 : today + warnDays
    return try await database.read { db in
      var found = try DocumentStore.expiring(filter, in: first...last, after: cursor, for: actor, in: db)
      let hasMore = found.count > DocumentStore.pageSize
      if hasMore { found.removeLast() }
      let (lines, names) = try cases.lines(of: found.map(\.caseFile), for: actor, in: db)
      return ExpiryPage(
        documents: found, cases: lines, names: names,
        next: hasMore ? found.last.map(ExpiryCursor.init(after:)) : nil)
    }
  }
}

/// A page of the list of what expires.
package struct ExpiryPage: Sendable {
  package let documents: [ExpiringDocument]
  package let cases: [RecordID<CaseFile>: CaseLine]
  package let names: [PersonID: PersonLabel]
  /// Where the next page begins; nil on the last.
  package let next: ExpiryCursor?
}

extension NewDocument {
  /// What the journal tells of it.
  fileprivate var told: Fields {
    Fields([
      "kind": kind.rawValue, "title": title ?? "", "valid-from": validFrom?.description ?? "",
      "valid-until": validUntil?.description ?? "",
    ])
  }
}
