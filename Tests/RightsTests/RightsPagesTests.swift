import Antennas
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

@testable import Rights

@Suite struct `Papers of a person's rights` {
  @Test(arguments: [Language.french, .arabic])
  func `are archived and read aloud`(language: Language) async throws {
    try await RightsRoom.with(.sqlite) { room in
      let (person, file) = try await room.receive()
      try await room.cases.write(
        .returning, "La personne dort chez un ami", id: RecordID(), in: file, by: Staff.amel)
      let copy = try await room.rights.beginCopy(of: person, as: .pdf, in: language, for: RightsRoom.head)
      var parts: [CopyPart] = []
      for table in room.rights.copied { parts.append(try await room.rights.part(table, of: copy)) }
      let history = try await room.rights.history(of: copy, after: nil)
      let words: (String) -> Phrase = { _ in say("Another act") }
      let seen = try await room.rights.seen(person, after: nil, for: RightsRoom.head)
      let territory = try await room.antennas.territory()
      let papers = [
        RightsPaper.copy(copy, parts, [history], words: words, in: language),
        RightsPaper.seen(seen.person, [seen.page], words: words, territory, at: room.clock.now, in: language),
        RightsPaper.consent(seen.person, at: room.clock.now, in: language),
      ]
      for paper in papers { try await Self.check(paper) }
    }
  }

  private static func check(_ paper: RightsPaper) async throws {
    let template = try #require(RightsPaperPages.template)
    let pdf = try await Papers(python: Papers.standardPython).pdf(template, paper)
    #expect(try PaperTools.conformance(of: pdf) == "2a True ua1 True", "\(paper.title)")
    let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], pdf)
    #expect(!text.isEmpty && !text.contains("Amel"), "\(paper.title)")
  }
}

@Suite struct `Pages of a person's rights` {
  @Test(arguments: TestDatabase.engines)
  func `bring back what was typed wrongly, and say where`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine, term: 30) { room in
      let person = try await room.closed()
      try await room.rights.receive(room.request(of: person), by: RightsRoom.head)
      room.clock.advance(days: 33)
      try await room.serve { site in
        let late = try await site.get(RightsPaths.list, as: RightsRoom.head)
        #expect(late.text.contains("3 days over the term"))
        let rules = try await site.get(RightsPaths.due, as: RightsRoom.head)
        #expect(rules.text.contains("No rule is loaded"))
        let hold = try await site.post(
          RightsPaths.holds(person), ["hold-kind": "longer", "why-kept": "An appeal"], as: RightsRoom.head)
        #expect(
          hold.status == .unprocessableContent && hold.text.contains("Say until which day.")
            && hold.text.contains("An appeal"))
        let rule = try await site.post(RightsPaths.rules, ["category": "with-help"], as: RightsRoom.head)
        #expect(rule.status == .forbidden)
        let text = try await site.get(RightsPaths.consent(person, .arabic), as: RightsRoom.head)
        #expect(text.text.contains("lang=\"ar\" dir=\"rtl\"") && text.text.contains("حقوقي"))
        let stranger = try await site.get(RightsPaths.person(person), as: RightsRoom.stranger)
        #expect(stranger.status == .notFound)
      }
    }
  }
}
