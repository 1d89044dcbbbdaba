import Basics
import Foundation
import Storage

/// Every SQL statement by which another area draws cases by lot. Callers bring the transaction.
enum CaseFrameStore {
  /// Cases of an antenna received or closed within some days, in a fixed order; not those of persons who were erased.
  static func frame(
    of antenna: AntennaCode, _ basis: CaseFrame, _ days: ClosedRange<Day>, limit: Int, in db: Connection
  ) throws -> [RecordID<CaseFile>] {
    let (first, last) = (days.lowerBound, days.upperBound)
    let within: SQL
    switch basis {
    case .received:
      // By the index of moments, a day wider on both sides; then by the day itself.
      let from = Date(timeIntervalSince1970: Double((first + -1).number) * 86_400)
      let until = Date(timeIntervalSince1970: Double((last + 2).number) * 86_400)
      within = """
        received_at >= \(from) AND received_at < \(until) AND received_on >= \(first) AND received_on <= \(last)
          AND erased_on IS NULL ORDER BY received_at, id
        """
    case .closed:
      within = """
        closed_on IS NOT NULL AND closed_on >= \(first) AND closed_on <= \(last) AND erased_on IS NULL
        ORDER BY closed_on, id
        """
    }
    return try db.rows("SELECT id FROM case_file WHERE antenna = \(antenna) AND \(within) LIMIT \(limit)") {
      try $0[0] as RecordID<CaseFile>
    }
  }
}
