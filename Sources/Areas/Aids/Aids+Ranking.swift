import Basics
import Cases
import Committees
import Foundation
import Funding
import Storage

/// From which money the items of a committee's session would be paid, in a fixed number of questions for a kind of aid.
extension Aids {
  package var money: MoneyBehind {
    { items, db in
      let lines = try AidStore.lines(items.compactMap { Self.aid($0.origin) }, in: db)
      let held = try funding.held(by: lines.values.compactMap(\.reservation), in: db)
      var shares: [RecordID<CommitteeItem>: (line: RecordID<BudgetLine>, cost: Money)] = [:]
      var open: [(item: RecordID<CommitteeItem>, aid: AidLine)] = []
      for item in items {
        guard let aid = Self.aid(item.origin).flatMap({ lines[$0] }) else { continue }
        if let reserved = aid.reservation.flatMap({ held[$0] }) {
          shares[item.id] = reserved
        } else {
          open.append((item.id, aid))
        }
      }
      let own = Dictionary(grouping: shares.values, by: \.line).mapValues {
        $0.reduce(0) { $0 + $1.cost.minorUnits }
      }
      try choose(&shares, for: open, in: db)
      let left = try funding.left(of: Array(Set(shares.values.map(\.line))), in: db)
      return shares.compactMapValues { share in
        left[share.line].map { name, free in
          PotShare(
            pot: MoneyPot(
              id: share.line.text, name: name,
              left: Money(free.minorUnits + own[share.line, default: 0], free.currency)), cost: share.cost)
        }
      }
    }
  }

  /// Of the lines that serve an aid the first that has enough, else the one with most: where nothing is set aside yet.
  private func choose(
    _ shares: inout [RecordID<CommitteeItem>: (line: RecordID<BudgetLine>, cost: Money)],
    for open: [(item: RecordID<CommitteeItem>, aid: AidLine)], in db: Connection
  ) throws {
    let today = Day(of: now())
    let returns = try AidStore.returns(of: open.map(\.aid.file), in: db)
    var known: [MoneyNeed: [LineLeft]] = [:]
    for (item, aid) in open {
      let need = MoneyNeed(
        amount: Money(1, aid.currency), kind: aid.kind, country: returns[aid.file]?.country,
        returned: returns[aid.file]?.kind, antenna: aid.antenna, day: today)
      let serving = try known[need] ?? funding.fitting(need, in: db).filter(\.serves)
      known[need] = serving
      let chosen =
        serving.first { $0.leftForNeed.map { $0.minorUnits >= aid.asked.minorUnits } ?? false }
        ?? serving.max { ($0.leftForNeed?.minorUnits ?? 0) < ($1.leftForNeed?.minorUnits ?? 0) }
      guard let chosen, let cost = chosen.cost(of: aid.asked) else { continue }
      shares[item] = (chosen.line.id, cost)
    }
  }
}
