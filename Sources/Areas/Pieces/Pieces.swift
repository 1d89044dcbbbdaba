import Basics
import Cases
import Documents
import Foundation
import Storage

/// The door of the area: which papers a case needs, and how each of them stands.
package struct Pieces: Sendable {
  let cases: Cases
  let documents: Documents
  let knowledge: PieceKnowledge
  let now: @Sendable () -> Date

  package init(
    cases: Cases, documents: Documents, knowledge: PieceKnowledge = .own,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.cases = cases
    self.documents = documents
    self.knowledge = knowledge
    self.now = now
  }

  /// Newest documents that are looked through; more of a case are a rarity.
  private static let mostDocuments = 300

  /// The pieces of a case, in the order of the knowledge; that it was opened stands in the journal. A document that
  /// the actor may not know of shows nothing.
  /// - Throws: `Refusal.notAllowed` without the duty to read documents.
  package func open(_ id: RecordID<CaseFile>, for actor: Actor) async throws -> (OpenedCase, [PieceLine]) {
    try actor.must(.readDocuments)
    return try await cases.open(id, for: actor) { opened, db in try lines(of: opened, in: db) }
  }

  /// The pieces of a case that was opened already; none where the reader may not read documents.
  package func lines(of opened: OpenedCase, in db: Connection) throws -> [PieceLine] {
    guard opened.reader.may(.readDocuments) else { return [] }
    let kept = try PieceStore.pieces(of: opened.file.id, key: opened.subject.key, in: db)
    let papers = try documents.documents(of: opened, limit: Self.mostDocuments, in: db).documents
    return PieceRules.lines(knowledge.entries, kept, papers, on: Day(of: now()))
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try PieceStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Asks for pieces that nobody looked at yet, from today on, followed by the actor; of others nothing is changed, so
  /// that the same a second time changes nothing.
  package func ask(for codes: [String], in file: RecordID<CaseFile>, by actor: Actor) async throws {
    try await change(file, by: actor) { subject, pieces, now, db in
      for entry in knowledge.entries where codes.contains(entry.code) {
        guard !pieces.contains(where: { $0.code == entry.code }) else { continue }
        let piece = Piece(
          id: RecordID(), code: entry.code, state: .asked, since: Day(of: now), follower: actor.id)
        try PieceStore.save(piece, of: file, key: subject.key, by: actor, at: now, in: db)
        try Journal.append(
          "piece.ask", on: Piece.reference(piece.id), of: subject, by: actor, at: now, version: 1,
          changes: piece.told.asNew, in: db)
      }
    }
  }

  /// Records how a piece stands. Typed on top of `version` (0: nobody looked yet): what was changed meanwhile in other
  /// fields is kept; the same a second time changes nothing.
  /// - Parameter id: of the piece where it is new.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else.
  package func set(
    _ code: String, to mine: Fields, from version: Int, as id: RecordID<Piece>, in file: RecordID<CaseFile>,
    by actor: Actor
  ) async throws {
    guard knowledge.entry(code) != nil else { throw Refusal.notFound }
    try await change(file, by: actor) { subject, pieces, now, db in
      let kept = pieces.first { $0.code == code }
      // The id of another record: this form was never offered for it.
      if kept == nil, try PieceStore.exists(id, in: db) { throw Refusal.notFound }
      let theirs = kept?.fields ?? Fields()
      let since =
        try kept.map { kept in
          try Journal.since(version: version, of: Piece.reference(kept.id), key: subject.key, in: db)
        } ?? []
      let base =
        version > 0 ? kept.map { Fields.before(since.map(\.changes), $0.told).withoutCode } : nil
      let merged = try Journal.merge(mine, on: base ?? Fields(), into: theirs, since: since)
      guard merged != theirs else { return }
      try PieceRules.mustBeSound(merged, on: Day(of: now))
      let next = (kept?.version ?? 0) + 1
      guard let piece = Piece(id: kept?.id ?? id, code: code, version: next, merged) else {
        throw Refusal.notFound
      }
      try PieceStore.save(piece, of: file, key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "piece.set", on: Piece.reference(piece.id), of: subject, by: actor, at: now, version: next,
        changes: kept.map { $0.told.changes(to: piece.told) } ?? piece.told.asNew, in: db)
    }
  }

  /// Tells the journal that the sheet for the person was made.
  func noteSheet(of id: RecordID<CaseFile>, in language: Language, by actor: Actor) async throws {
    let now = now()
    try await cases.database.write { db in
      let subject = try cases.require(id, for: actor, in: db).subject
      try Journal.append(
        "piece.print", on: CaseFile.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["language": language.rawValue]).asNew, in: db)
    }
  }

  private func change(
    _ id: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (Subject, [Piece], Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.addDocuments)
    let now = now()
    try await cases.database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      try body(subject, PieceStore.pieces(of: id, key: subject.key, in: db), now, db)
    }
  }
}

extension Piece {
  /// What the journal tells of it: which piece it is, too.
  fileprivate var told: Fields {
    var told = fields
    told["piece"] = code
    return told
  }
}

extension Fields {
  fileprivate var withoutCode: Fields { Fields(values.filter { $0.key != "piece" }) }
}
