import Basics
import Crypto
import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite struct `An audit` {
  @Test(arguments: TestDatabase.engines)
  func `of what nobody touched is sound`(engine: Database.Engine) async throws {
    try await JournalRoom.with(engine) { room in
      #expect(try await room.audit().isSound)
      try await room.fill(heads: [4, 5, 10])
      let head = try await room.lastHead().text
      try await room.fill(2)
      let report = try await room.audit(trustedHead: head)
      #expect(report.findings == [] && report.isSound)
      #expect(report.entries == 10 && report.heads == 3 && report.waiting == 2)
      #expect(report.summary.contains("sound: 10 entries under 3 signed heads, 2 waiting"))
    }
  }

  /// What was done to the database, and what the audit of an export says then.
  enum Harm: String, CaseIterable, Sendable {
    case `an entry was altered`, `its hash was altered too`, `its content was emptied`, `one was removed`,
      `two were removed`, `the first was removed`, `the last was removed`, `two changed places`,
      `one was taken out of its place`, `one was removed and the others moved up`,
      `the last head was removed`,
      `the root of a head was altered`, `the time of a head was altered`, `a head was signed by another`

    var statements: [SQL] {
      switch self {
      case .`an entry was altered`: ["UPDATE journal_entry SET actor = 'nobody' WHERE position = 6"]
      case .`its hash was altered too`: ["UPDATE journal_entry SET hash = \(Harm.hash) WHERE position = 6"]
      case .`its content was emptied`: ["UPDATE journal_entry SET changes = \([UInt8]()) WHERE position = 0"]
      case .`one was removed`: ["DELETE FROM journal_entry WHERE position = 4"]
      case .`two were removed`: ["DELETE FROM journal_entry WHERE position IN (6, 7)"]
      case .`the first was removed`: ["DELETE FROM journal_entry WHERE position = 0"]
      case .`the last was removed`: ["DELETE FROM journal_entry WHERE position = 9"]
      case .`two changed places`:
        [
          "UPDATE journal_entry SET position = 99 WHERE position = 6",
          "UPDATE journal_entry SET position = 6 WHERE position = 8",
          "UPDATE journal_entry SET position = 8 WHERE position = 99",
        ]
      case .`one was taken out of its place`: ["UPDATE journal_entry SET position = NULL WHERE position = 6"]
      case .`one was removed and the others moved up`:
        ["DELETE FROM journal_entry WHERE position = 6"]
          + (7...9).map { "UPDATE journal_entry SET position = \($0 - 1) WHERE position = \($0)" }
      case .`the last head was removed`: ["DELETE FROM journal_head WHERE size = 10"]
      case .`the root of a head was altered`: ["UPDATE journal_head SET root = \(Harm.hash) WHERE size = 5"]
      case .`the time of a head was altered`: ["UPDATE journal_head SET at = at + 1 WHERE size = 5"]
      case .`a head was signed by another`:
        ["UPDATE journal_head SET signature = \([UInt8](repeating: 1, count: 64)) WHERE size = 10"]
      }
    }

    var finding: String {
      switch self {
      case .`an entry was altered`: "The entry at position 6 was altered."
      case .`its hash was altered too`: "Entries at positions 5 to 9 are not those the signed head covers."
      case .`its content was emptied`: "The entry at position 0 was altered."
      case .`one was removed`: "Entry at position 4 was removed."
      case .`two were removed`: "Entries at positions 6 to 7 were removed."
      case .`the first was removed`: "Entry at position 0 was removed."
      case .`the last was removed`: "One entry was removed: a signed head covers 10, 9 are here."
      case .`two changed places`: "Entries at positions 5 to 9 are not those the signed head covers."
      case .`one was taken out of its place`: "Entry at position 6 was removed."
      case .`one was removed and the others moved up`:
        "One entry was removed: a signed head covers 10, 9 are here."
      case .`the last head was removed`:
        "Entries at positions 5 to 9 stand under no signed head: they were inserted, or their head was removed."
      case .`the root of a head was altered`, .`the time of a head was altered`:
        "The head over 5 entries is not signed by the key."
      case .`a head was signed by another`: "The head over 10 entries is not signed by the key."
      }
    }

    private static let hash = [UInt8](repeating: 7, count: 32)
  }

  @Test(arguments: TestDatabase.engines, Harm.allCases)
  func `finds what was done to the database, and names it`(engine: Database.Engine, harm: Harm) async throws {
    try await JournalRoom.with(engine) { room in
      try await room.fill(heads: [5, 10])
      for statement in harm.statements { try await room.change(statement) }
      let report = try await room.audit()
      #expect(!report.isSound)
      #expect(report.findings.contains(harm.finding), "\(report.findings)")
      #expect(report.summary.contains("NOT sound"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `names both when the content of two entries changed places`(engine: Database.Engine) async throws {
    try await JournalRoom.with(engine) { room in
      try await room.fill(heads: [10])
      let ids = try await room.database.read { db in
        try db.rows("SELECT id, at, changes FROM journal_entry ORDER BY position") {
          (try $0[0] as String, try $0[1] as Int64, try $0[2] as [UInt8])
        }
      }
      try await room.change(
        "UPDATE journal_entry SET id = 'x' WHERE position = 2",
        "UPDATE journal_entry SET id = \(ids[2].0), at = \(ids[2].1), changes = \(ids[2].2) WHERE position = 7",
        "UPDATE journal_entry SET id = \(ids[7].0), at = \(ids[7].1), changes = \(ids[7].2) WHERE position = 2"
      )
      #expect(
        try await room.audit().findings == [
          "The entry at position 2 belongs at position 7: the order was changed.",
          "The entry at position 7 belongs at position 2: the order was changed.",
        ])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `finds an entry that was slipped in after the last head`(engine: Database.Engine) async throws {
    try await JournalRoom.with(engine) { room in
      try await room.fill(heads: [10])
      try await room.fill(1)
      try await room.change(
        "UPDATE journal_entry SET position = 10, hash = \([UInt8](repeating: 1, count: 32)) WHERE position IS NULL"
      )
      let findings = try await room.audit().findings
      #expect(findings.contains("The entry at position 10 was altered."))
      #expect(findings.contains { $0.hasPrefix("Entries at positions 10 to 10 stand under no signed head") })
    }
  }

  /// Whoever removes the newest entries together with their heads leaves a shorter journal that is whole.
  @Test(arguments: TestDatabase.engines)
  func `finds a journal cut back when a head was handed to a third party`(engine: Database.Engine)
    async throws
  {
    try await JournalRoom.with(engine) { room in
      try await room.fill(heads: [5, 10])
      let head = try await room.lastHead().text
      #expect(try await room.audit(trustedHead: head).isSound)
      try await room.change(
        "DELETE FROM journal_entry WHERE position >= 5", "DELETE FROM journal_head WHERE size = 10")
      #expect(try await room.audit().isSound)
      #expect(
        try await room.audit(trustedHead: head).findings == [
          "The trusted head over 10 entries is not in this journal."
        ])
      // As long again, but other entries.
      try await room.fill(heads: [5])
      #expect(try await room.heads() == [5, 10])
      #expect(try await room.audit().isSound)
      #expect(
        try await room.audit(trustedHead: head).findings == [
          "The trusted head over 10 entries is not in this journal."
        ])
      #expect(
        try await room.audit(trustedHead: "ten").findings.first
          == "The trusted head is not of the form SIZE:ROOT.")
    }
  }

  @Test func `finds what was done to the export`() async throws {
    try await JournalRoom.with(.sqlite) { room in
      try await room.fill(heads: [5, 10])
      let lines = try await room.export()
      // Opening, five entries, head, five entries, head.
      #expect(lines.count == 13 && lines[6].contains("signature") && lines[12].contains("signature"))
      func findings(_ change: (inout [String]) throws -> Void) rethrows -> [String] {
        var lines = lines
        try change(&lines)
        return room.audit(lines).findings
      }
      #expect(findings { _ in } == [])
      #expect(findings { $0.remove(at: 3) }.first == "Entry at position 2 was removed.")
      #expect(
        findings { $0.removeSubrange(11...11) } == [
          "One entry was removed: a signed head covers 10, 9 are here."
        ])
      #expect(
        findings { $0[3] = $0[3].replacing("antenna.change", with: "antenna.open") } == [
          "The entry at position 2 was altered."
        ])
      #expect(findings { $0.swapAt(2, 3) }.contains { $0.contains("was inserted or moved: position 1") })
      #expect(
        findings { $0.insert($0[3], at: 5) }.contains { $0.contains("was inserted or moved: position 2") })
      #expect(
        findings { $0.remove(at: 12) } == [
          "Entries at positions 5 to 9 stand under no signed head: they were inserted, or their head was removed."
        ])
      #expect(findings { $0.remove(at: 0) }.contains("There is no public key to check the heads with."))
      #expect(
        findings { $0[0] = $0[0].replacing("journal-1", with: "journal-2") }.contains {
          $0.contains("unknown form")
        })
      #expect(findings { $0.append("{") } == ["A line is not of an export: {…"])
    }
  }

  @Test func `finds that another key signed, and believes the export's own only when none is given`()
    async throws
  {
    try await JournalRoom.with(.sqlite) { room in
      try await room.fill(heads: [5, 10])
      let lines = try await room.export()
      let stranger = Curve25519.Signing.PrivateKey().publicKey.rawRepresentation.base64EncodedString()
      var audit = JournalAudit(publicKey: stranger)
      for line in lines { audit.read(line) }
      #expect(
        audit.finish().findings == [
          "The export names another public key than the one given.",
          "The head over 5 entries is not signed by the key.",
          "The head over 10 entries is not signed by the key.",
        ])
      audit = JournalAudit()
      for line in lines { audit.read(line) }
      #expect(audit.finish().isSound)
      // A whole journal forged with a key of one's own: only the key that was written down shows it.
      try await JournalRoom.with(.sqlite) { forged in
        try await forged.fill(heads: [5, 10])
        #expect(try await forged.audit().isSound)
        #expect(room.audit(try await forged.export()).findings.count == 3)
      }
    }
  }

  @Test func `is not ended by what makes no sense`() async throws {
    try await JournalRoom.with(.sqlite) { room in
      try await room.fill(heads: [3])
      let lines = try await room.export()
      let (entry, head) = (lines[3], lines[4])
      for number in ["\(Int.max)", "\(Int.min)", "-1", "1e300", "null", "\"2\""] {
        #expect(
          !room.audit(lines + [entry.replacing("\"position\":2", with: "\"position\":\(number)")]).findings
            .isEmpty || number == "null")
        #expect(!room.audit(lines + [head.replacing("\"size\":3", with: "\"size\":\(number)")]).isSound)
        #expect(!room.audit(lines + [head.replacing(/"at":\d+/, with: "\"at\":\(number)")]).isSound)
      }
      for line in ["[]", "null", "\0", String(repeating: "{", count: 10_000), "{\"entry\":{}}", "سلمى"] {
        #expect(!room.audit(lines + [line]).isSound)
      }
      #expect(room.audit(lines + ["", "{}"]).isSound)
      #expect(!room.audit([]).isSound)
    }
  }
}
