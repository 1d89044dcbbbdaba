import Basics
import Cases
import Foundation
import Storage

/// Which money ends unspent, and which is at risk, before it happens.
extension Funding {
  static let mostAgreements = 200

  /// The lines of the running agreements with what they will have left at their end, the largest part first.
  func outlook(for actor: Actor) async throws -> [LineOutlook] {
    let sight = try FundingRules.sight(of: actor)
    let now = now()
    let today = Day(of: now)
    return try await database.read { db in
      let agreements = try OverviewStore.running(
        on: today, seenBy: sight, limit: Self.mostAgreements, in: db)
      let shown = try shown(agreements, to: sight, in: db)
      let since = now.addingTimeInterval(-Double(OutlookRules.window) * 86_400)
      let used = try OverviewStore.used(of: shown.flatMap { $0.lines.map(\.line.id) }, since: since, in: db)
      let found = shown.flatMap { agreement in
        agreement.lines.compactMap { line -> LineOutlook? in
          Self.outlook(line, agreement, used: used[line.line.id] ?? 0, today: today)
        }
      }
      return found.sorted { ($0.agreement.until, $0.shown.line.id) < ($1.agreement.until, $1.shown.line.id) }
    }
  }

  private static func outlook(_ line: LineShown, _ agreement: AgreementShown, used: Int64, today: Day)
    -> LineOutlook?
  {
    let usedLately = Money(used, agreement.agreement.currency)
    let outlook = OutlookRules.outlook(
      left: line.totals.free, used: usedLately, from: agreement.agreement.from,
      until: agreement.agreement.until, today: today)
    return outlook.map {
      LineOutlook(
        shown: line, agreement: agreement.agreement, funder: agreement.funder, daysLeft: $0.daysLeft,
        usedLately: usedLately, expected: $0.expected, unspent: $0.unspent)
    }
  }

  /// Reservations whose money the funder may not accept any more when it is bound or paid. At most 50.
  func risks(after cursor: RecordID<Reservation>?, for actor: Actor) async throws -> (
    risks: [LineRisk], next: RecordID<Reservation>?
  ) {
    let sight = try FundingRules.sight(of: actor)
    let today = Day(of: now())
    return try await database.read { db in
      let agreements = try OverviewStore.risky(seenBy: sight, limit: Self.mostAgreements, in: db)
      let known = Dictionary(uniqueKeysWithValues: agreements.map { ($0.id, $0) })
      let size = OverviewStore.pageSize
      let ids = try OverviewStore.risky(
        of: agreements.map(\.id), on: today, after: cursor, limit: size + 1, in: db)
      let shown = Array(ids.prefix(size))
      let files = try files(behind: shown, for: actor, in: db)
      let risks = try shown.compactMap { id -> LineRisk? in
        guard let reservation = try ReservationStore.find(id, in: db)?.reservation,
          let line = try AgreementStore.line(reservation.line, in: db),
          let agreement = known[line.agreement], FundingRules.isSeen(line, of: agreement, by: sight),
          let reason = OutlookRules.risk(reservation, agreement, today: today)
        else { return nil }
        return LineRisk(
          reservation: reservation, line: line, agreement: agreement, reason: reason,
          amount: OutlookRules.rest(of: reservation), file: files[id])
      }
      return (risks, ids.count > shown.count ? shown.last : nil)
    }
  }
}
