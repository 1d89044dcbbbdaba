import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about decisions. Callers bring the transaction.
enum CommitteeDecisionStore {
  /// Of these items, the oldest first.
  /// - Parameter key: of the item's person; nil leaves what is sealed closed.
  static func decisions(
    of items: [CommitteeItem], key: (CommitteeItem) throws -> SealingKey?, in db: Connection
  ) throws -> [Decision] {
    try decisions("d.item IN (\(list: items.map(\.id)))", of: items, key, in: db).sorted {
      ($0.decidedAt, $0.id) < ($1.decidedAt, $1.id)
    }
  }

  /// Those of one session, on these items; what is sealed stays closed.
  static func decisions(
    in session: RecordID<CommitteeSession>, of items: [CommitteeItem], _ db: Connection
  ) throws -> [RecordID<CommitteeItem>: Decision] {
    let found = try decisions("d.session = \(session)", of: items, { _ in nil }, in: db)
    return Dictionary(found.map { ($0.item, $0) }) { first, _ in first }
  }

  private static func decisions(
    _ condition: SQL, of items: [CommitteeItem], _ key: (CommitteeItem) throws -> SealingKey?,
    in db: Connection
  ) throws -> [Decision] {
    let rows = """
      SELECT d.id, d.item, d.session, s.day, d.outcome, d.amount, d.currency, d.conditions, d.reason, d.words,
        d.on_appeal, d.decided_at, d.decided_by, d.counted, d.agreed
      FROM committee_decision d JOIN committee_session s ON s.id = d.session WHERE \(condition)
      """ as SQL
    return try db.rows(rows) { row in
      let id: RecordID<CommitteeItem> = try row[1]
      guard let item = items.first(where: { $0.id == id }) else { return nil }
      return try Decision(row, item, key: key(item))
    }.compactMap(\.self)
  }

  static func exists(
    of item: RecordID<CommitteeItem>, in session: RecordID<CommitteeSession>, _ db: Connection
  ) throws -> Bool {
    try db.exists("SELECT 1 FROM committee_decision WHERE session = \(session) AND item = \(item)")
  }

  static func insert(_ decision: Decision, key: SealingKey, in db: Connection) throws {
    let words = decision.words
    func sealed(_ text: String?, _ place: String) throws -> [UInt8]? {
      try text.map { try key.seal($0, as: "committee.\(place):\(decision.id)") }
    }
    try db.run(
      """
      INSERT INTO committee_decision (id, session, item, outcome, amount, currency, conditions, reason, words,
        on_appeal, counted, agreed, decided_at, decided_by)
      VALUES (\(decision.id), \(decision.session), \(decision.item), \(words.outcome),
        \(words.amount?.minorUnits), \(words.amount?.currency), \(try sealed(words.conditions, "conditions")),
        \(words.reason), \(try sealed(words.text, "words")), \(decision.isOnAppeal), \(decision.counted),
        \(decision.agreed), \(decision.decidedAt), \(decision.decidedBy))
      """)
  }
}

extension Decision {
  fileprivate init(_ row: borrowing Row, _ item: CommitteeItem, key: SealingKey?) throws {
    let id: RecordID<Decision> = try row[0]
    let (minor, currency): (Int64?, Money.Currency?) = (try row[5], try row[6])
    let amount = minor.flatMap { minor in currency.map { Money(minor, $0) } }
    func opened(_ sealed: [UInt8]?, _ place: String) throws -> String? {
      guard let key, let sealed, !sealed.isEmpty else { return nil }
      return try key.openText(sealed, as: "committee.\(place):\(id)")
    }
    self.id = id
    self.item = item.id
    file = item.file
    origin = item.origin
    session = try row[2]
    day = try row[3]
    words = Words(
      try row[4], amount: amount, conditions: try opened(row[7], "conditions"), reason: try row[8],
      text: try opened(row[9], "words"))
    isOnAppeal = try row[10]
    decidedAt = try row[11]
    decidedBy = try row[12]
    counted = try row[13]
    agreed = try row[14]
  }
}
