import Basics
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Eligibility

@Suite struct `The pages of eligibility` {
  @Test(arguments: TestDatabase.engines)
  func `lead from a file of rules to an answer that was kept`(engine: Database.Engine) async throws {
    try await EligibilityRoom.with(engine) { room in
      let file = try await room.receive(from: "DE")
      try await room.serve { site in
        let wrong = try await site.post("/eligibility", ["file": "rules: x"], as: Staff.fathi)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("Line 1:"))
        let id = RecordID<KeptRuleSet>()
        let typed = ["once": id.text, "file": RuleFiles.file(amount: RuleFiles.table)]
        for _ in 1...2 {
          #expect(
            try await site.post("/eligibility", typed, as: Staff.fathi).location == "/eligibility/\(id)")
        }
        #expect(try await site.get("/eligibility/\(id)", as: Staff.amel).status == .notFound)
        let draft = try await site.get("/eligibility/\(id)", as: Staff.fathi).text
        #expect(draft.contains("Rule country") && draft.contains("500.500"))
        let whatIf = try await site.get("/eligibility/\(id)/what-if", as: Staff.fathi).text
        #expect(whatIf.contains("One open file was looked at.") && whatIf.contains("Nobody."))
        #expect(
          try await site.post("/eligibility/\(id)/decision", as: Staff.fathi).location == "/eligibility/\(id)"
        )
        let person = try await site.get("/eligibility/cases/\(file)", as: Staff.amel).text
        #expect(person.contains("One condition does not hold and cannot come to hold."))
        #expect(person.contains("Do country") && person.contains("1990") == false)
        let kept = try await site.post(
          "/eligibility/cases/\(file)", ["rules": id.text, "day": room.today.description], as: Staff.amel)
        #expect(kept.location == "/eligibility/cases/\(file)")
        #expect(
          try await site.get("/eligibility/cases/\(file)", as: Staff.amel).text.contains(
            "Answers that were kept"))
        let ended = try await site.post("/eligibility/\(id)/end", ["until": "2020-01-01"], as: Staff.fathi)
        #expect(ended.status == .unprocessableContent && ended.text.contains("href=\"#f-until\""))
      }
    }
  }
}
