import Basics
import Cases
import Duplicates
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Imports

@Suite struct `A file in preview` {
  static let rows =
    ImportMapping.header + """
      Ben Othman;Salma;20 123 456;01234567;15/06/1990;Italy;F
      Gharbi;Anis;12;123;31/02/1990;Spain;
      Trabelsi;Hela;98 765 432;;;;
      Ben Othman;Salma;0021620123456;;;;

      """

  @Test(arguments: TestDatabase.engines)
  func `is read row by row, and a wrong row stops no other`(engine: Database.Engine) async throws {
    try await ImportRoom.with(engine) { room in
      let id = try await room.send(Self.rows)
      let opened = try await room.open(id)
      #expect(opened.rows.map(\.number) == [2, 3, 4, 5])
      #expect(opened.rows.map(\.result) == [.new, .refused, .new, .known])
      #expect(opened.file.counts == [.new: 2, .refused: 1, .known: 1, .perhaps: 0, .left: 0])
      #expect(Set(opened.rows[1].reasons.map(\.field)) == ["phones", "cin", "birth-date", "return-country"])
      #expect(opened.rows[3].reasons.map(\.message) == [say("the same person as in row \(2) of this file")])
      #expect(opened.rows[0].typed["family-latin"] == "Ben Othman")
      #expect(try await room.people.count() == 0)
      let refused = try await room.imports.open(id, after: 0, only: .refused, for: Staff.amel)
      #expect(refused.rows.map(\.number) == [3])
      #expect(try await room.imports.open(id, after: 4, only: nil, for: Staff.amel).rows.map(\.number) == [5])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is mended, then brought in once: what is fine is taken, the rest reported`(engine: Database.Engine)
    async throws
  {
    try await ImportRoom.with(engine) { room in
      let id = try await room.send(Self.rows)
      let mended = Typed(
        Fields(["family-latin": "Gharbi", "phones": "20 111 222", "birth-date": "28/02/1990"]))
      await #expect(throws: Refusal.self) {
        try await room.imports.correct(3, of: id, to: Typed(Fields(["phones": "x"])), by: Staff.amel)
      }
      #expect(try await room.open(id).rows[1].result == .refused)
      try await room.imports.correct(3, of: id, to: mended, by: Staff.amel)
      #expect(try await room.open(id).rows[1].result == .new)
      try await room.imports.leave(4, of: id, by: Staff.amel)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<3 { group.addTask { try await room.imports.bringIn(id, by: Staff.amel) } }
        try await group.waitForAll()
      }
      let report = try await room.imports.report(id, after: 0, for: Staff.amel)
      #expect(report.file.state == .done)
      #expect(report.rows.map(\.result) == [.new, .new, .left, .known])
      #expect(report.rows.map { $0.caseFile != nil } == [true, true, false, false])
      #expect(report.rows.allSatisfy { $0.typed.values.isEmpty })
      #expect(try await room.people.count() == 2)
      let file = try #require(report.rows[0].caseFile)
      let opened = try await room.cases.open(file, for: Staff.amel)
      #expect(opened.file.channel == .memberState && opened.person.person.identity.givenLatinIsSalma)
      let acts = try await room.acts()
      #expect(acts.filter { $0 == "import.persons" }.count == 1)
      #expect(acts.filter { $0 == "case.receive" }.count == 2)
      #expect(Set(["import.read", "import.correct", "import.leave", "import.open"]).isSubset(of: acts))
      let over = Refusal.conflict(say("The file has been brought in already."))
      await #expect(throws: over) { try await room.imports.correct(3, of: id, to: mended, by: Staff.amel) }
      await #expect(throws: over) { try await room.imports.discard(id, by: Staff.amel) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `asks about whom it resembles, in sight only`(engine: Database.Engine) async throws {
    try await ImportRoom.with(engine) { room in
      _ = try await room.run(room.file(ImportMapping.header + "Gharbi;Anis;20 123 456;;;;\n"))
      let id = try await room.send(ImportMapping.header + "Gharbi;Anis;52 000 111;;;;\n")
      let opened = try await room.open(id)
      let row = try #require(opened.rows.first)
      #expect(row.result == .perhaps && row.reasons.map(\.message) == [say("same name")])
      #expect(opened.labels.values.map(\.latin) == ["Anis Gharbi"])
      try await room.imports.leave(2, of: id, by: Staff.amel)
      #expect(try await room.open(id).rows.first?.result == .left)
      try await room.imports.take(2, of: id, by: Staff.amel)
      #expect(try await room.open(id).rows.first?.result == .perhaps)
      await #expect(throws: Refusal.invalid([RowForm.reasonMissing])) {
        try await room.imports.take(2, of: id, by: Staff.amel)
      }
      try await room.imports.take(2, of: id, because: "A cousin of the same name", by: Staff.amel)
      #expect(try await room.open(id).rows.first?.result == .new)

      let elsewhere = try await room.send(
        ImportMapping.header + "Gharbi;Anis;52 000 222;;;;\n", by: Staff.emna)
      #expect(try await room.open(elsewhere, for: Staff.emna).rows.first?.result == .new)
      // Not decided, not taken.
      let other = try await room.send(ImportMapping.header + "Gharbi;Anis;52 000 333;;;;\n")
      try await room.imports.bringIn(other, by: Staff.amel)
      let report = try await room.imports.report(other, after: 0, for: Staff.amel)
      #expect(report.rows.map(\.result) == [.perhaps])
      #expect(try await room.people.count() == 1)

      try await room.imports.bringIn(id, by: Staff.amel)
      #expect(try await room.people.count() == 2)
      #expect(try await room.acts().contains("person.create-apart"))
      // Told apart: the search over everybody does not ask again.
      try await room.imports.duplicates.searchAll()
      let pairs = try await room.imports.duplicates.list(.open, after: nil, for: Staff.amel).pairs
      let apart = try await room.imports.duplicates.list(.different, after: nil, for: Staff.amel).pairs
      #expect(pairs.isEmpty && apart.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is for those who may import, at its own antenna or the centre`(engine: Database.Engine) async throws {
    try await ImportRoom.with(engine) { room in
      let id = try await room.send(Self.rows)
      for actor in [Staff.emna, Staff.bilel] {
        await #expect(throws: Refusal.notFound) { try await room.open(id, for: actor) }
        await #expect(throws: Refusal.notFound) { try await room.imports.leave(2, of: id, by: actor) }
        await #expect(throws: Refusal.notFound) { try await room.imports.bringIn(id, by: actor) }
        await #expect(throws: Refusal.notFound) { try await room.imports.discard(id, by: actor) }
        #expect(try await room.imports.list(before: "", for: actor).files.isEmpty)
      }
      await #expect(throws: Refusal.notAllowed(.importPersons)) { try await room.open(id, for: Staff.fathi) }
      await #expect(throws: Refusal.notAllowed(.importPersons)) {
        try await room.send(Self.rows, by: Staff.dorra)
      }
      #expect(try await room.imports.list(before: "", for: Staff.chokri).files.map(\.id) == [id])
      await #expect(throws: Refusal.notFound) { try await room.imports.leave(99, of: id, by: Staff.amel) }
      await #expect(throws: Refusal.notFound) { try await room.imports.report(id, after: 0, for: Staff.amel) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `names nobody in the database, survives the program, and is gone when it is over`(
    engine: Database.Engine
  ) async throws {
    try await TestDatabase.withFolder { folder in
      try await TestDatabase.withAddress(engine) { address in
        let id = RecordID<ImportFile>()
        for round in 0..<3 {
          let database = try TestDatabase.open(engine, at: address)
          try await database.migrate(InstallationKeys.migrations + Journal.migrations + ImportRoom.migrations)
          let room = ImportRoom(database, folder: folder)
          if round == 0 { try await room.send(Self.rows, as: id) }
          if round < 2 {
            #expect(try await room.open(id).rows[0].typed["cin"] == "01234567")
            #expect(try await room.stored().count > 8)
            for secret in ["Othman", "Salma", "01234567", "123 456"] {
              #expect(try await room.stored().allSatisfy { $0.firstRange(of: Array(secret.utf8)) == nil })
            }
          }
          if round == 1 { try await room.imports.discard(id, by: Staff.amel) }
          if round == 2 {
            let opened = try await room.open(id)
            #expect(opened.file.state == .discarded && opened.rows.isEmpty)
            let left: Int? = try await database.read { db in
              try db.value("SELECT count(*) FROM import_file WHERE sealing_key IS NOT NULL")
            }
            #expect(left == 0)
          }
          try await database.close()
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `sent twice is one, and nothing is kept of a file that is none`(engine: Database.Engine) async throws {
    try await ImportRoom.with(engine) { room in
      let id = RecordID<ImportFile>()
      for _ in 0..<2 { try await room.send(Self.rows, as: id) }
      #expect(try await room.imports.list(before: "", for: Staff.amel).files.count == 1)
      let broken = Self.rows + "\"never closed"
      await #expect(throws: ImportFault.self) { try await room.send(broken) }
      await #expect(throws: ImportFault.self) { try await room.send(ImportMapping.header) }
      let listed = try await room.imports.list(before: "", for: Staff.amel)
      #expect(listed.files.map(\.id) == [id] && listed.next == nil)
    }
  }

  @Test(arguments: TestDatabase.engines) func `is listed newest first, page by page`(engine: Database.Engine)
    async throws
  {
    try await ImportRoom.with(engine) { room in
      var ids: [RecordID<ImportFile>] = []
      for index in 0..<52 {
        if index % 2 == 0 { room.clock.advance(seconds: 60) }
        ids.append(try await room.send(ImportMapping.header + "A;B;20 123 456;;;;\n"))
      }
      let first = try await room.imports.list(before: "", for: Staff.amel)
      let second = try await room.imports.list(before: try #require(first.next), for: Staff.amel)
      #expect(first.files.count == 50 && second.files.count == 2 && second.next == nil)
      #expect(Set((first.files + second.files).map(\.id)) == Set(ids))
      #expect(try await room.imports.list(before: "nonsense", for: Staff.amel).files.count == 50)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `no act reads or sorts a whole table`(engine: Database.Engine) async throws {
    try await ImportRoom.with(engine) { room in
      let plans = QueryPlans()
      let watched = ImportRoom(plans.watching(room.database), folder: room.folder)
      let id = try await watched.send(Self.rows)
      _ = try await watched.open(id)
      _ = try await watched.imports.open(id, after: 2, only: .new, for: Staff.amel)
      for actor in [Staff.amel, Staff.bilel] {
        _ = try await watched.imports.list(before: "1-\(id)", for: actor)
      }
      try await watched.imports.leave(2, of: id, by: Staff.amel)
      try await watched.imports.take(2, of: id, because: "A cousin", by: Staff.amel)
      try await watched.imports.bringIn(id, by: Staff.amel)
      _ = try await watched.imports.report(id, after: 0, for: Staff.amel)
      _ = try await watched.imports.mappings(for: Staff.amel)
      #expect(plans.steps.count > 40)
      // The places are read whole, once a minute.
      for offence in plans.offences() where offence.contains("import_") || offence.contains("person") {
        Issue.record("\(offence)")
      }
    }
  }

  @Test func `turns over to a new master key with everything else`() async throws {
    let (old, new) = (MasterKey(), MasterKey())
    try await TestDatabase.withFolder { folder in
      let path = "\(folder)/x.db"
      let id = RecordID<ImportFile>()
      for keys in [[old], [new, old], [new]] {
        let database = try TestDatabase.open(.sqlite, at: path, keys: KeyRing(keys))
        try await database.migrate(InstallationKeys.migrations + Journal.migrations + ImportRoom.migrations)
        let room = ImportRoom(database, folder: folder)
        if keys.count == 1, try await room.counts()[3] == 0 { try await room.send(Self.rows, as: id) }
        _ = try await KeyRotation.run(
          database, holders: [room.people.rewrap, room.imports.rewrap])
        #expect(try await room.open(id).rows[0].typed["cin"] == "01234567")
        try await database.close()
      }
    }
  }
}

@Suite struct `A mapping that is kept` {
  @Test(arguments: TestDatabase.engines) func `was proven on a sample, and takes the place of the old one`(
    engine: Database.Engine
  ) async throws {
    try await ImportRoom.with(engine) { room in
      func keep(_ text: String, on rows: String) async throws {
        try await room.imports.keep(
          KeptMapping(text: text), provenOn: room.file("Name;Phone;Born\n\(rows)"), by: Staff.amel)
      }
      let text = "partner: OFII\ncolumns:\n  family-latin: Name\n  phones: Phone\n  birth-date: Born\n"
      let fault = await #expect(throws: ImportFault.self) {
        try await keep(text, on: "A;20 123 456;\nB;20 123 456;never\n")
      }
      #expect(fault?.description.contains("Row 3") == true && fault?.description.contains("“Born”") == true)
      await #expect(throws: ImportFault.self) { try await keep(text, on: "") }
      for _ in 0..<2 { try await keep(text, on: "A;20 123 456;1990\n") }
      let ofii = try await room.imports.mappings(for: Staff.amel).filter { $0.mapping.partner == "OFII" }
      #expect(ofii.map(\.text) == [text])
      await #expect(throws: Refusal.notAllowed(.importPersons)) {
        try await room.imports.mappings(for: Staff.dorra)
      }
    }
  }
}

extension Identity {
  fileprivate var givenLatinIsSalma: Bool { self[.givenLatin] == "Salma" }
}

extension ImportRoom {
  @discardableResult
  func send(_ text: String, as id: RecordID<ImportFile> = RecordID(), by actor: Actor = Staff.amel)
    async throws
    -> RecordID<ImportFile>
  {
    let kept = try KeptMapping(text: Self.mapping)
    try await imports.read(file(text, named: "\(id).csv"), kept, as: id, by: actor)
    return id
  }

  func open(_ id: RecordID<ImportFile>, for actor: Actor = Staff.amel) async throws -> OpenedImport {
    try await imports.open(id, after: 0, only: nil, for: actor)
  }

  func acts() async throws -> [String] {
    try await database.read { db in try db.rows("SELECT act FROM journal_entry ORDER BY at") { try $0[0] } }
  }

  /// Every byte that could name somebody.
  func stored() async throws -> [[UInt8]] {
    try await database.read { db in
      try [
        "SELECT content FROM import_row WHERE content IS NOT NULL", "SELECT reasons FROM import_row",
        "SELECT reference FROM import_row WHERE reference IS NOT NULL", "SELECT changes FROM journal_entry",
      ].flatMap { try db.rows(SQL(stringLiteral: $0)) { row in try row[0] as [UInt8] } }
    }
  }

  /// The plain mapping as its text.
  static let mapping = """
    partner: Testland
    columns: { family-latin: Name, given-latin: First name, phones: Phone, cin: CIN, birth-date: Born, return-country: Country, sex: Sex }
    values:
      return-country: { Italy: IT }
      sex: { F: female, M: male }
    """
}
