import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: what pages and commands may ask about letters.
package struct Letters: Sendable {
  let database: Database
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
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

  /// Reads what the area writes letters from.
  /// - Throws: a fault naming the file and the line of a model that cannot be used.
  package static func mustLoad() throws { _ = try LetterKnowledge.own }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try LetterStore.reseal(file, from: old, to: new, in: db) }
  }

  /// A page of the letters of a case, the newest first.
  func letters(of id: RecordID<CaseFile>, after: RecordID<Letter>?, for actor: Actor) async throws -> (
    opened: OpenedCase, letters: [Letter]
  ) {
    let (opened, letters) = try await cases.open(id, for: actor) { opened, db in
      try LetterStore.letters(of: id, after: after, key: opened.subject.key, in: db)
    }
    return (opened, letters)
  }

  func find(_ letter: RecordID<Letter>, in id: RecordID<CaseFile>, for actor: Actor) async throws -> (
    opened: OpenedCase, letter: Letter
  ) {
    let (opened, found) = try await cases.open(id, for: actor) { opened, db in
      try LetterStore.find(letter, of: id, key: opened.subject.key, in: db)
    }
    guard let found else { throw Refusal.notFound }
    return (opened, found)
  }

  /// What a letter would say; nothing is kept.
  func preview(_ draft: LetterDraft, in id: RecordID<CaseFile>, by actor: Actor) async throws -> (
    opened: OpenedCase, text: LetterText
  ) {
    try actor.must(.writeLetters)
    let now = now()
    let (opened, words) = try await cases.open(id, for: actor) { opened, db in
      try self.text(of: draft, opened.file, opened.person, at: now, in: db)
    }
    return (opened, words)
  }

  /// Writes a letter and keeps it; the same id a second time is the same letter.
  /// - Throws: `Refusal.sentBefore` when other words were typed then, `Refusal.conflict` where a letter of this kind may
  ///   not be written, `Refusal.invalid` when the outside of it would tell.
  package func write(_ draft: LetterDraft, in id: RecordID<CaseFile>, by actor: Actor) async throws {
    try actor.must(.writeLetters)
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      if try LetterStore.exists(draft.id, in: db) {
        // Of another case: nothing of it may be told here, and nothing was kept.
        let kept = try LetterStore.find(draft.id, of: id, key: subject.key, in: db)
        guard let kept, kept.isFrom(draft) else { throw Refusal.sentBefore("language") }
        return
      }
      let person = try cases.people.read(subject, in: db)
      let text = try self.text(of: draft, file, person, at: now, in: db)
      guard let model = try LetterKnowledge.own.find(draft.model) else { throw Refusal.notFound }
      let letter = Letter(
        id: draft.id, model: model.name, version: model.version, language: draft.language,
        channel: model.channel, text: text, writtenAt: now, writtenBy: actor.id, sent: nil, withdrawn: nil)
      try LetterStore.insert(letter, of: id, key: subject.key, in: db)
      try Journal.append(
        "letter.write", on: Self.reference(draft.id), of: subject, by: actor, at: now,
        changes: Fields(["model": model.name, "language": draft.language.rawValue]).asNew, in: db)
    }
  }

  /// - Throws: what `write` says.
  private func text(
    of draft: LetterDraft, _ file: CaseFile, _ opened: OpenedPerson, at now: Date, in db: Connection
  ) throws -> LetterText {
    let knowledge = try LetterKnowledge.own
    guard let model = knowledge.find(draft.model) else { throw Refusal.notFound }
    try LetterRules.mayWrite(model, isClosed: file.stage == .closed, to: opened)
    let (reader, identity) = (Reader(draft.language), opened.person.identity)
    let name = reader.ordered(latin: identity.latinName, arabic: identity.arabicName).first
    var values = [
      "name": name, "greeting": reader("Good day"), "number": file.number,
      "antenna": try antennas.territory(in: db).name(of: file.antenna, in: draft.language),
      "contact": try accounts.names(of: [file.contact], in: db)[file.contact] ?? "",
      "today": reader.date(Day(of: now)),
    ]
    for field in model.fields {
      let typed = draft.typed[field.name] ?? ""
      values[field.name] = field.kind == .day ? Day(typed).map(reader.date) ?? typed : typed
    }
    let address = draft.hasAddress ? identity[.address] ?? "" : ""
    let bare = values.filter { !LetterModel.names.contains($0.key) }
    let errors = LetterRules.telling(
      model.text(in: draft.language, recipient: address, values: bare, typed: draft.typed), from: model,
      knowledge.outside, to: identity)
    guard errors.isEmpty else { throw Refusal.invalid(errors) }
    let recipient = [name, address].filter { !$0.isEmpty }.joined(separator: "\n")
    return model.text(in: draft.language, recipient: recipient, values: values, typed: draft.typed)
  }

  /// Records how a letter went out; the same a second time changes nothing.
  package func send(
    _ id: RecordID<Letter>, _ sent: Letter.Sent, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(id, in: file, by: actor) { letter, subject, now, db in
      if letter.sent == sent { return }
      try LetterRules.maySend(letter, sent, to: cases.people.read(subject, in: db))
      try LetterStore.send(id, sent, in: db)
      try Journal.append(
        "letter.send", on: Self.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["way": sent.way.rawValue, "sent-on": sent.on.description]).asNew, in: db)
    }
  }

  /// Withdraws a letter; it stays to be read. The same a second time changes nothing.
  package func withdraw(
    _ id: RecordID<Letter>, because why: String, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(id, in: file, by: actor) { letter, subject, now, db in
      if letter.withdrawn == why { return }
      guard letter.withdrawn == nil else { throw Refusal.conflict(say("This letter was withdrawn.")) }
      try LetterStore.withdraw(id, because: why, key: subject.key, at: now, in: db)
      try Journal.append(
        "letter.withdraw", on: Self.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["why": why]).asNew, in: db)
    }
  }

  /// Tells the journal that a letter was printed.
  func notePaper(_ id: RecordID<Letter>, in file: RecordID<CaseFile>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      let subject = try cases.require(file, for: actor, in: db).subject
      try Journal.append("letter.print", on: Self.reference(id), of: subject, by: actor, at: now, in: db)
    }
  }

  private func change(
    _ id: RecordID<Letter>, in file: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (Letter, Subject, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.writeLetters)
    let now = now()
    try await database.write { db in
      let subject = try cases.hold(file, for: actor, in: db).subject
      guard let letter = try LetterStore.find(id, of: file, key: subject.key, in: db) else {
        throw Refusal.notFound
      }
      try body(letter, subject, now, db)
    }
  }

  private static func reference(_ id: RecordID<Letter>) -> RecordReference { RecordReference("letter", id) }
}
