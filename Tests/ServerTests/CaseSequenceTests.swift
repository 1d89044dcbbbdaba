import Accounts
import Basics
import Cases
import Foundation
import People
import Plans
import Storage
import TestSupport
import Testing
import Transfers
import Visits

@testable import Server

/// Acts through all doors that say where a case stands, in any order, by whoever may; most are refused, and each leaves
/// the case borne out by what is kept of it.
@Suite struct `Whatever acts are permitted` {
  private enum Act: CaseIterable {
    case goal, action, agree, begin, finish, abandon, giveUp
    case plan, schedule, move, miss, report
    case assign, offer, accept, correct, close, reopen
  }

  private struct Team {
    let counsellor: Actor
    let head: Actor
  }

  @Test(arguments: TestDatabase.engines)
  func `a case has a contact person, an antenna, and the stage that its facts bear out`(
    engine: Database.Engine
  ) async throws {
    try await Premises.with(engine) { premises in
      var teams: [AntennaCode: Team] = [:]
      for antenna in ["TUN", "SFA"] as [AntennaCode] {
        teams[antenna] = Team(
          counsellor: try await premises.hire(.counsellor, "c.\(antenna)", at: antenna),
          head: try await premises.hire(.antennaHead, "h.\(antenna)", at: antenna))
      }
      var done: [Act: Int] = [:]
      var stages: Set<CaseFile.Stage> = []
      for seed in 1...UInt64(8) {
        var dice = Dice(seed: seed)
        let first = try #require(teams["TUN"])
        let file = try await receive(premises, by: first.counsellor)
        for _ in 0..<70 {
          guard let act = Act.allCases.randomElement(using: &dice) else { continue }
          premises.clock.advance(seconds: Double(Int.random(in: 1...400_000, using: &dice)))
          do {
            try await perform(act, on: file, premises, teams, &dice)
            done[act, default: 0] += 1
          } catch is Refusal {}
          stages.insert(try await check(file, premises, teams, "seed \(seed), after \(act)"))
        }
      }
      for act in Act.allCases { #expect(done[act, default: 0] > 0, "\(act) was never done") }
      #expect(stages == Set(CaseFile.Stage.allCases))
    }
  }

  private func receive(_ premises: Premises, by actor: Actor) async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Zitouni", "+21620123456")
    return try await premises.installation.cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: actor.antenna ?? "TUN",
        contact: actor.id, channel: .walkIn, receivedAt: premises.clock.now, returned: ReturnFacts()),
      by: actor)
  }

  private func read(_ file: RecordID<CaseFile>, _ house: Installation) async throws -> CaseFile {
    try await house.database.read { db in try house.cases.require(file, for: .program, in: db).file }
  }

  private func perform(
    _ act: Act, on file: RecordID<CaseFile>, _ premises: Premises, _ teams: [AntennaCode: Team],
    _ dice: inout Dice
  ) async throws {
    let house = premises.installation
    let held = try await read(file, house)
    let team = try #require(teams[held.antenna])
    let other = try #require(teams.first { $0.key != held.antenna })
    let by = team.counsellor
    let today = Day(of: premises.clock.now)
    let (plan, visits, transfers) = try await house.cases.open(file, for: .program) { opened, db in
      (
        try house.plans.plan(of: opened, in: db), try house.visits.visits(of: opened, in: db),
        try house.transfers.transfers(of: opened, in: db)
      )
    }.1
    let goal = plan.goals.randomElement(using: &dice)?.id ?? RecordID()
    let action = plan.actions.randomElement(using: &dice)?.id ?? RecordID()
    let visit = visits.randomElement(using: &dice)?.id ?? RecordID()
    let soon = today + Int.random(in: -3...40, using: &dice)
    switch act {
    case .goal:
      let track = try #require(Plan.Track.allCases.randomElement(using: &dice))
      try await house.plans.add(
        Plan.Goal(id: RecordID(), track: track, text: "A bakery", actions: []), to: file, by: by)
    case .action:
      let new = Plan.Action(
        id: RecordID(), text: "Three quotes", who: "She", by: Bool.random(using: &dice) ? soon : nil,
        state: .toDo, startedOn: nil, reason: nil)
      try await house.plans.add(new, under: goal, of: file, by: by)
    case .agree:
      try await house.plans.agree(Plan.Agreement(on: today, signedBy: "Amel"), on: file, by: by)
    case .begin: try await house.plans.set(.doing, of: action, in: file, on: today, by: by)
    case .finish: try await house.plans.set(.done, of: action, in: file, on: today, by: by)
    case .abandon:
      try await house.plans.set(.abandoned, of: action, in: file, on: today, reason: "Because", by: by)
    case .giveUp: try await house.plans.giveUp(goal, reason: "Because", in: file, on: today, by: by)
    case .plan: try await house.visits.plan(RecordID(), on: soon, in: file, by: by)
    case .schedule: try await house.visits.planSchedule(in: file, by: by)
    case .move:
      try await house.visits.move(
        visit, to: soon, because: .init(.away), as: RecordID(), in: file, by: by)
    case .miss: try await house.visits.miss(visit, because: .init(.road), in: file, by: by)
    case .report:
      let report = Visit.Report(on: today, activity: .goingOn, seen: "The oven is hot", nextStep: nil)
      try await house.visits.report(visit, report, in: file, by: by)
    case .assign:
      let contact = Bool.random(using: &dice) ? team.head : team.counsellor
      try await house.cases.assign(file, to: contact.id, by: team.head)
    case .offer:
      let offer = Transfer.Offer(to: other.key, summary: "She has a plan", reason: "She has moved")
      try await house.transfers.offer(RecordID(), offer, of: file, by: team.head)
    case .accept:
      let open = transfers.first { $0.state == .open }?.id ?? RecordID()
      try await house.transfers.accept(open, contact: other.value.counsellor.id, by: other.value.head)
    case .correct:
      var returned = ReturnFacts()
      returned[.returnedOn] = (today + -Int.random(in: 0...90, using: &dice)).description
      try await house.cases.correct(file, to: returned, from: held.version, by: by)
    case .close:
      let closure = Closure(
        id: RecordID(), outcome: .standing, reason: "Stands", closedOn: today, reopenedOn: nil,
        reopenReason: nil)
      try await house.cases.close(file, closure, by: team.head)
    case .reopen: try await house.cases.reopen(file, reason: "Because", by: team.head)
    }
  }

  /// Reads the facts where each area keeps them, not where the case was told of them.
  private func check(
    _ file: RecordID<CaseFile>, _ premises: Premises, _ teams: [AntennaCode: Team], _ place: String
  ) async throws -> CaseFile.Stage {
    let house = premises.installation
    let held = try await read(file, house)
    let team = try #require(teams[held.antenna], "\(place): no antenna")
    #expect([team.head.id, team.counsellor.id].contains(held.contact), "\(place): no contact person there")
    let facts: Milestones = try await house.database.read { db in
      var facts = Milestones(
        receivedOn: held.milestones.receivedOn, returnedOn: held.returned.returnedOn)
      facts.planAgreedOn = try db.value(
        "SELECT agreed_on FROM plan_version WHERE case_file = \(file) ORDER BY number LIMIT 1")
      facts.firstActionOn = try db.value(
        "SELECT MIN(started_on) FROM plan_action a JOIN plan_goal g ON g.id = a.goal WHERE g.case_file = \(file)"
      )
      facts.nextActionOn = try db.value(
        """
        SELECT MIN(by_day) FROM plan_action a JOIN plan_goal g ON g.id = a.goal
        WHERE g.case_file = \(file) AND a.state IN ('to-do', 'doing')
        """)
      facts.firstVisitOn = try db.value(
        "SELECT MIN(made_on) FROM visit WHERE case_file = \(file) AND state = 'done'")
      facts.nextVisitOn = try db.value(
        """
        SELECT MIN(planned_on) FROM visit WHERE case_file = \(file) AND state = 'planned' AND called_off_on IS NULL
        """)
      facts.closedOn = try db.value(
        "SELECT closed_on FROM closure WHERE case_file = \(file) AND reopened_on IS NULL")
      return facts
    }
    #expect(held.milestones == facts, "\(place)")
    #expect(held.stage == CaseRules.stage(of: facts), "\(place)")
    #expect(held.due == CaseRules.due(for: facts), "\(place)")
    return held.stage
  }
}
