import Antennas
import Basics
import Foundation
import Linkage
import People
import Storage
import TestSupport
import Testing

@testable import Duplicates

@Suite struct `The search over everybody` {
  @Test(arguments: TestDatabase.engines)
  func `finds one person in two scripts, and not a brother with the same phone`(engine: Database.Engine)
    async throws
  {
    try await DuplicateRoom.with(engine) { room in
      let salma = try await room.receive(.salma)
      let selma = try await room.receive(.selma, by: Staff.emna)
      try await room.receive(.nizar)
      // A sister: same family name, phone and place.
      try await room.receive(
        .of([
          .givenLatin: "Rim", .familyLatin: "Ben Othman", .birthDate: "1995-07-01", .phones: "+21620123456",
          .sex: "female", .governorate: "TN-11", .cin: "07654321",
        ]))
      try await room.duplicates.searchAll()
      let pairs = try await room.pairs()
      #expect(pairs.count == 1)
      #expect(Set([pairs[0].first, pairs[0].second]) == [salma, selma])
      #expect(pairs[0].findings.contains { $0.field == "given" && $0.agreement == .alike && $0.weight > 0 })
      #expect(pairs[0].findings.contains { $0.field == "born" && $0.agreement == .equal && $0.weight > 5 })
      #expect(try await room.duplicates.searchNext() == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `finds day and month in each other's place, and a slip in a name`(engine: Database.Engine) async throws
  {
    try await DuplicateRoom.with(engine) { room in
      try await room.receive(
        .of([
          .givenLatin: "Mohamed", .familyLatin: "Trabelsi", .birthDate: "1985-04-03", .phones: "+21622111333",
        ]))
      try await room.receive(
        .of([
          .givenLatin: "Mohammed", .familyLatin: "Trabelssi", .birthDate: "1985-03-04",
          .phones: "+21622111333",
        ]))
      try await room.duplicates.searchAll()
      #expect(try await room.pairs().count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `compares new and corrected persons again, and forgets what is no more so`(engine: Database.Engine)
    async throws
  {
    try await DuplicateRoom.with(engine) { room in
      try await room.receive(.salma)
      let other = try await room.receive(.nizar)
      try await room.duplicates.searchAll()
      #expect(try await room.pairs().isEmpty)
      var identity = Identity.selma
      identity[.cin] = "01234567"
      let nizar = try await room.person(other)
      try await room.people.correct(other, to: identity, from: nizar.version, by: Staff.amel)
      #expect(try await room.duplicates.searchNext() == 1)
      #expect(try await room.pairs().count == 1)
      let selma = try await room.person(other)
      try await room.people.correct(other, to: .nizar, from: selma.version, by: Staff.amel)
      try await room.duplicates.searchAll()
      #expect(try await room.pairs().isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `remembers who was told apart, until much more speaks for one person`(engine: Database.Engine)
    async throws
  {
    try await DuplicateRoom.with(engine) { room in
      try await room.receive(.salma)
      var identity = Identity.selma
      identity[.phones] = "+21699000111"
      let other = try await room.receive(identity)
      try await room.duplicates.searchAll()
      let pair = try #require(try await room.pairs().first)
      try await room.duplicates.tellApart(pair.id, room.decision(pair, "Another mother"), by: Staff.amel)
      try await room.correct(other, [.address: "12 rue de la Gare"])
      try await room.duplicates.searchAll()
      #expect(try await room.pairs().isEmpty)
      #expect(try await room.pairs(.different).count == 1)
      try await room.correct(other, [.cin: "01234567"])
      try await room.duplicates.searchAll()
      let again = try #require(try await room.pairs().first)
      #expect(again.id == pair.id && again.version > pair.version)
      let opened = try await room.duplicates.open(pair.id, for: Staff.amel)
      #expect(opened.acts.map(\.kind) == [.again, .different])
      #expect(opened.acts.last?.reason == "Another mother")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `compares files that were joined as one person, and holds to what was decided of either`(
    engine: Database.Engine
  ) async throws {
    try await DuplicateRoom.with(engine) { room in
      let salma = try await room.receive(.salma)
      var twin = Identity.salma
      (twin[.cin], twin[.phones], twin[.familyLatin]) = (nil, nil, "Ben Othmane")
      twin[.address] = "Sfax"
      let third = try await room.receive(twin)
      try await room.duplicates.searchAll()
      let apart = try #require(try await room.pairs().first)
      try await room.duplicates.tellApart(apart.id, room.decision(apart), by: Staff.amel)
      let selma = try await room.receive(.selma)
      try await room.join(selma, salma)
      try await room.duplicates.searchAll()
      #expect(try await room.pairs().filter { [$0.first, $0.second].contains(third) }.isEmpty)
      #expect(try await room.pairs().filter { [$0.first, $0.second].contains(salma) }.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `never holds a name in its tables`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      try await room.receive(.salma)
      try await room.receive(.selma)
      try await room.duplicates.searchAll()
      let pair = try #require(try await room.pairs().first)
      try await room.duplicates.doubt(pair.id, room.decision(pair, "Salma says no"), by: Staff.amel)
      let rows = try await room.database.read { db in
        try db.rows("SELECT findings FROM duplicate_pair") { try $0[0] as String }
          + db.rows("SELECT reason FROM duplicate_act WHERE reason IS NOT NULL") {
            String(decoding: try $0[0] as [UInt8], as: UTF8.self)
          }
      }
      #expect(rows.count == 2)
      for text in ["Salma", "Othman", "1991", "20123456", "01234567"] {
        #expect(!rows.contains { $0.contains(text) })
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of a list those are asked about who would be asked about at reception, in sight only`(
    engine: Database.Engine
  ) async throws {
    try await DuplicateRoom.with(engine) { room in
      let id = try await room.receive(.salma)
      let territory = try await room.antennas.territory()
      func perhaps(_ fields: [Identity.Field: String], for actor: Actor = Staff.amel) async throws -> String?
      {
        try await room.database.read { db in
          let found = try room.duplicates.perhaps(.of(fields), territory, for: actor, in: db)
          #expect(found.map { $0.person == id } ?? true)
          return found.map { Reader(.english)($0.what) }
        }
      }
      let namesake: [Identity.Field: String] = [.givenLatin: "SALMA", .familyLatin: "Ben Othman"]
      #expect(try await perhaps(namesake) == "same name")
      #expect(
        try await perhaps([.givenArabic: "سلمى", .familyArabic: "بن عثمان", .birthYear: "1991"]) != nil)
      #expect(try await perhaps(namesake.merging([.birthYear: "1950"]) { $1 }) == nil)
      #expect(try await perhaps(namesake.merging([.familyLatin: "Gharbi"]) { $1 }) == nil)
      // A family shares its phone.
      #expect(
        try await perhaps([.givenLatin: "Anis", .familyLatin: "Ben Othman", .phones: "+21620123456"]) == nil)
      #expect(try await perhaps(namesake, for: Staff.emna) == nil)
      #expect(try await perhaps(namesake, for: Staff.fathi) == "same name")
    }
  }

  @Test func `the name of the father speaks for one person or for two`() async throws {
    try await DuplicateRoom.with(.sqlite) { room in
      func score(_ one: String?, _ other: String?) async throws -> Int {
        let names: [Identity.Field: String] = [
          .givenLatin: "Nizar", .familyLatin: "Gharbi", .birthYear: "1980", .safeWay: "Ask at the shop",
        ]
        let persons = [one, other].map { father in
          father.map { Identity.of(names.merging([.father: $0]) { $1 }) } ?? .of(names)
        }
        return try await room.pair(room.receive(persons[0]), room.receive(persons[1])).score
      }
      let unknown = try await score("Hedi", nil)
      #expect(try await score("Hedi", "الهادي") > unknown)
      #expect(try await score("Hedi", "Mongi") < unknown)
    }
  }
}
