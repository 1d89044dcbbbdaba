import Basics
import Foundation
import Storage

/// Every SQL statement about what stands in a case: needs, notes, closures.
enum CaseRecordStore {
  static func insert(_ need: Need, in file: CaseFile, key: SealingKey, by actor: Actor, _ db: Connection)
    throws
  {
    try db.run(
      """
      INSERT INTO need (id, case_file, kind, urgency, details, recorded_on, recorded_by)
      VALUES (\(need.id), \(file.id), \(need.kind), \(need.urgency),
        \(try key.seal(need.details ?? "", as: "need.details:\(need.id)")), \(need.recordedOn), \(actor.id))
      """)
  }

  static func meet(
    _ id: RecordID<Need>, on day: Day, how: String, key: SealingKey, by actor: Actor, _ db: Connection
  ) throws {
    try db.run(
      """
      UPDATE need SET met_on = \(day), met_by = \(actor.id), met_how = \(try key.seal(how, as: "need.met:\(id)"))
      WHERE id = \(id)
      """)
  }

  static func needs(of id: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [Need] {
    try db.rows(
      """
      SELECT id, kind, urgency, details, recorded_on, met_on, met_how FROM need WHERE case_file = \(id)
      ORDER BY recorded_on DESC, id LIMIT 100
      """
    ) { row in
      let id: RecordID<Need> = try row[0]
      let details = try key.openText(try row[3], as: "need.details:\(id)")
      let met: [UInt8]? = try row[6]
      return Need(
        id: id, kind: try row[1], urgency: try row[2], details: details.isEmpty ? nil : details,
        recordedOn: try row[4], metOn: try row[5],
        whatWasDone: try met.map { try key.openText($0, as: "need.met:\(id)") })
    }
  }

  static func insert(_ note: Note, in file: CaseFile, key: SealingKey, _ db: Connection) throws {
    try db.run(
      """
      INSERT INTO note (id, case_file, section, text, at, by)
      VALUES (\(note.id), \(file.id), \(note.section), \(try key.seal(note.text, as: "note.text:\(note.id)")),
        \(note.at), \(note.by))
      """)
  }

  /// Notes on a page: with long ones it still comes over a slow line.
  static let notesOnPage = 20

  /// A page of the notes of the sections that `actor` may read, newest first.
  static func notes(
    of id: RecordID<CaseFile>, for actor: Actor, after cursor: NoteCursor? = nil, key: SealingKey,
    in db: Connection
  ) throws -> NotePage {
    let sections = Note.Section.allCases.filter { $0.dutyToRead.map(actor.may) ?? true }
    let place: SQL = cursor.map { "(at, id) < (\($0.at), \($0.id))" } ?? "1 = 1"
    let notes = try db.rows(
      """
      SELECT id, section, text, at, by FROM note
      WHERE case_file = \(id) AND section IN (\(list: sections)) AND \(place)
      ORDER BY at DESC, id DESC LIMIT \(notesOnPage + 1)
      """
    ) { row in
      let id: RecordID<Note> = try row[0]
      return Note(
        id: id, section: try row[1], text: try key.openText(try row[2], as: "note.text:\(id)"),
        at: try row[3],
        by: try row[4])
    }
    let shown = Array(notes.prefix(notesOnPage))
    let next = notes.count > notesOnPage ? shown.last.map { NoteCursor(at: $0.at, id: $0.id) } : nil
    return NotePage(notes: shown, next: next)
  }

  static func insert(
    _ closure: Closure, in file: CaseFile, key: SealingKey, by actor: Actor, _ db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO closure (id, case_file, outcome, reason, closed_on, closed_by)
      VALUES (\(closure.id), \(file.id), \(closure.outcome),
        \(try key.seal(closure.reason, as: "closure.reason:\(closure.id)")), \(closure.closedOn), \(actor.id))
      """)
  }

  static func reopen(
    _ closure: Closure, on day: Day, reason: String, key: SealingKey, by actor: Actor, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE closure SET reopened_on = \(day), reopened_by = \(actor.id),
        reopen_reason = \(try key.seal(reason, as: "closure.reopen:\(closure.id)")) WHERE id = \(closure.id)
      """)
  }

  static func closures(of id: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [Closure] {
    try db.rows(
      """
      SELECT id, outcome, reason, closed_on, reopened_on, reopen_reason FROM closure WHERE case_file = \(id)
      ORDER BY closed_on DESC, id LIMIT 20
      """
    ) { row in
      let id: RecordID<Closure> = try row[0]
      let reopened: [UInt8]? = try row[5]
      return Closure(
        id: id, outcome: try row[1], reason: try key.openText(try row[2], as: "closure.reason:\(id)"),
        closedOn: try row[3], reopenedOn: try row[4],
        reopenReason: try reopened.map { try key.openText($0, as: "closure.reopen:\(id)") })
    }
  }

  /// True when a record with this id stands in `table` already: the form was sent twice.
  static func hasNeed(_ id: RecordID<Need>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM need WHERE id = \(id)")
  }

  static func hasNote(_ id: RecordID<Note>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM note WHERE id = \(id)")
  }

  static func hasClosure(_ id: RecordID<Closure>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM closure WHERE id = \(id)")
  }
}
