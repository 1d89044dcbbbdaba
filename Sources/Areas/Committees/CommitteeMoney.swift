import Basics
import Storage

/// Where the money of an item would come from, as the room knows it that keeps it: one budget line.
package struct MoneyPot: Sendable, Hashable {
  package let id: String
  package let name: String
  /// With what is set aside for the undecided items of the session.
  package let left: Money

  package init(id: String, name: String, left: Money) {
    self.id = id
    self.name = name
    self.left = left
  }
}

/// What one item takes of a pot, in the pot's currency.
package struct PotShare: Sendable, Equatable {
  package let pot: MoneyPot
  package let cost: Money

  package init(pot: MoneyPot, cost: Money) {
    self.pot = pot
    self.cost = cost
  }
}

/// Asked for the undecided items of one session; leaves out those of which nobody knows who would pay.
package typealias MoneyBehind =
  @Sendable (_ items: [CommitteeItem], _ db: Connection) throws -> [RecordID<CommitteeItem>: PotShare]
