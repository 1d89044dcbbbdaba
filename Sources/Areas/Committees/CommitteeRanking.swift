import Basics

/// Items by their scores, under the money there is.
struct CommitteeRanking: Sendable {
  /// What an item is paid from, as far as is known.
  enum Pool: Hashable, Sendable {
    /// A budget line, by its id.
    case line(String)
    /// What the session was told.
    case session
    /// Nobody knows what there is.
    case unknown
  }

  enum Standing: Sendable, Equatable {
    /// There is money for it.
    case within
    /// The money ends before it.
    case beyond
    case unknown
    /// Refused or postponed.
    case none
  }

  struct Place: Sendable {
    let entry: AgendaEntry
    /// In ten thousandths of the most points; nil while nobody scored it.
    let score: Int?
    let pool: Pool
    let standing: Standing
    /// What is left of its pool after it; nil where that is not known, or it takes nothing.
    let left: Money?
  }

  let places: [Place]

  /// - Parameters:
  ///   - score: in ten thousandths of the most points.
  ///   - shares: what an undecided item would take, and of which money.
  ///   - isPaidElsewhere: whether what is granted is paid by a room that knows its money, and not by the session's.
  ///   - money: what the session was told, where no room knows.
  init(
    _ entries: [AgendaEntry], score: (AgendaEntry) -> Int?,
    decision: (AgendaEntry) -> Decision.Words?, shares: [RecordID<CommitteeItem>: PotShare],
    isPaidElsewhere: (CommitteeItem) -> Bool = { _ in false }, money: Money?
  ) {
    let scored = entries.map { (entry: $0, score: score($0)) }.sorted {
      ($1.score ?? -1, $0.entry.number) < ($0.score ?? -1, $1.entry.number)
    }
    var pots: [Pool: Money] = [:]
    for share in shares.values { pots[.line(share.pot.id)] = share.pot.left }
    pots[.session] = money
    func share(_ item: CommitteeItem) -> (pool: Pool, cost: Money) {
      if let share = shares[item.id] { return (.line(share.pot.id), share.cost) }
      return (pots[.session]?.currency == item.amount.currency ? .session : .unknown, item.amount)
    }
    func take(_ amount: Money, _ pool: Pool) -> Money? {
      guard let pot = pots[pool], pot.currency == amount.currency, amount.minorUnits <= pot.minorUnits else {
        return nil
      }
      let rest = Money(pot.minorUnits - amount.minorUnits, pot.currency)
      pots[pool] = rest
      return rest
    }
    // What was granted is gone, whatever its place; a line's money is told without it already.
    for (entry, _) in scored where !isPaidElsewhere(entry.item) {
      if let amount = decision(entry)?.amount, share(entry.item).pool == .session {
        _ = take(amount, .session)
      }
    }
    places = scored.map { entry, score in
      let (from, cost) = share(entry.item)
      if let words = decision(entry) {
        return Place(
          entry: entry, score: score, pool: from, standing: words.outcome.isGrant ? .within : .none, left: nil
        )
      }
      guard from != .unknown else {
        return Place(entry: entry, score: score, pool: from, standing: .unknown, left: nil)
      }
      let rest = score == nil ? nil : take(cost, from)
      return Place(
        entry: entry, score: score, pool: from, standing: rest == nil ? .beyond : .within, left: rest)
    }
  }

  /// In ten thousandths of the most points; nil for none.
  static func average(_ scores: [Score]) -> Int? {
    let most = scores.reduce(0) { $0 + $1.most }
    return most == 0 ? nil : scores.reduce(0) { $0 + $1.total } * 10_000 / most
  }
}
