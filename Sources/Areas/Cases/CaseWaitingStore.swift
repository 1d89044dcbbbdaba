import Basics
import Storage

extension Cases {
  /// For the board: open cases of an antenna in which what is due next is late.
  package func late(_ what: Due.What, at antenna: AntennaCode, on today: Day, in db: Connection) throws
    -> Waiting?
  {
    try CaseWaitingStore.late(what, at: antenna, on: today, in: db)
  }
}

/// The statement by which the board counts cases.
enum CaseWaitingStore {
  static func late(_ what: Due.What, at antenna: AntennaCode, on today: Day, in db: Connection) throws
    -> Waiting?
  {
    try Waiting(
      days: """
        SELECT due_on AS since FROM case_file
        WHERE antenna = \(antenna) AND due_on IS NOT NULL AND due_on < \(today) AND due_what = \(what)
        ORDER BY since
        """, in: db)
  }
}
