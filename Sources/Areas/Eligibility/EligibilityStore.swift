import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about rules and judgements. Callers bring the transaction, and have found the case first.
enum EligibilityStore {
  /// Rules that are kept beside drafts; more are asked of nobody at once.
  static let most = 500

  static func insert(
    _ id: RecordID<KeptRuleSet>, _ set: RuleSet, file: String, by actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO rule_set (id, code, file, state, loaded_at, loaded_by)
      VALUES (\(id), \(set.code), \(file), \(KeptRuleSet.State.draft), \(now), \(actor.id)) ON CONFLICT DO NOTHING
      """) == 1
  }

  static func find(_ id: RecordID<KeptRuleSet>, in db: Connection) throws -> KeptRuleSet? {
    try db.first("\(columns) WHERE id = \(id)") { try KeptRuleSet($0) } ?? nil
  }

  /// - Parameter states: of which rules are asked for, the newest first.
  static func sets(_ states: [KeptRuleSet.State], in db: Connection) throws -> [KeptRuleSet] {
    try db.rows(
      "\(columns) WHERE state IN (\(list: states)) ORDER BY id DESC LIMIT \(most)"
    ) { try KeptRuleSet($0) }.compactMap { $0 }
  }

  private static let columns: SQL =
    "SELECT id, file, state, ended_on, loaded_at, loaded_by, decided_at, decided_by FROM rule_set"

  /// - Returns: whether it was a draft until now.
  static func decide(
    _ id: RecordID<KeptRuleSet>, _ state: KeptRuleSet.State, by actor: Actor, at now: Date, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE rule_set SET state = \(state), decided_at = \(now), decided_by = \(actor.id)
      WHERE id = \(id) AND state = \(KeptRuleSet.State.draft)
      """) == 1
  }

  /// Whoever decides about rules of one code waits for whoever does so now.
  static func hold(_ code: String, in db: Connection) throws {
    guard db.engine == .postgres else { return }  // SQLite has one writer at a time.
    try db.run("SELECT id FROM rule_set WHERE code = \(code) ORDER BY id FOR UPDATE")
  }

  static func end(_ id: RecordID<KeptRuleSet>, on day: Day, in db: Connection) throws {
    try db.run("UPDATE rule_set SET ended_on = \(day) WHERE id = \(id)")
  }

  static func insert(
    _ judgement: Judgement, of file: RecordID<CaseFile>, key: SealingKey, in db: Connection
  ) throws -> Bool {
    let sealed = try key.seal(judgement.readings.bytes, as: "judgement.readings:\(judgement.id)")
    return try db.run(
      """
      INSERT INTO judgement (id, case_file, rule_set, day, answer, amount, currency, readings, judged_at, judged_by)
      VALUES (\(judgement.id), \(file), \(judgement.rules), \(judgement.day), \(judgement.answer.rawValue),
        \(judgement.amount?.minorUnits), \(judgement.amount?.currency.rawValue), \(sealed), \(judgement.at),
        \(judgement.by)) ON CONFLICT DO NOTHING
      """) == 1
  }

  /// The newest first.
  static func judgements(of file: RecordID<CaseFile>, limit: Int, key: SealingKey, in db: Connection) throws
    -> [Judgement]
  {
    try db.rows(
      """
      SELECT id, rule_set, day, answer, amount, currency, readings, judged_at, judged_by FROM judgement
      WHERE case_file = \(file) ORDER BY judged_at DESC, id DESC LIMIT \(limit)
      """
    ) { row in
      let id: RecordID<Judgement> = try row[0]
      let minor: Int64? = try row[4]
      let currency = (try row[5] as String?).flatMap { Money.Currency(rawValue: $0) }
      return Judgement(
        id: id, rules: try row[1], day: try row[2],
        answer: Verdict.Answer(rawValue: try row[3]) ?? .notYet,
        amount: minor.flatMap { minor in currency.map { Money(minor, $0) } },
        readings: Fields(bytes: try key.open(try row[6], as: "judgement.readings:\(id)")) ?? Fields(),
        at: try row[7], by: try row[8])
    }
  }

  static func fileOf(_ id: RecordID<Judgement>, in db: Connection) throws -> RecordID<CaseFile>? {
    try db.value("SELECT case_file FROM judgement WHERE id = \(id)")
  }

  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    try CaseMoveStore.reseal(
      "readings", of: "judgement", where: "case_file = \(file)", as: "judgement.readings", from: old, to: new,
      in: db)
  }
}

extension KeptRuleSet {
  /// Nil for a file that this program can no longer read.
  fileprivate init?(_ row: borrowing Row) throws {
    let file: String = try row[1]
    guard let set = KeptRuleFiles.shared.set(of: file) else { return nil }
    self.init(
      id: try row[0], set: set, file: file, state: try row[2], endedOn: try row[3], loadedAt: try row[4],
      loadedBy: try row[5], decidedAt: try row[6], decidedBy: try row[7])
  }
}
