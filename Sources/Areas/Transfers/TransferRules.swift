import Antennas
import Basics
import Cases

/// Decisions only: no database, no clock, no request.
enum TransferRules {
  /// The contact person of a case offers it, or who names contact persons at its antenna.
  static func mayOffer(_ file: CaseFile, _ actor: Actor) -> Bool {
    actor.may(.offerTransfers) && (actor.id == file.contact || actor.may(.assignCases))
  }

  /// Antennas to which a case of `antenna` can go: not one whose first day is still to come.
  static func targets(from antenna: AntennaCode, in territory: Territory, on day: Day) -> [Antenna] {
    territory.antennas.filter { $0.id != antenna && ($0.openedOn.map { $0 <= day } ?? true) }
  }

  static func mustBeTarget(
    _ antenna: AntennaCode, from own: AntennaCode, in territory: Territory, on day: Day
  ) throws(Refusal) {
    guard targets(from: own, in: territory, on: day).contains(where: { $0.id == antenna }) else {
      throw .invalid([FieldError("to", say("Choose another antenna that is open."))])
    }
  }

  /// An offer is answered or withdrawn once.
  static func mustBeOpen(_ transfer: Transfer) throws(Refusal) {
    guard transfer.state == .open else {
      throw .conflict(say("This offer was answered or withdrawn meanwhile. Look at the page again."))
    }
  }
}
