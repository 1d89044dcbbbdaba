import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import Storage
import TestSupport
import Testing

@testable import Pieces

@Suite(.serialized) struct `Pieces on their pages` {
  @Test(arguments: TestDatabase.engines)
  func `are asked for and settled by their forms alone`(engine: Database.Engine) async throws {
    try await PieceRoom.with(engine) { room, id in
      try await room.serve { site in
        let (path, amel) = ("/pieces/\(id)", Staff.amel)
        #expect(try await site.get("/cases/\(id)", as: amel).text.contains("href=\"\(path)\""))
        let fresh = try await site.get(path, as: amel).text
        #expect(fresh.contains("National identity card (CIN)"))
        let none = try await site.post(path, [:], as: amel)
        #expect(none.status == .unprocessableContent && none.text.contains("Choose at least one."))
        for _ in 0..<2 { #expect(try await site.post(path, ["ask": "cin"], as: amel).location == path) }
        let wrong = try await site.post("\(path)/licence", ["since": "12/03/2099"], as: amel)
        #expect(wrong.status == .unprocessableContent)
        for field in ["state", "since"] { #expect(wrong.text.contains("href=\"#f-\(field)\""), "\(field)") }
        let why = try await site.post("\(path)/licence", ["state": "not-applicable"], as: amel)
        #expect(why.status == .unprocessableContent && why.text.contains("e-note"))
        var typed = ["state": "not-applicable", "note": "Does <not> drive", "version": "0"]
        for _ in 0..<2 { #expect(try await site.post("\(path)/licence", typed, as: amel).location == path) }
        (typed["state"], typed["note"]) = ("missing", "Another")
        let asked = try await site.post("\(path)/licence", typed, as: amel)
        #expect(asked.status == .conflict && asked.text.contains("does not apply"))
        #expect(asked.text.contains("name=\"version\" value=\"1\""))
        let stranger = ["state": "missing", "follower": "\(RecordID<Never>())"]
        let refused = try await site.post("\(path)/birth", stranger, as: amel)
        #expect(refused.status == .unprocessableContent && refused.text.contains("e-follower"))
        let due = ["state": "missing", "due-on": (room.today + 4).description]
        #expect(try await site.post("\(path)/birth", due, as: amel).location == path)
        let page = try await site.get(path, as: amel).text
        #expect(page.contains("Usual practice, to be checked by the scheme."))
        #expect(
          page.contains("Does &lt;not&gt; drive")
            && page.contains("by \(Reader(.english).date(room.today + 4))"))
        #expect(page.utf8.count < 50_000)
        let hers = try await site.get("/pieces", as: amel).text
        #expect(hers.contains("href=\"\(path)\"") && hers.contains("National identity card (CIN)"))
        #expect(try await site.get("/pieces", as: Staff.emna).text.contains("You follow no piece"))
        let centre = try await site.get(path, as: Staff.fathi)
        #expect(centre.status == .ok && !centre.text.contains("<form method=\"post\" action=\"/pieces"))
        let known = try await site.get("\(path)/cin", as: Staff.fathi).text
        #expect(known.contains("How it is come by") && !known.contains("name=\"state\""))
        #expect(try await site.post("\(path)/cin", typed, as: Staff.fathi).status == .forbidden)
        for page in ["", "/cin", "/sheet", "/sheet.pdf"] {
          #expect(try await site.get("\(path)\(page)", as: Staff.emna).status == .notFound, "\(page)")
        }
        #expect(try await site.get("\(path)/nothing", as: amel).status == .notFound)
      }
    }
  }

  /// Words by which a stranger would learn why these papers are asked.
  private static let telling = [
    "retour", "migrant", "réinsertion", "Tounesna", "تونسنا", "العودة", "العائد", "مهاجر", "إدماج", "return",
    "reintegration", "OTE",
  ]

  @Test(arguments: [Language.french, .arabic, .english])
  func `leave with the person on a sheet that does not say why`(language: Language) async throws {
    try await PieceRoom.with(.sqlite) { room, id in
      let all = PieceKnowledge.own.entries.map(\.code)
      try await room.pieces.ask(for: all, in: id, by: Staff.amel)
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        let path = "/pieces/\(id)/sheet.pdf?language=\(language.rawValue)"
        let answer = try await site.get(path, as: Staff.amel)
        #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
        #expect(answer.headers[.contentDisposition]?.contains("Othman") == false)
        let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
        #expect(text.contains("Ben Othman"))
        for word in Self.telling { #expect(!text.contains(word), "\(word)") }
        let conformance = try PaperTools.conformance(of: answer.bytes)
        #expect(conformance == "2a True ua1 True")
        let page = try await site.get("/pieces/\(id)/sheet?language=\(language.rawValue)", as: Staff.amel)
          .text
        let sheet = try #require(page.range(of: "card certificate\" lang=\"\(language.rawValue)\""))
        let words = page[sheet.lowerBound...]
        let end = try #require(words.range(of: "</section>"))
        for word in Self.telling { #expect(!words[..<end.lowerBound].contains(word), "\(word)") }
        #expect(words.contains(PieceKnowledge.own.entries[0].name[language] ?? "?"))
      }
      #expect(try await room.acts(id).count { $0 == "piece.print" } == 1)
    }
  }

  @Test func `say plainly that nothing is missing, and where no PDF can be made`() async throws {
    try await PieceRoom.with(.sqlite) { room, id in
      try await room.serve { site in
        let sheet = try await site.get("/pieces/\(id)/sheet", as: Staff.amel).text
        #expect(sheet.contains("Nothing is missing."))
        let answer = try await site.get("/pieces/\(id)/sheet.pdf", as: Staff.amel)
        #expect(answer.status == .serviceUnavailable)
      }
      #expect(try await room.acts(id).isEmpty)
    }
  }
}
