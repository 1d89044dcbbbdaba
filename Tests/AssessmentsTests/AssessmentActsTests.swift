import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Assessments

@Suite(.serialized) struct `Assessments of a case` {
  @Test(arguments: TestDatabase.engines)
  func `are begun, changed, concluded and corrected, and tell the journal`(engine: Database.Engine)
    async throws
  {
    try await AssessmentRoom.with(engine) { room, id in
      let fields = room.fields()
      let made = try await room.begin(id, fields)
      try await room.assessments.begin(made, AssessmentRoom.followUp, fields, in: id, by: Staff.amel)
      #expect(try await room.latest(id) == nil)
      var more = fields
      more["q-future"] = "unsure"
      try await room.assessments.change(made, to: more, from: 1, in: id, by: Staff.amel)
      // On top of the first version, in another window: both are kept.
      var other = fields
      other["q-papers"] = "yes"
      try await room.assessments.change(made, to: other, from: 1, in: id, by: Staff.chokri)
      #expect(try await room.find(made, in: id).answers["future"] == .value("unsure"))
      let edition = RecordID<Assessment.Edition>()
      await #expect(throws: Refusal.self) {
        try await room.assessments.conclude(made, as: edition, from: 1, in: id, by: Staff.amel)
      }
      for _ in 0..<2 {
        try await room.assessments.conclude(made, as: edition, from: 3, in: id, by: Staff.amel)
      }
      let score = try #require(try await room.latest(id))
      #expect(score.score == Score(thousandths: 958) && score.band == nil && score.day == room.today)
      await #expect(throws: Refusal.self) {
        try await room.assessments.change(made, to: fields, from: 3, in: id, by: Staff.amel)
      }
      var corrected = try await room.find(made, in: id).fields
      corrected["q-future"] = "yes"
      let second = RecordID<Assessment.Edition>()
      for _ in 0..<2 {
        try await room.assessments.correct(
          made, to: corrected, because: "Misheard", as: second, from: 3, in: id, by: Staff.amel)
      }
      #expect(try await room.latest(id)?.score == .highest)
      let old = try await room.assessments.open(made, edition: 1, in: id, for: Staff.amel)
      #expect(old.assessment.answers["future"] == .value("unsure") && old.edition?.number == 1)
      #expect(
        try await room.acts(id) == [
          "assessment.begin", "assessment.change", "assessment.change", "assessment.conclude",
          "assessment.correct",
        ])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of the same field changed by two are asked about`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      let made = try await room.begin(id, room.fields())
      var one = room.fields()
      one["q-work"] = "none"
      try await room.assessments.change(made, to: one, from: 1, in: id, by: Staff.amel)
      var other = room.fields()
      other["q-work"] = "now-and-then"
      do {
        try await room.assessments.change(made, to: other, from: 1, in: id, by: Staff.chokri)
        Issue.record("it was taken")
      } catch Refusal.changedMeanwhile(let conflicts, _) {
        #expect(conflicts.map(\.field) == ["q-work"])
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are one a quarter at most, the first first and the last last`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      let start = try #require(Day(year: 2026, month: 2, day: 10))
      func refused(_ day: Day, _ wave: Assessment.Wave) async throws -> [String] {
        do {
          _ = try await room.begin(id, room.fields(on: day, wave))
          return []
        } catch Refusal.invalid(let errors) {
          return errors.map(\.field)
        }
      }
      room.clock.advance(days: 400)
      #expect(try await refused(start, .baseline) == [])
      #expect(try await refused(start + 20, .middle) == ["on"])
      #expect(try await refused(start + 100, .baseline) == ["wave"])
      // Before its first day the questionnaire was not in force.
      #expect(try await refused(start + -100, .middle) == ["on"])
      #expect(try await refused(start + 100, .middle) == [])
      #expect(try await refused(start + 200, .end) == [])
      #expect(try await refused(start + 300, .middle) == ["wave"])
      #expect(try await refused(start + 390, .end) == ["wave"])
      // Another questionnaire has its own row of waves.
      _ = try await room.begin(id, room.fields([:], on: start), AssessmentRoom.risk, by: AssessmentRoom.sihem)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that are set aside make room, and stay`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      let made = try await room.begin(id, room.fields())
      try await room.conclude(made, in: id)
      for _ in 0..<2 {
        try await room.assessments.withdraw(made, because: "Another person's", in: id, by: Staff.amel)
      }
      #expect(try await room.latest(id) == nil)
      #expect(try await room.find(made, in: id).withdrawn?.reason == "Another person's")
      _ = try await room.begin(id, room.fields())
      await #expect(throws: Refusal.self) {
        try await room.assessments.correct(
          made, to: room.fields(), because: "x", as: RecordID(), from: 1, in: id, by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are read and written by those of their section alone`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      let social = try await room.begin(
        id, room.fields(["q-meals": "often"]), AssessmentRoom.vulnerability, by: AssessmentRoom.sihem)
      await #expect(throws: Refusal.notAllowed(.readSocialSection)) {
        _ = try await room.begin(id, room.fields([:]), AssessmentRoom.vulnerability)
      }
      await #expect(throws: Refusal.notAllowed(.readSocialSection)) {
        _ = try await room.find(social, in: id)
      }
      await #expect(throws: Refusal.notAllowed(.recordAssessments)) {
        _ = try await room.begin(id, room.fields(), by: Staff.dorra)
      }
      await #expect(throws: Refusal.notFound) { _ = try await room.find(social, in: id, for: Staff.emna) }
      #expect(try await room.assessments.open(id, for: Staff.amel).assessments.isEmpty)
      #expect(try await room.assessments.open(id, for: Staff.chokri).assessments.map(\.id) == [social])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are sealed: the database holds no answer`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      let made = try await room.begin(
        id, room.fields(["q-said": "Kelibia", "asked-by": "Monia", "q-work": "none"]))
      try await room.conclude(made, in: id)
      try await room.assessments.withdraw(made, because: "Hammamet", in: id, by: Staff.amel)
      let rows = try await room.database.read { db in
        try db.rows("SELECT fields, withdrawn_because FROM assessment") { row in
          String(decoding: try row[0] as [UInt8], as: UTF8.self)
            + String(decoding: try (row[1] as [UInt8]?) ?? [], as: UTF8.self)
        }
          + db.rows("SELECT fields FROM assessment_edition") {
            String(decoding: try $0[0] as [UInt8], as: UTF8.self)
          }
      }
      #expect(rows.count == 2)
      for word in ["Kelibia", "Monia", "Hammamet", "q-work"] {
        #expect(rows.allSatisfy { !$0.contains(word) }, "\(word)")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `given again by a colleague tell how far both agree, without whom`(engine: Database.Engine)
    async throws
  {
    try await AssessmentRoom.with(engine) { room, id in
      let first = try await room.begin(id, room.fields())
      let (colleague, made) = (Staff.chokri, RecordID<Assessment>())
      var found = room.fields()
      (found["q-work"], found["q-needs"]) = ("none", "!refused")
      func begin(_ by: Actor) async throws {
        try await room.assessments.begin(
          made, AssessmentRoom.followUp, secondOf: first, found, in: id, by: by)
      }
      await #expect(throws: Refusal.self) { try await begin(colleague) }
      try await room.conclude(first, in: id)
      await #expect(throws: Refusal.self) { try await begin(Staff.amel) }
      try await begin(colleague)
      #expect(try await room.assessments.open(first, in: id, for: colleague).isBlind)
      #expect(try await !room.assessments.open(first, in: id, for: Staff.amel).isBlind)
      // Nobody else goes on with it, least of all she who gave the first.
      let hers = say("A colleague gives these answers for comparison: she goes on with them herself.")
      await #expect(throws: Refusal.conflict(hers)) {
        try await room.assessments.change(made, to: room.fields(), from: 1, in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.conflict(hers)) { try await room.conclude(made, in: id) }
      try await room.conclude(made, in: id, by: colleague)
      #expect(try await !room.assessments.open(first, in: id, for: colleague).isBlind)
      let (_, agreement) = try await room.assessments.agreement(AssessmentRoom.followUp, for: Staff.amel)
      #expect(agreement["work"].map { [$0.pairs, $0.same] } == [1, 0])
      #expect(agreement["home"].map { [$0.pairs, $0.same] } == [1, 1])
      #expect(agreement["needs"].map { [$0.pairs, $0.incomplete] } == [0, 1])
      // It counts in no wave, and is not the newest score.
      #expect(try await room.latest(id)?.score == .highest)
      #expect(try await room.assessments.open(id, for: Staff.amel).assessments.count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `given again on a later day are measured against the wave before, and not against the first`(
    engine: Database.Engine
  ) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      let before = try await room.begin(id, room.fields(on: room.today))
      try await room.conclude(before, in: id)
      room.clock.advance(days: 100)
      let first = try await room.begin(id, room.fields(on: room.today, .middle))
      try await room.conclude(first, in: id)
      room.clock.advance(days: 1)
      let again = try await room.begin(
        id, room.fields(on: room.today, .middle), by: Staff.chokri, secondOf: first)
      try await room.conclude(again, in: id, by: Staff.chokri)
      let opened = try await room.assessments.open(again, in: id, for: Staff.chokri)
      #expect(opened.earlier?.id == before)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `go to another person's key, and open there`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      let made = try await room.begin(id, room.fields())
      try await room.conclude(made, in: id)
      var mine = room.fields()
      mine["q-work"] = "none"
      let corrected = mine
      try await room.assessments.correct(
        made, to: corrected, because: "Misheard", as: RecordID(), from: 1, in: id, by: Staff.amel)
      try await room.assessments.withdraw(made, because: "Hammamet", in: id, by: Staff.amel)
      let second = try await room.receive()
      try await room.database.write { db in
        let old = try room.cases.require(id, for: Staff.amel, in: db).subject.key
        let new = try room.cases.require(second, for: Staff.amel, in: db).subject.key
        try room.assessments.resealing(id, old, new, db)
        let kept = try #require(try AssessmentStore.assessments(of: id, key: new, in: db).first)
        #expect(kept.fields == corrected && kept.withdrawn?.reason == "Hammamet")
        #expect(kept.editions.last?.reason == "Misheard")
        let first = try #require(kept.editions.first)
        let before = try AssessmentStore.fields(of: first.id, kept.instrument, key: new, in: db)
        #expect(before?["q-work"] == "regular")
      }
    }
  }
}

@Suite(.serialized) struct `What assessments ask of the database` {
  @Test(arguments: TestDatabase.engines)
  func `reads and sorts no whole table`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      let plans = QueryPlans()
      let watched = AssessmentRoom(plans.watching(room.database), clock: room.clock)
      let made = try await watched.begin(id, room.fields())
      #expect(try await watched.assessments.drafts(of: Staff.amel).drafts.map(\.id) == [made])
      #expect(try await watched.assessments.drafts(of: Staff.emna).drafts.isEmpty)
      try await watched.assessments.change(
        made, to: room.fields(["q-work": "none"]), from: 1, in: id, by: Staff.amel)
      try await watched.conclude(made, in: id)
      let second = try await watched.begin(id, room.fields(), by: Staff.chokri, secondOf: made)
      try await watched.conclude(second, in: id, by: Staff.chokri)
      try await watched.assessments.correct(
        made, to: room.fields(["q-work": "regular"]), because: "Misheard", as: RecordID(), from: 2, in: id,
        by: Staff.amel)
      _ = try await watched.assessments.open(made, edition: 1, in: id, for: Staff.amel)
      _ = try await watched.assessments.open(id, for: Staff.amel)
      _ = try await watched.latest(id)
      _ = try await watched.assessments.agreement(AssessmentRoom.followUp, for: Staff.amel)
      try await watched.assessments.withdraw(second, because: "A slip", in: id, by: Staff.chokri)
      #expect(plans.steps.count > 30)
      for offence in plans.offences(small: ["instrument"]) { Issue.record("\(offence)") }
    }
  }

  /// Two windows begin at the same moment: one of them is told that the quarter has its answers.
  @Test(arguments: TestDatabase.engines)
  func `lets two at the same moment begin one in a quarter`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      let done = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<6 {
          group.addTask {
            do {
              _ = try await room.begin(id, room.fields())
              return true
            } catch is Refusal {
              return false
            }
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(done == 1)
      #expect(try await room.assessments.open(id, for: Staff.amel).assessments.count == 1)
    }
  }
}

@Suite(.serialized) struct `Questionnaires as they are kept` {
  @Test(arguments: TestDatabase.engines)
  func `are loaded, put in force, used and retired, and stay with their answers`(engine: Database.Engine)
    async throws
  {
    try await AssessmentRoom.with(engine) { room, id in
      let (keeper, sample) = (Staff.fathi, InstrumentID(code: "sample", version: 1))
      await #expect(throws: Refusal.notAllowed(.keepInstruments)) {
        _ = try await room.assessments.load(Sample.text, by: Staff.amel)
      }
      for _ in 0..<2 { #expect(try await room.assessments.load(Sample.text, by: keeper) == sample) }
      // Never in force: what is loaded now takes its place.
      let mended = Sample.text.replacing("en: Sample", with: "en: A sample")
      _ = try await room.assessments.load(mended, by: keeper)
      #expect(
        try await room.assessments.instrument(sample, for: keeper).instrument.name[.english] == "A sample")
      let fields = room.fields(["q-income": "some", "q-debts": "0", "q-housed": "no"])
      await #expect(throws: Refusal.self) { _ = try await room.begin(id, fields, sample) }
      for _ in 0..<2 { try await room.assessments.force(sample, by: keeper) }
      await #expect(throws: Refusal.self) { _ = try await room.assessments.load(Sample.text, by: keeper) }
      let made = try await room.begin(id, fields, sample)
      try await room.conclude(made, in: id)
      for _ in 0..<2 { try await room.assessments.retire(sample, because: "Too long", by: keeper) }
      room.clock.advance(seconds: 200 * 86_400)
      await #expect(throws: Refusal.self) {
        _ = try await room.begin(id, room.fields(["q-income": "some"], .middle), sample)
      }
      let old = try await room.assessments.open(made, in: id, for: Staff.amel)
      #expect(old.scoring.composite == .score(Score(thousandths: 625)) && old.kept.state == .retired)
      #expect(try await room.latest(id, "sample")?.score == Score(thousandths: 625))
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE record_kind = 'instrument' ORDER BY id") {
          try $0[0] as String
        }
      }
      #expect(acts == ["instrument.load", "instrument.load", "instrument.force", "instrument.retire"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that ship have a row once something stands on them`(engine: Database.Engine) async throws {
    try await AssessmentRoom.with(engine) { room, id in
      #expect(try await room.assessments.instruments(for: Staff.amel).count == InstrumentShipped.codes.count)
      try await room.assessments.retire(AssessmentRoom.followUp, because: "Another is used", by: Staff.fathi)
      let all = try await room.assessments.instruments(for: Staff.amel)
      #expect(all.count == InstrumentShipped.codes.count)
      #expect(all.first { $0.instrument.id == AssessmentRoom.followUp }?.state == .retired)
      await #expect(throws: Refusal.self) {
        try await room.assessments.force(InstrumentID(code: "rss-frame", version: 1), by: Staff.fathi)
      }
    }
  }
}
