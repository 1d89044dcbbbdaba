import Accounts
import ArgumentParser
import Basics
import Cases
import Foundation
import Hummingbird
import HummingbirdTesting
import Messages
import NIOConcurrencyHelpers
import Papers
import People
import Storage
import TestSupport
import Testing
import Web

@testable import Server

/// The whole house as `Installation` and `serve` wire it, on an empty database and without a socket.
struct Premises: Sendable {
  let installation: Installation
  let routes: [Routes.Route]
  let client: any TestClientProtocol
  let clock: TestClock

  /// One process for all: it knows nothing of whom it makes papers for.
  private static let papers = Papers(python: Papers.standardPython)

  /// Gateways that refuse whatever they are given.
  private static let refusing = MessageGateways(
    mail: .init(from: "tounesna@example.tn") { _ in .refused("smtp 550") },
    sms: .init { _, _ in .refused("http 403") })

  static let password = "olives et jasmin"
  /// The secret of every second factor here.
  static let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

  static func with(_ engine: Database.Engine, _ body: @Sendable (Premises) async throws -> Void) async throws
  {
    try await withDatabase(engine) { database in
      let clock = TestClock()
      let installation = Installation(
        database: database, papers: papers, gateways: refusing, publicURL: "https://t.example",
        guessesAMinute: 0,
        now: { clock.now })
      let options = try SettingsOptions.parse(["--set", "http.requests-a-minute=0"])
      let settings = try await Settings(options, environment: [:])
      let (router, routes) = ServeCommand.house(installation, settings, isDemo: false, metrics: Metrics())
      try await Application(router: router).test(.router) { client in
        try await body(Premises(installation: installation, routes: routes, client: client, clock: clock))
      }
    }
  }

  /// An empty database that has been through all of the house's migrations.
  static func withDatabase(_ engine: Database.Engine, _ body: (Database) async throws -> Void) async throws {
    try await TestDatabase.withAddress(engine) { address in
      let database = try TestDatabase.open(engine, at: address)
      do {
        try await database.migrate(Installation.migrations)
        try await InstallationKeys.check(database)
        try await body(database)
      } catch {
        try await database.close()
        throw error
      }
      try await database.close()
    }
  }

  /// Makes an account; national ones have their second factor already.
  /// - Parameter seesAssignedOnly: sees the cases given to her alone.
  @discardableResult
  func hire(
    _ role: Role, _ name: String? = nil, at antenna: AntennaCode = "TUN", seesAssignedOnly: Bool = false
  ) async throws -> Actor {
    let name = name ?? role.rawValue
    let account = NewAccount(
      signInName: name, name: name.capitalized, institution: InstitutionCode(rawValue: "OTE"),
      antenna: role.isNational || role.isOutside ? nil : antenna, roles: [role], language: .english,
      password: Self.password,
      mustChangePassword: false)
    try await installation.accounts.create(account, by: .program)
    if seesAssignedOnly {
      var facts = try await installation.accounts.find(account.id, by: .program).facts
      facts.seesAssignedOnly = true
      try await installation.accounts.change(account.id, to: facts, from: 1, by: .program)
    }
    if role.isNational {
      try await installation.accounts.setSecret(of: account.id, base32: Self.secret, by: .program)
    }
    return try #require(try await installation.accounts.actor(signInName: name))
  }

  /// An account at its desk, signed in through the pages.
  func desk(of actor: Actor) async throws -> Visitor {
    let visitor = Visitor(client)
    try await visitor.signIn(actor.name.lowercased(), Self.password, code: { code() })
    return visitor
  }

  /// A one-time code that has not been used yet.
  func code(_ secret: String = Premises.secret) -> String? {
    clock.advance(seconds: 30)
    return OneTimeCode.code(base32: secret, at: clock.now)
  }

  /// Seals the journal and audits an export of it.
  func audit() async throws -> JournalAudit.Report {
    try await Journal.seal(installation.database, at: clock.now)
    return try await exported().finish()
  }

  private func exported() async throws -> JournalAudit {
    let audit = NIOLockedValueBox(JournalAudit())
    try await Journal.export(installation.database) { line in audit.withLockedValue { $0.read(line) } }
    return audit.withLockedValue { $0 }
  }

  /// The acts of the journal about a person, in their order.
  func acts(of person: PersonID) async throws -> [String] {
    let people = installation.people
    return try await installation.database.read { db in
      try Journal.history(of: people.subject(person, in: db), limit: 500, in: db).reversed().map(\.act)
    }
  }
}
