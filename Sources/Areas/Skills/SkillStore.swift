import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement of the area. Callers have found the case first, and so may see what its person can do.
enum SkillStore {
  /// What is known of a person through all her cases, the oldest first.
  static func skills(of person: Subject, in db: Connection) throws -> [Skill] {
    let rows = try db.rows(
      """
      SELECT s.id, s.kind, s.version, s.told, s.withdrawn, s.recorded_at FROM skill s
      JOIN case_file f ON f.id = s.case_file WHERE f.person = \(person.id) LIMIT 500
      """
    ) { row in (skill: try Skill(row, key: person.key), at: try row[5] as Date) }
    // Sorted here: over several cases no index gives this order.
    return rows.sorted { ($0.at, $0.skill.id.text) < ($1.at, $1.skill.id.text) }.map(\.skill)
  }

  /// Those of the cases whose person has a profile, in whichever of her cases it was written.
  static func profiled(_ lines: [CaseLine], in db: Connection) throws -> Set<RecordID<CaseFile>> {
    let persons: [PersonID] = try db.rows(
      """
      SELECT DISTINCT f.person FROM case_file f JOIN skill s ON s.case_file = f.id
      WHERE f.person IN (\(list: Array(Set(lines.map(\.person))))) AND s.kind = 'profile' AND s.withdrawn IS NULL
      """
    ) { try $0[0] }
    let known = Set(persons)
    return Set(lines.lazy.filter { known.contains($0.person) }.map(\.id))
  }

  static func exists(_ id: RecordID<Skill>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM skill WHERE id = \(id)")
  }

  static func insert(
    _ skill: Skill, of file: RecordID<CaseFile>, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let (id, fields) = (skill.id, skill.fields)
    try db.run(
      """
      INSERT INTO skill (id, case_file, kind, version, told, level, languages, sector, place, recognition,
        recorded_at, recorded_by)
      VALUES (\(id), \(file), \(skill.kind), \(skill.version), \(try key.seal(fields.bytes, as: "skill.told:\(id)")),
        \(fields["level"]), \(SkillRules.languages(in: fields)), \(fields["sector"]), \(fields["where"]),
        \(fields["recognition"]), \(now), \(actor.id))
      """)
  }

  static func update(_ skill: Skill, key: SealingKey, in db: Connection) throws {
    let (id, fields) = (skill.id, skill.fields)
    let withdrawn = try skill.withdrawn.map { try key.seal($0, as: "skill.withdrawn:\(id)") }
    try db.run(
      """
      UPDATE skill SET version = \(skill.version), told = \(try key.seal(fields.bytes, as: "skill.told:\(id)")),
        withdrawn = \(withdrawn), level = \(fields["level"]), languages = \(SkillRules.languages(in: fields)),
        sector = \(fields["sector"]), place = \(fields["where"]), recognition = \(fields["recognition"])
      WHERE id = \(id)
      """)
  }

  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [("told", "skill.told"), ("withdrawn", "skill.withdrawn")] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "skill", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension Skill {
  fileprivate init(_ row: borrowing Row, key: SealingKey) throws {
    let id: RecordID<Skill> = try row[0]
    let sealed: [UInt8]? = try row[4]
    let told: [UInt8] = try row[3]
    self.init(
      id: id, kind: try row[1], version: try row[2],
      fields: Fields(bytes: try key.open(told, as: "skill.told:\(id)")) ?? Fields(),
      withdrawn: try sealed.map { try key.openText($0, as: "skill.withdrawn:\(id)") })
  }
}
