import Basics
import Cases
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Skills

@Suite struct `Skills on their pages` {
  @Test(arguments: TestDatabase.engines)
  func `are written, corrected and shown by their forms alone`(engine: Database.Engine) async throws {
    try await SkillRoom.with(engine) { room, id in
      try await room.serve { site in
        let (path, nadia) = ("/skills/\(id)", SkillRoom.nadia)
        let profile = ["level": "higher", "trades": "Baker <3", "spoken-fr": "b2", "version": "0"]
        for _ in 0..<2 {
          #expect(try await site.post("\(path)/profile", profile, as: nadia).location == path)
        }
        let other = profile.merging(["level": "none"]) { $1 }
        let asked = try await site.post("\(path)/profile", other, as: nadia)
        #expect(asked.status == .conflict && asked.text.contains("Higher education"))
        let idea = ["sector": "food", "what": "Bread", "contribution": "2500", "version": "0"]
        #expect(try await site.post("\(path)/idea", idea, as: nadia).location == path)
        let wrong = try await site.post("\(path)/idea", ["jobs": "-1"], as: nadia)
        #expect(wrong.status == .unprocessableContent)
        for field in ["sector", "what", "jobs"] { #expect(wrong.text.contains("href=\"#f-\(field)\"")) }
        let skill = RecordID<Skill>()
        let certificate = ["title": "CAP", "once": skill.text]
        for _ in 0..<2 {
          #expect(try await site.post("\(path)/certificate", certificate, as: nadia).location == path)
        }
        let entry = "\(path)/entries/\(skill)"
        let day = try await site.post("\(entry)/recognition", ["recognition": "asked"], as: nadia)
        #expect(day.status == .unprocessableContent && day.text.contains("e-recognition-on"))
        let step = ["recognition": "asked", "recognition-on": "12/01/2026", "version": "1"]
        for _ in 0..<2 {
          #expect(try await site.post("\(entry)/recognition", step, as: nadia).location == path)
        }
        let page = try await site.get(path, as: nadia).text
        for text in [
          "Baker &lt;3", "B2, at ease", "Asked for", "12\u{A0}January\u{A0}2026", "Food and catering",
          "Still missing for a feasibility study", "Risks seen",
        ] {
          #expect(page.contains(text), "\(text)")
        }
        #expect(try await site.post("\(entry)/withdrawal", ["reason": "Lost"], as: nadia).location == path)
        #expect(try await site.get(path, as: nadia).text.contains("withdrawn"))
      }
    }
  }

  @Test func `lead from the case for whoever may read them, and for nobody else`() async throws {
    try await SkillRoom.with(.sqlite) { room, id in
      try await room.serve { site in
        let link = "href=\"/skills/\(id)\""
        let (hers, other) = (
          try await site.get("/cases/\(id)", as: SkillRoom.nadia).text,
          try await site.get("/cases/\(id)", as: Staff.dorra).text
        )
        #expect(hers.contains(link) && !other.contains(link))
        for page in ["", "/profile", "/idea", "/experience", "/certificate"] {
          let path = "/skills/\(id)\(page)"
          let (elsewhere, without) = (
            try await site.get(path, as: SkillRoom.olfa), try await site.get(path, as: Staff.dorra)
          )
          #expect(elsewhere.status == .notFound && without.status == .forbidden, "\(page)")
        }
        let (read, write) = (
          try await site.get("/skills/\(id)", as: Staff.fathi),
          try await site.get("/skills/\(id)/idea", as: Staff.fathi)
        )
        #expect(read.status == .ok && write.status == .forbidden)
      }
    }
  }
}
