import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about complaints. Callers bring the transaction.
enum ComplaintStore {
  static let pageSize = 50

  private static let listed: SQL =
    """
    id, antenna, case_file, kind, channel, language, received_on, recorded_at, recorded_by, about, decided_by,
    appeal_of, handler, outcome
    """

  /// What `actor` may not see is not found.
  static func require(_ id: RecordID<Complaint>, visibleTo actor: Actor, in db: Connection) throws
    -> ComplaintLine
  {
    let line = try db.first(
      """
      SELECT \(listed) FROM complaint
      WHERE id = \(id) AND \(free(of: actor)) AND (recorded_by = \(actor.id) OR \(handled(by: actor)))
      """
    ) { try ComplaintLine($0) }
    guard let line else { throw Refusal.notFound }
    return line
  }

  /// Not those that are about the actor.
  static func free(of actor: Actor) -> SQL {
    "COALESCE(about, '') <> \(actor.id) AND COALESCE(decided_by, '') <> \(actor.id)"
  }

  private static func handled(by actor: Actor) -> SQL {
    guard actor.may(.answerComplaints) else { return "1 = 0" }
    switch (actor.scope, actor.antenna) {
    case (.nation, _): return "1 = 1"
    case (.antenna, let antenna?): return "antenna = \(antenna)"
    case (.antenna, nil), (.assigned, _): return "1 = 0"
    }
  }

  static func exists(_ id: RecordID<Complaint>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM complaint WHERE id = \(id)")
  }

  static func hold(_ id: RecordID<Complaint>, in db: Connection) throws {
    try db.run("UPDATE complaint SET handler = handler WHERE id = \(id)")
  }

  static func appeal(of id: RecordID<Complaint>, in db: Connection) throws -> RecordID<Complaint>? {
    try db.first("SELECT id FROM complaint WHERE appeal_of = \(id)") { try $0[0] as RecordID<Complaint> }
  }

  /// - Parameter key: nil when the words were erased with the person.
  static func read(_ line: ComplaintLine, key: SealingKey?, in db: Connection) throws -> Complaint {
    let found = try db.first(
      "SELECT words, reason, answer, answered_at, answered_by FROM complaint WHERE id = \(line.id)"
    ) { row in
      let opened = { (bytes: [UInt8]?, place: String) -> String? in
        guard let key, let bytes, !bytes.isEmpty else { return nil }
        return try key.openText(bytes, as: "complaint.\(place):\(line.id)")
      }
      let (words, reason, answer) = (
        try opened(row[0], "words"), try opened(row[1], "reason"), try opened(row[2], "answer")
      )
      let (at, by): (Date?, AccountID?) = (try row[3], try row[4])
      var answered: Complaint.Answered?
      if let outcome = line.outcome, let at, let by {
        let told = reason.flatMap { reason in
          answer.map { Complaint.Answer(outcome: outcome, reason: reason, words: $0) }
        }
        answered = Complaint.Answered(answer: told, outcome: outcome, at: at, by: by)
      }
      return Complaint(line: line, words: words, answered: answered)
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  static func page(_ list: ComplaintList, after cursor: ComplaintCursor?, for actor: Actor, in db: Connection)
    throws -> [ComplaintLine]
  {
    var conditions: [SQL] = [free(of: actor)]
    switch list {
    case .waiting: conditions += ["outcome IS NULL", handled(by: actor)]
    case .answered: conditions += ["outcome IS NOT NULL", handled(by: actor)]
    case .mine: conditions.append("recorded_by = \(actor.id)")
    }
    let order: SQL
    if list == .waiting {
      order = "ORDER BY recorded_at, id"
      if let cursor { conditions.append("(recorded_at, id) > (\(cursor.at), \(cursor.id))") }
    } else {
      order = "ORDER BY recorded_at DESC, id DESC"
      if let cursor { conditions.append("(recorded_at, id) < (\(cursor.at), \(cursor.id))") }
    }
    return try db.rows(
      "SELECT \(listed) FROM complaint WHERE \(.all(conditions)) \(order) LIMIT \(pageSize + 1)"
    ) { try ComplaintLine($0) }
  }

  static func insert(_ line: ComplaintLine, words: String, key: SealingKey, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO complaint (id, antenna, case_file, kind, channel, language, received_on, recorded_at, recorded_by,
        about, decided_by, appeal_of, words)
      VALUES (\(line.id), \(line.antenna), \(line.file), \(line.kind), \(line.channel), \(line.language.rawValue),
        \(line.receivedOn), \(line.recordedAt), \(line.recordedBy), \(line.about), \(line.decidedBy),
        \(line.appealOf), \(try key.seal(words, as: "complaint.words:\(line.id)")))
      """)
  }

  static func take(_ id: RecordID<Complaint>, by actor: AccountID, in db: Connection) throws {
    try db.run("UPDATE complaint SET handler = \(actor) WHERE id = \(id)")
  }

  static func answer(
    _ id: RecordID<Complaint>, _ answer: Complaint.Answer, by actor: AccountID, at now: Date, key: SealingKey,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE complaint SET handler = \(actor), outcome = \(answer.outcome), answered_at = \(now),
        answered_by = \(actor), reason = \(try key.seal(answer.reason, as: "complaint.reason:\(id)")),
        answer = \(try key.seal(answer.words, as: "complaint.answer:\(id)"))
      WHERE id = \(id) AND outcome IS NULL
      """)
  }

  /// What is counted of the complaints that the actor may answer.
  static func facts(since day: Day, for actor: Actor, in db: Connection) throws -> [ComplaintFigures.Fact] {
    try db.rows(
      """
      SELECT antenna, kind, outcome, received_on, answered_at FROM complaint
      WHERE received_on >= \(day) AND \(free(of: actor)) AND \(handled(by: actor))
      ORDER BY received_on DESC LIMIT \(ComplaintFigures.most + 1)
      """
    ) { row in
      let (received, answered): (Day, Date?) = (try row[3], try row[4])
      return ComplaintFigures.Fact(
        antenna: try row[0], kind: try row[1], outcome: try row[2],
        days: answered.map { Day(of: $0).number - received.number })
    }
  }

  static func terms(in db: Connection) throws -> [ComplaintTerm] {
    try db.rows("SELECT from_day, days FROM complaint_term ORDER BY from_day DESC LIMIT 100") {
      ComplaintTerm(from: try $0[0], days: try $0[1])
    }
  }

  static func set(_ term: ComplaintTerm, by actor: AccountID, at now: Date, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO complaint_term (from_day, days, set_at, set_by)
      VALUES (\(term.from), \(term.days), \(now), \(actor))
      ON CONFLICT (from_day) DO UPDATE SET days = excluded.days, set_at = excluded.set_at, set_by = excluded.set_by
      """)
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [
      ("words", "complaint.words"), ("reason", "complaint.reason"), ("answer", "complaint.answer"),
    ] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "complaint", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension ComplaintLine {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    antenna = try row[1]
    file = try row[2]
    kind = try row[3]
    channel = try row[4]
    let code: String = try row[5]
    language = Language(rawValue: code) ?? .french
    receivedOn = try row[6]
    recordedAt = try row[7]
    recordedBy = try row[8]
    about = try row[9]
    decidedBy = try row[10]
    appealOf = try row[11]
    handler = try row[12]
    outcome = try row[13]
  }
}
