import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about households. Callers have found the case first, and so may see it.
enum HouseholdStore {
  /// The members of a case, the removed ones too, in the order in which they were recorded.
  static func members(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws
    -> [HouseholdMember]
  {
    try db.rows(
      """
      SELECT id, relation, names, birth_year, sex, living, removed_why, dependent, school, version, own_case
      FROM household_member
      WHERE case_file = \(file) ORDER BY id LIMIT \(HouseholdRules.most)
      """
    ) { row in
      let id: RecordID<HouseholdMember> = try row[0]
      let names = Fields(bytes: try key.open(try row[2], as: "household_member.names:\(id)"))
      let removed: [UInt8]? = try row[6]
      return HouseholdMember(
        id: id, relation: try row[1], latinName: names?["name-latin"], arabicName: names?["name-arabic"],
        birthYear: try row[3], sex: try row[4], living: try row[5],
        dependent: try row[7], school: try row[8],
        removedBecause: try removed.map { try key.openText($0, as: "household_member.removed:\(id)") },
        ownCase: try row[10], version: try row[9])
    }
  }

  static func caseFile(of id: RecordID<HouseholdMember>, in db: Connection) throws -> RecordID<CaseFile>? {
    try db.value("SELECT case_file FROM household_member WHERE id = \(id)")
  }

  /// - Returns: false where the member has a case of her own already: the first one stays.
  static func setOwnCase(_ file: RecordID<CaseFile>, of id: RecordID<HouseholdMember>, in db: Connection)
    throws -> Bool
  {
    try db.run("UPDATE household_member SET own_case = \(file) WHERE id = \(id) AND own_case IS NULL") == 1
  }

  static func isAlone(_ file: RecordID<CaseFile>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM household_alone WHERE case_file = \(file)")
  }

  /// - Returns: false where it was recorded before.
  static func insertAlone(_ file: RecordID<CaseFile>, by actor: Actor, at now: Date, in db: Connection) throws
    -> Bool
  {
    try db.run(
      """
      INSERT INTO household_alone (case_file, recorded_at, recorded_by) VALUES (\(file), \(now), \(actor.id))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: false where it was not recorded.
  static func deleteAlone(_ file: RecordID<CaseFile>, in db: Connection) throws -> Bool {
    try db.run("DELETE FROM household_alone WHERE case_file = \(file)") == 1
  }

  static func exists(_ id: RecordID<HouseholdMember>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM household_member WHERE id = \(id)")
  }

  static func insert(
    _ member: HouseholdMember, of file: RecordID<CaseFile>, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let id = member.id
    try db.run(
      """
      INSERT INTO household_member
        (id, case_file, relation, names, birth_year, sex, living, dependent, school, version, recorded_at,
         recorded_by)
      VALUES (\(id), \(file), \(member.relation),
        \(try key.seal(member.names.bytes, as: "household_member.names:\(id)")), \(member.birthYear),
        \(member.sex), \(member.living), \(member.dependent), \(member.school), \(member.version), \(now),
        \(actor.id))
      """)
  }

  static func update(_ member: HouseholdMember, key: SealingKey, in db: Connection) throws {
    let id = member.id
    try db.run(
      """
      UPDATE household_member SET relation = \(member.relation),
        names = \(try key.seal(member.names.bytes, as: "household_member.names:\(id)")),
        birth_year = \(member.birthYear), sex = \(member.sex), living = \(member.living),
        dependent = \(member.dependent), school = \(member.school), version = \(member.version)
      WHERE id = \(id)
      """)
  }

  static func remove(
    _ id: RecordID<HouseholdMember>, because reason: String, key: SealingKey, in db: Connection
  ) throws {
    let sealed = try key.seal(reason, as: "household_member.removed:\(id)")
    try db.run("UPDATE household_member SET removed_why = \(sealed) WHERE id = \(id)")
  }

  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [
      ("names", "household_member.names"), ("removed_why", "household_member.removed"),
    ] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "household_member", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}
