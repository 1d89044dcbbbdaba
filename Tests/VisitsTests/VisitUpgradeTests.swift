import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Visits

@Suite struct `Reports from before the schedule` {
  @Test(arguments: TestDatabase.engines)
  func `keep reading, with nothing made up, and may be drawn`(engine: Database.Engine) async throws {
    let newer = Visits.migrations.dropFirst().map(\.name)
    let before = VisitRoom.migrations.filter { !newer.contains($0.name) }
    try await TestDatabase.with(engine, migrations: before) { database in
      let room = VisitRoom(database)
      let (file, visit) = (try await room.receive(), RecordID<Visit>())
      try await database.write { db in
        let key = try room.cases.require(file, for: Staff.amel, in: db).subject.key
        try db.run(
          """
          INSERT INTO visit (id, case_file, planned_on, state, made_on, made_by, activity, seen)
          VALUES (\(visit), \(file), \(room.today), 'done', \(room.today), \(Staff.amel.id), 'stopped',
            \(try key.seal("As it was", as: "visit.seen:\(visit)")))
          """)
        try db.run(
          """
          INSERT INTO visit (id, case_file, planned_on, state)
          VALUES (\(RecordID<Visit>()), \(file), \(room.today + 1), 'missed')
          """)
      }
      try await database.migrate(InstallationKeys.migrations + Journal.migrations + VisitRoom.migrations)
      let visits = try await room.visits(file)
      let report = Visit.Report(on: room.today, activity: .stopped, seen: "As it was", nextStep: nil)
      #expect(visits.map(\.report) == [report, nil])
      #expect(visits.map(\.state) == [.done, .missed] && visits.allSatisfy { $0.missed == nil })
      #expect(visits.first?.author == Visit.Author(by: Staff.amel.id, at: nil, version: 1))
      let antenna: String? = try await database.read { db in
        try db.value("SELECT antenna FROM visit WHERE id = \(visit)")
      }
      #expect(antenna == "TUN")
      try await room.serve { site in
        let page = try await site.get("/visits/\(file)/\(visit)", as: Staff.amel)
        #expect(page.text.contains("As it was") && page.text.contains("not asked"))
      }
      // Its author may still put it right, from the version it has.
      var corrected = report
      corrected.wish = .no
      try await room.visits.correct(visit, to: corrected, from: 1, in: file, by: Staff.amel)
      #expect(try await room.visits(file).first?.report == corrected)
      room.clock.advance(days: 31)
      let month = VisitDrawRules.months(before: room.today)[0]
      let draw = try await room.visits.draw(month, count: 3, by: Staff.chokri)
      #expect(try await room.visits.open(draw, for: Staff.chokri).looks.map(\.visit) == [visit])
    }
  }
}
