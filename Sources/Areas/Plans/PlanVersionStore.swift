import Basics
import Cases
import Documents
import Foundation
import Storage

/// Every SQL statement about what was agreed. Callers have found the case first, and so may see it.
enum PlanVersionStore {
  /// More than anybody agrees in the life of a plan.
  static let most = 100

  static func versions(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [Plan
    .Version]
  {
    try db.rows(
      """
      SELECT id, number, agreed_on, signed_by, representative, witness, scan FROM plan_version
      WHERE case_file = \(file) ORDER BY number LIMIT \(most)
      """
    ) { row in
      let id: RecordID<Plan.Version> = try row[0]
      let (representative, witness): ([UInt8]?, [UInt8]?) = (try row[4], try row[5])
      return Plan.Version(
        id: id, number: try row[1],
        agreement: Plan.Agreement(
          on: try row[2], signedBy: try key.openText(try row[3], as: "plan.signed:\(id)"),
          representative: try representative.map { try key.openText($0, as: "plan.representative:\(id)") },
          witness: try witness.map { try key.openText($0, as: "plan.witness:\(id)") }),
        scan: try row[6])
    }
  }

  /// Nil where it was agreed before copies were kept, and nobody changed the plan since.
  static func content(of id: RecordID<Plan.Version>, key: SealingKey, in db: Connection) throws
    -> PlanContent?
  {
    try bytes(of: id, key: key, in: db).map { try PlanContent(bytes: $0) }
  }

  /// The mark of what a version says; nil as above.
  static func mark(of id: RecordID<Plan.Version>, key: SealingKey, in db: Connection) throws -> String? {
    try bytes(of: id, key: key, in: db).map { try PlanContent.mark(of: $0) }
  }

  private static func bytes(of id: RecordID<Plan.Version>, key: SealingKey, in db: Connection) throws
    -> [UInt8]?
  {
    let sealed: [UInt8]? = try db.value("SELECT content FROM plan_version WHERE id = \(id)")
    return try sealed.map { try key.open($0, as: "plan.content:\(id)") }
  }

  /// In which case it is; nil when there is no such version.
  static func caseFile(of id: RecordID<Plan.Version>, in db: Connection) throws -> RecordID<CaseFile>? {
    try db.value("SELECT case_file FROM plan_version WHERE id = \(id)")
  }

  static func insert(
    _ version: Plan.Version, _ content: PlanContent, of file: RecordID<CaseFile>, key: SealingKey,
    by actor: Actor, at now: Date, in db: Connection
  ) throws {
    let (id, agreement) = (version.id, version.agreement)
    try db.run(
      """
      INSERT INTO plan_version (id, case_file, number, agreed_on, signed_by, representative, witness, content,
        recorded_at, recorded_by)
      VALUES (\(id), \(file), \(version.number), \(agreement.on),
        \(try key.seal(agreement.signedBy, as: "plan.signed:\(id)")),
        \(try agreement.representative.map { try key.seal($0, as: "plan.representative:\(id)") }),
        \(try agreement.witness.map { try key.seal($0, as: "plan.witness:\(id)") }),
        \(try key.seal(content.bytes(), as: "plan.content:\(id)")), \(now), \(actor.id))
      """)
  }

  static func keep(
    _ content: PlanContent, as id: RecordID<Plan.Version>, key: SealingKey, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE plan_version SET content = \(try key.seal(content.bytes(), as: "plan.content:\(id)"))
      WHERE id = \(id)
      """)
  }

  static func set(scan: RecordID<Document>, of id: RecordID<Plan.Version>, in db: Connection) throws {
    try db.run("UPDATE plan_version SET scan = \(scan) WHERE id = \(id)")
  }

  static func completedOn(_ file: RecordID<CaseFile>, in db: Connection) throws -> Day? {
    try db.value("SELECT completed_on FROM plan_completion WHERE case_file = \(file)")
  }

  static func complete(
    _ file: RecordID<CaseFile>, on day: Day, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO plan_completion (case_file, completed_on, recorded_at, recorded_by)
      VALUES (\(file), \(day), \(now), \(actor.id))
      """)
  }

  static func takeUp(_ file: RecordID<CaseFile>, in db: Connection) throws {
    try db.run("DELETE FROM plan_completion WHERE case_file = \(file)")
  }
}
