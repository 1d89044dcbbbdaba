import Basics
import Cases
import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Duplicates

@Suite struct `Receiving somebody who may be here already` {
  private func form(_ fields: [String: String] = [:]) -> [String: String] {
    [
      "once": RecordID<CaseFile>().text, "person-once": PersonID().text, "channel": "walk-in",
      "given-latin": "Salma", "family-latin": "Ben Othman", "phones": "20 123 456",
    ].merging(fields) { $1 }
  }

  @Test(arguments: TestDatabase.engines)
  func `shows who is alike before the form goes on, and takes a reason`(engine: Database.Engine) async throws
  {
    try await DuplicateRoom.with(engine) { room in
      let salma = try await room.receive(.salma)
      try await room.serve { site in
        let form = form()
        let asked = try await site.post("/cases", form, as: Staff.amel)
        #expect(asked.status == .conflict)
        #expect(asked.text.contains("Is this person here already?"))
        #expect(asked.text.contains("/persons/\(salma)"))
        #expect(asked.text.contains("same phone"))
        #expect(asked.text.contains("value=\"20 123 456\"") || asked.text.contains(">20 123 456<"))
        #expect(try await room.people.count() == 1)

        let shown = ["apart-from": salma.text]
        let unanswered = try await site.post("/cases", form.merging(shown) { $1 }, as: Staff.amel)
        #expect(unanswered.status == .conflict && unanswered.text.contains("e-apart-reason"))

        let reason = form.merging(shown.merging(["apart-reason": "Her cousin"]) { $1 }) { $1 }
        let answer = try await site.post("/cases", reason, as: Staff.amel)
        #expect(answer.status == .seeOther)
        #expect(try await room.people.count() == 2)
        // A retry after a lost answer, without the reason even: it is the same record, and nobody is warned of herself.
        #expect(try await site.post("/cases", form, as: Staff.amel).location == answer.location)
        #expect(try await room.people.count() == 2)
      }
      let person = try #require(
        try await room.people.search("Salma", by: Staff.amel).matches.first { $0.id != salma })
      let told = try await room.database.read { db in
        try Journal.history(of: room.people.subject(person.id, in: db), limit: 20, in: db)
      }
      let entry = try #require(told.first { $0.act == "person.create-apart" })
      #expect(entry.changes.contains { $0.field == "reason" && $0.after == "Her cousin" })
      #expect(entry.changes.contains { $0.field == "alike" && $0.after == salma.text })
      // She was told apart by it: nothing is proposed again.
      try await room.duplicates.searchAll()
      #expect(try await room.pairs(.open).isEmpty)
      #expect(try await room.pairs(.different).count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `says of a file out of sight only at which antenna it is, and the journal tells`(
    engine: Database.Engine
  ) async throws {
    try await DuplicateRoom.with(engine) { room in
      var identity = Identity.salma
      identity[.cin] = "01234567"
      let salma = try await room.receive(identity, by: Staff.emna)
      try await room.serve { site in
        let form = form([
          "given-latin": "Xenia", "family-latin": "Zz", "phones": "55000999", "cin": "01234567",
        ])
        let asked = try await site.post("/cases", form, as: Staff.amel)
        #expect(asked.status == .conflict)
        #expect(asked.text.contains("A file that is alike exists at: Sfax"))
        for text in ["Salma", "Othman", salma.text, "1991", "123 456"] { #expect(!asked.text.contains(text)) }
        let answered = ["apart-at": "SFA", "apart-reason": "They say she is another"]
        let answer = try await site.post("/cases", form.merging(answered) { $1 }, as: Staff.amel)
        #expect(answer.status == .seeOther)
      }
      let acts = try await room.database.read { db in
        try Journal.page(of: "TUN", after: nil, in: db).entries.map(\.act)
      }
      #expect(acts.contains("person.found-elsewhere") && acts.contains("person.create-apart"))
      // The same number: that is for those who see both.
      try await room.duplicates.searchAll()
      #expect(try await room.pairs(.open).count == 1)
    }
  }

  @Test(
    arguments: [
      (["given-latin": "X", "family-latin": "Y", "cin": "01234567"], true),
      (["given-latin": "Salma", "family-latin": "Ben Othman"], true),
      (
        [
          "given-latin": "", "family-latin": "", "given-arabic": "سلمى", "family-arabic": "بن عثمان",
          "birth-date": "1991-03-14",
        ], true
      ),
      (["given-latin": "Selma", "family-latin": "Ben Othmane", "phones": "20123456"], true),
      (
        [
          "given-latin": "Rim", "family-latin": "Ben Othman", "phones": "20123456",
          "birth-date": "1999-01-20",
        ], false
      ),
      (["given-latin": "Nizar", "family-latin": "Gharbi", "phones": "20123456"], false),
      (["given-latin": "Salma", "family-latin": "Gharbi"], false),
      (["given-latin": "Salma", "family-latin": "Ben Othman"], true),
      (["given-latin": "Salma", "family-latin": "Ben Othman", "birth-date": "1974-11-02"], false),
    ])
  func `warns of a number, a name, a sound with what agrees; of no family, no namesake of another birth`(
    fields: [String: String], isWarned: Bool
  ) async throws {
    try await DuplicateRoom.with(.sqlite) { room in
      try await room.receive(.salma)
      try await room.serve { site in
        let answer = try await site.post(
          "/cases", form(["phones": "98765432"].merging(fields) { $1 }), as: Staff.amel)
        #expect(answer.status == (isWarned ? .conflict : .seeOther), "\(fields)")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `never warns of itself when sent twice at once`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      try await room.serve { site in
        let form = form()
        async let one = site.post("/cases", form, as: Staff.amel)
        async let two = site.post("/cases", form, as: Staff.amel)
        let answers = try await [one, two]
        #expect(answers.allSatisfy { $0.status == .seeOther })
        #expect(Set(answers.map(\.location)).count == 1)
      }
      #expect(try await room.people.count() == 1)
    }
  }
}
