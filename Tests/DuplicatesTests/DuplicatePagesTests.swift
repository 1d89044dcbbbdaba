import Basics
import Cases
import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Duplicates

@Suite struct `Duplicates on their pages` {
  @Test(arguments: TestDatabase.engines)
  func `the queue shows whom one may see, and of others the antenna`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      try await room.receive(.salma)
      try await room.receive(.selma, by: Staff.emna)
      try await room.duplicates.searchAll()
      let pair = try #require(try await room.pairs().first)
      try await room.serve { site in
        for path in ["/duplicates", "/duplicates/\(pair.id)"] {
          let tunis = try await site.get(path, as: Staff.amel).text
          #expect(tunis.contains("Salma") && tunis.contains("Sfax"))
          #expect(!tunis.contains("سلمى") && !tunis.contains("salma@example.tn"))
          let sfax = try await site.get(path, as: Staff.emna).text
          #expect(sfax.contains("سلمى") && !sfax.contains(">Salma") && !sfax.contains("01234567"))
          let nation = try await site.get(path, as: Staff.fathi).text
          #expect(nation.contains("Salma") && nation.contains("سلمى"))
        }
        // Of what agrees nothing is said to whom one of them is out of sight.
        let compared = try await site.get("/duplicates/\(pair.id)", as: Staff.amel).text
        #expect(!compared.contains("class=\"finding") && !compared.contains("nearly certain"))
        #expect(try await !site.get("/duplicates", as: Staff.bilel).text.contains("Salma"))
        #expect(try await site.get("/duplicates/\(pair.id)", as: Staff.bilel).status == .notFound)
        #expect(try await site.get("/duplicates", as: Staff.dorra).status == .forbidden)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `somebody who knows of another file sets the two side by side, and no search forgets it`(
    engine: Database.Engine
  ) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, nizar) = (try await room.receive(.salma), try await room.receive(.nizar))
      try await room.receive(.selma, by: Staff.emna)
      try await room.serve { site in
        let path = "/duplicates/of/\(salma)"
        #expect(
          try await site.get("/persons/\(salma)", as: Staff.amel).text.contains("I know of another file"))
        for (number, word) in [
          ("", "no case of this number"), ("TUN-2026-0009", "no case of this number"),
          ("SFA-2026-0001", "no case of this number"), ("tun 2026 1", "in the same file"),
        ] {
          let refused = try await site.post(path, ["number": number], as: Staff.amel)
          #expect(refused.status == .unprocessableContent && refused.text.contains(word), "\(number)")
        }
        let asked = try await site.post(path, ["number": "tun/2026/2"], as: Staff.amel)
        let compared = try #require(asked.location)
        #expect(try await site.post(path, ["number": "TUN-2026-0002"], as: Staff.amel).location == compared)
        #expect(
          try await site.post(path, ["number": "TUN-2026-0002"], as: Staff.bilel).status
            == .notFound)
        #expect(try await site.post(path, ["number": "TUN-2026-0002"], as: Staff.dorra).status == .forbidden)
        try await room.duplicates.searchAll()
        let page = try await site.get(compared, as: Staff.amel).text
        #expect(page.contains("knew of another file") && page.contains("Nizar"))
      }
      let told = try await room.database.read { db in
        try db.rows("SELECT subject FROM journal_entry WHERE act = 'duplicate.suggest'") {
          try $0[0] as PersonID
        }
      }
      #expect(Set(told) == [salma, nizar] && told.count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `compared, joined, looked back on and parted`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (try await room.receive(.salma), try await room.receive(.selma))
      try await room.duplicates.searchAll()
      let pair = try #require(try await room.pairs().first)
      let path = "/duplicates/\(pair.id)"
      try await room.serve { site in
        let compared = try await site.get(path, as: Staff.amel).text
        for text in ["sounds alike", "the same", "nearly certain", "Which file stands for both"] {
          #expect(compared.contains(text), "\(text)")
        }
        let kept = pair.first == salma ? "first" : "second"
        let form = [
          "once": RecordID<DuplicateAct>().text, "version": "\(pair.version)", "kept": kept,
          "field-email": kept == "first" ? "second" : "first", "reason": "Same card",
        ]
        for _ in 1...2 {
          #expect(try await site.post("\(path)/joining", form, as: Staff.amel).location == path)
        }
        let late = ["once": RecordID<DuplicateAct>().text, "version": "\(pair.version)"]
        let refused = try await site.post("\(path)/difference", late, as: Staff.chokri)
        #expect(refused.status == .conflict && refused.text.contains("The two files are joined."))
        #expect(refused.text.contains("Same card"))
        #expect(try await site.get("/persons/\(selma)", as: Staff.amel).location == "/persons/\(salma)")
        let person = try await site.get("/persons/\(salma)", as: Staff.amel).text
        #expect(person.contains("salma@example.tn") && person.contains("joined with another file by"))

        let joined = try await room.current(pair)
        let merge = try #require(joined.merge)
        #expect(try await site.get("/duplicates/joined/\(merge)", as: Staff.amel).status == .forbidden)
        try await room.correct(salma, [.address: "Sfax"])
        let parting = try await site.get("/duplicates/joined/\(merge)", as: Staff.chokri).text
        #expect(parting.contains("field-address") && parting.contains("Sfax"))
        var answer = [
          "once": RecordID<DuplicateAct>().text, "version": "\(joined.version)", "reason": "Cousins",
        ]
        let unsaid = try await site.post("/duplicates/joined/\(merge)/parting", answer, as: Staff.chokri)
        #expect(unsaid.status == .unprocessableContent && unsaid.text.contains("e-field-address"))
        answer["field-address"] = "other"
        for _ in 1...2 {
          let parted = try await site.post("/duplicates/joined/\(merge)/parting", answer, as: Staff.chokri)
          #expect(parted.location == path)
        }
        #expect(try await site.get("/persons/\(selma)", as: Staff.amel).text.contains("Sfax"))
        let history = try await site.get(path, as: Staff.amel).text
        for text in ["joined the files", "parted the files", "Cousins", "Same card"] {
          #expect(history.contains(text), "\(text)")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `doubt goes to the head`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (try await room.receive(.salma), try await room.receive(.selma))
      let pair = try await room.pair(salma, selma)
      let path = "/duplicates/\(pair.id)"
      try await room.serve { site in
        let form = ["once": RecordID<DuplicateAct>().text, "version": "1", "reason": "No card at hand"]
        let doubted = try await site.post("\(path)/doubt", form, as: Staff.amel)
        #expect(doubted.status == .seeOther)
        #expect(try await site.get("/duplicates?state=unsure", as: Staff.chokri).text.contains(path))
        #expect(try await !site.get(path, as: Staff.amel).text.contains("\(path)/joining"))
        #expect(try await site.get(path, as: Staff.chokri).text.contains("\(path)/joining"))
        let again = ["once": RecordID<DuplicateAct>().text, "version": "2"]
        #expect(try await site.post("\(path)/difference", again, as: Staff.amel).status == .forbidden)
        #expect(try await site.post("\(path)/difference", again, as: Staff.chokri).status == .seeOther)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two open cases of one person are said on each`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (one, two) = (RecordID<CaseFile>(), RecordID<CaseFile>())
      let (salma, selma) = (try await room.receive(.salma, id: one), try await room.receive(.selma, id: two))
      try await room.join(salma, selma)
      try await room.serve { site in
        for (file, other) in [(one, "TUN-2026-0002"), (two, "TUN-2026-0001")] {
          let page = try await site.get("/cases/\(file)", as: Staff.amel)
          #expect(page.text.contains("another case is open: \(other)"))
        }
      }
    }
  }
}
