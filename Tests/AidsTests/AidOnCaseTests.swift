import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Funding
import HTTPTypes
import NIOConcurrencyHelpers
import Pages
import Storage
import TestSupport
import Testing
import Web

@testable import Aids

/// What others see of aids on the pages where they stand: that of the case, and the home page.
@Suite struct `Aids on other pages` {
  /// The page of a case with nothing of other rooms on it.
  private func serve(_ room: AidRoom, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let aidPages = AidPages(room.aids, papers: nil)
    let casePages = CasePages(
      room.cases, antennas: Antennas(database: room.database), accounts: Accounts(database: room.database),
      sections: [aidPages.section])
    try await TestSite.serve(
      [casePages, aidPages, Threshold(section: aidPages.homeSection)],
      site: { [clock = room.clock] in $0.now = { clock.now } }, body)
  }

  /// What the page of a case says of an aid, label by label.
  private func facts(of aid: RecordID<Aid>, on page: String) throws -> [String: String] {
    let start = try #require(page.range(of: "<a href=\"/aids/\(aid)\">"), "the aid is not on the page")
    let end = page.range(of: "</li>", range: start.upperBound..<page.endIndex)?.lowerBound ?? page.endIndex
    let found = page[start.upperBound..<end].matches(of: /(?s)<dt>([^<]*)<\/dt><dd>(.*?)<\/dd>/)
    return Dictionary(
      uniqueKeysWithValues: found.map { (String($0.1), String($0.2.replacing(/<[^>]*>/, with: ""))) })
  }

  private func said(_ millimes: Int64) -> String { Reader(.english).money(AidRoom.tnd(millimes)) }

  @Test(arguments: TestDatabase.engines)
  func `the case says what is promised, given and proven, and what comes next`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let asked = try await room.prepared(ground, 1_000_000)
      let aid = try await room.contracted(ground)
      let part = aid.instalments[0]
      func shown(_ id: RecordID<Aid>) async throws -> [String: String] {
        let box = Shown()
        try await serve(room) { site in
          let page = try await site.get(CasePaths.show(ground.file), as: Staff.amel)
          #expect(page.status == .ok)
          box.text.withLockedValue { $0 = page.text }
        }
        return try facts(of: id, on: box.text.withLockedValue { $0 })
      }
      #expect(try await shown(asked) == ["Asked": said(1_000_000)])

      let contracted = try await shown(aid.id)
      #expect(contracted["Promised"] == said(3_000_000) && contracted["Handed out"] == said(0))
      #expect(contracted["Proven"] == said(0) && contracted["Asked"] == nil)
      #expect(contracted["Next part"]?.contains(said(1_500_000)) == true)

      try await room.paid(part)
      let paid = try await shown(aid.id)
      #expect(paid["Handed out"] == said(1_500_000) && paid["Proven"] == said(0))
      #expect(
        paid["Next part"]?.contains(Reader(.english).date(aid.instalments[1].dueOn)) == true, "\(paid)")

      // What is brought counts once it is accepted; what is rejected never.
      try await room.proven(part, AidRoom.tnd(900_000), with: ground.paper)
      let waiting = NewProof(
        way: .expense, amount: AidRoom.tnd(250_000), on: room.today, words: "Salem", document: ground.paper)
      try await room.aids.prove(waiting, part.id, of: aid.id, by: Staff.amel)
      #expect(try await shown(aid.id)["Proven"] == said(900_000))
      try await room.aids.check(waiting.id, .rejected, because: "No stamp", by: Staff.chokri)
      #expect(try await shown(aid.id)["Proven"] == said(900_000))
      let back = NewProof(
        way: .returned, amount: AidRoom.tnd(600_000), on: room.today, words: "It cost less")
      try await room.aids.prove(back, part.id, of: aid.id, by: Staff.amel)
      try await room.aids.check(back.id, .accepted, because: nil, by: Staff.chokri)
      let proven = try await shown(aid.id)
      #expect(proven["Proven"] == said(1_500_000) && proven["Handed out"] == said(1_500_000))

      try await room.paid(aid.instalments[1])
      let whole = try await shown(aid.id)
      #expect(whole["Handed out"] == said(3_000_000) && whole["Proven"] == said(1_500_000))
      #expect(whole["Promised"] == said(3_000_000) && whole["Next part"] == nil)
      // The case tells it to whoever sees the case, and to nobody else.
      try await serve(room) { site in
        #expect(try await site.get(CasePaths.show(ground.file), as: Staff.emna).status == .notFound)
        let central = try await site.get(CasePaths.show(ground.file), as: Staff.fathi).text
        #expect(central.contains("/aids/\(aid.id)"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the home page says to each what waits for her, and nothing that waits for others`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground)
      func homes() async throws -> [String: String] {
        let box = Shown()
        try await serve(room) { site in
          for actor in [Staff.amel, Staff.chokri, Staff.fathi, Staff.ghazi, Staff.emna] {
            let text = try await site.get("/home", as: actor).text
            box.homes.withLockedValue { $0[actor.name] = text }
          }
        }
        return box.homes.withLockedValue { $0 }
      }
      func reads(_ label: String) async throws -> Set<String> {
        Set(try await homes().filter { $0.value.contains(label) }.keys)
      }
      #expect(try await reads("Orders to be approved").isEmpty)
      let order = try await room.order(aid.instalments[0])
      // The head of the antenna and the centre; neither another antenna's nor whoever prepares.
      #expect(try await reads("Orders to be approved") == ["Chokri", "Fathi"])
      try await room.aids.approve(order, by: Staff.chokri)
      #expect(try await reads("Orders to be approved").isEmpty)
      #expect(try await reads("Orders to be paid") == ["Fathi"])
      try await room.aids.pay(order, on: room.today, reference: "VIR", by: Staff.fathi)
      #expect(try await reads("Orders to be paid").isEmpty)
      let proof = NewProof(
        way: .expense, amount: AidRoom.tnd(1_500_000), on: room.today, words: "Salem", document: ground.paper)
      try await room.aids.prove(proof, aid.instalments[0].id, of: aid.id, by: Staff.amel)
      #expect(try await reads("Proofs to be checked") == ["Chokri", "Fathi"])
      #expect(try await reads("Late parts").isEmpty)
      // The second part is due a month and ten days after the contract.
      room.clock.advance(days: 60)
      #expect(try await reads("Late parts") == ["Amel", "Chokri", "Fathi"])
      #expect(try await homes().allSatisfy { !$0.value.contains("Zitouni") })
    }
  }
}

/// What was seen behind the door, for the test before it.
private final class Shown: Sendable {
  let text = NIOLockedValueBox("")
  let homes = NIOLockedValueBox<[String: String]>([:])
}
