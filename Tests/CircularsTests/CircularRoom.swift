import Accounts
import Antennas
import Basics
import Foundation
import Storage
import TestSupport
import Web

@testable import Circulars

/// The area on an empty database, with those who read, and a clock that the test moves.
struct CircularRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let accounts: Accounts
  let circulars: Circulars

  static let migrations = Antennas.migrations + Accounts.migrations + Circulars.migrations

  init(_ database: Database) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    accounts = Accounts(database: database, now: now)
    circulars = Circulars(
      database: database, accounts: accounts, antennas: Antennas(database: database, now: now), now: now)
  }

  static func with(_ engine: Database.Engine, _ body: (CircularRoom) async throws -> Void) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = CircularRoom(database)
      for actor in [Staff.amel, Staff.bilel, Staff.emna] { try await room.hire(actor, .counsellor) }
      try await room.hire(Staff.dorra, .socialCounsellor)
      for actor in [Staff.chokri, Staff.ghazi] { try await room.hire(actor, .antennaHead) }
      try await body(room)
    }
  }

  func hire(_ actor: Actor, _ role: Role) async throws {
    try await accounts.create(
      NewAccount(
        id: actor.id, signInName: actor.name, name: actor.name, institution: actor.institution,
        antenna: actor.antenna, roles: [role], language: .english, password: "a long sentence for tests",
        mustChangePassword: false), by: .program)
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve([CircularPages(circulars)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  func circular(
    _ title: String = "New form", in days: Int = 5, to roles: Set<Role> = [],
    at antennas: Set<AntennaCode> = []
  ) -> NewCircular {
    NewCircular(
      readBy: today + days, words: [.french: Circular.Words(title: title, text: "Dès lundi.")], roles: roles,
      antennas: antennas)
  }

  func waits(for actor: Actor) async throws -> Int {
    try await circulars.list(.waiting, before: nil, for: actor).lines.count
  }
}
