import Basics
import Foundation
import Storage

/// Every SQL statement about how long files are kept. Callers bring the transaction.
enum RetentionStore {
  static func rules(in db: Connection) throws -> [RetentionRule] {
    try db.rows(
      """
      SELECT id, category, years, source, valid_from, valid_until FROM rights_rule
      ORDER BY category, valid_from DESC LIMIT 200
      """
    ) { try RetentionRule($0) }
  }

  static func rule(_ id: RecordID<RetentionRule>, in db: Connection) throws -> RetentionRule? {
    try db.first(
      "SELECT id, category, years, source, valid_from, valid_until FROM rights_rule WHERE id = \(id)"
    ) { try RetentionRule($0) }
  }

  static func isRuled(_ category: RetentionRule.Category, from day: Day, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM rights_rule WHERE category = \(category) AND valid_from = \(day)")
  }

  static func insert(_ rule: RetentionRule, by actor: Actor, at now: Date, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO rights_rule (id, category, years, source, valid_from, valid_until, recorded_at, recorded_by)
      VALUES (\(rule.id), \(rule.category), \(rule.years), \(rule.source), \(rule.from), \(rule.until), \(now),
        \(actor.id))
      """)
  }

  static func end(_ id: RecordID<RetentionRule>, on day: Day, in db: Connection) throws {
    try db.run("UPDATE rights_rule SET valid_until = \(day) WHERE id = \(id)")
  }

  /// Closed cases of a category, closed until a day, the oldest first, whether an aid was paid in them or not; those that something keeps, or whose person was
  /// erased, are passed over.
  static func due(
    _ category: RetentionRule.Category, closedBy last: Day, on today: Day, for actor: Actor,
    after cursor: RightsCursor?, limit: Int, in db: Connection
  ) throws -> [DueCase] {
    try db.rows(
      dueStatement(category, closedBy: last, on: today, for: actor, after: cursor, limit: limit)
    ) { row in DueCase(id: try row[0], person: try row[1], closedOn: try row[2]) }
  }

  /// The statement itself, for the test that asks the engine how it would run it.
  static func dueStatement(
    _ category: RetentionRule.Category, closedBy last: Day, on today: Day, for actor: Actor,
    after cursor: RightsCursor?, limit: Int
  ) -> SQL {
    var conditions: [SQL] = [
      "f.closed_on IS NOT NULL", "f.erased_on IS NULL", "f.closed_on <= \(last)",
      """
      NOT EXISTS (SELECT 1 FROM rights_hold h WHERE h.person = f.person AND h.lifted_at IS NULL
        AND (h.until IS NULL OR h.until >= \(today)))
      """,
    ]
    switch category {
    case .withAid: break
    case .withHelp: conditions.append("f.first_action_on IS NOT NULL")
    case .withoutHelp: conditions.append("f.first_action_on IS NULL")
    }
    switch (actor.scope, actor.antenna) {
    case (.nation, _): break
    case (.antenna, let antenna?): conditions.append("f.antenna = \(antenna)")
    case (.assigned, _), (.antenna, nil): conditions.append("1 = 0")
    }
    if let cursor, let day = cursor.day {
      conditions.append("(f.closed_on, f.case_file) > (\(day), \(cursor.id))")
    }
    return """
      SELECT f.case_file, f.person, f.closed_on FROM case_fact f WHERE \(.all(conditions))
      ORDER BY f.closed_on, f.case_file LIMIT \(limit)
      """
  }
}

extension RetentionRule {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], category: try row[1], years: try row[2], source: try row[3], from: try row[4],
      until: try row[5])
  }
}
