import Accounts
import Antennas
import Basics
import Cases
import Foundation
import HTTPTypes
import Pages
import Storage
import TestSupport
import Testing
import Web

@testable import Home

/// The same door for all, and behind it what each has to do: by role and institution.
@Suite struct `The home of each` {
  /// Those who receive persons at an antenna, one of each institution, with what their role gives them.
  private static let counsellors = [
    member("Olfa", "OTE", .counsellor), member("Dalila", "PS", .socialCounsellor),
    member("Anis", "ANETI", .employmentCounsellor),
  ]
  private static let head = member("Hajer", "OTE", .antennaHead)
  private static let centre = member("Ferid", "OTE", .centre)
  private static let auditor = member("Aziz", "OTE", .auditor)
  private static let partner = member("Leila", "OTE", .partner)

  private static func member(_ name: String, _ institution: InstitutionCode, _ role: Role) -> Actor {
    Actor(
      id: AccountID(), name: name, institution: institution,
      antenna: role.isNational || role.isOutside ? nil : "TUN", scope: role.isNational ? .nation : .antenna,
      duties: role.duties)
  }

  private func serve(
    _ room: HomeRoom, first: [HomeSection] = [], later: [HomeSection] = [],
    _ body: @Sendable (TestSite) async throws -> Void
  ) async throws {
    let home = HomePages(
      cases: room.cases, accounts: Accounts(database: room.database),
      antennas: Antennas(database: room.database), sections: first, later: later, outside: "/desk")
    let everyone = Self.counsellors + [Self.head, Self.centre, Self.auditor, Self.partner]
    try await TestSite.serve(
      [home], site: { [clock = room.clock] in $0.now = { clock.now } },
      findSession: { token, _ in
        everyone.first { token.hasSuffix($0.id.text) }.map { Session(actor: $0, language: .english) }
      }, body)
  }

  @Test(arguments: TestDatabase.engines)
  func `counsellor is that of her own cases, whichever institution is hers`(engine: Database.Engine)
    async throws
  {
    try await HomeRoom.with(engine) { room in
      for actor in Self.counsellors { try await room.receive("Of\(actor.name)", by: actor) }
      try await serve(room) { site in
        for actor in Self.counsellors {
          let page = try await site.get("/", as: actor)
          let home = page.text
          #expect(page.status == .ok && home.contains("Receive a person"), "\(actor.name)")
          #expect(home.contains("Of\(actor.name)"), "\(actor.name)")
          for other in Self.counsellors where other.id != actor.id {
            #expect(!home.contains("Of\(other.name)"), "\(actor.name) sees a case of \(other.name)")
          }
          // Where others' cases stand is for those who have them in charge.
          #expect(!home.contains("id=\"caseload\"") && !home.contains("id=\"map\""), "\(actor.name)")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `head of an antenna counts the cases of all its institutions`(engine: Database.Engine) async throws {
    try await HomeRoom.with(engine) { room in
      for (count, actor) in zip(1..., Self.counsellors) {
        for _ in 0..<count { try await room.receive("Of\(actor.name)", by: actor) }
      }
      try await serve(room) { site in
        let home = try await site.get("/", as: Self.head).text
        for (count, actor) in zip(1..., Self.counsellors) {
          let link = "/cases?contact=\(actor.id)&amp;stage=received\">\(count)</a>"
          #expect(home.contains(link), "\(actor.name)")
        }
        #expect(!home.contains("id=\"map\""))
        let whole = try await site.get("/", as: Self.centre).text
        #expect(whole.contains("/cases?stage=received&amp;antenna=TUN\">6</a>"))
        for actor in Self.counsellors { #expect(!whole.contains("Of\(actor.name)"), "\(actor.name)") }
      }
    }
  }

  /// What waits stands first, for the centre too; what may be taken up is for those who accompany persons.
  @Test func `member says first what waits for her, then her cases, then what may be taken up`()
    async throws
  {
    try await HomeRoom.with(.sqlite) { room in
      let waiting: HomeSection = { actor, page in
        page.section(page("Committees"), id: "waits-for-her", "for-\(actor.name)")
      }
      let later: HomeSection = { actor, page in
        page.section(page("Skills"), id: "taken-up-later", "for-\(actor.name)")
      }
      try await serve(room, first: [waiting], later: [later]) { site in
        for actor in Self.counsellors + [Self.head] {
          let home = try await site.get("/", as: actor).text
          let first = try #require(home.range(of: "id=\"waits-for-her\"")).lowerBound
          let own = try #require(home.range(of: "id=\"late\"")).lowerBound
          let last = try #require(home.range(of: "id=\"taken-up-later\"")).lowerBound
          #expect(first < own && own < last, "\(actor.name)")
          #expect(home.components(separatedBy: "for-\(actor.name)").count == 3, "\(actor.name)")
        }
        let centre = try await site.get("/", as: Self.centre).text
        #expect(centre.contains("for-Ferid") && !centre.contains("taken-up-later"))
        #expect(!centre.contains("id=\"late\""))
        // Those who open no files are asked nothing about them.
        let auditor = try await site.get("/", as: Self.auditor)
        #expect(auditor.status == .ok && auditor.text.contains("Your account opens no files."))
        #expect(!auditor.text.contains("for-Aziz"))
      }
    }
  }

  @Test func `service outside goes to what was referred to it, and asks nothing here`() async throws {
    try await HomeRoom.with(.sqlite) { room in
      try await room.receive("Salma", by: Self.counsellors[0])
      let never: HomeSection = { actor, _ in
        Issue.record("asked for \(actor.name)")
        return .empty
      }
      try await serve(room, first: [never], later: [never]) { site in
        let sent = try await site.get("/", as: Self.partner)
        #expect(sent.status == .seeOther && sent.location == "/desk" && !sent.text.contains("Salma"))
      }
    }
  }
}
