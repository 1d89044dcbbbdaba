import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import Storage
import TestSupport
import Testing

@testable import Surveys

@Suite(.serialized) struct `Surveys on their pages` {
  @Test(arguments: TestDatabase.engines)
  func `are written, concluded and corrected by their forms alone`(engine: Database.Engine) async throws {
    try await SurveyRoom.with(engine) { room, id in
      try await room.serve { site in
        let (path, dorra) = ("/surveys/\(id)", Staff.dorra)
        let survey = RecordID<Survey>()
        let show = "\(path)/\(survey)"
        let bad = try await site.post(
          path, ["income-wage": "1.234", "rooms": "-1", "cover": "gold"], as: dorra)
        #expect(bad.status == .unprocessableContent)
        for field in ["on", "way", "income-wage", "rooms", "cover"] {
          #expect(bad.text.contains("href=\"#f-\(field)\""), "\(field)")
        }
        var typed = [
          "on": room.today.description, "way": "home", "income-wage": "450,5", "income-aid-why": "refused",
          "present": "Her <mother>", "cover": "amg1", "health": "Asthma", "once": survey.text,
        ]
        for _ in 0..<2 { #expect(try await site.post(path, typed, as: dorra).location == show) }
        let draft = try await site.get(show, as: dorra).text
        for text in [
          "Her &lt;mother&gt;", "AMG1 (free care)", "450.500\u{A0}DT", "Asthma",
          "Still to be written before it is concluded:",
        ] { #expect(draft.contains(text), "\(text)") }
        #expect(!draft.contains("\(show)/conclusion"))
        (typed["version"], typed["health-version"], typed["once"]) = ("1", "1", nil)
        (typed["opinion"], typed["proposals"]) = ("A home to keep", "Rent for two months")
        for _ in 0..<2 { #expect(try await site.post("\(show)/answers", typed, as: dorra).location == show) }
        typed["opinion"] = "Another"
        let asked = try await site.post("\(show)/answers", typed, as: dorra)
        #expect(asked.status == .conflict && asked.text.contains("A home to keep"))
        #expect(asked.text.contains("name=\"version\" value=\"2\""))
        let conclusion = ["once": RecordID<Survey.Edition>().text, "version": "2"]
        for _ in 0..<2 {
          #expect(try await site.post("\(show)/conclusion", conclusion, as: dorra).location == show)
        }
        let (answers, correction) = (
          try await site.get("\(show)/answers", as: dorra),
          try await site.get("\(show)/correction", as: dorra)
        )
        #expect(answers.location == show && correction.text.contains("value=\"450,500\""))
        typed["version"] = "2"
        let reason = try await site.post("\(show)/correction", typed, as: dorra)
        #expect(reason.status == .unprocessableContent && reason.text.contains("e-reason"))
        typed["reason"] = "Misheard"
        #expect(try await site.post("\(show)/correction", typed, as: dorra).location == show)
        let page = try await site.get(show, as: dorra).text
        for text in ["Misheard", "Another", "\(show)?edition=1"] { #expect(page.contains(text), "\(text)") }
        let old = try await site.get("\(show)?edition=1", as: dorra).text
        #expect(old.contains("A home to keep") && old.contains("You read version 1"))
        #expect(try await site.get(path, as: dorra).text.contains("corrected, version 2"))
      }
    }
  }

  @Test func `lead from the case for whoever may read them, and for nobody else`() async throws {
    try await SurveyRoom.with(.sqlite) { room, id in
      let survey = try await room.begin(id, ["health": "Asthma"])
      try await room.serve { site in
        let link = "href=\"/surveys/\(id)\""
        let (hers, other) = (
          try await site.get("/cases/\(id)", as: Staff.dorra).text,
          try await site.get("/cases/\(id)", as: Staff.amel).text
        )
        #expect(hers.contains(link) && hers.contains("Wrote on health in a social survey"))
        #expect(!other.contains(link) && !other.contains("social survey"))
        let head = try await site.get("/cases/\(id)", as: Staff.chokri).text
        #expect(head.contains("Wrote a social survey") && !head.contains("Wrote on health"))
        for page in ["", "/new", "/\(survey)", "/\(survey)/answers", "/\(survey)/survey.pdf"] {
          let path = "/surveys/\(id)\(page)"
          let (elsewhere, without) = (
            try await site.get(path, as: SurveyRoom.walid), try await site.get(path, as: Staff.amel)
          )
          #expect(elsewhere.status == .notFound && without.status == .forbidden, "\(page)")
        }
        let (read, write) = (
          try await site.get("/surveys/\(id)/\(survey)", as: Staff.fathi),
          try await site.get("/surveys/\(id)/\(survey)/answers", as: Staff.fathi)
        )
        #expect(read.status == .ok && !read.text.contains("Asthma") && write.status == .forbidden)
        #expect(try await !site.get("/surveys/\(id)/new", as: SurveyRoom.sihem).text.contains("f-health"))
      }
    }
  }

  @Test func `weigh less than fifty thousand bytes`() async throws {
    try await SurveyRoom.with(.sqlite) { room, id in
      let survey = try await room.begin(id)
      try await room.serve { site in
        for page in ["new", "\(survey)", "\(survey)/answers"] {
          let bytes = try await site.get("/surveys/\(id)/\(page)", as: Staff.dorra).bytes.count
          #expect(bytes < 50_000, "\(page): \(bytes)")
        }
      }
    }
  }

  @Test(arguments: [Language.french, .arabic])
  func `are PDFs that machines and screen readers can read, without health and safety unless asked`(
    language: Language
  ) async throws {
    try await SurveyRoom.with(.sqlite) { room, id in
      let survey = try await room.begin(
        id, ["health": "Asthma", "safety": "A brother threatens", "income-wage": "450,500"])
      try await room.conclude(survey, in: id)
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        let path = "/surveys/\(id)/\(survey)/survey.pdf?language=\(language.rawValue)"
        let answer = try await site.get(path, as: Staff.dorra)
        #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
        #expect(answer.headers[.contentDisposition]?.contains("Othman") == false)
        let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
        for word in ["Ben Othman", "A quiet home", "Help with the rent", "450,500"] {
          #expect(text.contains(word), "\(word)")
        }
        #expect(text.contains(language == .french ? "Locataire" : "البحث"))
        #expect(!text.contains("Asthma") && !text.contains("threatens"))
        let conformance = try PaperTools.conformance(of: answer.bytes)
        #expect(conformance == "2a True ua1 True")
        let whole = try await site.get("\(path)&copy=office", as: Staff.dorra).bytes
        let all = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], whole)
        #expect(all.contains("Asthma") && all.contains("threatens"))
        let head = try await site.get("\(path)&copy=office", as: Staff.chokri).bytes
        let his = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], head)
        #expect(!his.contains("Asthma") && his.contains("threatens"))
      }
      #expect(try await room.acts(id).count { $0 == "survey.print" } == 3)
    }
  }

  @Test func `are printed as an older version says, and say that it was corrected`() async throws {
    try await SurveyRoom.with(.sqlite) { room, id in
      let survey = try await room.begin(id)
      try await room.conclude(survey, in: id)
      try await room.surveys.correct(
        survey, to: room.answers(["opinion": "A loud home"]), because: "Misheard", as: RecordID(),
        from: .first,
        in: id, by: Staff.dorra)
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        let path = "/surveys/\(id)/\(survey)"
        let old = "\(path)/survey.pdf?language=fr&amp;edition=1"
        #expect(try await site.get("\(path)?edition=1", as: Staff.dorra).text.contains(old))
        let bytes = try await site.get(old.replacing("&amp;", with: "&"), as: Staff.dorra).bytes
        let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], bytes)
        #expect(text.contains("A quiet home") && text.contains("Version 1") && !text.contains("loud"))
      }
    }
  }

  @Test func `say plainly where no PDF can be made`() async throws {
    try await SurveyRoom.with(.sqlite) { room, id in
      let survey = try await room.begin(id)
      try await room.serve { site in
        let answer = try await site.get("/surveys/\(id)/\(survey)/survey.pdf", as: Staff.dorra)
        #expect(answer.status == .serviceUnavailable)
      }
      #expect(try await !room.acts(id).contains("survey.print"))
    }
  }
}
