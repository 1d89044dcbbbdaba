import Basics
import Cases
import Foundation
import Storage

/// A reservation with what it costs its line.
struct KeptReservation: Sendable, Equatable {
  let reservation: Reservation
  /// In the currency of the line, in minor units: set aside or bound in all, paid, given back.
  let held: Int64
  let paidCost: Int64
  let returnedCost: Int64
}

/// Every SQL statement about reservations and payments. Callers bring the transaction.
enum ReservationStore {
  static func insert(
    _ new: NewReservation, file: RecordID<CaseFile>?, rate: Int64?, cost: Int64, by actor: Actor,
    at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO fund_reservation
        (id, line, kind, case_file, state, currency, asked, paid, returned, rate, cost_held, cost_paid,
          cost_returned, made_at, made_by)
      VALUES (\(new.id), \(new.line), \(new.kind), \(file), \(Reservation.State.reserved),
        \(new.amount.currency), \(new.amount.minorUnits), 0, 0, \(rate), \(cost), 0, 0, \(now), \(actor.id))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// Who pays, by reservation; at most those that are asked for.
  static func funders(of ids: [RecordID<Reservation>], in db: Connection) throws -> [RecordID<Reservation>:
    String]
  {
    let rows = try db.rows(
      """
      SELECT r.id, f.name FROM fund_reservation r JOIN budget_line l ON l.id = r.line
        JOIN agreement g ON g.id = l.agreement JOIN funder f ON f.id = g.funder
      WHERE r.id IN (\(list: ids))
      """
    ) { (id: try $0[0] as RecordID<Reservation>, name: try $0[1] as String) }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.name) })
  }

  static func held(by ids: [RecordID<Reservation>], in db: Connection) throws -> [RecordID<Reservation>:
    (line: RecordID<BudgetLine>, cost: Money)]
  {
    let rows = try db.rows(
      """
      SELECT r.id, r.line, r.cost_held, g.currency FROM fund_reservation r JOIN budget_line l ON l.id = r.line
        JOIN agreement g ON g.id = l.agreement
      WHERE r.id IN (\(list: ids)) AND r.state <> \(Reservation.State.released)
      """
    ) { row in
      (
        try row[0] as RecordID<Reservation>,
        (line: try row[1] as RecordID<BudgetLine>, cost: Money(try row[2], try row[3]))
      )
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  static func find(_ id: RecordID<Reservation>, in db: Connection) throws -> KeptReservation? {
    try db.first("SELECT \(columns) FROM fund_reservation WHERE id = \(id)") { try KeptReservation($0) }
  }

  /// Whoever comes second waits here until the first is done, and then sees what the first one did.
  static func hold(_ id: RecordID<Reservation>, in db: Connection) throws -> KeptReservation {
    try db.run("UPDATE fund_reservation SET state = state WHERE id = \(id)")
    guard let kept = try find(id, in: db) else { throw Refusal.notFound }
    return kept
  }

  /// - Parameter held: what is set aside or bound of the line from now on.
  static func set(
    _ id: RecordID<Reservation>, _ state: Reservation.State, bound: Int64?, held: Int64, expected: Day?,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE fund_reservation SET state = \(state), bound = \(bound), cost_held = \(held),
        expected = \(expected) WHERE id = \(id)
      """)
  }

  static func set(
    _ id: RecordID<Reservation>, paid: Int64, cost: Int64, held: Int64, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE fund_reservation SET paid = \(paid), cost_paid = \(cost), cost_held = \(held) WHERE id = \(id)
      """)
  }

  static func set(_ id: RecordID<Reservation>, returned: Int64, cost: Int64, in db: Connection) throws {
    try db.run(
      "UPDATE fund_reservation SET returned = \(returned), cost_returned = \(cost) WHERE id = \(id)")
  }

  static func insert(_ payment: FundPayment, movement: RecordID<Movement>, in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO fund_payment (id, reservation, movement, amount, cost, returned, on_day, is_reversed)
      VALUES (\(payment.id), \(payment.reservation), \(movement), \(payment.amount.minorUnits),
        \(payment.cost.minorUnits), 0, \(payment.on), 0) ON CONFLICT DO NOTHING
      """) == 1
  }

  static func payment(_ id: RecordID<FundPayment>, in db: Connection) throws -> (
    payment: FundPayment, movement: RecordID<Movement>
  )? {
    try db.first(
      """
      SELECT p.id, p.reservation, p.amount, r.currency, p.cost, g.currency, p.on_day, p.returned,
        p.is_reversed, p.movement
      FROM fund_payment p JOIN fund_reservation r ON r.id = p.reservation
        JOIN budget_line l ON l.id = r.line JOIN agreement g ON g.id = l.agreement
      WHERE p.id = \(id)
      """
    ) { row in
      let currency: Money.Currency = try row[3]
      let payment = FundPayment(
        id: try row[0], reservation: try row[1], amount: Money(try row[2], currency),
        cost: Money(try row[4], try row[5]), on: try row[6], returned: Money(try row[7], currency),
        isReversed: try row[8])
      return (payment, try row[9])
    }
  }

  static func set(_ id: RecordID<FundPayment>, returned: Int64, in db: Connection) throws {
    try db.run("UPDATE fund_payment SET returned = \(returned) WHERE id = \(id)")
  }

  static func insert(
    _ id: RecordID<FundReturn>, of payment: RecordID<FundPayment>, _ amount: Int64, on day: Day,
    movement: RecordID<Movement>, in db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO fund_return (id, payment, movement, amount, on_day)
      VALUES (\(id), \(payment), \(movement), \(amount), \(day))
      """)
  }

  static func returned(_ id: RecordID<FundReturn>, in db: Connection) throws -> (
    payment: RecordID<FundPayment>, amount: Int64
  )? {
    try db.first("SELECT payment, amount FROM fund_return WHERE id = \(id)") { (try $0[0], try $0[1]) }
  }

  static func setReversed(_ id: RecordID<FundPayment>, in db: Connection) throws {
    try db.run("UPDATE fund_payment SET is_reversed = 1 WHERE id = \(id)")
  }

  private static let columns: SQL = """
    id, line, kind, case_file, state, currency, asked, bound, paid, returned, rate, expected, cost_held,
    cost_paid, cost_returned
    """
}

extension KeptReservation {
  fileprivate init(_ row: borrowing Row) throws {
    let currency: Money.Currency = try row[5]
    let bound: Int64? = try row[7]
    reservation = Reservation(
      id: try row[0], line: try row[1], kind: try row[2], file: try row[3], state: try row[4],
      asked: Money(try row[6], currency), bound: bound.map { Money($0, currency) },
      paid: Money(try row[8], currency), returned: Money(try row[9], currency), rate: try row[10],
      expected: try row[11])
    held = try row[12]
    paidCost = try row[13]
    returnedCost = try row[14]
  }
}
