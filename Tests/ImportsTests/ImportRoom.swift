import Antennas
import Basics
import Cases
import Duplicates
import Foundation
import NIOConcurrencyHelpers
import People
import Storage
import TestSupport

@testable import Imports

/// The area on an empty database, with a folder for files and a clock that the test moves.
struct ImportRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let folder: String
  let people: People
  let cases: Cases
  let imports: Imports

  static let migrations =
    Antennas.migrations + People.migrations + Cases.migrations + Imports.migrations
    + Duplicates.migrations

  init(_ database: Database, folder: String) {
    self.database = database
    self.folder = folder
    let now: @Sendable () -> Date = { [clock] in clock.now }
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, now: now)
    let antennas = Antennas(database: database, now: now)
    imports = Imports(
      cases: cases, antennas: antennas, duplicates: Duplicates(cases: cases, antennas: antennas, now: now),
      now: now)
  }

  static func with(_ engine: Database.Engine, _ body: (ImportRoom) async throws -> Void) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      try await TestDatabase.withFolder { folder in try await body(ImportRoom(database, folder: folder)) }
    }
  }

  /// Writes a file and says where it lies.
  func file(_ text: String, named name: String = "persons.csv") throws -> String {
    try Self.write(Array(text.utf8), to: "\(folder)/\(name)")
  }

  @discardableResult
  static func write(_ bytes: [UInt8], to path: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  /// Runs a file through one of the two doors, and gathers what was said of each row.
  func run(
    _ path: String, _ mapping: ImportMapping = .plain, dry: Bool = false, by actor: Actor = Staff.amel
  ) async throws -> (summary: Imports.Summary, rows: [Int: ImportFinding]) {
    let rows = NIOLockedValueBox<[Int: ImportFinding]>([:])
    let note: Imports.Report = { number, result in
      rows.withLockedValue { $0[number] = result }
    }
    let summary =
      dry
      ? try await imports.tryOut(path, mapping, by: actor, report: note)
      : try await imports.bringIn(path, mapping, by: actor, report: note)
    return (summary, rows.withLockedValue { $0 })
  }

  /// How many rows each table holds: persons, cases, tokens, entries of the journal.
  func counts() async throws -> [Int] {
    try await database.read { db in
      try ["person", "case_file", "person_token", "journal_entry"].map { table in
        try db.value(SQL(stringLiteral: "SELECT count(*) FROM \(table)")) ?? -1
      }
    }
  }
}

extension ImportMapping {
  /// A partner's file with titles of its own.
  static let plain = ImportMapping(
    antenna: "TUN", separator: nil,
    columns: [
      "family-latin": "Name", "given-latin": "First name", "phones": "Phone", "cin": "CIN",
      "birth-date": "Born", "return-country": "Country", "sex": "Sex",
    ],
    values: ["return-country": ["Italy": "IT"], "sex": ["F": "female", "M": "male"]])

  static let header = "Name;First name;Phone;CIN;Born;Country;Sex\n"
}

extension ImportFinding {
  /// What a row was refused for, by the titles of the columns.
  var columns: [String] {
    if case .refused(let errors) = self {
      errors.map { ImportMapping.plain.column(of: $0.field) }
    } else {
      []
    }
  }

  /// By what a person was recognised, and in which row of the file, as one line.
  var known: String? {
    switch self {
    case .known(let who): Reader(.english)(who.what)
    case .twice(let what, let row): "\(Reader(.english)(what)) \(row)"
    default: nil
    }
  }
}
