import Basics
import Foundation
import Storage

/// Every SQL statement by which what stands in a case goes to another person's key, when files that were joined are
/// parted again.
package enum CaseMoveStore {
  /// Seals a column of some rows anew: opened with one key, sealed with the other, in the same place.
  /// - Parameter context: how a sealed text names its place, before the id of the row.
  package static func reseal(
    _ column: SQL, of table: SQL, where condition: SQL, id: SQL = "id", as context: String,
    from old: SealingKey,
    to new: SealingKey, in db: Connection
  ) throws {
    let rows = try db.rows(
      "SELECT \(id), \(column) FROM \(table) WHERE \(condition) AND \(column) IS NOT NULL"
    ) { (id: try $0[0] as String, sealed: try $0[1] as [UInt8]) }
    for row in rows {
      let place = "\(context):\(row.id)"
      let sealed = try new.seal(old.open(row.sealed, as: place), as: place)
      try db.run("UPDATE \(table) SET \(column) = \(sealed) WHERE \(id) = \(row.id)")
    }
  }

  /// Gives a case with all that this area keeps in it to another person.
  static func move(
    _ file: RecordID<CaseFile>, to person: Subject, from old: SealingKey, in db: Connection
  ) throws {
    let key = person.key
    try reseal(
      "return_facts", of: "case_file", where: "id = \(file)", as: "case.return", from: old, to: key, in: db)
    let inCase = "case_file = \(file)" as SQL
    for (table, column, context) in [
      ("need", "details", "need.details"), ("need", "met_how", "need.met"), ("note", "text", "note.text"),
      ("closure", "reason", "closure.reason"), ("closure", "reopen_reason", "closure.reopen"),
    ] as [(SQL, SQL, String)] {
      try reseal(column, of: table, where: inCase, as: context, from: old, to: key, in: db)
    }
    try db.run("UPDATE case_file SET person = \(person.id), version = version + 1 WHERE id = \(file)")
  }

  /// Gives a case to another antenna and contact person.
  /// - Returns: false when the version is no longer the one of `file`.
  static func give(_ file: CaseFile, to antenna: AntennaCode, contact: AccountID, in db: Connection) throws
    -> Bool
  {
    try db.run(
      """
      UPDATE case_file SET version = version + 1, antenna = \(antenna), contact = \(contact)
      WHERE id = \(file.id) AND version = \(file.version)
      """) == 1
  }

  /// Gives a note to another case.
  static func move(
    _ note: RecordID<Note>, to file: RecordID<CaseFile>, from old: SealingKey, to key: SealingKey,
    in db: Connection
  ) throws {
    try reseal("text", of: "note", where: "id = \(note)", as: "note.text", from: old, to: key, in: db)
    try db.run("UPDATE note SET case_file = \(file) WHERE id = \(note)")
  }

  /// Cases of these files, newest first; only those received after `moment` where one is given.
  static func cases(
    of files: [PersonID], after moment: Date? = nil, in db: Connection
  ) throws -> [CaseLine] {
    let since: SQL = moment.map { "received_at > \($0)" } ?? "1 = 1"
    let lines = try files.flatMap { person in
      try db.rows(
        """
        SELECT id, number, person, antenna, contact, stage, received_at, due_on, due_what FROM case_file
        WHERE person = \(person) AND \(since) ORDER BY received_at DESC LIMIT 50
        """
      ) { row in try CaseLine(row) }
    }
    return lines.sorted { ($1.receivedAt, $0.number) < ($0.receivedAt, $1.number) }
  }

  /// Notes that were written in a case after `moment`, oldest first.
  static func notes(
    of file: RecordID<CaseFile>, after moment: Date, key: SealingKey, in db: Connection
  ) throws -> [Note] {
    try db.rows(
      """
      SELECT id, section, text, at, by FROM note WHERE case_file = \(file) AND at > \(moment) ORDER BY at LIMIT 200
      """
    ) { row in
      let id: RecordID<Note> = try row[0]
      return Note(
        id: id, section: try row[1], text: try key.openText(try row[2], as: "note.text:\(id)"),
        at: try row[3],
        by: try row[4])
    }
  }
}
