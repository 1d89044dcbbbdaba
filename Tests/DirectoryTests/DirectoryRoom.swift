import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Papers
import People
import Storage
import TestSupport
import Web

@testable import Directory

/// The area on a database with what every installation begins with, and a clock that the test moves.
struct DirectoryRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let antennas: Antennas
  let cases: Cases
  let directory: Directory

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Directory.migrations

  init(_ database: Database, sources: SituationSources = SituationSources()) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    antennas = Antennas(database: database, now: now)
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    directory = Directory(cases: cases, antennas: antennas, sources: sources, now: now)
  }

  static func with(
    _ engine: Database.Engine, sources: SituationSources = SituationSources(),
    _ body: (DirectoryRoom) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      try await body(DirectoryRoom(database, sources: sources))
    }
  }

  /// The pages, and those that belong to a case.
  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = DirectoryPages(directory)
    let casePages = DirectoryCasePages(directory, papers: papers)
    let cases = CasePages(
      cases, antennas: antennas, accounts: Accounts(database: database), sections: [casePages.section])
    let areas: [any Area] = [
      pages, casePages, cases, ConfirmPages(directory, isSecure: false), HSDSPages(directory),
      ServiceImportPages(directory),
    ]
    try await TestSite.serve(areas, site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  /// A woman of 17 in Kef, brought back by force.
  func receive() async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Zitouni", "+21620123456")
    (identity[.sex], identity[.governorate]) = ("female", "TN-33")
    identity[.birthDate] = today.adding(months: -12 * 17).description
    identity[.delegation] = "Nebeur"
    var returned = ReturnFacts()
    returned[.kind] = "forced"
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: returned), by: Staff.amel)
  }

  /// An association of Kef, entered by the head of Tunis unless somebody else does.
  func provider(_ name: String = "Main tendue", by actor: Actor = Staff.chokri) async throws -> RecordID<
    Provider
  > {
    let id = RecordID<Provider>()
    let fields = Fields(["kind": "ngo", "name-fr": name, "name-ar": "يد ممدودة", "state": "active"])
    try await directory.add(id, fields, of: actor.antenna, by: actor)
    return id
  }

  func service(
    _ name: String = "Hébergement d’urgence", of provider: RecordID<Provider>, _ more: [String: String] = [:],
    by actor: Actor = Staff.chokri
  ) async throws -> RecordID<Service> {
    let id = RecordID<Service>()
    let fields = Fields(
      ["name-fr": name, "needs": "housing", "areas": "TN-33", "state": "active", "published": "yes"]
        .merging(more) { $1 })
    try await directory.add(id, fields, by: provider, of: actor.antenna, as: actor)
    return id
  }
}

extension GovernorateCode: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(rawValue: value) }
}
