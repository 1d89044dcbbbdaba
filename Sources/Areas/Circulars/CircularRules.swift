import Accounts
import Basics
import Foundation

/// Decisions only: no database, no clock, no request.
enum CircularRules {
  /// Those at the antennas: the centre writes, and is not written to.
  static let roles = Role.ofAntennas

  /// Whether a circular is for somebody.
  static func isFor(_ account: Account, _ circular: NewCircular) -> Bool {
    guard let antenna = account.antenna, account.disabledAt == nil else { return false }
    let isAtAntenna = circular.antennas.isEmpty || circular.antennas.contains(antenna)
    let hasRole = circular.roles.isEmpty || !circular.roles.isDisjoint(with: account.roles)
    return isAtAntenna && hasRole
  }

  /// Days that somebody has to read a circular who came after it was sent. Ours, to be confirmed by the office.
  static let daysForNewcomers = 7

  /// By when somebody who came later is to read it: as early as the others, but never at once.
  static func readBy(_ circular: NewCircular, givenOn today: Day) -> Day {
    max(circular.readBy, today + daysForNewcomers)
  }

  static func isLate(_ readAt: Date?, by day: Day, on today: Day) -> Bool { readAt == nil && day < today }

  /// Whose receipts an actor sees: all of them, those of one antenna, or nobody's.
  enum Sight: Equatable {
    case everybody
    case antenna(AntennaCode)
    case nobody
  }

  static func sight(of actor: Actor) -> Sight {
    if actor.may(.writeCirculars) { return .everybody }
    if actor.may(.assignCases), let antenna = actor.antenna { return .antenna(antenna) }
    return .nobody
  }
}
