import Accounts
import Basics
import Cases
import Foundation
import People
import Rights
import Storage
import TestSupport
import Testing
import Web

@testable import Server

/// What the areas declare that they keep about persons, held against the tables as they are.
@Suite struct `What is kept about persons` {
  /// Tables that lead to a person and are no record about her.
  private static let others: Set = [
    // Blind: taken away with her row.
    "person_token",
    // Of accounts.
    "sign_in_failure",
  ]

  @Test func `names every table that leads to a person, and every column of it`() async throws {
    try await Premises.withDatabase(.sqlite) { database in
      let declared = Dictionary(grouping: Installation.kept.flatMap(\.tables), by: \.name)
      // Issues are recorded here: the body runs on a thread of the database, which knows of no test.
      let (faults, count) = try await database.read { db in
        var faults: [String] = []
        let shapes = try TableShape.all(in: db)
        var leading: Set = ["person", "case_file"]
        var count = 0
        while leading.count != count {
          count = leading.count
          for shape in shapes {
            let targets = try db.rows(
              "SELECT \"table\" FROM pragma_foreign_key_list('\(SQL(stringLiteral: shape.name))')"
            ) { try $0[0] as String }
            let names = Set(shape.columns.map(\.name))
            if !leading.isDisjoint(with: targets)
              || !names.isDisjoint(with: ["person", "case_file", "subject"])
            {
              leading.insert(shape.name)
            }
          }
        }
        for shape in shapes where leading.contains(shape.name) && !Self.others.contains(shape.name) {
          let tables = declared[shape.name] ?? []
          if tables.isEmpty { faults.append("\(shape.name) leads to a person, and no area declares it") }
          for table in tables {
            let named = table.columns.map(\.name)
            let missing = Set(shape.columns.map(\.name)).symmetricDifference(named)
            if Set(named).count != named.count { faults.append("\(shape.name) names a column twice") }
            if !missing.isEmpty {
              faults.append("\(shape.name): \(missing.sorted()) not declared, or not there")
            }
          }
        }
        return (faults, leading.count)
      }
      #expect(faults.isEmpty, "\(faults)")
      #expect(count > 25)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stands in the person's copy, row by row, without names of others`(engine: Database.Engine)
    async throws
  {
    try await Premises.with(engine) { premises in
      let counsellor = try await premises.hire(.counsellor, "aline")
      let story = try await Story.tell(premises, by: counsellor)
      let desk = try await premises.desk(of: try await premises.hire(.antennaHead))
      let house = premises.installation
      for person in [story.open.person, story.closed.person, story.followed.person] {
        let answer = try await desk.get("/rights/persons/\(person)/copy.json?language=en")
        #expect(answer.status == 200)
        let copy = try JSONDecoder().decode(Copy.self, from: Data(answer.text.utf8))
        let subject = try await house.database.read { db in try house.people.subject(person, in: db) }
        for table in house.rights.copied {
          let rows = try await house.database.read { db in
            try KeptStore.count(of: table, about: subject.id, in: db)
          }
          let told = copy.parts.filter { $0.table == table.name }.flatMap(\.records).count
          // The same table may be declared twice, for two ways to lead to her.
          #expect(told >= rows, "\(table.name): \(rows) rows, \(told) told")
        }
        for text in [
          "Zitouni", "الزيتوني", "A roof", "A workshop", "Everything", "Somebody", "Counsellor (OTE)",
        ] {
          #expect(answer.text.contains(text) || text == "Somebody", "\(text) is not in the copy")
        }
        // Her letters are hers as they were written to her, signed.
        let others = try Self.withoutLetters(answer.text)
        #expect(
          answer.text.contains("Aline") && !others.contains("Aline"), "a name of the staff is in the copy")
        #expect(!answer.text.contains("Yasmine"), "a name of the household is in the copy")
        #expect(copy.history.contains { $0.act == "case.receive" })
      }
    }
  }

  private static func withoutLetters(_ copy: String) throws -> String {
    var copy = try #require(JSONSerialization.jsonObject(with: Data(copy.utf8)) as? [String: Any])
    let parts = try #require(copy["parts"] as? [[String: Any]])
    copy["parts"] = parts.filter { $0["table"] as? String != "letter" }
    return String(decoding: try JSONSerialization.data(withJSONObject: copy), as: UTF8.self)
  }

  private struct Copy: Decodable {
    struct Part: Decodable {
      struct Record: Decodable { let id: String }
      let table: String
      let records: [Record]
    }
    struct Act: Decodable { let act: String }

    let format: String
    let parts: [Part]
    let history: [Act]
  }
}
