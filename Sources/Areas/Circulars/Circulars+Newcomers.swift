import Accounts
import Antennas
import Basics
import Storage

extension Circulars {
  /// Circulars that are looked at for newcomers at most, the newest.
  static let mostInForce = 100

  /// Gives the circulars that hold to those for whom they are and to whom they did not go: whoever got an account, a role
  /// or another antenna since. Each in a transaction of its own, so that it may run as often as one likes.
  /// - Returns: how many receipts were given.
  @discardableResult
  package func catchUp() async throws -> Int {
    let now = now()
    let today = Day(of: now)
    let people = try await accounts.colleagues(of: antennas.territory().antennas.map(\.id))
    let inForce = try await database.read { db in
      try CircularStore.inForce(on: today, limit: Self.mostInForce, in: db)
    }
    var given = 0
    for circular in inForce {
      let meant = people.filter { CircularRules.isFor($0, circular) }
      given += try await database.write { db in
        let missing = try CircularStore.missing(circular.id, of: meant.map(\.id), in: db)
        var count = 0
        for reader in meant where missing.contains(reader.id) {
          guard let antenna = reader.antenna,
            try CircularStore.send(
              circular, to: reader.id, at: antenna, readBy: CircularRules.readBy(circular, givenOn: today),
              in: db)
          else { continue }
          count += 1
        }
        if count > 0 {
          try Journal.append(
            "circular.catch-up", on: Circular.reference(circular.id), by: .program, at: now,
            changes: Fields(["readers": String(count)]).asNew, in: db)
        }
        return count
      }
    }
    return given
  }
}
