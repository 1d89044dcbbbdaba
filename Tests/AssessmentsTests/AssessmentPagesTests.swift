import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import Storage
import TestSupport
import Testing

@testable import Assessments

@Suite(.serialized) struct `Assessments on their pages` {
  @Test(arguments: TestDatabase.engines)
  func `are filled in, concluded and corrected by their forms alone`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      try await room.serve { site in
        let (path, amel, made) = ("/assessments/\(id)", Staff.amel, RecordID<Assessment>())
        let show = "\(path)/\(made)"
        let bad = try await site.post(
          path,
          [
            "instrument": "follow-up.1", "q-work": "gold", "q-school": "all", "way": "paper",
            "on": (room.today + 9).description, "q-said": "Nothing <lost>",
          ], as: amel)
        #expect(bad.status == .unprocessableContent && bad.text.contains("Nothing &lt;lost&gt;"))
        for field in ["wave", "q-work"] { #expect(bad.text.contains("href=\"#f-\(field)\""), "\(field)") }
        var typed = [
          "instrument": "follow-up.1", "on": room.today.description, "wave": "baseline", "way": "paper",
          "q-school": "all", "once": made.text,
        ].merging(AssessmentRoom.good) { $1 }
        let unsound = try await site.post(path, typed, as: amel)
        #expect(unsound.status == .unprocessableContent)
        for field in ["asked-by", "q-school"] {
          #expect(unsound.text.contains("href=\"#f-\(field)\""), "\(field)")
        }
        (typed["asked-by"], typed["q-school"]) = ("Monia", nil)
        for _ in 0..<2 { #expect(try await site.post(path, typed, as: amel).location == show) }
        let draft = try await site.get(show, as: amel).text
        for text in ["Monia", "1.000", "on paper, entered later", "Conclude the answers", "8 answers of the"]
        {
          #expect(draft.contains(text), "\(text)")
        }
        (typed["version"], typed["once"], typed["q-work"]) = ("1", nil, "now-and-then")
        for _ in 0..<2 { #expect(try await site.post("\(show)/answers", typed, as: amel).location == show) }
        typed["q-work"] = "none"
        let asked = try await site.post("\(show)/answers", typed, as: amel)
        #expect(asked.status == .conflict && asked.text.contains("now and then"))
        let conclusion = ["once": RecordID<Assessment.Edition>().text, "version": "2"]
        for _ in 0..<2 {
          #expect(try await site.post("\(show)/conclusion", conclusion, as: amel).location == show)
        }
        #expect(try await site.get("\(show)/answers", as: amel).location == show)
        typed["version"] = "2"
        let reason = try await site.post("\(show)/correction", typed, as: amel)
        #expect(reason.status == .unprocessableContent && reason.text.contains("e-reason"))
        typed["reason"] = "Misheard"
        #expect(try await site.post("\(show)/correction", typed, as: amel).location == show)
        let page = try await site.get(show, as: amel).text
        for text in ["Misheard", "\(show)?edition=1"] { #expect(page.contains(text), "\(text)") }
        let old = try await site.get("\(show)?edition=1", as: amel).text
        #expect(old.contains("You read version 1"))
        #expect(try await site.get(path, as: amel).text.contains("answers corrected, version 2"))
        let drawn = try await site.get("\(path)/trajectory?instrument=follow-up", as: amel).text
        #expect(
          drawn.contains("<svg") && drawn.contains("<desc id=\"chart-text\">") && drawn.contains("<table"))
        let aside = try await site.post("\(show)/withdrawal", ["why": ""], as: amel)
        #expect(aside.status == .unprocessableContent && aside.text.contains("e-why"))
        #expect(try await site.post("\(show)/withdrawal", ["why": "Wrong file"], as: amel).location == show)
        #expect(try await site.get(show, as: amel).text.contains("Wrong file"))
      }
    }
  }

  @Test func `lead from the case, and show of each section what one may read`() async throws {
    try await AssessmentRoom.with(.sqlite) { room, id in
      let risk = try await room.begin(
        id, room.fields(["q-threats": "now"]), AssessmentRoom.risk, by: AssessmentRoom.sihem)
      try await room.serve { site in
        let path = "/assessments/\(id)"
        let (hers, other) = (
          try await site.get("/cases/\(id)", as: AssessmentRoom.sihem).text,
          try await site.get("/cases/\(id)", as: Staff.amel).text
        )
        #expect(
          hers.contains("href=\"\(path)\"") && hers.contains("Wrote down the answers of a questionnaire"))
        #expect(other.contains("href=\"\(path)\"") && !other.contains("Wrote down the answers"))
        let list = try await site.get(path, as: Staff.amel).text
        #expect(!list.contains("Risks and safety") && list.contains("Three-part follow-up"))
        #expect(try await site.get("\(path)/\(risk)", as: Staff.amel).status == .forbidden)
        #expect(try await site.get("\(path)/\(risk)", as: Staff.emna).status == .notFound)
        let page = try await site.get("\(path)/\(risk)", as: AssessmentRoom.sihem).text
        #expect(page.contains("No score: the weights are not loaded.") && page.contains("at present"))
        #expect(try await site.get("\(path)/new?instrument=risk.1", as: Staff.amel).status == .notFound)
        #expect(try await site.get("\(path)/new?instrument=rss-frame.1", as: Staff.amel).status == .notFound)
        #expect(try await site.get("\(path)/new", as: Staff.amel).status == .notFound)
      }
    }
  }

  @Test func `of two times say what has changed, and draw both`() async throws {
    try await AssessmentRoom.with(.sqlite) { room, id in
      let first = try await room.begin(
        id, room.fields(["q-work": "none", "q-needs": "!refused", "q-said": "Words"]))
      try await room.conclude(first, in: id)
      room.clock.advance(days: 100)
      let second = try await room.begin(id, room.fields(["q-work": "regular", "q-said": "Others"], .middle))
      try await room.conclude(second, in: id)
      try await room.serve { site in
        let page = try await site.get("/assessments/\(id)/\(second)", as: Staff.amel).text
        let changes = try #require(page.components(separatedBy: "id=\"changes\"").last)
        #expect(changes.contains("yes, regularly (before: no)"))
        #expect(changes.contains("not asked (before: does not want to answer)"))
        #expect(!changes.components(separatedBy: "</section>")[0].contains("Others"))
        #expect(
          try await !site.get("/assessments/\(id)/\(first)", as: Staff.amel).text.contains("id=\"changes\""))
        let drawn = try await site.get("/assessments/\(id)/trajectory?instrument=follow-up", as: Staff.amel)
          .text
        #expect(drawn.contains("There is no score to draw"))
        for path in ["trajectory", "trajectory?instrument=risk", "trajectory?instrument=nothing"] {
          #expect(try await site.get("/assessments/\(id)/\(path)", as: Staff.amel).status == .notFound)
        }
      }
    }
  }

  @Test func `weigh less than fifty thousand bytes`() async throws {
    try await AssessmentRoom.with(.sqlite) { room, id in
      try await room.serve { site in
        for kept in InstrumentShipped.all where !kept.instrument.isFrame {
          let actor = kept.instrument.section == .employment ? AssessmentRoom.anis : AssessmentRoom.sihem
          let (code, path) = (kept.instrument.id, "/assessments/\(id)/new?instrument=\(kept.instrument.id)")
          let bytes = try await site.get(path, as: actor).bytes.count
          #expect(bytes < 50_000, "\(code): \(bytes)")
          #expect(try await site.get("/instruments/\(code)", as: actor).bytes.count < 50_000, "\(code)")
        }
      }
    }
  }
}

@Suite(.serialized) struct `Questionnaires on their pages` {
  @Test func `are loaded with their faults beside the text, tried, put in force and retired`() async throws {
    try await AssessmentRoom.with(.sqlite) { room, _ in
      try await room.serve { site in
        let (keeper, path) = (Staff.fathi, "/instruments/sample.1")
        #expect(try await site.get("/instruments/new", as: Staff.amel).status == .forbidden)
        let broken = Sample.text.replacing("weight: 0.6,", with: "weight: 0.5,")
        let bad = try await site.post("/instruments", ["text": broken], as: keeper)
        #expect(bad.status == .unprocessableContent && bad.text.contains("weight: 0.5,"))
        #expect(
          bad.text.contains("Line \(Sample.line("dimensions:")): The weights of the dimensions add up to 0.9")
        )
        #expect(try await site.post("/instruments", [:], as: keeper).status == .unprocessableContent)
        #expect(try await site.post("/instruments", ["text": Sample.text], as: keeper).location == path)
        let page = try await site.get(path, as: keeper).text
        for text in ["loaded, not in force", "0.75", "Asked only if", "low"] {
          #expect(page.contains(text), "\(text)")
        }
        let tried = try await site.post(
          "\(path)/trial", ["q-income": "some", "q-debts": "0", "q-housed": "no"], as: keeper)
        #expect(tried.status == .ok && tried.text.contains("0.625") && tried.text.contains("high"))
        let wrong = try await site.post("\(path)/trial", ["q-debts": "1e9"], as: keeper)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("e-q-debts"))
        #expect(try await site.post("\(path)/force", as: Staff.amel).status == .forbidden)
        for _ in 0..<2 { #expect(try await site.post("\(path)/force", as: keeper).location == path) }
        #expect(
          try await site.post("\(path)/retirement", ["why": ""], as: keeper).status == .unprocessableContent)
        #expect(try await site.post("\(path)/retirement", ["why": "Old"], as: keeper).location == path)
        #expect(try await site.get(path, as: Staff.amel).text.contains("retired"))
        let file = try await site.get("\(path)/file.yaml", as: Staff.amel)
        #expect(
          file.text == Sample.text && file.headers[.contentDisposition]?.contains("sample.1.yaml") == true)
        let list = try await site.get("/instruments", as: Staff.amel).text
        #expect(list.contains("Three-part follow-up") && list.contains("frame only"))
        let frame = try await site.get("/instruments/rss-frame.1", as: Staff.amel).text
        #expect(frame.contains("of its 15 indicators 0 have words") && frame.contains("no words loaded"))
        #expect(try await site.get("\(path)/agreement", as: Staff.amel).text.contains("Nobody has given"))
        for path in ["nothing.1", "rss-frame.1/trial", "rss-frame.1/form.pdf", "sample"] {
          #expect(try await site.get("/instruments/\(path)", as: Staff.amel).status == .notFound, "\(path)")
        }
      }
    }
  }

  @Test(arguments: [Language.french, .arabic])
  func `are blank forms that machines and screen readers can read`(language: Language) async throws {
    try await AssessmentRoom.with(.sqlite) { room, _ in
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        let path = "/instruments/follow-up.1/form.pdf?language=\(language.rawValue)"
        let answer = try await site.get(path, as: Staff.amel)
        #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
        let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
        #expect(
          text.contains(language == .french ? "Remplir" : "المتابعة")
            || text.contains("Suivi en trois volets"))
        #expect(try PaperTools.conformance(of: answer.bytes) == "2a True ua1 True")
      }
    }
  }
}
