import Antennas
import Basics
import Foundation
import Storage
import TestSupport
import Web

@testable import Accounts

/// The area on an empty database, with a clock that the test moves.
struct AccountRoom: Sendable {
  let database: Database
  let clock: TestClock
  let antennas: Antennas
  let accounts: Accounts

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    antennas = Antennas(database: database, now: { clock.now })
    accounts = Accounts(database: database, now: { clock.now })
  }

  static func with(_ engine: Database.Engine, _ body: (AccountRoom) async throws -> Void) async throws {
    try await TestDatabase.with(engine, migrations: Antennas.migrations + Accounts.migrations) {
      try await body(AccountRoom($0))
    }
  }

  /// The pages with the real sessions; Staff has none here.
  func serve(isSecure: Bool = false, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve(
      [AccountPages(accounts, antennas: antennas, isSecure: isSecure), AntennaPages(antennas)],
      site: { [clock] in $0.now = { clock.now } },
      findSession: { token, now in try await accounts.session(token, at: now) }, body)
  }

  static let password = "jasmin et olivier"
  static let address = "192.0.2.7"

  /// Makes an account; the console's program has the right to.
  @discardableResult
  func create(
    _ name: String = "amel", roles: Set<Role> = [.counsellor], mustChange: Bool = false,
    id: AccountID = AccountID()
  ) async throws -> AccountID {
    let account = NewAccount(
      id: id, signInName: name, name: name.capitalized, institution: "OTE",
      antenna: roles.allSatisfy(\.isNational) ? nil : "TUN", roles: roles, password: Self.password,
      mustChangePassword: mustChange)
    try await accounts.create(account, by: .program)
    return id
  }

  /// Signs in with the right password, or another.
  func signIn(
    _ name: String = "amel", _ password: String = AccountRoom.password,
    from address: String = AccountRoom.address
  ) async throws -> String {
    switch try await accounts.signIn(name, password, address: address) {
    case .yes(let token), .needsCode(let token): token
    }
  }

  /// What a sign-in with a wrong password, or a right one, is refused with; nil when it succeeds.
  func refusal(
    _ name: String = "amel", _ password: String = "wrong password", from address: String = AccountRoom.address
  ) async throws -> Refusal? {
    do {
      _ = try await accounts.signIn(name, password, address: address)
      return nil
    } catch let refusal as Refusal { return refusal }
  }

  func session(_ token: String) async throws -> Session? {
    try await accounts.session(token, at: clock.now)
  }

  func acts() async throws -> [String] {
    try await database.read { db in
      try db.rows("SELECT act FROM journal_entry ORDER BY act") { row in try row[0] }
    }
  }

  static let wrong = Refusal.invalid([
    FieldError("password", say("The name or the password is not right."))
  ])
}
