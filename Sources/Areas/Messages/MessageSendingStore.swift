import Basics
import Cases
import Foundation
import Storage

/// The SQL of sending: what is due, what is on its way, what came of it.
enum MessageSendingStore {
  /// A message to be sent, with what is needed for it.
  struct Due {
    let id: RecordID<Message>
    let kind: Message.Kind
    let recipient: Message.Recipient
    let language: Language
    let file: RecordID<CaseFile>?
    let until: Date?
    let tries: Int
  }

  /// The next one of a kind, the longest due first.
  static func next(_ kind: Message.Kind, at now: Date, in db: Connection) throws -> Due? {
    try db.first(
      """
      SELECT id, kind, recipient, language, case_file, until_at, tries FROM message
      WHERE state = 'waiting' AND kind = \(kind) AND next_at <= \(now) ORDER BY next_at, id LIMIT 1
      """
    ) { row in
      Due(
        id: try row[0], kind: try row[1], recipient: try row[2], language: try row[3], file: try row[4],
        until: try row[5], tries: try row[6])
    }
  }

  /// Writes down that it is being sent, before it is.
  /// - Returns: false when another program took it first.
  static func claim(
    _ id: RecordID<Message>, as claim: RecordID<Message>, until lease: Date, at now: Date, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE message SET state = 'sending', next_at = NULL, claim = \(claim), claimed_until = \(lease),
        changed_at = \(now), tries = tries + 1
      WHERE id = \(id) AND state = 'waiting'
      """) == 1
  }

  /// What came of a try. A try that was given up as lost meanwhile may still tell that the message went.
  /// - Returns: whether it was written down.
  static func finish(
    _ id: RecordID<Message>, _ outcome: MessageRules.Outcome, of claim: RecordID<Message>, at now: Date,
    in db: Connection
  ) throws -> Bool {
    let states: SQL = outcome.state == .sent ? "('sending', 'unclear')" : "('sending')"
    return try set(
      id, outcome, where: "claim = \(claim) AND state IN \(states)", at: now, in: db)
  }

  /// - Returns: whether the message was in that state.
  static func end(
    _ id: RecordID<Message>, _ outcome: MessageRules.Outcome, from state: Message.State, at now: Date,
    in db: Connection
  ) throws -> Bool {
    try set(id, outcome, where: "state = \(state)", at: now, in: db)
  }

  private static func set(
    _ id: RecordID<Message>, _ outcome: MessageRules.Outcome, where condition: SQL, at now: Date,
    in db: Connection
  ) throws -> Bool {
    let keepsLink = outcome.state != .sent && outcome.state != .withdrawn
    let link: SQL = keepsLink ? "link" : "NULL"
    return try db.run(
      """
      UPDATE message SET state = \(outcome.state), shelf = \(Message.shelf(of: outcome.state)),
        next_at = \(outcome.nextAt), claimed_until = NULL, changed_at = \(now), problem = \(outcome.problem), link = \(link)
      WHERE id = \(id) AND \(condition)
      """) == 1
  }

  /// Messages whose program died in the middle of sending them.
  static func lost(at now: Date, in db: Connection) throws -> [(
    id: RecordID<Message>, kind: Message.Kind, file: RecordID<CaseFile>?
  )] {
    try db.rows(
      "SELECT id, kind, case_file FROM message WHERE state = 'sending' AND claimed_until < \(now) ORDER BY claimed_until LIMIT 100"
    ) { row in (id: try row[0], kind: try row[1], file: try row[2]) }
  }

  /// Waiting again, with all its tries before it.
  static func renew(_ id: RecordID<Message>, at now: Date, in db: Connection) throws {
    try db.run(
      """
      UPDATE message SET state = 'waiting', shelf = 'waiting', next_at = \(now), changed_at = \(now), tries = 0,
        problem = NULL
      WHERE id = \(id) AND shelf = 'failed'
      """)
  }
}
