import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about the end of cases. Callers have found the case first, and so may see it.
enum ClosureReportStore {
  static func reports(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [KeptReport]
  {
    var answers: [RecordID<Closure>: [ClosureReport.Question: ClosureReport.Answer]] = [:]
    let rows = try db.rows(
      """
      SELECT a.closure, a.question, a.answer FROM closure_report r JOIN closure_answer a ON a.closure = r.closure
      WHERE r.case_file = \(file) LIMIT 1000
      """
    ) { row in
      (
        try row[0] as RecordID<Closure>, try row[1] as ClosureReport.Question,
        try row[2] as ClosureReport.Answer
      )
    }
    for row in rows { answers[row.0, default: [:]][row.1] = row.2 }
    return try db.rows(
      "SELECT closure, version, remark FROM closure_report WHERE case_file = \(file) LIMIT 100"
    ) { row in
      let id: RecordID<Closure> = try row[0]
      let remark = try key.openText(try row[2], as: "closure_report.remark:\(id)")
      return KeptReport(
        closure: id,
        report: ClosureReport(answers: answers[id] ?? [:], remark: remark.isEmpty ? nil : remark),
        version: try row[1])
    }
  }

  /// Keeps a report as this version, in the place of the one before.
  static func save(
    _ report: ClosureReport, of closure: RecordID<Closure>, version: Int, in file: RecordID<CaseFile>,
    key: SealingKey, by actor: Actor, at now: Date, _ db: Connection
  ) throws {
    let remark = try key.seal(report.remark ?? "", as: "closure_report.remark:\(closure)")
    try db.run(
      """
      INSERT INTO closure_report (closure, case_file, version, remark, recorded_at, recorded_by)
      VALUES (\(closure), \(file), \(version), \(remark), \(now), \(actor.id))
      ON CONFLICT (closure) DO UPDATE SET version = excluded.version, remark = excluded.remark,
        recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by
      """)
    for question in ClosureReport.Question.allCases {
      try db.run(
        """
        INSERT INTO closure_answer (closure, question, answer) VALUES (\(closure), \(question), \(report[question]))
        ON CONFLICT (closure, question) DO UPDATE SET answer = excluded.answer
        """)
    }
  }

  /// Contacts that a page shows.
  static let most = 100

  static func contacts(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws
    -> [LaterContact]
  {
    try db.rows(
      """
      SELECT id, made_on, way, activity, heard, recorded_by FROM later_contact WHERE case_file = \(file)
      ORDER BY made_on DESC, id DESC LIMIT \(most)
      """
    ) { row in
      let id: RecordID<LaterContact> = try row[0]
      return LaterContact(
        id: id, on: try row[1], way: try row[2], activity: try row[3],
        heard: try key.openText(try row[4], as: "later_contact.heard:\(id)"), by: try row[5])
    }
  }

  static func hasContact(_ id: RecordID<LaterContact>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM later_contact WHERE id = \(id)")
  }

  static func insert(
    _ contact: LaterContact, in file: RecordID<CaseFile>, key: SealingKey, at now: Date, _ db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO later_contact (id, case_file, made_on, way, activity, heard, recorded_at, recorded_by)
      VALUES (\(contact.id), \(file), \(contact.on), \(contact.way), \(contact.activity),
        \(try key.seal(contact.heard, as: "later_contact.heard:\(contact.id)")), \(now), \(contact.by))
      """)
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    let inCase = "case_file = \(file)" as SQL
    try CaseMoveStore.reseal(
      "remark", of: "closure_report", where: inCase, id: "closure", as: "closure_report.remark", from: old,
      to: new, in: db)
    try CaseMoveStore.reseal(
      "heard", of: "later_contact", where: inCase, as: "later_contact.heard", from: old, to: new, in: db)
  }
}
