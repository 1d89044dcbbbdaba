import Basics
import Foundation
import Storage

/// Counts over all cases; each goes through an index alone, or through the open cases of one antenna.
enum CaseloadStore {
  static func ofAntennas(today: Day, at now: Date, in db: Connection) throws -> Caseload {
    var lines: [AntennaCode: Caseload.Line] = [:]
    let stages = try db.rows("SELECT antenna, stage, COUNT(*) FROM case_file GROUP BY antenna, stage") {
      (antenna: try $0[0] as AntennaCode, stage: try $0[1] as CaseFile.Stage, count: try $0[2] as Int)
    }
    for it in stages {
      lines[it.antenna, default: Caseload.Line(holder: .antenna(it.antenna))].stages[it.stage] = it.count
    }
    let late = try db.rows(
      """
      SELECT antenna, COUNT(*) FROM case_file WHERE due_on IS NOT NULL AND due_on < \(today) GROUP BY antenna
      """
    ) { (antenna: try $0[0] as AntennaCode, count: try $0[1] as Int) }
    for it in late { lines[it.antenna]?.late = it.count }
    for (antenna, days) in try daysToPlan(since: today + -365, in: db) { lines[antenna]?.daysToPlan = days }
    return caseload(Array(lines.values), at: now)
  }

  static func ofContacts(at antenna: AntennaCode, today: Day, at now: Date, in db: Connection) throws
    -> Caseload
  {
    let counts = try db.rows(
      """
      SELECT contact, stage, COUNT(*), CAST(SUM(CASE WHEN due_on < \(today) THEN 1 ELSE 0 END) AS BIGINT) FROM case_file
      WHERE antenna = \(antenna) AND stage IN ('received', 'planned', 'in-progress', 'follow-up')
      GROUP BY contact, stage
      """
    ) {
      (
        contact: try $0[0] as AccountID, stage: try $0[1] as CaseFile.Stage, count: try $0[2] as Int,
        late: try $0[3] as Int
      )
    }
    let lines = counts.reduce(into: [AccountID: Caseload.Line]()) { lines, it in
      lines[it.contact, default: Caseload.Line(holder: .contact(it.contact))].stages[it.stage] = it.count
      lines[it.contact]?.late += it.late
    }
    return caseload(Array(lines.values), at: now)
  }

  private static func caseload(_ lines: [Caseload.Line], at now: Date) -> Caseload {
    Caseload(lines: lines.sorted { ($0.open, $0.late) > ($1.open, $1.late) }, at: now)
  }

  /// The middle of the days from reception to plan, antenna by antenna.
  private static func daysToPlan(since day: Day, in db: Connection) throws -> [AntennaCode: Int] {
    let plans = try db.rows(
      """
      SELECT antenna, received_on, plan_agreed_on, COUNT(*) FROM case_file
      WHERE plan_agreed_on IS NOT NULL AND plan_agreed_on >= \(day)
      GROUP BY antenna, received_on, plan_agreed_on
      """
    ) {
      (
        antenna: try $0[0] as AntennaCode, received: try $0[1] as Day, agreed: try $0[2] as Day,
        count: try $0[3] as Int
      )
    }
    let days = plans.reduce(into: [AntennaCode: [Int: Int]]()) { days, it in
      days[it.antenna, default: [:]][max(0, it.agreed.number - it.received.number), default: 0] += it.count
    }
    return days.compactMapValues { CaseRules.median(ofCounted: $0) }
  }
}
