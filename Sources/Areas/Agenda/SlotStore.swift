import Basics
import Foundation
import Storage

/// Every SQL statement about taken time: nobody and no room twice in one quarter of an hour, whatever takes it.
enum SlotStore {
  enum Owner {
    case appointment(RecordID<Appointment>)
    /// The session itself: who leads it, and its room.
    case session(RecordID<GroupSession>)
    case seat(RecordID<SessionSeat>, RecordID<GroupSession>)

    fileprivate var appointment: RecordID<Appointment>? {
      if case .appointment(let id) = self { id } else { nil }
    }

    fileprivate var session: RecordID<GroupSession>? {
      switch self {
      case .appointment: nil
      case .session(let id), .seat(_, let id): id
      }
    }

    fileprivate var seat: RecordID<SessionSeat>? { if case .seat(let id, _) = self { id } else { nil } }
  }

  /// Takes the time of those who meet.
  /// - Returns: the first of them whose time is taken; nil when all of it is free, and theirs now.
  static func claim(
    _ holders: [AgendaRules.Holder], _ time: AppointmentTime, for owner: Owner, in db: Connection
  )
    throws -> AgendaRules.Holder?
  {
    for holder in holders {
      for slot in time.slots {
        let taken = try db.run(
          """
          INSERT INTO taken_slot (holder, day, slot, appointment, session, seat)
          VALUES (\(holder.text), \(time.day), \(slot), \(owner.appointment), \(owner.session), \(owner.seat))
          ON CONFLICT (holder, day, slot) DO NOTHING
          """)
        if taken == 0 { return holder }
      }
    }
    return nil
  }

  static func release(_ id: RecordID<Appointment>, in db: Connection) throws {
    try db.run("DELETE FROM taken_slot WHERE appointment = \(id)")
  }

  static func release(_ id: RecordID<SessionSeat>, in db: Connection) throws {
    try db.run("DELETE FROM taken_slot WHERE seat = \(id)")
  }

  /// All that a session takes, with everybody in it.
  static func release(_ id: RecordID<GroupSession>, in db: Connection) throws {
    try db.run("DELETE FROM taken_slot WHERE session = \(id)")
  }

  /// Which slots of some days are taken, by holder.
  static func taken(by holders: [AgendaRules.Holder], _ days: ClosedRange<Day>, in db: Connection) throws
    -> [String: [Day: Set<Int>]]
  {
    let rows = try db.rows(
      """
      SELECT holder, day, slot FROM taken_slot
      WHERE holder IN (\(list: holders.map(\.text))) AND day >= \(days.lowerBound) AND day <= \(days.upperBound)
      LIMIT \(holders.count * 96 * (days.upperBound - days.lowerBound + 1))
      """
    ) { (holder: try $0[0] as String, day: try $0[1] as Day, slot: try $0[2] as Int) }
    return rows.reduce(into: [:]) { $0[$1.holder, default: [:]][$1.day, default: []].insert($1.slot) }
  }
}
