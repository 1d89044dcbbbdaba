import Accounts
import Basics
import Cases
import Documents
import Foundation
import NIOConcurrencyHelpers
import People
import Storage
import TestSupport
import Testing

@testable import Server

@Suite struct `The demonstration` {
  private static let today = Day(of: TestClock.start)

  @Test func `is the same for the same seed, whatever the engine, and another for another`() async throws {
    var dumps: [[String]] = []
    for engine in TestDatabase.engines + [.sqlite] { dumps.append(try await dump(engine, seed: 7)) }
    let first = try #require(dumps.first)
    #expect(first.count == 12)
    #expect(dumps.allSatisfy { $0 == first })
    #expect(try await dump(.sqlite, seed: 8) != first)
  }

  @Test func `tells every stage, in both scripts, at all nine antennas, once`() async throws {
    try await Premises.withDatabase(.sqlite) { database in
      try await fill(database, seed: 1, persons: 80)
      let house = Installation(database: database)
      var (stages, antennas, scripts): (Set<CaseFile.Stage>, Set<AntennaCode>, Set<String>) = ([], [], [])
      for line in try await lines(house) {
        stages.insert(line.stage)
        antennas.insert(line.antenna)
        let identity = try await house.cases.open(line.id, for: .program).person.person.identity
        if identity.latinName != nil { scripts.insert("latin") }
        if identity.arabicName != nil { scripts.insert("arabic") }
      }
      #expect(stages == Set(CaseFile.Stage.allCases))
      #expect(
        try await !house.documents.expiring(ExpiryFilter(), after: nil, for: .program).documents.isEmpty)
      #expect(antennas.count == 9)
      #expect(scripts == ["latin", "arabic"])
      #expect(try await house.isDemo())
      let shown = DemoStaff.shown
      #expect(Set(shown.map(\.role)) == Set(Role.allCases))
      for account in shown {
        #expect(try await house.accounts.actor(signInName: account.signInName) != nil)
      }
      await #expect(throws: Stop.self) { try await fill(database, seed: 2, persons: 1) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `never enters a database that holds persons or accounts`(engine: Database.Engine) async throws {
    try await Premises.with(engine) { premises in
      let house = premises.installation
      let actor = try await premises.hire(.counsellor, "aline")
      await #expect(throws: Stop.self) { try await fill(house.database, seed: 1, persons: 1) }
      _ = try await Story.tell(premises, by: actor)
      let count = try await house.people.count()
      await #expect(throws: Stop.self) { try await fill(house.database, seed: 1, persons: 1) }
      #expect(try await house.people.count() == count)
      #expect(try await !house.isDemo())
      #expect(try await house.accounts.actor(signInName: "admin") == nil)
    }
  }

  private func fill(_ database: Database, seed: UInt64, persons: Int) async throws {
    try await DemoData(database: database, today: Self.today).fill(
      persons: persons, seed: seed, receptionsOnly: false
    ) { _ in }
  }

  /// Every case with its number, stage and due day, and every field of its person.
  private func dump(_ engine: Database.Engine, seed: UInt64) async throws -> [String] {
    let dump = NIOLockedValueBox<[String]>([])
    try await Premises.withDatabase(engine) { database in
      try await fill(database, seed: seed, persons: 12)
      let house = Installation(database: database)
      #expect(try await house.people.count() == 12)
      for line in try await lines(house) {
        let opened = try await house.cases.open(line.id, for: .program)
        let person = opened.person.person.identity.fields.values.sorted { $0.key < $1.key }
        let told = [
          line.number, line.stage.rawValue, "\(line.id) \(line.receivedAt) \(String(describing: line.due))",
          "\(opened.file.returned.fields.values.sorted { $0.key < $1.key })", "\(person)",
          "\(opened.notes.map(\.text))", "\(opened.needs.map(\.details))",
        ]
        dump.withLockedValue { $0.append(told.joined(separator: " | ")) }
      }
    }
    return dump.withLockedValue { $0.sorted() }
  }

  private func lines(_ house: Installation) async throws -> [CaseLine] {
    var (lines, cursor): ([CaseLine], CaseCursor?) = ([], nil)
    repeat {
      let page = try await house.cases.list(CaseFilter(), after: cursor, for: .program)
      lines += page.lines
      cursor = page.next
    } while cursor != nil
    return lines
  }
}
