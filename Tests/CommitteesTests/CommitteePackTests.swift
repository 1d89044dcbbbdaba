import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import People
import Storage
import TestSupport
import Testing
import Web

@testable import Committees

/// The pack, read back from its PDF.
@Suite struct `What the committee reads, on paper` {
  /// A person with everything that could tell who she is, and the code of her file.
  private func receive(_ room: CommitteeRoom) async throws -> (file: RecordID<CaseFile>, number: String) {
    var identity = Identity()
    (identity[.givenLatin], identity[.familyLatin]) = ("Salma", "Ben Othman")
    (identity[.givenArabic], identity[.familyArabic]) = ("سلمى", "بن عثمان")
    (identity[.phones], identity[.address]) = ("+21620123456", "12 rue des Oliviers")
    let file = try await room.cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: room.clock.now, returned: ReturnFacts()), by: Staff.amel)
    return (file, try await room.cases.open(file, for: Staff.fathi).file.number)
  }

  /// Two files before a committee, with their codes.
  private func submitted(_ room: CommitteeRoom) async throws -> (
    items: [RecordID<CommitteeItem>], numbers: [String]
  ) {
    var (items, numbers): ([RecordID<CommitteeItem>], [String]) = ([], [])
    for _ in 1...2 {
      let (file, number) = try await receive(room)
      let item = room.item(file)
      try await room.committees.submit(item, by: Staff.amel)
      items.append(item.id)
      numbers.append(number)
    }
    return (items, numbers)
  }

  private func serve(
    _ room: CommitteeRoom, _ language: Language, _ body: @Sendable (TestSite) async throws -> Void
  ) async throws {
    let pages = CommitteePages(room.committees, papers: Papers(python: Papers.standardPython))
    try await TestSite.serve(
      [pages], language: language, site: { [clock = room.clock] in $0.now = { clock.now } }, body)
  }

  private func mustNameNobody(_ paper: CommitteePaperText, _ who: String) {
    for word in ["Salma", "Othman", "سلمى", "عثمان", "Oliviers"] {
      #expect(!paper.text.contains(word), "\(who): \(word)")
    }
    #expect(!paper.digits.contains("20123456"), "\(who): the phone number")
  }

  @Test(arguments: TestDatabase.engines, [Language.french, .arabic])
  func `names files by their codes alone, and nobody`(engine: Database.Engine, language: Language)
    async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let (items, numbers) = try await submitted(room)
      let session = try await room.convene(items, members: [Staff.bilel, Staff.emna])
      try await room.committees.declare(.family, on: items[1], in: session, by: Staff.bilel)
      let path = "/committees/\(session)/pack.pdf"
      try await serve(room, language) { site in
        let pack = try await site.get(path, as: Staff.emna)
        #expect(pack.status == .ok && pack.headers[.contentType] == "application/pdf")
        let name = try #require(pack.headers[.contentDisposition])
        #expect(!name.contains("TUN-") && !name.contains("Othman"))
        let paper = try CommitteePaperText(pack.bytes)
        #expect(paper.says(Reader(language)("What the committee reads")), "\(paper.text)")
        for number in numbers { #expect(paper.text.contains(number), "\(number) in \(paper.text)") }
        #expect(paper.text.components(separatedBy: "Asecretneed").count == 3)
        mustNameNobody(paper, "a member")
        #expect(try PaperTools.conformance(of: pack.bytes) == "2a True ua1 True")
        // Whoever keeps out of a file does not read it here either.
        let less = try CommitteePaperText(try await site.get(path, as: Staff.bilel).bytes)
        #expect(less.text.contains(numbers[0]) && !less.text.contains(numbers[1]), "\(less.text)")
        mustNameNobody(less, "one who keeps out")
        // Neither whoever does not sit in it, nor whoever prepared the files.
        for actor in [Staff.ghazi, Staff.amel] {
          #expect(try await site.get(path, as: actor).status == .notFound, "\(actor.name)")
        }
      }
      let read = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act = 'committee.read'") { try $0[0] as String }
      }
      #expect(read.count == 3)
    }
  }

  @Test(arguments: TestDatabase.engines, [Language.french, .arabic])
  func `says not even the codes to those who vote, where a session goes without identity`(
    engine: Database.Engine, language: Language
  ) async throws {
    try await CommitteeRoom.with(engine) { room in
      let (items, numbers) = try await submitted(room)
      let session = try await room.convene(items, hidesIdentity: true, members: [Staff.bilel, Staff.emna])
      let path = "/committees/\(session)/pack.pdf"
      try await serve(room, language) { site in
        for actor in [Staff.chokri, Staff.bilel, Staff.emna] {
          let paper = try CommitteePaperText(try await site.get(path, as: actor).bytes)
          #expect(paper.text.components(separatedBy: "Asecretneed").count == 3, "\(actor.name)")
          #expect(!paper.text.contains("TUN-"), "\(actor.name): \(paper.text)")
          for number in numbers { #expect(!paper.text.contains(number), "\(actor.name)") }
          mustNameNobody(paper, actor.name)
        }
        // Whoever prepares the session and has no vote finds the files by their codes.
        let whole = try CommitteePaperText(try await site.get(path, as: Staff.fathi).bytes)
        for number in numbers { #expect(whole.text.contains(number), "\(whole.text)") }
        mustNameNobody(whole, "the centre")
      }
    }
  }
}
