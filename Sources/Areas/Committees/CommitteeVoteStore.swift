import Basics
import Foundation
import Storage

/// Every SQL statement about what single members say of an item: conflicts, scores, votes. Callers bring the
/// transaction.
enum CommitteeVoteStore {
  static func conflicts(of session: RecordID<CommitteeSession>, in db: Connection) throws
    -> [RecordID<CommitteeItem>: [AccountID: ConflictKind]]
  {
    try gathered(
      db.rows("SELECT item, account, kind FROM committee_conflict WHERE session = \(session)") {
        (try $0[0], try $0[1], try $0[2])
      })
  }

  static func scores(of session: RecordID<CommitteeSession>, in db: Connection) throws
    -> [RecordID<CommitteeItem>: [AccountID: Score]]
  {
    try gathered(
      db.rows(
        "SELECT item, account, points, total, most FROM committee_score WHERE session = \(session)"
      ) { row in
        let points = ScorePoints(text: try row[2])
        return (try row[0], try row[1], Score(points: points, total: try row[3], most: try row[4]))
      })
  }

  static func votes(of session: RecordID<CommitteeSession>, in db: Connection) throws
    -> [RecordID<CommitteeItem>: [AccountID: Decision.Outcome]]
  {
    try gathered(
      db.rows("SELECT item, account, outcome FROM committee_vote WHERE session = \(session)") {
        (try $0[0], try $0[1], try $0[2])
      })
  }

  /// Who decided what is appealed against, for the items on an agenda: whoever voted on it then, and whoever recorded
  /// the decision.
  static func deciders(beforeAppealsIn session: RecordID<CommitteeSession>, in db: Connection) throws
    -> [RecordID<CommitteeItem>: Set<AccountID>]
  {
    try deciders("a.item IN (SELECT item FROM committee_entry WHERE session = \(session))", in: db)
  }

  static func deciders(beforeAppealOf item: RecordID<CommitteeItem>, in db: Connection) throws
    -> Set<AccountID>
  {
    try deciders("a.item = \(item)", in: db)[item] ?? []
  }

  private static func deciders(_ condition: SQL, in db: Connection) throws
    -> [RecordID<CommitteeItem>: Set<AccountID>]
  {
    let rows = try db.rows(
      """
      SELECT a.item, d.decided_by, v.account FROM committee_appeal a
      JOIN committee_decision d ON d.id = a.against
      LEFT JOIN committee_vote v ON v.session = d.session AND v.item = d.item
      WHERE \(condition)
      """
    ) { (try $0[0] as RecordID<CommitteeItem>, try $0[1] as AccountID, try $0[2] as AccountID?) }
    return rows.reduce(into: [:]) { found, row in
      found[row.0, default: []].formUnion([row.1, row.2].compactMap(\.self))
    }
  }

  private static func gathered<Value>(_ rows: [(RecordID<CommitteeItem>, AccountID, Value)])
    -> [RecordID<CommitteeItem>: [AccountID: Value]]
  {
    rows.reduce(into: [:]) { $0[$1.0, default: [:]][$1.1] = $1.2 }
  }

  /// - Returns: false when she declared one before.
  static func declare(
    _ kind: ConflictKind, by account: AccountID, on item: RecordID<CommitteeItem>,
    in session: RecordID<CommitteeSession>, at now: Date, _ db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO committee_conflict (id, session, item, account, kind, declared_at)
      VALUES (\(RecordID<ConflictKind>()), \(session), \(item), \(account), \(kind), \(now))
      ON CONFLICT (session, item, account) DO NOTHING
      """) == 1
  }

  static func score(
    _ score: Score, by account: AccountID, on item: RecordID<CommitteeItem>,
    in session: RecordID<CommitteeSession>, at now: Date, _ db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO committee_score (id, session, item, account, points, total, most, scored_at)
      VALUES (\(RecordID<Score>()), \(session), \(item), \(account), \(score.points.text), \(score.total),
        \(score.most), \(now))
      """)
  }

  static func vote(
    _ outcome: Decision.Outcome, by account: AccountID, on item: RecordID<CommitteeItem>,
    in session: RecordID<CommitteeSession>, at now: Date, _ db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO committee_vote (id, session, item, account, outcome, voted_at)
      VALUES (\(RecordID<Decision.Outcome>()), \(session), \(item), \(account), \(outcome), \(now))
      ON CONFLICT (session, item, account) DO UPDATE
        SET outcome = excluded.outcome, voted_at = excluded.voted_at
      """)
  }
}
