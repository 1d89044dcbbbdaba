import Basics
import Foundation
import Storage

/// Every SQL statement about weekly hours.
enum WorkWeekStore {
  /// Weeks of one antenna that a page shows at most.
  static let most = 200

  /// Those of one account that are not over, the last recorded first.
  static func weeks(of account: AccountID, from day: Day, in db: Connection) throws -> [WorkWeek] {
    try read("account = \(account)", from: day, in: db)
  }

  static func weeks(at antenna: AntennaCode, from day: Day, in db: Connection) throws -> [WorkWeek] {
    try read("antenna = \(antenna)", from: day, in: db)
  }

  private static func read(_ whose: SQL, from day: Day, in db: Connection) throws -> [WorkWeek] {
    let weeks = try db.rows(
      """
      SELECT id, account, from_day, until_day FROM work_week
      WHERE \(whose) AND ended_at IS NULL AND (until_day IS NULL OR until_day >= \(day))
      ORDER BY recorded_at DESC, id DESC LIMIT \(most)
      """
    ) { WorkWeek(id: try $0[0], account: try $0[1], from: try $0[2], until: try $0[3], hours: []) }
    let hours = try db.rows(
      """
      SELECT week, weekday, from_minute, until_minute FROM work_hour
      WHERE week IN (\(list: weeks.map(\.id))) ORDER BY weekday, from_minute
      """
    ) {
      (
        week: try $0[0] as RecordID<WorkWeek>,
        hours: WorkWeek.Hours(weekday: try $0[1], from: try $0[2], until: try $0[3])
      )
    }
    let byWeek = Dictionary(grouping: hours, by: \.week)
    return weeks.map { week in
      WorkWeek(
        id: week.id, account: week.account, from: week.from, until: week.until,
        hours: byWeek[week.id, default: []].map(\.hours))
    }
  }

  static func week(_ id: RecordID<WorkWeek>, in db: Connection) throws -> (
    week: WorkWeek, antenna: AntennaCode
  )? {
    let found = try db.first("SELECT account, from_day, until_day, antenna FROM work_week WHERE id = \(id)") {
      (
        account: try $0[0] as AccountID, from: try $0[1] as Day, until: try $0[2] as Day?,
        antenna: try $0[3] as AntennaCode
      )
    }
    guard let found else { return nil }
    let hours = try db.rows(
      """
      SELECT weekday, from_minute, until_minute FROM work_hour WHERE week = \(id) ORDER BY weekday, from_minute
      """
    ) { WorkWeek.Hours(weekday: try $0[0], from: try $0[1], until: try $0[2]) }
    return (
      WorkWeek(id: id, account: found.account, from: found.from, until: found.until, hours: hours),
      found.antenna
    )
  }

  /// - Returns: false when it is there.
  static func insert(
    _ week: WorkWeek, at antenna: AntennaCode, by actor: Actor, at now: Date, in db: Connection
  )
    throws -> Bool
  {
    let isNew = try db.run(
      """
      INSERT INTO work_week (id, account, antenna, from_day, until_day, recorded_at, recorded_by)
      VALUES (\(week.id), \(week.account), \(antenna), \(week.from), \(week.until), \(now), \(actor.id))
      ON CONFLICT (id) DO NOTHING
      """)
    guard isNew == 1 else { return false }
    for hours in week.hours {
      try db.run(
        """
        INSERT INTO work_hour (week, weekday, from_minute, until_minute)
        VALUES (\(week.id), \(hours.weekday), \(hours.from), \(hours.until))
        """)
    }
    return true
  }

  static func end(_ id: RecordID<WorkWeek>, at now: Date, in db: Connection) throws -> Bool {
    try db.run("UPDATE work_week SET ended_at = \(now) WHERE id = \(id) AND ended_at IS NULL") == 1
  }
}
