import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about surveys. Callers have found the case first, and so may see it.
enum SurveyStore {
  /// The surveys of a case, the newest interview first, with everything that was told.
  static func surveys(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [Survey] {
    let editions = Dictionary(
      grouping: try editions(of: file, key: key, in: db), by: \.survey
    ).mapValues { $0.map(\.edition) }
    return try db.rows(
      """
      SELECT id, version, health_version, told, health, begun_by FROM survey WHERE case_file = \(file)
      ORDER BY met_on DESC, id DESC LIMIT 200
      """
    ) { row in
      let id: RecordID<Survey> = try row[0]
      return Survey(
        id: id, versions: Survey.Versions(told: try row[1], health: try row[2]),
        answers: try open(try row[3], try row[4], "survey", id.text, key), editions: editions[id] ?? [],
        begunBy: try row[5])
    }
  }

  /// Those of the cases that have a concluded survey.
  static func surveyed(_ lines: [CaseLine], in db: Connection) throws -> Set<RecordID<CaseFile>> {
    let files: [RecordID<CaseFile>] = try db.rows(
      """
      SELECT DISTINCT case_file FROM survey
      WHERE case_file IN (\(list: lines.map(\.id))) AND concluded_at IS NOT NULL
      """
    ) { try $0[0] }
    return Set(files)
  }

  private static func editions(
    of file: RecordID<CaseFile>, key: SealingKey, in db: Connection
  ) throws -> [(survey: RecordID<Survey>, edition: Survey.Edition)] {
    try db.rows(
      """
      SELECT id, survey, number, reason, concluded_at, concluded_by FROM survey_edition WHERE case_file = \(file)
      ORDER BY survey, number LIMIT 5000
      """
    ) { row in
      let id: RecordID<Survey.Edition> = try row[0]
      let reason: [UInt8]? = try row[3]
      return (
        survey: try row[1],
        edition: Survey.Edition(
          id: id, number: try row[2],
          reason: try reason.map { try key.openText($0, as: "survey_edition.reason:\(id)") },
          concludedAt: try row[4], concludedBy: try row[5])
      )
    }
  }

  /// What stood in an edition.
  static func answers(of id: RecordID<Survey.Edition>, key: SealingKey, in db: Connection) throws -> Fields? {
    try db.rows("SELECT told, health FROM survey_edition WHERE id = \(id)") { row in
      try open(try row[0], try row[1], "survey_edition", id.text, key)
    }.first
  }

  static func exists(_ id: RecordID<Survey>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM survey WHERE id = \(id)")
  }

  static func exists(_ id: RecordID<Survey.Edition>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM survey_edition WHERE id = \(id)")
  }

  static func insert(
    _ id: RecordID<Survey>, _ answers: Fields, of file: RecordID<CaseFile>, key: SealingKey, by actor: Actor,
    at now: Date, in db: Connection
  ) throws {
    let (told, health) = try seal(answers, "survey", id.text, key)
    try db.run(
      """
      INSERT INTO survey (id, case_file, version, health_version, told, health, met_on, way, tenure, cover,
        begun_at, begun_by)
      VALUES (\(id), \(file), 1, 1, \(told), \(health), \(answers["on"]), \(answers["way"]),
        \(answers["tenure"]), \(answers["cover"]), \(now), \(actor.id))
      """)
  }

  static func update(
    _ id: RecordID<Survey>, to answers: Fields, _ versions: Survey.Versions, key: SealingKey,
    in db: Connection
  ) throws {
    let (told, health) = try seal(answers, "survey", id.text, key)
    try db.run(
      """
      UPDATE survey SET version = \(versions.told), health_version = \(versions.health), told = \(told),
        health = \(health), met_on = \(answers["on"]), way = \(answers["way"]), tenure = \(answers["tenure"]),
        cover = \(answers["cover"])
      WHERE id = \(id)
      """)
  }

  /// Keeps what is concluded now.
  static func insert(
    _ edition: Survey.Edition, _ answers: Fields, of survey: RecordID<Survey>, in file: RecordID<CaseFile>,
    key: SealingKey, _ db: Connection
  ) throws {
    let id = edition.id
    let (told, health) = try seal(answers, "survey_edition", id.text, key)
    let reason = try edition.reason.map { try key.seal($0, as: "survey_edition.reason:\(id)") }
    try db.run(
      """
      INSERT INTO survey_edition (id, survey, case_file, number, told, health, reason, concluded_at, concluded_by)
      VALUES (\(id), \(survey), \(file), \(edition.number), \(told), \(health), \(reason), \(edition.concludedAt),
        \(edition.concludedBy))
      """)
    try db.run("UPDATE survey SET concluded_at = \(edition.concludedAt) WHERE id = \(survey)")
  }

  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (table, column, context) in [
      ("survey", "told", "survey.told"), ("survey", "health", "survey.health"),
      ("survey_edition", "told", "survey_edition.told"),
      ("survey_edition", "health", "survey_edition.health"),
      ("survey_edition", "reason", "survey_edition.reason"),
    ] as [(SQL, SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: table, where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }

  private static func seal(
    _ answers: Fields, _ table: String, _ id: String, _ key: SealingKey
  ) throws -> (told: [UInt8], health: [UInt8]) {
    (
      try key.seal(answers.withoutHealth.bytes, as: "\(table).told:\(id)"),
      try key.seal(answers.healthAlone.bytes, as: "\(table).health:\(id)")
    )
  }

  private static func open(
    _ told: [UInt8], _ health: [UInt8], _ table: String, _ id: String, _ key: SealingKey
  ) throws -> Fields {
    let told = Fields(bytes: try key.open(told, as: "\(table).told:\(id)")) ?? Fields()
    return told.joined(with: Fields(bytes: try key.open(health, as: "\(table).health:\(id)")) ?? Fields())
  }
}
