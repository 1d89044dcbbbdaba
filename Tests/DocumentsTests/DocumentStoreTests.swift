import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Documents

@Suite struct `A document` {
  @Test(arguments: TestDatabase.engines)
  func `comes back byte for byte, whatever its size`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      for size in [12, 65_535, 65_536, 65_537, 200_000] {
        let bytes = Sample.pdf(size)
        let id = try await room.add(bytes, to: file)
        #expect(try await room.bytes(id, of: file) == bytes, "\(size)")
      }
      let kept = try #require(try await room.list(file).first)
      #expect(
        kept.size == 200_000 && kept.type == .pdf && kept.name == "scan.pdf" && kept.title == "Her paper")
      #expect(try await room.count("document_chunk") == 1 + 1 + 1 + 2 + 4)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `sent twice is one document, and with anything else says so`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      let id = try await room.add(to: file)
      try await room.add(id: id, to: file)
      let other = try await room.receive("Jlassi")
      let attempts: [() async throws -> RecordID<Document>] = [
        { try await room.add(Sample.pdf(200, "b"), id: id, to: file) },
        { try await room.add(Sample.pdf(), .diploma, id: id, to: file) },
        { try await room.add(until: room.today, id: id, to: file) },
        { try await room.add(id: id, named: "other.pdf", to: file) },
        { try await room.add(id: id, to: other) },
      ]
      for attempt in attempts {
        await #expect(throws: Refusal.sentBefore("file")) { _ = try await attempt() }
      }
      #expect(try await room.list(file).count == 1)
      #expect(try await room.acts(file) == ["document.add"])
      // At the same moment.
      let twice = RecordID<Document>()
      async let one = room.add(id: twice, to: file)
      async let two = room.add(id: twice, to: file)
      _ = try await (one, two)
      #expect(try await room.list(file).count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `whose pieces were put in another order, left out or moved does not open`(engine: Database.Engine)
    async throws
  {
    try await DocumentRoom.with(engine) { room, file in
      let (one, two) = (
        try await room.add(Sample.pdf(200_000), to: file), try await room.add(Sample.pdf(200_000), to: file)
      )
      let chunk = { (id: RecordID<Document>, number: Int) -> SQL in
        "(SELECT c.sealed FROM document_chunk c WHERE c.document = \(id) AND c.number = \(number))"
      }
      let tampering: [(String, [SQL])] = [
        (
          "swapped",
          ["UPDATE document_chunk SET sealed = \(chunk(one, 2)) WHERE document = \(one) AND number = 1"]
        ),
        (
          "of another",
          ["UPDATE document_chunk SET sealed = \(chunk(two, 1)) WHERE document = \(one) AND number = 1"]
        ),
        ("left out", ["DELETE FROM document_chunk WHERE document = \(one) AND number = 2"]),
        // As if it had ended there: its length is not sealed.
        (
          "cut off",
          [
            "DELETE FROM document_chunk WHERE document = \(one) AND number = 3",
            "UPDATE document SET size = 196608 WHERE id = \(one)",
          ]
        ),
        ("longer", ["UPDATE document SET size = 262145 WHERE id = \(one)"]),
        (
          "under another key",
          [
            "UPDATE document SET sealing_key = (SELECT d.sealing_key FROM document d WHERE d.id = \(two)) WHERE id = \(one)"
          ]
        ),
      ]
      for (what, statements) in tampering {
        await #expect(throws: (any Error).self, "\(what)") {
          try await room.database.write { db in
            for statement in statements { try db.run(statement) }
          }
          _ = try await room.bytes(one, of: file)
        }
        // Its neighbour is whole.
        #expect(try await room.bytes(two, of: file).count == 200_000)
        try await room.database.write { db in
          try db.run("DELETE FROM document_chunk WHERE document = \(one)")
          try db.run("DELETE FROM document WHERE id = \(one)")
        }
        try await room.add(Sample.pdf(200_000), id: one, to: file)
      }
      #expect(try await room.bytes(one, of: file) == Sample.pdf(200_000))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stands sealed in the database, its name and title too`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      let text = Array("Quetzalbury was here. ".utf8)
      let bytes = Array(repeating: text, count: 4_000).flatMap { $0 }
      try await room.add(bytes, named: "Quetzalbury.txt", to: file)
      let stored = try await room.database.read { db in
        try db.rows("SELECT sealed FROM document_chunk") { try $0[0] as [UInt8] }
          + db.rows("SELECT name FROM document") { try $0[0] as [UInt8] }
          + db.rows("SELECT title FROM document") { try $0[0] as [UInt8] }
          + db.rows("SELECT digest FROM document") { try $0[0] as [UInt8] }
      }
      #expect(stored.count == 5)
      for bytes in stored {
        for word in ["Quetzal", "Her paper"] { #expect(Data(bytes).range(of: Data(word.utf8)) == nil) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `goes with its case under the key of another person`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      let id = try await room.add(Sample.pdf(70_000), to: file)
      try await room.documents.withdraw(
        try await room.add(to: file), reason: "Twice", in: file, by: Staff.amel)
      let (old, other) = try await room.database.read { db in
        (try room.cases.require(file, for: Staff.amel, in: db).subject.id, PersonID())
      }
      try await room.database.write { db in
        var identity = Identity()
        (identity[.familyLatin], identity[.phones]) = ("Jlassi", "+21620123457")
        try room.cases.people.create(
          identity, id: other, antenna: "TUN", contact: Staff.amel.id, by: Staff.amel, in: db)
        try room.cases.move(
          file, to: other, others: [room.documents.resealing], by: Staff.chokri, at: room.clock.now, in: db)
        // Without the key of the one, the documents of the other still open.
        try db.run("UPDATE person SET sealing_key = NULL WHERE id = \(old)")
      }
      #expect(try await room.bytes(id, of: file) == Sample.pdf(70_000))
      #expect(try await room.list(file).compactMap(\.withdrawal?.reason) == ["Twice"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is gone with the key of its person`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      let id = try await room.add(to: file)
      try await room.database.write { db in try db.run("UPDATE person SET sealing_key = NULL") }
      await #expect(throws: (any Error).self) { _ = try await room.bytes(id, of: file) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is opened by those who may, and each opening is told`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      let id = try await room.add(to: file)
      let medical = try await room.add(Sample.pdf(300), .medical, to: file, by: Staff.dorra)
      for actor in [Staff.amel, Staff.chokri, Staff.dorra, Staff.fathi] {
        #expect(try await room.bytes(id, of: file, for: actor).count == 200)
      }
      for (actor, refusal) in [
        (Staff.emna, Refusal.notFound), (Staff.bilel, .notFound), (Staff.hela, .notAllowed(.readDocuments)),
      ] {
        await #expect(throws: refusal, "\(actor.name)") { _ = try await room.bytes(id, of: file, for: actor) }
        await #expect(throws: Refusal.self) { try await room.add(to: file, by: actor) }
      }
      // Those who may not read what concerns health do not even know that it is there.
      for actor in [Staff.amel, Staff.chokri, Staff.fathi] {
        await #expect(throws: Refusal.notFound) { _ = try await room.bytes(medical, of: file, for: actor) }
        #expect(try await room.list(file, for: actor).map(\.id) == [id])
      }
      #expect(try await room.bytes(medical, of: file, for: Staff.dorra).count == 300)
      #expect(try await room.list(file, for: Staff.dorra).count == 2)
      await #expect(throws: Refusal.notAllowed(.writeHealthSection)) {
        try await room.add(Sample.pdf(), .medical, to: file)
      }
      await #expect(throws: Refusal.notAllowed(.addDocuments)) {
        try await room.add(to: file, by: Staff.fathi)
      }
      let other = try await room.receive("Jlassi")
      await #expect(throws: Refusal.notFound) { _ = try await room.bytes(id, of: other) }
      #expect(
        try await room.acts(file) == ["document.add", "document.add"]
          + Array(repeating: "document.read", count: 5))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `withdrawn stays in the list with its reason, and is opened by the head of the antenna`(
    engine: Database.Engine
  ) async throws {
    try await DocumentRoom.with(engine) { room, file in
      let id = try await room.add(until: room.today, to: file)
      for _ in 0..<2 {
        try await room.documents.withdraw(id, reason: "Of her sister", in: file, by: Staff.amel)
      }
      await #expect(throws: Refusal.self) {
        try await room.documents.withdraw(id, reason: "Blurred", in: file, by: Staff.amel)
      }
      let kept = try #require(try await room.list(file).first)
      #expect(kept.withdrawal == Document.Withdrawal(at: room.clock.now, reason: "Of her sister"))
      await #expect(throws: Refusal.notAllowed(.openWithdrawnDocuments)) {
        _ = try await room.bytes(id, of: file)
      }
      #expect(try await room.bytes(id, of: file, for: Staff.chokri).count == 200)
      await #expect(throws: Refusal.notAllowed(.addDocuments)) {
        try await room.documents.withdraw(id, reason: "x", in: file, by: Staff.fathi)
      }
      #expect(try await room.acts(file) == ["document.add", "document.withdraw", "document.read"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of a closed case is read, and nothing is added or withdrawn`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      let id = try await room.add(to: file)
      try await room.close(file)
      #expect(try await room.bytes(id, of: file).count == 200)
      await #expect(throws: Refusal.self) { try await room.add(to: file) }
      await #expect(throws: Refusal.self) {
        try await room.documents.withdraw(id, reason: "x", in: file, by: Staff.amel)
      }
    }
  }

  @Test func `that is empty, too large or of another kind leaves nothing behind`() async throws {
    try await DocumentRoom.with(.sqlite) { room, file in
      for bytes in [[], Sample.pdf(Document.limit + 1), Array("<html></html>".utf8)] {
        await #expect(throws: Refusal.self) { try await room.add(bytes, to: file) }
      }
      #expect(try await room.count("document") == 0)
      #expect(try await room.count("document_chunk") == 0)
      try await room.add(Sample.pdf(Document.limit), to: file)
    }
  }
}
