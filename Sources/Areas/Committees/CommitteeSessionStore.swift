import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about sessions, those who sit in them, and their agendas. Callers bring the transaction.
enum CommitteeSessionStore {
  static let pageSize = 50

  private static let columns: SQL =
    """
    s.id, s.antenna, s.day, s.place, s.quorum, s.hides_identity, s.grid, s.money, s.currency, s.convened_by,
    s.convened_at, s.cancelled_at, s.closed_by, s.closed_at, s.confirmed_by, s.confirmed_at, s.hash
    """

  /// Whoever convenes committees sees every session; others see those in which they sit.
  private static func visible(to actor: Actor) -> SQL {
    if CommitteeRules.convenes(actor) { return "1 = 1" }
    guard actor.may(.sitInCommittees) else { return "1 = 0" }
    return """
      EXISTS (SELECT 1 FROM committee_member m
        WHERE m.session = s.id AND m.account = \(actor.id) AND m.removed_at IS NULL)
      """
  }

  /// What `actor` may not see is not found.
  static func require(_ id: RecordID<CommitteeSession>, visibleTo actor: Actor, in db: Connection) throws
    -> CommitteeSession
  {
    let found = try db.first(
      "SELECT \(columns) FROM committee_session s WHERE s.id = \(id) AND \(visible(to: actor))"
    ) { try CommitteeSession($0) }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// Whoever comes second waits here, and then sees what the first one did.
  static func hold(_ id: RecordID<CommitteeSession>, in db: Connection) throws {
    try db.run("UPDATE committee_session SET place = place WHERE id = \(id)")
  }

  /// A page of the sessions that the actor sees, the latest day first.
  static func page(after cursor: SessionCursor?, for actor: Actor, in db: Connection) throws
    -> [CommitteeSession]
  {
    if CommitteeRules.convenes(actor) {
      let before: SQL = cursor.map { "WHERE (s.day, s.id) < (\($0.day), \($0.id))" } ?? ""
      return try db.rows(
        """
        SELECT \(columns) FROM committee_session s \(before)
        ORDER BY s.day DESC, s.id DESC LIMIT \(pageSize + 1)
        """
      ) { try CommitteeSession($0) }
    }
    let before: SQL = cursor.map { "AND (m.day, m.session) < (\($0.day), \($0.id))" } ?? ""
    return try db.rows(
      """
      SELECT \(columns) FROM committee_member m JOIN committee_session s ON s.id = m.session
      WHERE m.account = \(actor.id) AND m.removed_at IS NULL \(before)
      ORDER BY m.day DESC, m.session DESC LIMIT \(pageSize + 1)
      """
    ) { try CommitteeSession($0) }
  }

  /// Sessions in which somebody sits, from a day on, that are not over; at most ten, the nearest first.
  static func coming(for account: AccountID, from day: Day, in db: Connection) throws -> [CommitteeSession] {
    try db.rows(
      """
      SELECT \(columns) FROM committee_member m JOIN committee_session s ON s.id = m.session
      WHERE m.account = \(account) AND m.removed_at IS NULL AND m.day >= \(day)
        AND s.closed_at IS NULL AND s.cancelled_at IS NULL
      ORDER BY m.day, m.session LIMIT 10
      """
    ) { try CommitteeSession($0) }
  }

  /// How many files of these sessions a member with a vote has still to score.
  static func toScore(by account: AccountID, in sessions: [RecordID<CommitteeSession>], _ db: Connection)
    throws
    -> [RecordID<CommitteeSession>: Int]
  {
    let own = "x.session = e.session AND x.item = e.item" as SQL
    let counts = try db.rows(
      """
      SELECT e.session, COUNT(*) FROM committee_entry e JOIN committee_item i ON i.id = e.item
      JOIN committee_member m ON m.session = e.session AND m.account = \(account)
      WHERE e.session IN (\(list: sessions)) AND e.taken_off IS NULL AND m.role <> 'secretary'
        AND i.prepared_by <> \(account)
        AND NOT EXISTS (SELECT 1 FROM committee_score x WHERE \(own) AND x.account = \(account))
        AND NOT EXISTS (SELECT 1 FROM committee_conflict x WHERE \(own) AND x.account = \(account))
        AND NOT EXISTS (SELECT 1 FROM committee_decision x WHERE \(own))
      GROUP BY e.session
      """
    ) { (try $0[0] as RecordID<CommitteeSession>, try $0[1] as Int) }
    return Dictionary(counts) { first, _ in first }
  }

  /// - Returns: false when there is one of this id.
  static func insert(
    _ id: RecordID<CommitteeSession>, _ draft: SessionDraft, grid: String, by actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO committee_session (id, antenna, day, place, quorum, hides_identity, grid, money, currency,
        convened_at, convened_by)
      VALUES (\(id), \(draft.antenna), \(draft.terms.day), \(draft.terms.place), \(draft.terms.quorum),
        \(draft.hidesIdentity), \(grid), \(draft.terms.money?.minorUnits), \(draft.terms.money?.currency), \(now),
        \(actor.id))
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  /// Whoever was there on the day that was first set is not there on another.
  static func change(
    _ session: CommitteeSession, to terms: SessionTerms, grid: String, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE committee_session SET day = \(terms.day), place = \(terms.place), quorum = \(terms.quorum),
        money = \(terms.money?.minorUnits), currency = \(terms.money?.currency), grid = \(grid)
      WHERE id = \(session.id)
      """)
    guard terms.day != session.day else { return }
    try db.run(
      "UPDATE committee_member SET day = \(terms.day), is_present = 0 WHERE session = \(session.id)")
  }

  static func members(of id: RecordID<CommitteeSession>, in db: Connection) throws -> [CommitteeMember] {
    try db.rows(
      """
      SELECT account, role, is_present, removed_at FROM committee_member WHERE session = \(id) ORDER BY account
      """
    ) {
      CommitteeMember(account: try $0[0], role: try $0[1], isPresent: try $0[2], removedAt: try $0[3])
    }
  }

  static func seat(
    _ account: AccountID, as role: CommitteeSession.Role, in session: CommitteeSession, _ db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO committee_member (session, account, role, day, is_present)
      VALUES (\(session.id), \(account), \(role), \(session.day), 0)
      ON CONFLICT (session, account) DO UPDATE SET role = excluded.role
      """)
  }

  static func remove(
    _ account: AccountID, from id: RecordID<CommitteeSession>, at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE committee_member SET removed_at = \(now), is_present = 0
      WHERE session = \(id) AND account = \(account)
      """)
  }

  static func setPresent(_ accounts: [AccountID], in id: RecordID<CommitteeSession>, _ db: Connection) throws
  {
    try db.run(
      """
      UPDATE committee_member SET is_present = CASE WHEN account IN (\(list: accounts)) THEN 1 ELSE 0 END
      WHERE session = \(id) AND removed_at IS NULL
      """)
  }

  static func cancel(
    _ id: RecordID<CommitteeSession>, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE committee_session SET cancelled_at = \(now), cancelled_by = \(actor.id) WHERE id = \(id)
      """)
    try db.run(
      """
      UPDATE committee_item SET state = 'waiting' WHERE state = 'listed' AND id IN (
        SELECT item FROM committee_entry WHERE session = \(id) AND taken_off IS NULL)
      """)
    try db.run("UPDATE committee_entry SET taken_off = \(now) WHERE session = \(id) AND taken_off IS NULL")
  }

  static func close(
    _ id: RecordID<CommitteeSession>, hash: String, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE committee_session SET closed_at = \(now), closed_by = \(actor.id), hash = \(hash) WHERE id = \(id)
      """)
  }

  static func confirm(_ id: RecordID<CommitteeSession>, by actor: Actor, at now: Date, in db: Connection)
    throws
  {
    try db.run(
      """
      UPDATE committee_session SET confirmed_at = \(now), confirmed_by = \(actor.id) WHERE id = \(id)
      """)
  }

  /// The agenda, in the order of its numbers.
  static func entries(of id: RecordID<CommitteeSession>, in db: Connection) throws -> [AgendaEntry] {
    try db.rows(
      """
      SELECT e.number, \(CommitteeItemStore.columns) FROM committee_entry e
      JOIN committee_item i ON i.id = e.item
      WHERE e.session = \(id) AND e.taken_off IS NULL ORDER BY e.number
      """
    ) { AgendaEntry(number: try $0[0], item: try CommitteeItem($0, from: 1)) }
  }

  /// Puts an item on the agenda under the next number; one that was taken off keeps its own.
  static func list(
    _ item: RecordID<CommitteeItem>, in id: RecordID<CommitteeSession>, by actor: Actor, at now: Date,
    _ db: Connection
  ) throws {
    let back = try db.run(
      "UPDATE committee_entry SET taken_off = NULL WHERE session = \(id) AND item = \(item)")
    guard back == 0 else { return }
    let last = try db.value(
      "SELECT number FROM committee_entry WHERE session = \(id) ORDER BY number DESC LIMIT 1", as: Int.self)
    try db.run(
      """
      INSERT INTO committee_entry (id, session, item, number, listed_at, listed_by)
      VALUES (\(RecordID<AgendaEntry>()), \(id), \(item), \((last ?? 0) + 1), \(now), \(actor.id))
      """)
  }
}

/// Where the next page of the list begins.
struct SessionCursor: Sendable {
  let day: Day
  let id: RecordID<CommitteeSession>
}

/// An item on an agenda, under its number there.
package struct AgendaEntry: Sendable, Equatable {
  package let number: Int
  package let item: CommitteeItem
}

/// A session that is about to be convened.
package struct SessionDraft: Sendable, Equatable {
  /// Nil for one of the whole scheme.
  package let antenna: AntennaCode?
  package let hidesIdentity: Bool
  package let terms: SessionTerms

  package init(antenna: AntennaCode?, hidesIdentity: Bool, terms: SessionTerms) {
    self.antenna = antenna
    self.hidesIdentity = hidesIdentity
    self.terms = terms
  }

  package init(
    antenna: AntennaCode?, day: Day, place: String, quorum: Int, hidesIdentity: Bool, money: Money? = nil
  ) {
    self.init(
      antenna: antenna, hidesIdentity: hidesIdentity,
      terms: SessionTerms(day: day, place: place, quorum: quorum, money: money))
  }
}

/// What of a session may change until somebody votes in it.
package struct SessionTerms: Sendable, Equatable {
  package let day: Day
  package let place: String
  package let quorum: Int
  package let money: Money?

  /// As a form carries them, to see whether somebody else changed them meanwhile.
  var mark: String { fields.values.sorted { $0.key < $1.key }.map(\.value).joined(separator: "|") }

  var fields: Fields {
    Fields([
      "day": day.description, "place": place, "quorum": String(quorum), "money": money?.typed ?? "",
      "currency": money?.currency.rawValue ?? "",
    ])
  }
}

extension CommitteeSession {
  fileprivate init(_ row: borrowing Row) throws {
    func signature(_ by: AccountID?, _ at: Date?) -> Signature? {
      by.flatMap { by in at.map { Signature(by: by, at: $0) } }
    }
    id = try row[0]
    antenna = try row[1]
    day = try row[2]
    place = try row[3]
    quorum = try row[4]
    hidesIdentity = try row[5]
    grid = try row[6]
    let (minor, currency): (Int64?, Money.Currency?) = (try row[7], try row[8])
    money = minor.flatMap { minor in currency.map { Money(minor, $0) } }
    convenedBy = try row[9]
    convenedAt = try row[10]
    cancelledAt = try row[11]
    closing = signature(try row[12], try row[13])
    confirmation = signature(try row[14], try row[15])
    hash = try row[16]
  }

  var terms: SessionTerms { SessionTerms(day: day, place: place, quorum: quorum, money: money) }

  /// As it was convened, or changed since.
  var draft: SessionDraft {
    SessionDraft(antenna: antenna, hidesIdentity: hidesIdentity, terms: terms)
  }
}
