import Basics
import Storage

extension Agenda {
  /// For the board: appointments of the last two months to which nobody came and on which nothing followed. Those of
  /// closed cases wait for nobody.
  package func missed(at antenna: AntennaCode, on today: Day, in db: Connection) throws -> Waiting? {
    try AppointmentWaitingStore.missed(at: antenna, on: today, in: db)
  }

  /// The same of appointments of which nobody has told whether the person came.
  package func untold(at antenna: AntennaCode, on today: Day, in db: Connection) throws -> Waiting? {
    try AppointmentWaitingStore.untold(at: antenna, on: today, in: db)
  }
}

/// The statements by which the board counts appointments.
enum AppointmentWaitingStore {
  /// How far back the board looks. Ours, to be confirmed by the office.
  static let daysBack = 60

  static func missed(at antenna: AntennaCode, on today: Day, in db: Connection) throws -> Waiting? {
    try Waiting(
      days: """
        SELECT a.day AS since FROM appointment a
        WHERE a.antenna = \(antenna) AND a.day >= \(today + -daysBack) AND a.day < \(today) AND a.state = 'missed'
          AND a.case_open = 1
          AND NOT EXISTS (
            SELECT 1 FROM appointment b
            WHERE b.case_file = a.case_file AND (b.day, b.from_minute) > (a.day, a.from_minute)
              AND b.state <> 'cancelled')
        ORDER BY since
        """, in: db)
  }

  static func untold(at antenna: AntennaCode, on today: Day, in db: Connection) throws -> Waiting? {
    try Waiting(
      days: """
        SELECT day AS since FROM appointment
        WHERE antenna = \(antenna) AND day >= \(today + -daysBack) AND day < \(today) AND state = 'planned'
          AND case_open = 1
        ORDER BY since
        """, in: db)
  }
}
