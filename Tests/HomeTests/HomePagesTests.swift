import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Home

@Suite struct `My day` {
  @Test(arguments: TestDatabase.engines)
  func `shows what is late, what is due this week and who waits, each in its order`(engine: Database.Engine)
    async throws
  {
    try await HomeRoom.with(engine) { room in
      try await room.receive("Oldest")
      room.clock.advance(days: 1)
      try await room.receive("Older")
      room.clock.advance(days: 25)
      try await room.receive("Mine")
      try await room.receive("Other", by: Staff.chokri)
      let visit = try await room.receive("Visit")
      room.clock.advance(days: 7)
      let today = room.today
      try await room.tell(visit) { ($0.planAgreedOn, $0.nextVisitOn) = (today, today + 2) }
      let action = try await room.receive("Action")
      try await room.tell(action) { ($0.planAgreedOn, $0.nextActionOn) = (today, today) }
      let far = try await room.receive("Far")
      try await room.tell(far) { ($0.planAgreedOn, $0.nextActionOn) = (today, today + 8) }
      try await room.serve { site in
        let page = try await site.get("/", as: Staff.amel)
        #expect(page.status == .ok)
        #expect(try page.text.names(in: "late") == ["Oldest", "Older"])
        #expect(try page.text.names(in: "soon") == ["Action", "Visit"])
        #expect(try page.text.names(in: "waiting") == ["Oldest", "Older", "Mine"])
        #expect(!page.text.contains("All that is late"))
        #expect(try await site.get("/", as: Staff.chokri).text.names(in: "waiting") == ["Other"])
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func
    `shows the centre the antennas side by side, and the head her counsellors, each figure opening its list`(
      engine: Database.Engine
    ) async throws
  {
    try await HomeRoom.with(engine) { room in
      try await room.receive("One")
      try await room.receive("Two", by: Staff.chokri)
      try await room.receive("Three", by: Staff.emna)
      room.clock.advance(days: 31)
      try await room.serve { site in
        let centre = try await site.get("/", as: Staff.fathi).text
        for link in [
          "/cases?stage=received\">3</a>", "/cases?stage=received&amp;antenna=TUN\">2</a>",
          "/cases?stage=received&amp;antenna=SFA\">1</a>", "/cases?late=yes&amp;antenna=TUN\">2</a>",
        ] { #expect(centre.contains(link), "\(link)") }
        // Antennas without a case stand there too; nobody's day does.
        #expect(centre.contains("Gafsa") && !centre.contains("id=\"waiting\""))
        // On the map the governorate of Sfax, where an antenna stands; Jendouba, which nobody serves, is no link.
        #expect(centre.contains("/cases?antenna=SFA\"><title>Sfax, antenna of Sfax: 1</title>"))
        #expect(centre.contains(">Jendouba</text>") && !centre.contains("<title>Jendouba"))
        let head = try await site.get("/", as: Staff.chokri).text
        #expect(head.contains("/cases?contact=\(Staff.amel.id)&amp;stage=received\">1</a>"))
        #expect(head.contains("/cases?contact=\(Staff.amel.id)&amp;late=yes\">1</a>"))
        #expect(!head.contains("\(Staff.emna.id)") && !head.contains("id=\"map\""))
        #expect(try await !site.get("/", as: Staff.amel).text.contains("id=\"caseload\""))
      }
    }
  }

  @Test func `with nothing to do says so, and leads to receiving those who may`() async throws {
    try await HomeRoom.with(.sqlite) { room in
      try await room.serve { site in
        let page = try await site.get("/", as: Staff.amel).text
        for text in [
          "Nothing is late.", "Nothing is due in the next seven days.", "Everyone you accompany has a plan.",
        ] {
          #expect(page.contains(text), "\(text)")
        }
        #expect(page.contains("Receive a person"))
        #expect(!(try await site.get("/", as: Staff.dorra).text.contains("Receive a person")))
      }
    }
  }

  @Test func `of very much that is late it shows the longest due, and a way to all of it`() async throws {
    try await HomeRoom.with(.sqlite) { room in
      for index in 0..<22 {
        try await room.receive("N\(index).")
        room.clock.advance(days: 1)
      }
      room.clock.advance(days: 31)
      try await room.serve { site in
        let page = try await site.get("/", as: Staff.amel).text
        #expect(try page.names(in: "late") == (0..<20).map { "N\($0)." })
        #expect(page.contains("All that is late"))
        let link = try #require(page.firstMatch(of: /href="(\/cases\?[^"]*late=yes[^"]*)"/)).1
        let all = try await site.get(String(link).replacing("&amp;", with: "&"), as: Staff.amel).text
        #expect(all.contains("N21."))
      }
    }
  }

  @Test func `is a page without lists for who opens no files, and asks a visitor to sign in`() async throws {
    try await HomeRoom.with(.sqlite) { room in
      try await room.receive("Salma")
      try await room.serve { site in
        let page = try await site.get("/", as: Staff.hela)
        #expect(page.status == .ok && page.text.contains("Your account opens no files."))
        #expect(!page.text.contains("Salma"))
        #expect(try await site.get("/", as: nil).location == "/sign-in?to=%2F")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `reads no whole table and sorts none`(engine: Database.Engine) async throws {
    try await HomeRoom.with(engine) { room in
      try await room.receive("Salma")
      let plans = QueryPlans()
      try await HomeRoom(plans.watching(room.database)).serve { site in
        for actor in Staff.all {
          let answer = try await site.get("/", as: actor)
          // Somebody of a service outside goes to what was asked of it.
          #expect(answer.status == (actor.isOutside ? .seeOther : .ok))
        }
      }
      #expect(plans.steps.count > 15)
      let small: Set = ["antenna", "governorate", "country", "institution", "coverage"]
      for offence in plans.offences(small: small) { Issue.record("\(offence)") }
    }
  }
}

extension String {
  /// The names that stand in a section of the page, from top to bottom.
  fileprivate func names(in section: String) throws -> [String] {
    let start = try #require(range(of: "id=\"\(section)\""))
    let end = range(of: "</section>", range: start.upperBound..<endIndex)?.lowerBound ?? endIndex
    return self[start.upperBound..<end].matches(of: /href="\/cases\/[0-9a-z]{26}">(?:<[^>]*>)*([^<]+)</).map {
      String($0.1)
    }
  }
}
