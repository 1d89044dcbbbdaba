import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about goods handed over. Callers have found the case first, and so may see it.
enum VisitHandoverStore {
  /// What was handed over in a case, the newest first.
  static func handovers(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws
    -> [VisitHandover]
  {
    try db.rows(
      """
      SELECT id, handed_on, goods, giver, value FROM visit_handover WHERE case_file = \(file)
      ORDER BY handed_on DESC, id DESC LIMIT \(most)
      """
    ) { row in
      let id: RecordID<VisitHandover> = try row[0]
      let value: Int64? = try row[4]
      return VisitHandover(
        id: id, on: try row[1], goods: try key.openText(try row[2], as: "visit_handover.goods:\(id)"),
        giver: try key.openText(try row[3], as: "visit_handover.giver:\(id)"),
        value: value.map { Money($0, .tnd) })
    }
  }

  /// More are a mistake.
  static let most = 60

  static func exists(_ id: RecordID<VisitHandover>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM visit_handover WHERE id = \(id)")
  }

  static func insert(
    _ handover: VisitHandover, of file: RecordID<CaseFile>, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let id = handover.id
    try db.run(
      """
      INSERT INTO visit_handover (id, case_file, handed_on, goods, giver, value, recorded_at, recorded_by)
      VALUES (\(id), \(file), \(handover.on), \(try key.seal(handover.goods, as: "visit_handover.goods:\(id)")),
        \(try key.seal(handover.giver, as: "visit_handover.giver:\(id)")), \(handover.value?.minorUnits), \(now),
        \(actor.id))
      """)
  }
}
