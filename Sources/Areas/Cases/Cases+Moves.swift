import Basics
import Foundation
import People
import Storage

/// What another area keeps in a case under the key of its person, sealed anew under another key.
package typealias CaseResealing =
  @Sendable (_ file: RecordID<CaseFile>, _ old: SealingKey, _ new: SealingKey, _ db: Connection) throws ->
  Void

/// For the area that joins files and parts them again: it asks who may. What came into a case while two files were one
/// goes where it belongs.
extension Cases {
  /// Every case of these files, newest first, in sight or not.
  package func all(of files: [PersonID], in db: Connection) throws -> [CaseLine] {
    try CaseMoveStore.cases(of: files, in: db)
  }

  /// Cases of a person that were received after a moment.
  package func received(after moment: Date, of person: PersonID, in db: Connection) throws -> [CaseLine] {
    try CaseMoveStore.cases(of: [person], after: moment, in: db)
  }

  /// Notes that were written after a moment in cases of these files, each with its case.
  package func notes(after moment: Date, of files: [PersonID], in db: Connection) throws -> [(
    case: CaseLine, note: Note
  )] {
    try CaseMoveStore.cases(of: files, in: db).flatMap { line in
      let key = try people.subject(line.person, in: db).key
      return try CaseMoveStore.notes(of: line.id, after: moment, key: key, in: db).map { (line, $0) }
    }
  }

  /// Gives a case to another person, with all that stands in it.
  /// - Parameter others: how other areas seal anew what they keep in it.
  package func move(
    _ id: RecordID<CaseFile>, to person: PersonID, others: [CaseResealing], by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let (file, old) = try hold(id, for: .program, in: db)
    guard file.person != person else { return }
    let new = try people.subject(person, in: db)
    try CaseMoveStore.move(id, to: new, from: old.key, in: db)
    for reseal in others { try reseal(id, old.key, new.key, db) }
    try people.place(person, antenna: file.antenna, contact: file.contact, in: db)
    if let last = try CaseMoveStore.cases(of: [file.person], in: db).first {
      try people.place(file.person, antenna: last.antenna, contact: last.contact, in: db)
    }
    try Journal.append(
      "case.move", on: CaseFile.reference(id), of: new, by: actor, at: now, version: file.version + 1, in: db)
  }

  /// Gives an open case to another antenna and its new contact person, within the transaction of the area that asked
  /// both sides. Her closed cases stay where they were.
  package func give(
    _ id: RecordID<CaseFile>, to antenna: AntennaCode, contact: AccountID, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let (file, subject) = try hold(id, for: .program, in: db)
    try CaseRules.mustBeOpen(file)
    guard try CaseMoveStore.give(file, to: antenna, contact: contact, in: db) else {
      throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
    }
    for part in try people.files(of: file.person, in: db) {
      // A part of her file that another open case keeps at its antenna stays there.
      let others = try CaseMoveStore.cases(of: [part], in: db).filter { $0.id != id && $0.stage != .closed }
      guard part == file.person || !others.contains(where: { $0.antenna == file.antenna }) else { continue }
      try people.place(part, antenna: antenna, contact: contact, in: db)
    }
    for follow in followers { try follow(id, CasePlace(antenna: antenna, contact: contact), true, db) }
    try Journal.append(
      "case.give", on: CaseFile.reference(id), of: subject, by: actor, at: now, version: file.version + 1,
      changes: [
        FieldChange(field: "antenna", before: file.antenna.rawValue, after: antenna.rawValue),
        FieldChange(field: "contact", before: file.contact.text, after: contact.text),
      ], in: db)
  }

  /// Gives a note to another case.
  package func move(
    _ note: RecordID<Note>, from old: RecordID<CaseFile>, to new: RecordID<CaseFile>, by actor: Actor,
    at now: Date,
    in db: Connection
  ) throws {
    guard old != new else { return }
    let (from, to) = (try hold(old, for: .program, in: db), try hold(new, for: .program, in: db))
    try CaseMoveStore.move(note, to: new, from: from.subject.key, to: to.subject.key, in: db)
    try Journal.append(
      "note.move", on: RecordReference("note", note), of: to.subject, by: actor, at: now, in: db)
  }
}
