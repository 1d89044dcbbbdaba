import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import Storage
import TestSupport
import Testing

@testable import Closures

@Suite(.serialized) struct `The page of how a case ended` {
  @Test func `is reached from the case, takes a report and a contact, and says what is missing`() async throws
  {
    try await ClosureRoom.closed(.sqlite) { room, id, closure in
      try await room.serve { site in
        let file = try await site.get("/cases/\(id)", as: Staff.amel)
        #expect(file.text.contains("href=\"/closures/\(id)\""))
        let saved = try await site.post(
          "/closures/\(id)/\(closure)", ["economic": "4", "follow-up": "not-applicable", "remark": "شكرا"],
          as: Staff.amel)
        #expect(saved.status == .seeOther)
        let wrong = try await site.post("/closures/\(id)/contacts", ["way": "phone"], as: Staff.amel)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("Write what was heard."))
        let contact = ["way": "phone", "heard": "Le four chauffe", "once": RecordID<Closure>().text]
        #expect(
          try await site.post("/closures/\(id)/contacts", contact, as: Staff.amel).status == .seeOther)
        let page = try await site.get("/closures/\(id)", as: Staff.dorra).text
        for word in ["Good", "Does not apply", "شكرا", "Le four chauffe", "Not asked"] {
          #expect(page.contains(word), "\(word)")
        }
        #expect(!page.contains("<form method=\"post\" action=\"/closures"))
        #expect(try await site.get("/closures/\(id)", as: Staff.emna).status == .notFound)
        let unfit = try await site.post(
          "/closures/\(id)/\(closure)", ["economic": "9"], as: Staff.amel)
        #expect(unfit.status == .unprocessableContent)
      }
    }
  }

  @Test func `shows both answers where two corrected the same`() async throws {
    try await ClosureRoom.closed(.sqlite) { room, id, closure in
      let first = ClosureReport(answers: [.economic: .one])
      try await room.closures.record(first, of: closure, from: nil, in: id, by: Staff.amel)
      let second = ClosureReport(answers: [.economic: .two])
      try await room.closures.record(second, of: closure, from: 1, in: id, by: Staff.chokri)
      try await room.serve { site in
        let answer = try await site.post(
          "/closures/\(id)/\(closure)", ["economic": "5", "version": "1"], as: Staff.amel)
        #expect(answer.status == .conflict)
        #expect(answer.text.contains("Hard") && answer.text.contains("name=\"version\" value=\"2\""))
      }
      #expect(try await room.report(id)?.report[.economic] == .two)
    }
  }

  @Test(arguments: [Language.french, .arabic])
  func `gives the final report as a PDF that machines and screen readers can read`(language: Language)
    async throws
  {
    try await ClosureRoom.closed(.sqlite) { room, id, closure in
      let report = ClosureReport(answers: [.economic: .five], remark: "Merci à tous")
      try await room.closures.record(report, of: closure, from: nil, in: id, by: Staff.amel)
      try await room.closures.record(room.contact(), in: id, by: Staff.amel)
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        let answer = try await site.get(
          "/closures/\(id)/report.pdf?language=\(language.rawValue)", as: Staff.amel)
        #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
        #expect(answer.headers[.contentDisposition]?.contains("Othman") == false)
        let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
        for word in ["Ben Othman", "Merci à tous", "The oven is hot"] { #expect(text.contains(word)) }
        #expect(text.contains(language == .french ? "Très bonne" : "جيدة جدا"))
        let conformance = try PaperTools.conformance(of: answer.bytes)
        #expect(conformance == "2a True ua1 True")
      }
      #expect(try await room.acts(id).first?.act == "closure.print")
    }
  }

  @Test func `has no final report while the case was never closed`() async throws {
    try await ClosureRoom.closed(.sqlite) { room, _, _ in
      let open = try await room.receive()
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        let answer = try await site.get("/closures/\(open)/report.pdf", as: Staff.amel)
        #expect(answer.status == .conflict)
      }
    }
  }
}
