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
    let known = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }
    return try db.rows(
      """
      SELECT d.id, d.item, d.session, s.day, d.outcome, d.amount, d.currency, d.conditions, d.reason, d.words,
        d.on_appeal, d.decided_at, d.decided_by, d.counted, d.agreed
      FROM committee_decision d JOIN committee_session s ON s.id = d.session
      WHERE d.item IN (\(list: items.map(\.id)))
      """
    ) { row in try Decision(row, known, key) }.compactMap(\.self).sorted {
      ($0.decidedAt, $0.id) < ($1.decidedAt, $1.id)
    }
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
  fileprivate init?(
    _ row: borrowing Row, _ items: [RecordID<CommitteeItem>: CommitteeItem],
    _ key: (CommitteeItem) throws -> SealingKey?
  ) throws {
    let (id, itemID): (RecordID<Decision>, RecordID<CommitteeItem>) = (try row[0], try row[1])
    guard let item = items[itemID] else { return nil }
    let (minor, currency): (Int64?, Money.Currency?) = (try row[5], try row[6])
    let amount = minor.flatMap { minor in currency.map { Money(minor, $0) } }
    let key = try key(item)
    func opened(_ sealed: [UInt8]?, _ place: String) throws -> String? {
      guard let key, let sealed, !sealed.isEmpty else { return nil }
      return try key.openText(sealed, as: "committee.\(place):\(id)")
    }
    self.id = id
    self.item = itemID
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
