import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Imports

/// The mappings that come with the program, each on the sample of its partner.
@Suite struct `The mapping of each partner` {
  private static let samples = [
    ("member-state.csv", "État membre (liste RIAT)", [2, 3, 4, 5]), ("ofii.xlsx", "OFII", [2, 3, 4, 5]),
    ("consulate.json", "Consulat (liste en arabe)", [1, 2, 3]),
  ]

  @Test(arguments: samples) func `understands every row of its sample`(
    file: String, partner: String, rows: [Int]
  ) async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "docs/samples/\(file)").path
    let kept = try #require(KeptMapping.own.first { $0.mapping.partner == partner })
    try await ImportRoom.with(.sqlite) { room in
      let (summary, found) = try await room.run(path, kept.mapping, dry: true)
      #expect(summary == Imports.Summary(new: rows.count), "\(found)")
      #expect(found.keys.sorted() == rows)
      _ = try await room.run(path, kept.mapping)
      #expect(try await room.people.count() == rows.count)
    }
  }

  @Test func `reads Arabic names, digits and days as the consulate writes them`() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "docs/samples/consulate.json").path
    let kept = try #require(KeptMapping.own.first { $0.mapping.channel == .consulate })
    try await ImportRoom.with(.sqlite) { room in
      _ = try await room.run(path, kept.mapping)
      let found = try await room.people.search("نوال العياري", by: Staff.amel).matches
      let person = try await room.people.open(try #require(found.first).id, for: Staff.amel).person
      #expect(person.identity[.cin] == "08765432" && person.identity[.birthDate] == "1993-04-18")
      #expect(person.identity.phones == ["+21622345678"] && person.identity.latinName == nil)
      #expect(person.identity[.governorate] == "TN-51" && person.identity[.father] == "الهادي")
    }
  }
}
