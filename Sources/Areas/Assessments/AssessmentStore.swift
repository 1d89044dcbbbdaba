import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about assessments. Callers have found the case first, and so may see it.
enum AssessmentStore {
  /// The assessments of a case, those given last first.
  static func assessments(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws
    -> [Assessment]
  {
    let editions = Dictionary(grouping: try editions(of: file, key: key, in: db), by: \.assessment)
      .mapValues { $0.map(\.edition) }
    return try db.rows(
      """
      SELECT id, instrument, instrument_version, second_of, version, fields, begun_by, withdrawn_at, withdrawn_by,
        withdrawn_because
      FROM assessment WHERE case_file = \(file) ORDER BY given_on DESC, id DESC LIMIT 200
      """
    ) { row in
      let id: RecordID<Assessment> = try row[0]
      let instrument = InstrumentID(code: try row[1], version: try row[2])
      return Assessment(
        id: id, instrument: instrument, secondOf: try row[3], version: try row[4],
        fields: try open(try row[5], "assessment", id.text, instrument, key), editions: editions[id] ?? [],
        begunBy: try row[6], withdrawn: try withdrawal(try row[7], try row[8], try row[9], id, key))
    }
  }

  private static func withdrawal(
    _ at: Date?, _ by: AccountID?, _ reason: [UInt8]?, _ id: RecordID<Assessment>, _ key: SealingKey
  ) throws -> Assessment.Withdrawal? {
    guard let at, let by else { return nil }
    let text = try reason.map { try key.openText($0, as: "assessment.withdrawn:\(id)") }
    return Assessment.Withdrawal(at: at, by: by, reason: text ?? "")
  }

  private static func editions(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws
    -> [(assessment: RecordID<Assessment>, edition: Assessment.Edition)]
  {
    try db.rows(
      """
      SELECT id, assessment, number, reason, concluded_at, concluded_by FROM assessment_edition
      WHERE case_file = \(file) ORDER BY assessment, number LIMIT 5000
      """
    ) { row in
      let id: RecordID<Assessment.Edition> = try row[0]
      let reason: [UInt8]? = try row[3]
      return (
        assessment: try row[1],
        edition: Assessment.Edition(
          id: id, number: try row[2],
          reason: try reason.map { try key.openText($0, as: "assessment_edition.reason:\(id)") },
          concludedAt: try row[4], concludedBy: try row[5])
      )
    }
  }

  /// What stood in an edition.
  static func fields(
    of id: RecordID<Assessment.Edition>, _ instrument: InstrumentID, key: SealingKey, in db: Connection
  ) throws -> Fields? {
    try db.rows("SELECT fields FROM assessment_edition WHERE id = \(id)") { row in
      try open(try row[0], "assessment_edition", id.text, instrument, key)
    }.first
  }

  static func exists(_ id: RecordID<Assessment.Edition>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM assessment_edition WHERE id = \(id)")
  }

  /// - Parameter quarter: in which it counts; nil where it counts in none.
  /// - Returns: false when the id is taken.
  static func insert(
    _ assessment: Assessment, of file: RecordID<CaseFile>, quarter: String?, key: SealingKey, at now: Date,
    in db: Connection
  ) throws -> Bool {
    let (id, instrument, fields) = (assessment.id, assessment.instrument, assessment.fields)
    let sealed = try seal(fields, "assessment", id.text, instrument, key)
    return try db.run(
      """
      INSERT INTO assessment (id, case_file, instrument, instrument_version, second_of, version, fields, wave, way,
        given_on, quarter, begun_at, begun_by)
      VALUES (\(id), \(file), \(instrument.code), \(instrument.version), \(assessment.secondOf),
        \(assessment.version), \(sealed), \(fields["wave"]), \(fields["way"]), \(fields["on"]), \(quarter), \(now),
        \(assessment.begunBy))
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  static func update(
    _ assessment: Assessment, to fields: Fields, quarter: String?, key: SealingKey, in db: Connection
  ) throws {
    let sealed = try seal(fields, "assessment", assessment.id.text, assessment.instrument, key)
    try db.run(
      """
      UPDATE assessment SET version = \(assessment.version + 1), fields = \(sealed), wave = \(fields["wave"]),
        way = \(fields["way"]), given_on = \(fields["on"]), quarter = \(quarter)
      WHERE id = \(assessment.id)
      """)
  }

  /// Keeps what is concluded now, and what it scores.
  static func insert(
    _ edition: Assessment.Edition, _ fields: Fields, _ scoring: Scoring, of assessment: Assessment,
    in file: RecordID<CaseFile>, key: SealingKey, _ db: Connection
  ) throws {
    let id = edition.id
    let sealed = try seal(fields, "assessment_edition", id.text, assessment.instrument, key)
    let reason = try edition.reason.map { try key.seal($0, as: "assessment_edition.reason:\(id)") }
    try db.run(
      """
      INSERT INTO assessment_edition (id, assessment, case_file, number, fields, reason, concluded_at, concluded_by)
      VALUES (\(id), \(assessment.id), \(file), \(edition.number), \(sealed), \(reason), \(edition.concludedAt),
        \(edition.concludedBy))
      """)
    try db.run(
      """
      UPDATE assessment SET concluded_at = \(edition.concludedAt), score = \(scoring.composite.score),
        band = \(scoring.band), scored_items = \(scoring.answered)
      WHERE id = \(assessment.id)
      """)
  }

  static func withdraw(
    _ id: RecordID<Assessment>, because reason: String, by actor: Actor, key: SealingKey, at now: Date,
    in db: Connection
  ) throws {
    let sealed = try key.seal(reason, as: "assessment.withdrawn:\(id)")
    try db.run(
      """
      UPDATE assessment SET quarter = NULL, withdrawn_at = \(now), withdrawn_by = \(actor.id),
        withdrawn_because = \(sealed)
      WHERE id = \(id)
      """)
  }

  /// The band of the newest that has a score and was given by a day, for the files of a range of ids.
  static func bands(
    _ code: String, of files: ClosedRange<RecordID<CaseFile>>, by day: Day, in db: Connection
  ) throws -> [RecordID<CaseFile>: String] {
    let rows = try db.rows(
      """
      SELECT case_file, band FROM assessment
      WHERE case_file >= \(files.lowerBound) AND case_file <= \(files.upperBound) AND instrument = \(code)
        AND given_on <= \(day) AND concluded_at IS NOT NULL AND withdrawn_at IS NULL AND second_of IS NULL
        AND score IS NOT NULL AND band IS NOT NULL
      ORDER BY given_on, id
      """
    ) { (file: try $0[0] as RecordID<CaseFile>, band: try $0[1] as String) }
    return Dictionary(rows.map { ($0.file, $0.band) }) { $1 }
  }

  /// What somebody began and has not concluded, the oldest first.
  static func drafts(by account: AccountID, limit: Int, in db: Connection) throws -> [AssessmentDraft] {
    try db.rows(
      """
      SELECT id, case_file, instrument, instrument_version, given_on FROM assessment
      WHERE begun_by = \(account) AND concluded_at IS NULL AND withdrawn_at IS NULL
      ORDER BY given_on, id LIMIT \(limit)
      """
    ) { row in
      AssessmentDraft(
        id: try row[0], file: try row[1], instrument: InstrumentID(code: try row[2], version: try row[3]),
        givenOn: try row[4])
    }
  }

  /// The newest that has a score, of those that count.
  static func latest(of file: RecordID<CaseFile>, _ code: String, in db: Connection) throws
    -> AssessmentScore?
  {
    try db.first(
      """
      SELECT instrument_version, score, band, given_on FROM assessment
      WHERE case_file = \(file) AND instrument = \(code) AND concluded_at IS NOT NULL AND withdrawn_at IS NULL
        AND second_of IS NULL AND score IS NOT NULL
      ORDER BY given_on DESC, id DESC LIMIT 1
      """
    ) { row in
      AssessmentScore(
        instrument: InstrumentID(code: code, version: try row[0]), score: try row[1], band: try row[2],
        day: try row[3])
    }
  }

  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (table, column, context) in [
      ("assessment", "fields", "assessment.fields"),
      ("assessment", "withdrawn_because", "assessment.withdrawn"),
      ("assessment_edition", "fields", "assessment_edition.fields"),
      ("assessment_edition", "reason", "assessment_edition.reason"),
    ] as [(SQL, SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: table, where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }

  /// Answers are kept under their instrument's name too, so that they can be read without the row beside them.
  private static func seal(
    _ fields: Fields, _ table: String, _ id: String, _ instrument: InstrumentID, _ key: SealingKey
  ) throws -> [UInt8] {
    let named = fields.values.map {
      ($0.key.hasPrefix(AnswerField.mark) ? "\(instrument)/\($0.key)" : $0.key, $0.value)
    }
    return try key.seal(Fields(Dictionary(uniqueKeysWithValues: named)).bytes, as: "\(table).fields:\(id)")
  }

  private static func open(
    _ bytes: [UInt8], _ table: String, _ id: String, _ instrument: InstrumentID, _ key: SealingKey
  ) throws -> Fields {
    let fields = Fields(bytes: try key.open(bytes, as: "\(table).fields:\(id)")) ?? Fields()
    let prefix = "\(instrument)/"
    return Fields(
      Dictionary(
        uniqueKeysWithValues: fields.values.map {
          ($0.key.hasPrefix(prefix) ? String($0.key.dropFirst(prefix.count)) : $0.key, $0.value)
        }))
  }
}
