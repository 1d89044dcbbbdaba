import Basics
import Cases
import Foundation
import HTTPTypes
import Messages
import Papers
import Storage
import TestSupport
import Testing

@testable import Letters

@Suite(.serialized) struct `The pages of letters` {
  private static let typed = [
    "model": "missing-paper", "language": "fr", "paper": "<Acte>", "day": "2026-04-01",
    "recipient": "address",
  ]

  @Test(arguments: TestDatabase.engines)
  func `show a letter before it is kept, keep it once, and record how it went out`(engine: Database.Engine)
    async throws
  {
    try await LetterRoom.with(engine) { room, id in
      try await room.serve { site in
        let path = "/letters/\(id)"
        #expect(try await site.get("/cases/\(id)", as: Staff.amel).text.contains("href=\"\(path)\""))
        let new = try await site.get("\(path)/new?model=missing-paper", as: Staff.amel).text
        #expect(new.contains("say it is the school") && new.contains("action=\"\(path)\""))
        #expect(!new.contains("Taking up contact after closure"))
        let once = "\(RecordID<Never>())"
        let shown = try await site.post(
          path, Self.typed.merging(["once": once, "show": "yes"]) { $1 }, as: Staff.amel)
        #expect(shown.status == .ok && shown.text.contains("&lt;Acte&gt;"))
        #expect(shown.text.contains("value=\"\(once)\"") && !shown.text.contains("<Acte>"))
        #expect(shown.text.contains("<bdi>12 rue des Oliviers</bdi>"))
        #expect(try await room.all(id).isEmpty)
        let typed = Self.typed.merging(["once": once]) { $1 }
        for _ in 0..<2 {
          #expect(try await site.post(path, typed, as: Staff.amel).location == "\(path)/\(once)")
        }
        #expect(try await site.get(path, as: Staff.dorra).text.contains("href=\"\(path)/\(once)\""))
        let others = typed.merging(["paper": "Passport"]) { $1 }
        #expect(try await site.post(path, others, as: Staff.amel).status == .unprocessableContent)
        let wrong = try await site.post("\(path)/\(once)/sent", ["way": "sms"], as: Staff.amel)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("href=\"#f-way\""))
        #expect(
          try await site.post("\(path)/\(once)/sent", ["way": "posted"], as: Staff.amel).status == .seeOther)
        let page = try await site.get("\(path)/\(once)", as: Staff.amel).text
        #expect(page.contains("Sent by post") && !page.contains("action=\"\(path)/\(once)/sent\""))
        let why = try await site.post("\(path)/\(once)/withdrawal", ["why": ""], as: Staff.amel)
        #expect(why.status == .unprocessableContent)
        #expect(
          try await site.post("\(path)/\(once)/withdrawal", ["why": "Twice"], as: Staff.amel).status
            == .seeOther)
        #expect(try await site.get("\(path)/\(once)/pdf", as: Staff.amel).status == .conflict)
      }
      #expect(try await room.all(id).count == 1)
    }
  }

  @Test func `are for those in whose sight the case is, and for whoever writes letters`() async throws {
    try await LetterRoom.with(.sqlite) { room, id in
      let letter = try await room.write(LetterRoom.missing(), in: id)
      try await room.serve { site in
        let path = "/letters/\(id)"
        for place in [path, "\(path)/new", "\(path)/\(letter)", "\(path)/\(letter)/pdf"] {
          #expect(try await site.get(place, as: Staff.emna).status == .notFound, "\(place)")
        }
        #expect(try await site.get("\(path)/new", as: Staff.dorra).status == .forbidden)
        for place in [path, "\(path)/\(letter)/sent", "\(path)/\(letter)/withdrawal"] {
          #expect(try await site.post(place, [:], as: Staff.dorra).status == .forbidden, "\(place)")
          #expect(try await site.post(place, Self.typed, as: Staff.emna).status != .ok)
        }
        #expect(try await site.post(path, Self.typed, as: Staff.emna).status == .notFound)
        #expect(try await site.get("\(path)/new?model=nothing", as: Staff.amel).status == .notFound)
        let read = try await site.get(path, as: Staff.dorra).text
        #expect(!read.contains("\(path)/new"))
      }
    }
  }

  @Test func `say beside the field what is wrong, and what would tell outside`() async throws {
    try await LetterRoom.with(.sqlite, address: "Centre de retour") { room, id in
      try await room.serve { site in
        let path = "/letters/\(id)"
        let empty = try await site.post(path, ["model": "appointment"], as: Staff.amel)
        #expect(empty.status == .unprocessableContent)
        for field in ["language", "day", "hour", "place", "papers", "recipient"] {
          #expect(empty.text.contains("href=\"#f-\(field)\""), "\(field)")
        }
        let nothing = try await site.post(path, [:], as: Staff.amel)
        #expect(nothing.status == .unprocessableContent && nothing.text.contains("id=\"f-model\""))
        for show in ["", "yes"] {
          let told = try await site.post(path, Self.typed.merging(["show": show]) { $1 }, as: Staff.amel)
          #expect(told.status == .unprocessableContent)
          #expect(told.text.contains("The address says “retour”"))
        }
      }
      #expect(try await room.all(id).isEmpty)
    }
  }

  @Test func `say that an SMS is sent by hand, how long it is, and when there is no consent`() async throws {
    try await LetterRoom.with(.sqlite) { room, id in
      try await room.serve { site in
        let path = "/letters/\(id)/new?model=appointment-sms"
        let page = try await site.get(path, as: Staff.amel).text
        #expect(page.contains("has not agreed to messages by SMS") && !page.contains("name=\"hour\""))
      }
      try await room.agreeToSMS(id)
      let letter = try await room.write(LetterRoom.reminder(), in: id)
      let arabic = try await room.write(LetterRoom.reminder(in: .arabic), in: id)
      try await room.serve { site in
        let page = try await site.get("/letters/\(id)/\(letter)", as: Staff.amel).text
        for words in ["the program sends nothing itself", "One SMS", "GSM-7", "+21620123456"] {
          #expect(page.contains(words), "\(words)")
        }
        #expect(!page.contains("/pdf"))
        #expect(try await site.get("/letters/\(id)/\(arabic)", as: Staff.amel).text.contains("UCS-2"))
        #expect(try await site.get("/letters/\(id)/\(letter)/pdf", as: Staff.amel).status == .notFound)
      }
    }
  }

  @Test(arguments: [Language.french, .arabic])
  func `give a letter as a PDF that machines and screen readers can read`(language: Language) async throws {
    try await LetterRoom.with(.sqlite) { room, id in
      let paper = language == .french ? "acte de naissance" : "شهادة إقامة"
      let letter = try await room.write(LetterRoom.missing(paper, in: language), in: id)
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        let answer = try await site.get("/letters/\(id)/\(letter)/pdf", as: Staff.amel)
        #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
        let name = try #require(answer.headers[.contentDisposition])
        #expect(name.contains("courrier-") && name.contains("-\(language.rawValue).pdf"))
        #expect(!name.contains("Othman"))
        let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
        let words =
          language == .french
          ? ["Document à fournir", "Salma Ben Othman", "12 rue des Oliviers", paper, "1 avril 2026"]
          : ["وثيقة مطلوبة", "سلمى بن عثمان", "12 rue des Oliviers", paper, "أفريل"]
        let plain = text.replacing("\u{A0}", with: " ")
        for word in words { #expect(plain.contains(word), "\(word) in \(plain)") }
        #expect(try PaperTools.conformance(of: answer.bytes) == "2a True ua1 True")
        let about = try PaperTools.run("/usr/bin/pdfinfo", ["-"], answer.bytes)
        #expect(try LetterKnowledge.own.outside.telling(in: about) == nil, "\(about)")
      }
      #expect(try await room.acts(id).first == "letter.print")
    }
  }

  @Test func `say so where no PDF can be made`() async throws {
    try await LetterRoom.with(.sqlite) { room, id in
      let letter = try await room.write(LetterRoom.missing(), in: id)
      try await room.serve { site in
        let answer = try await site.get("/letters/\(id)/\(letter)/pdf", as: Staff.amel)
        #expect(answer.status == .serviceUnavailable && answer.text.contains("No PDF can be made here"))
      }
      #expect(try await room.acts(id) == ["letter.write"])
    }
  }
}
