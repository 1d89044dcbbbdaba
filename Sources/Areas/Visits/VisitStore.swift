import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about visits. Callers have found the case first, and so may see it.
enum VisitStore {
  static func visits(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [Visit] {
    try db.rows(
      """
      SELECT id, planned_on, state, made_on, activity, seen, next_step FROM visit WHERE case_file = \(file)
      ORDER BY planned_on LIMIT 100
      """
    ) { row in try Visit(row, key: key) }
  }

  static func exists(_ id: RecordID<Visit>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM visit WHERE id = \(id)")
  }

  static func insert(
    _ id: RecordID<Visit>, plannedOn day: Day, of file: RecordID<CaseFile>, in db: Connection
  ) throws {
    try db.run(
      "INSERT INTO visit (id, case_file, planned_on, state) VALUES (\(id), \(file), \(day), 'planned')")
  }

  static func report(
    _ id: RecordID<Visit>, _ report: Visit.Report, key: SealingKey, by actor: Actor, in db: Connection
  )
    throws
  {
    try db.run(
      """
      UPDATE visit SET state = 'done', made_on = \(report.on), made_by = \(actor.id), activity = \(report.activity),
        seen = \(try key.seal(report.seen, as: "visit.seen:\(id)")),
        next_step = \(try report.nextStep.map { try key.seal($0, as: "visit.next:\(id)") })
      WHERE id = \(id)
      """)
  }

  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [("seen", "visit.seen"), ("next_step", "visit.next")] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "visit", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }

  static func miss(_ id: RecordID<Visit>, in db: Connection) throws {
    try db.run("UPDATE visit SET state = 'missed' WHERE id = \(id)")
  }
}

extension Visit {
  fileprivate init(_ row: borrowing Row, key: SealingKey) throws {
    let id: RecordID<Visit> = try row[0]
    self.id = id
    plannedOn = try row[1]
    state = try row[2]
    let next: [UInt8]? = try row[6]
    if let on: Day = try row[3], let activity: Activity = try row[4], let seen: [UInt8] = try row[5] {
      report = Report(
        on: on, activity: activity, seen: try key.openText(seen, as: "visit.seen:\(id)"),
        nextStep: try next.map { try key.openText($0, as: "visit.next:\(id)") })
    } else {
      report = nil
    }
  }
}
