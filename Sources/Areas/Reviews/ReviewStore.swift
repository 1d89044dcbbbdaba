import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about rounds, their files and what raters answer. Callers bring the transaction.
enum ReviewStore {
  static let pageSize = 30

  private static let roundColumns: SQL =
    "id, antenna, basis, from_day, until_day, size, drawn, seed, checklist, raters, at, by"

  /// - Returns: whether it was written: the same form may have been first.
  static func insert(_ round: ReviewRound, frame: [RecordID<CaseFile>], in db: Connection) throws -> Bool {
    let criteria = round.criteria
    return try db.run(
      """
      INSERT INTO review_round (\(roundColumns), frame)
      VALUES (\(round.id), \(criteria.antenna), \(criteria.basis), \(criteria.days.lowerBound),
        \(criteria.days.upperBound), \(round.size), \(round.count), \(round.seed), \(round.checklist),
        \(round.raters), \(round.at), \(round.by), \(frame.map(\.text).joined(separator: " ")))
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  static func insert(_ entry: ReviewEntry, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO review_entry (id, round, position, case_file)
      VALUES (\(entry.id), \(entry.round), \(entry.position), \(entry.file))
      """)
  }

  static func round(_ id: RecordID<ReviewRound>, in db: Connection) throws -> ReviewRound {
    let found = try db.first("SELECT \(roundColumns) FROM review_round WHERE id = \(id)") {
      try ReviewRound($0)
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// The files that could be drawn, in their order.
  static func frame(of id: RecordID<ReviewRound>, in db: Connection) throws -> [String] {
    let text: String? = try db.value("SELECT frame FROM review_round WHERE id = \(id)")
    return (text ?? "").split(separator: " ").map(String.init)
  }

  /// The newest first; ids tell the time.
  static func rounds(before cursor: RecordID<ReviewRound>?, in db: Connection) throws -> [ReviewRound] {
    let earlier: SQL = cursor.map { "WHERE id < \($0)" } ?? ""
    return try db.rows(
      "SELECT \(roundColumns) FROM review_round \(earlier) ORDER BY id DESC LIMIT \(pageSize + 1)"
    ) { try ReviewRound($0) }
  }

  static func entries(of round: RecordID<ReviewRound>, in db: Connection) throws -> [ReviewEntry] {
    try db.rows(
      """
      SELECT id, round, position, case_file FROM review_entry WHERE round = \(round)
      ORDER BY position LIMIT \(ReviewRound.most)
      """
    ) { try ReviewEntry($0) }
  }

  static func entry(_ id: RecordID<ReviewEntry>, in db: Connection) throws -> ReviewEntry {
    let found = try db.first("SELECT id, round, position, case_file FROM review_entry WHERE id = \(id)") {
      try ReviewEntry($0)
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// Whoever comes second waits here, and then sees what the first one did.
  static func hold(_ id: RecordID<ReviewEntry>, in db: Connection) throws {
    try db.run("UPDATE review_entry SET position = position WHERE id = \(id)")
  }

  /// The readings of some files, the first begun first.
  /// - Parameter key: of the person of a file; nil when she was erased, or where nobody asks for words.
  static func readings(
    of entries: [RecordID<ReviewEntry>], key: SealingKey? = nil, in db: Connection
  ) throws -> [ReviewReading] {
    try entries.isEmpty
      ? []
      : db.rows(
        """
        SELECT id, entry, rater, begun_at, done_at, version, answers, words FROM review_reading
        WHERE entry IN (\(list: entries))
        """
      ) { try ReviewReading($0, key: key) }.sorted { ($0.begunAt, $0.id.text) < ($1.begunAt, $1.id.text) }
  }

  /// - Returns: whether it was written: the same form may have been first.
  static func insert(
    _ draft: ReviewDraft, of entry: ReviewEntry, at antenna: AntennaCode, words: [UInt8]?, by actor: Actor,
    at now: Date, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO review_reading (id, entry, case_file, rater, begun_at, done_at, version, answers, words, antenna)
      VALUES (\(draft.id), \(entry.id), \(entry.file), \(actor.id), \(now), \(draft.isDone ? now : nil), 1,
        \(ReviewReading.text(of: draft.answers)), \(words), \(antenna))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: false where it is done, or was saved from another page meanwhile.
  static func update(
    _ id: RecordID<ReviewReading>, to draft: ReviewDraft, from version: Int, words: [UInt8]?, at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE review_reading SET answers = \(ReviewReading.text(of: draft.answers)), words = \(words),
        done_at = \(draft.isDone ? now : nil), version = version + 1
      WHERE id = \(id) AND version = \(version) AND done_at IS NULL
      """) == 1
  }

  /// Done readings since a moment, the newest first.
  static func done(since moment: Date, at antenna: AntennaCode?, in db: Connection) throws -> [(
    day: Day, answers: [String: ReviewReading.Answer]
  )] {
    let place: SQL = antenna.map { "AND antenna = \($0)" } ?? ""
    return try db.rows(
      """
      SELECT done_at, answers FROM review_reading WHERE done_at IS NOT NULL AND done_at >= \(moment) \(place)
      ORDER BY done_at DESC LIMIT \(ReviewFigures.most)
      """
    ) { (day: Day(of: try $0[0]), answers: ReviewReading.answers(in: try $0[1])) }
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (table, context) in [
      ("review_reading", "review_reading.words"), ("review_finding", "review_finding.words"),
    ] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        "words", of: table, where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension ReviewReading {
  static func text(of answers: [String: Answer]) -> String {
    answers.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.rawValue)" }.joined(separator: " ")
  }

  static func answers(in text: String) -> [String: Answer] {
    text.split(separator: " ").reduce(into: [:]) { answers, pair in
      let parts = pair.split(separator: ":")
      if parts.count == 2, let answer = Answer(rawValue: String(parts[1])) {
        answers[String(parts[0])] = answer
      }
    }
  }

  fileprivate init(_ row: borrowing Row, key: SealingKey?) throws {
    id = try row[0]
    entry = try row[1]
    rater = try row[2]
    begunAt = try row[3]
    doneAt = try row[4]
    version = try row[5]
    answers = Self.answers(in: try row[6])
    let (sealed, id): ([UInt8]?, RecordID<ReviewReading>) = (try row[7], id)
    words =
      try sealed.flatMap { sealed in
        guard let key, !sealed.isEmpty else { return nil }
        return Fields(bytes: try key.open(sealed, as: "review_reading.words:\(id)"))?.values
      } ?? [:]
  }
}

extension ReviewRound {
  fileprivate init(_ row: borrowing Row) throws {
    let (from, until): (Day, Day) = (try row[3], try row[4])
    id = try row[0]
    criteria = Criteria(antenna: try row[1], basis: try row[2], days: from...until)
    size = try row[5]
    count = try row[6]
    seed = try row[7]
    checklist = try row[8]
    raters = try row[9]
    at = try row[10]
    by = try row[11]
  }
}

extension ReviewEntry {
  fileprivate init(_ row: borrowing Row) throws {
    (id, round, position, file) = (try row[0], try row[1], try row[2], try row[3])
  }
}
