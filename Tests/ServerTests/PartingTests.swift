import Accounts
import Basics
import Cases
import Documents
import Duplicates
import Foundation
import People
import Pieces
import Plans
import Storage
import Surveys
import TestSupport
import Testing
import Visits

@testable import Server

/// A case that goes to the other person when two files are parted: every area seals anew what it keeps in it.
@Suite struct `A case given to the other file` {
  @Test(arguments: TestDatabase.engines)
  func `opens with its plan, visits, needs, notes and documents under the other key`(engine: Database.Engine)
    async throws
  {
    try await Premises.with(engine) { premises in
      let counsellor = try await premises.hire(.counsellor, "aline")
      let head = try await premises.hire(.antennaHead)
      let story = try await Story.tell(premises, by: counsellor)
      let house = premises.installation
      // The case of the story was opened while the two were one: it is of the kept file until somebody says otherwise.
      let other = PersonID()
      var identity = Identity()
      (identity[.givenLatin], identity[.familyLatin], identity[.phones]) = (
        "Salma", "Zitouni", "+21620111222"
      )
      let known = identity
      try await house.database.write { db in
        try house.people.create(
          known, id: other, antenna: "TUN", contact: counsellor.id, by: counsellor, in: db)
      }
      let pair = try await house.duplicates.suggest(story.closed.person, other, by: counsellor)
      let isFirst = story.closed.person.text < other.text
      try await house.duplicates.same(
        pair, Joining(kept: isFirst ? .first : .second),
        Duplicates.Decision(id: RecordID(), version: 1, reason: nil), by: counsellor)
      premises.clock.advance(seconds: 60)
      let file = try await fill(story.closed.person, premises, by: counsellor)

      let merge = try #require(try await house.duplicates.ofPerson(other, for: counsellor).merges.first).merge
      #expect(merge.kept == story.closed.person)
      let since = try await house.duplicates.since(merge.id, for: head)
      #expect(since.cases.map(\.id) == [file])
      var attribution = Duplicates.Attribution()
      attribution.cases[file] = .other
      try await house.duplicates.part(
        merge.id, attribution,
        Duplicates.Decision(id: RecordID(), version: since.pair.version, reason: "Two"), by: head)

      let (opened, told) = try await house.cases.open(file, for: counsellor) { opened, db in
        (
          try house.plans.plan(of: opened, in: db), try house.visits.visits(of: opened, in: db),
          try house.plans.compare(opened, from: nil, to: nil, in: db).changes
        )
      }
      #expect(opened.file.person == other && opened.person.person.id == other)
      #expect(opened.notes.map(\.text) == ["A note"] && opened.needs.map(\.details) == ["A roof"])
      #expect(told.0.goals.map(\.text) == ["A workshop", "A stall"])
      #expect(told.0.goals.first?.actions.map(\.text) == ["Three quotes"])
      #expect(told.0.budget.map(\.payer) == ["A fund"] && told.0.agreement?.witness == "A neighbour")
      #expect(told.0.goals.last?.reason == "Moved" && told.2.map(\.what) == [.removed("Moved")])
      #expect(told.1.first?.report?.seen == "Two machines")
      #expect(told.1.first?.report?.wishReason == "His brother")
      #expect(told.1.first?.moves.first?.why.told == "A wedding" && told.1.last?.missed?.told == "A wedding")
      let social = Story.social(like: counsellor)
      let survey = try #require(try await house.surveys.open(file, for: social).1.surveys.first)
      #expect(survey.answers["opinion"] == "A quiet home" && survey.answers["health"] == "Asthma")
      let pieces = try await house.pieces.open(file, for: counsellor).1
      #expect(pieces.contains { $0.piece?.note == "Lost on the way" })
      // Without the key of the one, the other's case still opens.
      try await house.database.write { db in
        try db.run("UPDATE person SET sealing_key = NULL WHERE id = \(merge.kept)")
      }
      #expect(try await house.cases.open(file, for: counsellor).notes.count == 1)
      let papers = try await house.documents.documents(of: file, after: nil, for: counsellor).page.documents
      #expect(papers.map(\.title) == ["A diploma"])
      let desk = try await premises.desk(of: counsellor)
      for paper in papers {
        #expect(try await desk.get("/documents/\(file)/\(paper.id)").text == Self.paper)
      }
    }
  }

  /// Of several pieces.
  private static let paper = String(repeating: "Words of a diploma. ", count: 10_000)

  private func fill(
    _ person: PersonID, _ premises: Premises, by actor: Actor
  ) async throws -> RecordID<CaseFile> {
    let (house, now) = (premises.installation, premises.clock.now)
    let today = Day(of: now)
    let reception = Reception(
      id: RecordID(), person: person, identity: nil, antenna: "TUN", contact: actor.id, channel: .walkIn,
      receivedAt: now, returned: ReturnFacts(Fields(["return-country": "FR"])))
    let file = try await house.cases.receive(reception, by: actor)
    try await house.cases.write(.returning, "A note", id: RecordID(), in: file, by: actor)
    let need = Need(
      id: RecordID(), kind: .housing, urgency: .today, details: "A roof", recordedOn: today, metOn: nil,
      whatWasDone: nil)
    try await house.cases.record(need, in: file, by: actor)
    let goal = Plan.Goal(id: RecordID(), track: .project, text: "A workshop", actions: [])
    try await house.plans.add(goal, to: file, by: actor)
    let action = Plan.Action(
      id: RecordID(), text: "Three quotes", who: "She herself", by: today + 30, state: .toDo, startedOn: nil,
      reason: nil)
    try await house.plans.add(action, under: goal.id, of: file, by: actor)
    let line = Plan.BudgetLine(id: RecordID(), amount: Money(500, .eur), payer: "A fund", way: .cash)
    try await house.plans.add(line, under: action.id, of: file, by: actor)
    let other = Plan.Goal(id: RecordID(), track: .social, text: "A stall", actions: [])
    try await house.plans.add(other, to: file, by: actor)
    let agreement = Plan.Agreement(on: today, signedBy: "Salma", witness: "A neighbour")
    try await house.plans.agree(agreement, on: file, by: actor)
    try await house.plans.giveUp(other.id, reason: "Moved", in: file, on: today, by: actor)
    let visit = RecordID<Visit>()
    try await house.visits.plan(visit, on: today, in: file, by: actor)
    let why = Visit.Hindrance(.other, told: "A wedding")
    try await house.visits.move(
      visit, to: today + 1, because: why, as: RecordID(), in: file, by: actor)
    var report = Visit.Report(on: today, activity: .goingOn, seen: "Two machines", nextStep: "A third")
    (report.wish, report.wishReason) = (.thinks, "His brother")
    try await house.visits.report(visit, report, in: file, by: actor)
    try await house.documents.add(
      NewDocument(id: RecordID(), kind: .diploma, title: "A diploma", fileName: "d.txt"),
      DocumentContent(Array(Self.paper.utf8)), to: file, by: actor)
    let answers = Fields([
      "on": today.description, "way": "office", "opinion": "A quiet home", "health": "Asthma",
    ])
    try await house.surveys.begin(RecordID(), answers, in: file, by: Story.social(like: actor))
    let piece = Fields(["state": "missing", "since": today.description, "note": "Lost on the way"])
    try await house.pieces.set("cin", to: piece, from: 0, as: RecordID(), in: file, by: actor)
    let missed = RecordID<Visit>()
    try await house.visits.plan(missed, on: today + 2, in: file, by: actor)
    try await house.visits.miss(missed, because: why, in: file, by: actor)
    return file
  }
}
