import Basics
import Foundation
import NIOConcurrencyHelpers

/// How many cases stand where: antenna by antenna for the centre, counsellor by counsellor for the head of an antenna.
package struct Caseload: Sendable {
  package enum Holder: Hashable, Sendable {
    case antenna(AntennaCode)
    case contact(AccountID)
  }

  package struct Line: Sendable {
    package let holder: Holder
    package internal(set) var stages: [CaseFile.Stage: Int] = [:]
    /// Open cases whose due day has passed.
    package internal(set) var late = 0
    /// Days from reception to the agreed plan, of plans agreed in the last 365 days: half took as long or less. Nil when
    /// none was agreed, and for counsellors.
    package internal(set) var daysToPlan: Int?

    package init(holder: Holder) { self.holder = holder }

    package var open: Int { stages.reduce(0) { $0 + ($1.key == .closed ? 0 : $1.value) } }
  }

  /// Those who hold most open cases first.
  package let lines: [Line]
  /// When it was counted.
  package let at: Date

  /// All lines as one; without the days to the plan, of which there is no middle to be had from middles.
  package func total(for holder: Holder) -> Line {
    lines.reduce(into: Line(holder: holder)) { total, line in
      total.stages.merge(line.stages, uniquingKeysWith: +)
      total.late += line.late
    }
  }
}

/// Figures that were counted lately: to count everything costs as much as a hundred pages.
final class KeptCaseloads: Sendable {
  /// Seconds after which they are counted anew; the page says when that was.
  static let age: TimeInterval = 60

  private let kept = NIOLockedValueBox<[AntennaCode?: Caseload]>([:])

  /// - Parameter antenna: whose counsellors are counted; nil for the antennas of the country.
  func caseload(of antenna: AntennaCode?, at now: Date, count: () async throws -> Caseload) async rethrows
    -> Caseload
  {
    if let known = kept.withLockedValue({ $0[antenna] }), now.timeIntervalSince(known.at) < Self.age {
      return known
    }
    let counted = try await count()
    kept.withLockedValue { $0[antenna] = counted }
    return counted
  }
}
