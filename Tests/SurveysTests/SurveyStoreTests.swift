import Basics
import Cases
import Foundation
import Households
import Pages
import People
import Storage
import TestSupport
import Testing

@testable import Surveys

@Suite struct `The surveys of a case` {
  @Test(arguments: TestDatabase.engines)
  func `are begun once; other fields are merged, the same field is asked`(engine: Database.Engine)
    async throws
  {
    try await SurveyRoom.with(engine) { room, id in
      let (survey, first, dorra) = (RecordID<Survey>(), room.answers(["health": "Asthma"]), Staff.dorra)
      for _ in 0..<2 { try await room.surveys.begin(survey, first, in: id, by: dorra) }
      await #expect(throws: Refusal.sentBefore("on")) {
        try await room.surveys.begin(survey, room.answers(["rooms": "3"]), in: id, by: dorra)
      }
      var theirs = first
      (theirs["tenure"], theirs["health"]) = ("family", "Asthma, treated")
      try await room.surveys.change(survey, to: theirs, from: .first, in: id, by: dorra)
      var mine = first
      mine["rooms"] = "2"
      for _ in 0..<2 {
        try await room.surveys.change(survey, to: mine, from: .first, in: id, by: dorra)
      }
      let merged = try await room.find(survey, in: id)
      #expect(merged.answers["tenure"] == "family" && merged.answers["rooms"] == "2")
      #expect(merged.answers["health"] == "Asthma, treated")
      #expect(merged.versions == Survey.Versions(told: 3, health: 2))
      // The first form once more: it is the same survey still.
      try await room.surveys.begin(survey, first, in: id, by: dorra)
      mine["tenure"] = "hosted"
      mine["health"] = "Diabetes"
      let third = mine
      let asked = await #expect(throws: Refusal.self) {
        try await room.surveys.change(survey, to: third, from: .first, in: id, by: dorra)
      }
      guard case .changedMeanwhile(let conflicts, _) = asked else {
        Issue.record("It was not asked.")
        return
      }
      #expect(conflicts.map(\.field) == ["health", "tenure"])
      #expect(
        try await room.acts(id) == [
          "survey.begin", "survey.health", "survey.change", "survey.health", "survey.change",
        ])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are kept when they are concluded; a correction has a reason and stands beside`(
    engine: Database.Engine
  ) async throws {
    try await SurveyRoom.with(engine) { room, id in
      let (survey, edition) = (try await room.begin(id, ["health": "Asthma"]), RecordID<Survey.Edition>())
      for _ in 0..<2 { try await room.conclude(survey, in: id, as: edition) }
      await #expect(throws: Refusal.self) { try await room.conclude(survey, in: id) }
      var mine = room.answers(["health": "Asthma"])
      // The same form again changes nothing, and is no change of what is concluded.
      try await room.surveys.change(survey, to: mine, from: .first, in: id, by: Staff.dorra)
      (mine["tenure"], mine["health"]) = ("family", "None")
      let corrected = mine
      await #expect(throws: Refusal.self) {
        try await room.surveys.change(survey, to: corrected, from: .first, in: id, by: Staff.dorra)
      }
      let second = RecordID<Survey.Edition>()
      func correct(_ reason: String, _ answers: Fields) async throws {
        try await room.surveys.correct(
          survey, to: answers, because: reason, as: second, from: .first, in: id, by: Staff.dorra)
      }
      for _ in 0..<2 { try await correct("She moved before", corrected) }
      await #expect(throws: Refusal.sentBefore("reason", kept: "She moved before")) {
        try await correct("Another", corrected)
      }
      var other = corrected
      other["rooms"] = "9"
      let others = other
      await #expect(throws: Refusal.sentBefore("reason", kept: "She moved before")) {
        try await correct("She moved before", others)
      }
      await #expect(throws: Refusal.self) {
        try await room.surveys.correct(
          survey, to: corrected, because: "Nothing", as: RecordID(), from: .first, in: id, by: Staff.dorra)
      }
      let kept = try await room.find(survey, in: id)
      #expect(kept.editions.map(\.number) == [1, 2] && kept.answers["tenure"] == "family")
      #expect(kept.editions.map(\.reason) == [nil, "She moved before"])
      let old = try await room.surveys.open(survey, edition: 1, in: id, for: Staff.dorra)
      #expect(old.survey.answers["tenure"] == "tenant" && old.survey.answers["health"] == "Asthma")
      #expect(old.edition?.number == 1)
      #expect(
        try await room.acts(id) == [
          "survey.begin", "survey.health", "survey.conclude", "survey.correct", "survey.health",
        ])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are concluded as they were read, with an opinion`(engine: Database.Engine) async throws {
    try await SurveyRoom.with(engine) { room, id in
      let survey = RecordID<Survey>()
      let bare = Fields(["on": room.today.description, "way": "phone"])
      try await room.surveys.begin(survey, bare, in: id, by: Staff.dorra)
      await #expect(throws: Refusal.self) { try await room.conclude(survey, in: id) }
      try await room.surveys.change(survey, to: room.answers(), from: .first, in: id, by: Staff.dorra)
      await #expect(throws: Refusal.self) {
        try await room.surveys.conclude(survey, as: RecordID(), from: .first, in: id, by: Staff.dorra)
      }
      try await room.conclude(survey, in: id)
      #expect(try await room.find(survey, in: id).isConcluded)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tell of health to those alone who may read it`(engine: Database.Engine) async throws {
    try await SurveyRoom.with(engine) { room, id in
      let (survey, sihem) = (try await room.begin(id, ["health": "Asthma"]), SurveyRoom.sihem)
      for actor in [sihem, Staff.chokri, Staff.fathi] {
        let read = try await room.surveys.open(survey, in: id, for: actor).survey
        #expect(read.answers["tenure"] == "tenant" && read.answers["health"] == nil)
      }
      // What she does not see she does not change, whatever her form says.
      let mine = room.answers(["rooms": "2", "health": "Forged"])
      try await room.surveys.change(survey, to: mine, from: .first, in: id, by: sihem)
      let kept = try await room.find(survey, in: id)
      #expect(kept.answers["health"] == "Asthma" && kept.answers["rooms"] == "2")
      let hers = RecordID<Survey>()
      try await room.surveys.begin(hers, mine, in: id, by: sihem)
      #expect(try await room.find(hers, in: id).answers["health"] == nil)
      let paper = SurveyPaper(
        try await room.surveys.open(survey, in: id, for: sihem), isWhole: true, on: room.today, in: .english)
      #expect(!paper.parts.contains { $0.title == "Health" })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `need the duty and a case in sight that is open`(engine: Database.Engine) async throws {
    try await SurveyRoom.with(engine) { room, id in
      let survey = try await room.begin(id)
      await #expect(throws: Refusal.notAllowed(.readSocialSection)) {
        try await room.surveys.open(id, for: Staff.amel)
      }
      for actor in [Staff.amel, Staff.chokri, Staff.fathi] {
        await #expect(throws: Refusal.notAllowed(.writeSocialSection)) {
          try await room.surveys.begin(RecordID(), room.answers(), in: id, by: actor)
        }
      }
      let walid = SurveyRoom.walid
      await #expect(throws: Refusal.notFound) { try await room.surveys.open(id, for: walid) }
      await #expect(throws: Refusal.notFound) {
        try await room.surveys.begin(RecordID(), room.answers(), in: id, by: walid)
      }
      let other = try await room.receive()
      #expect(try await room.surveys.open(other, for: Staff.dorra).1.surveys.isEmpty)
      await #expect(throws: Refusal.notFound) {
        try await room.surveys.open(survey, in: other, for: Staff.dorra)
      }
      await #expect(throws: Refusal.notFound) { try await room.conclude(survey, in: other) }
      await #expect(throws: Refusal.sentBefore("on")) {
        try await room.surveys.begin(survey, room.answers(), in: other, by: Staff.dorra)
      }
      let closure = Closure(
        id: RecordID(), outcome: .standing, reason: "Stands", closedOn: room.today, reopenedOn: nil,
        reopenReason: nil)
      try await room.cases.close(id, closure, by: Staff.amel)
      await #expect(throws: Refusal.self) {
        try await room.surveys.begin(RecordID(), room.answers(), in: id, by: Staff.dorra)
      }
      #expect(try await room.surveys.open(id, for: Staff.fathi).1.surveys.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are missed on the home page of those who write them, at their antenna, until one is concluded`(
    engine: Database.Engine
  ) async throws {
    try await SurveyRoom.with(engine) { room, first in
      room.clock.advance(days: 1)
      let second = try await room.receive()
      room.clock.advance(days: 1)
      let third = try await room.receive()
      func missed(_ actor: Actor = Staff.dorra) async throws -> [RecordID<CaseFile>] {
        try await room.surveys.unwritten(for: actor).lines.map(\.id)
      }
      #expect(try await missed() == [first, second, third], "the longest waiting first")
      #expect(try await missed(SurveyRoom.sihem) == [first, second, third])
      #expect(try await missed(SurveyRoom.walid).isEmpty)
      let survey = try await room.begin(second)
      #expect(try await missed() == [first, second, third], "a draft is no survey yet")
      try await room.conclude(survey, in: second)
      #expect(try await missed() == [first, third])
      // A second one that is begun takes nothing back.
      _ = try await room.begin(second)
      #expect(try await missed() == [first, third])
      let names = try await room.surveys.unwritten(for: Staff.dorra).names
      #expect(names.count == 2 && names.values.allSatisfy { $0.latin == "Ben Othman" })
      let closure = Closure(
        id: RecordID(), outcome: .withdrew, reason: "Gone", closedOn: room.today, reopenedOn: nil,
        reopenReason: nil)
      try await room.cases.close(third, closure, by: Staff.amel)
      #expect(try await missed() == [first])
      let home = try await room.home(of: Staff.dorra).string
      #expect(home.contains("id=\"without-survey\"") && home.contains("/cases/\(first)"))
      #expect(!home.contains("/cases/\(second)") && !home.contains("/cases/\(third)"))
      // Whoever writes none is not told who has none.
      for actor in [Staff.amel, Staff.chokri, Staff.fathi, SurveyRoom.walid] {
        #expect(try await room.home(of: actor).isEmpty, "\(actor.name)")
      }
      await #expect(throws: Refusal.notAllowed(.writeSocialSection)) {
        try await room.surveys.unwritten(for: Staff.amel)
      }
      try await room.conclude(try await room.begin(first), in: first)
      #expect(try await room.home(of: Staff.dorra).isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stand in a list, the newest interview first`(engine: Database.Engine) async throws {
    try await SurveyRoom.with(engine) { room, id in
      let office = try await room.begin(id, ["on": (room.today + -90).description, "way": "office"])
      let home = try await room.begin(id)
      let between = try await room.begin(id, ["on": (room.today + -30).description, "way": "phone"])
      let found = try await room.surveys.open(id, for: Staff.dorra).1
      #expect(found.surveys.map(\.id) == [home, between, office])
      func earlier() async throws -> RecordID<Survey>? {
        try await room.surveys.open(home, in: id, for: Staff.dorra).earlier?.id
      }
      // Drafts are nothing to compare with.
      #expect(try await earlier() == nil)
      try await room.conclude(office, in: id)
      #expect(try await earlier() == office)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `open with the key of the person to whom the case went`(engine: Database.Engine) async throws {
    try await SurveyRoom.with(engine) { room, id in
      let survey = try await room.begin(id, ["health": "Asthma"])
      try await room.conclude(survey, in: id)
      var mine = room.answers(["health": "Asthma", "rooms": "2"])
      mine["tenure"] = "family"
      let corrected = mine
      try await room.surveys.correct(
        survey, to: corrected, because: "Miscounted", as: RecordID(), from: .first, in: id, by: Staff.dorra)
      let second = try await room.receive()
      try await room.database.write { db in
        let old = try room.cases.require(id, for: Staff.amel, in: db).subject.key
        let new = try room.cases.require(second, for: Staff.amel, in: db).subject.key
        try room.surveys.resealing(id, old, new, db)
        let kept = try #require(try SurveyStore.surveys(of: id, key: new, in: db).first)
        #expect(kept.answers == corrected && kept.editions.last?.reason == "Miscounted")
        let first = try #require(kept.editions.first)
        let before = try SurveyStore.answers(of: first.id, key: new, in: db)
        #expect(before?["tenure"] == "tenant" && before?["health"] == "Asthma")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `cannot be read in the database but for codes, and no act reads or sorts a whole table`(
    engine: Database.Engine
  ) async throws {
    try await SurveyRoom.with(engine) { room, id in
      let plans = QueryPlans()
      let watched = SurveyRoom(plans.watching(room.database), clock: room.clock)
      let secrets = [
        "health": "Asthma", "safety": "A brother threatens", "danger": "urgent", "cover": "amg1",
      ]
      let survey = try await watched.begin(id, secrets)
      let more = room.answers(secrets.merging(["rooms": "2"]) { $1 })
      try await watched.surveys.change(survey, to: more, from: .first, in: id, by: Staff.dorra)
      try await watched.conclude(survey, in: id)
      let versions = try await watched.find(survey, in: id).versions
      try await watched.surveys.correct(
        survey, to: room.answers(secrets), because: "A cellar", as: RecordID(), from: versions, in: id,
        by: Staff.dorra)
      _ = try await watched.surveys.unwritten(for: Staff.dorra)
      _ = try await watched.surveys.open(survey, edition: 1, in: id, for: Staff.dorra)
      let read = try await watched.surveys.open(survey, in: id, for: Staff.dorra)
      try await watched.surveys.notePaper(of: read, .arabic, isWhole: false, by: Staff.dorra)
      let stored = try await room.database.read { db in
        try [
          "SELECT told FROM survey", "SELECT health FROM survey", "SELECT told FROM survey_edition",
          "SELECT health FROM survey_edition",
          "SELECT reason FROM survey_edition WHERE reason IS NOT NULL",
        ].flatMap { try db.rows(SQL(stringLiteral: $0)) { try $0[0] as [UInt8] } }
      }
      #expect(stored.count == 7)
      for secret in ["Asthma", "threatens", "urgent", "cellar", "quiet"] {
        #expect(stored.allSatisfy { $0.firstRange(of: Array(secret.utf8)) == nil })
      }
      let facts = try await room.database.read { db in
        try db.rows("SELECT way, tenure, cover FROM survey_fact WHERE concluded_at IS NOT NULL") {
          [try $0[0], try $0[1], try $0[2]] as [String]
        }
      }
      #expect(facts == [["home", "tenant", "amg1"]])
      #expect(plans.steps.count > 10)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `read from the household who lives there and who does not go to school`(engine: Database.Engine)
    async throws
  {
    try await SurveyRoom.with(engine) { room, id in
      let member = HouseholdMember(
        id: RecordID(), relation: .child, latinName: "Rim", arabicName: nil, birthYear: room.today.year - 9,
        living: .together)
      try await room.households.add(member, to: id, by: Staff.amel)
      let counts = try await room.surveys.open(id, for: Staff.dorra).1.household
      #expect(counts.members == 1 && counts.size == 2 && counts.notAtSchool == 0)
    }
  }
}
