import Basics
import Cases
import Foundation
import Storage

/// A question as it is kept, still sealed.
struct KeptQuestion: Sendable {
  let line: QuestionLine
  let words: [UInt8]
  let answer: [UInt8]?
  let answeredAt: Date?
  let answeredBy: AccountID?
}

/// Every SQL statement about questions. Callers bring the transaction.
enum QuestionStore {
  static let pageSize = 50
  /// So many are counted at most.
  static let mostCounted = 200

  private static let listed: SQL =
    "id, antenna, kind, case_file, asked_at, asked_by, due, outcome, CASE WHEN seen_at IS NULL THEN 0 ELSE 1 END"

  static func find(_ id: RecordID<Question>, in db: Connection) throws -> KeptQuestion? {
    try db.first(
      "SELECT \(listed), words, answer, answered_at, answered_by FROM question WHERE id = \(id)"
    ) { row in
      KeptQuestion(
        line: try QuestionLine(row), words: try row[9], answer: try row[10], answeredAt: try row[11],
        answeredBy: try row[12])
    }
  }

  /// What is not in the actor's sight is not found.
  static func require(_ id: RecordID<Question>, _ sight: QuestionRules.Sight, in db: Connection) throws
    -> KeptQuestion
  {
    guard let kept = try find(id, in: db) else { throw Refusal.notFound }
    switch sight {
    case .everybody: return kept
    case .antenna(let antenna) where kept.line.antenna == antenna: return kept
    case .antenna, .nobody: throw Refusal.notFound
    }
  }

  private static func seen(_ sight: QuestionRules.Sight) -> SQL {
    switch sight {
    case .everybody: ""
    case .antenna(let antenna): "AND antenna = \(antenna)"
    case .nobody: "AND 1 = 0"
    }
  }

  /// What waits, the oldest first; what is answered, the newest first.
  static func page(
    _ list: QuestionList, _ sight: QuestionRules.Sight, after cursor: RecordID<Question>?, in db: Connection
  ) throws -> [QuestionLine] {
    let isWaiting = list == .waiting
    let state: SQL = isWaiting ? "outcome IS NULL" : "outcome IS NOT NULL"
    let order: SQL = isWaiting ? "ORDER BY id" : "ORDER BY id DESC"
    let rest: SQL = cursor.map { isWaiting ? "AND id > \($0)" : "AND id < \($0)" } ?? ""
    return try db.rows(
      "SELECT \(listed) FROM question WHERE \(state) \(seen(sight)) \(rest) \(order) LIMIT \(pageSize + 1)"
    ) { try QuestionLine($0) }
  }

  /// By when those that wait are to be answered; at most `mostCounted`.
  static func dues(_ sight: QuestionRules.Sight, in db: Connection) throws -> [Day?] {
    try db.rows("SELECT due FROM question WHERE outcome IS NULL \(seen(sight)) LIMIT \(mostCounted)") {
      try $0[0] as Day?
    }
  }

  static func unseen(at antenna: AntennaCode, in db: Connection) throws -> Int {
    try db.value(
      """
      SELECT COUNT(*) FROM (
        SELECT 1 FROM question WHERE antenna = \(antenna) AND outcome IS NOT NULL AND seen_at IS NULL
        LIMIT \(mostCounted)
      ) AS unseen
      """) ?? 0
  }

  /// - Returns: whether it was written: one of the same id may have been first.
  static func insert(
    _ new: NewQuestion, words: [UInt8], antenna: AntennaCode, due: Day?, by actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO question (id, antenna, case_file, kind, words, asked_at, asked_by, due)
      VALUES (\(new.id), \(antenna), \(new.about), \(new.kind), \(words), \(now), \(actor.id), \(due))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: whether it waited until now.
  static func answer(
    _ id: RecordID<Question>, _ outcome: Question.Outcome, words: [UInt8], by actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE question SET outcome = \(outcome), answer = \(words), answered_at = \(now), answered_by = \(actor.id)
      WHERE id = \(id) AND outcome IS NULL
      """) == 1
  }

  /// - Returns: whether nobody at the antenna had seen the answer.
  static func see(_ id: RecordID<Question>, at now: Date, in db: Connection) throws -> Bool {
    try db.run(
      "UPDATE question SET seen_at = \(now) WHERE id = \(id) AND outcome IS NOT NULL AND seen_at IS NULL")
      == 1
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [("words", "question.words"), ("answer", "question.answer")] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "question", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension QuestionLine {
  fileprivate init(_ row: borrowing Row) throws {
    (id, antenna, kind, file) = (try row[0], try row[1], try row[2], try row[3])
    (askedAt, askedBy, due, outcome) = (try row[4], try row[5], try row[6], try row[7])
    isSeen = try row[8] as Int == 1
  }
}
