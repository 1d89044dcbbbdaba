import Accounts
import Basics
import Cases
import Closures
import Documents
import Foundation
import Households
import NIOConcurrencyHelpers
import People
import Plans
import Storage
import Visits

/// Fills an empty database with invented persons and what became of them, through the same doors as everyone.
struct DemoData {
  let database: Database
  let today: Day

  /// The moment at which the doors believe to be while a story is told.
  private let clock = NIOLockedValueBox(Date())

  /// So many have a story to open even where receptions alone were asked for.
  private static let toldAtLeast = 200

  init(database: Database, today: Day) {
    self.database = database
    self.today = today
  }

  /// - Throws: `Stop` when the database holds a person or an account: a demonstration never enters a real one.
  func fill(persons: Int, seed: UInt64, receptionsOnly: Bool, progress: (Int) -> Void) async throws {
    let clock = clock
    let installation = Installation(
      database: database,
      now: {
        clock.withLockedValue { now in
          // Each act takes its time: the history keeps its order.
          now += 180
          return now
        }
      })
    guard try await installation.people.count() == 0 else {
      throw Stop("This database holds persons already: a demonstration is only made in an empty one.")
    }
    // The passwords of a demonstration are known to everyone.
    guard try await installation.accounts.list(after: "", for: .program).isEmpty else {
      throw Stop("This database holds accounts already: a demonstration is only made in an empty one.")
    }
    try await database.write { db in try InstallationKeys.mark("demo", String(seed), in: db) }
    set(today + -DemoPersons.span)
    try await DemoStaff.create(in: installation)
    try await installation.visits.set(DemoVisits.incomeRanges(from: today + -DemoPersons.span), by: .program)
    let teams = try await DemoStaff.teams(in: installation)
    let aids = DemoAids(installation: installation, today: today, teams: teams, set: { set($0 as Day) })
    let money = try await aids.fund(for: persons, seed: seed)
    let grants = DemoGrants(aids: aids, money: money)
    var openable: [DemoPersons.Story] = []
    var people = DemoPersons(count: persons, seed: seed, today: today)
    for first in stride(from: 0, to: persons, by: 1_000) {
      let stories = (first..<min(first + 1_000, persons)).map { _ in people.next(teams) }
      try await database.write { db in
        for story in stories {
          set(story.reception.receivedAt)
          try installation.cases.receive(story.reception, by: story.team.counsellor, in: db)
        }
      }
      let told = receptionsOnly ? max(0, Self.toldAtLeast - first) : stories.count
      let transfers = DemoTransfers(
        transfers: installation.transfers, today: today, teams: teams, set: { set($0 as Day) })
      let skills = DemoSkills(skills: installation.skills, today: today, set: { set($0 as Day) })
      let surveys = DemoSurveys(surveys: installation.surveys, today: today, set: { set($0 as Day) })
      let assessments = DemoAssessments(
        assessments: installation.assessments, today: today, set: { set($0 as Day) })
      let pieces = DemoPieces(pieces: installation.pieces, today: today, set: { set($0 as Day) })
      let letters = DemoLetters(installation: installation, today: today, set: { set($0 as Day) })
      for story in stories.prefix(told) {
        try await tell(story, grants, installation)
        try await skills.tell(story)
        try await surveys.tell(story)
        try await assessments.tell(story)
        try await pieces.tell(story)
        try await letters.tell(story)
        try await transfers.tell(story)
      }
      openable += stories.prefix(told)
      progress(first + stories.count)
    }
    let openings = DemoOpenings(
      openings: installation.openings, today: today, teams: teams, set: { set($0 as Day) })
    try await openings.tell(openable, seed: seed)
    let receptions = DemoReceptions(
      receptions: installation.receptions, today: today, teams: teams, set: { set($0 as Day) })
    try await receptions.tell(seed: seed &+ 1)
    let directory = DemoDirectory(
      directory: installation.directory, today: today, teams: teams, set: { set($0 as Day) })
    try await directory.tell(seed: seed &+ 2)
    let rights = DemoRights(rights: installation.rights, today: today, teams: teams, set: { set($0 as Day) })
    try await rights.tell(openable, seed: seed)
    try await DemoReferrals(installation: installation, today: today, set: { set($0 as Day) })
      .tell(openable, seed: seed)
    let agenda = DemoAgenda(
      agenda: installation.agenda, today: today, teams: teams, set: { set($0 as Day) })
    try await agenda.tell(openable, seed: seed)
    let complaints = DemoComplaints(
      complaints: installation.complaints, today: today, teams: teams, set: { set($0 as Day) })
    try await complaints.tell(seed: seed)
    let tasks = DemoTasks(tasks: installation.tasks, today: today, teams: teams, set: { set($0 as Day) })
    try await tasks.tell(openable, seed: seed)
    let circulars = DemoCirculars(
      circulars: installation.circulars, today: today, teams: teams, set: { set($0 as Day) })
    try await circulars.tell(seed: seed)
    let questions = DemoQuestions(
      questions: installation.questions, today: today, teams: teams, set: { set($0 as Day) })
    try await questions.tell(openable, seed: seed)
    let eligibility = DemoEligibility(
      eligibility: installation.eligibility, today: today, teams: teams, set: { set($0 as Day) })
    try await eligibility.tell(openable, seed: seed)
    try await DemoFunding(funding: installation.funding, today: today, set: { set($0 as Day) })
      .tell(openable, seed: seed)
    try await aids.tell(openable, from: money, seed: seed)
    guard let centre = try await installation.accounts.actor(signInName: "centre") else { return }
    let committees = DemoCommittees(
      committees: installation.committees, centre: centre, today: today, teams: teams,
      set: { set($0 as Day) })
    try await committees.tell(openable, seed: seed)
    let office = try await DemoStaff.office(in: installation)
    let reviews = DemoReviews(
      reviews: installation.reviews, tasks: installation.tasks, raters: office, today: today, teams: teams,
      set: { set($0 as Day) })
    try await reviews.tell(seed: seed)
    let meetings = DemoMeetings(
      meetings: installation.meetings, tasks: installation.tasks, office: office[0], today: today,
      teams: teams,
      set: { set($0 as Day) })
    try await meetings.tell(openable, seed: seed)
  }

  private func set(_ now: Date) { clock.withLockedValue { $0 = now } }

  private func set(_ day: Day) {
    // Ten in the morning in Tunis.
    set(Date(timeIntervalSince1970: Double(day.number) * 86_400 + 9 * 3_600))
  }

  /// Drawn like the rest of the story, and of its moment.
  private func newID<Record>(_ generator: inout DemoGenerator) -> RecordID<Record> {
    RecordID(at: clock.withLockedValue { $0 }, using: &generator)
  }

  private func tell(_ story: DemoPersons.Story, _ grants: DemoGrants, _ installation: Installation)
    async throws
  {
    var generator = story.generator
    let received = Day(of: story.reception.receivedAt)
    let id = story.reception.id
    try await tellDocuments(story, installation)
    try await tellReception(story, &generator, installation)
    try await DemoHouseholds(households: installation.households, today: today)
      .tell(story, at: clock.withLockedValue { $0 })
    guard story.stage != .received else { return }
    let agreed = min(today, received + generator.number(5...35))
    let actions = try await tellPlan(id, agreed, story, &generator, installation)
    guard story.stage != .planned else { return }
    let begun = min(today, agreed + generator.number(2...30))
    set(begun)
    try await installation.plans.set(.doing, of: actions[0], in: id, on: begun, by: story.team.counsellor)
    guard story.stage != .inProgress else { return try await grants.tell(story, from: agreed, until: today) }
    let visited = try await DemoVisits(installation: installation, today: today, set: { set($0 as Day) })
      .tell(id, agreed, begun, story, &generator)
    try await grants.tell(story, from: agreed, until: story.stage == .closed ? visited : today)
    guard story.stage == .closed else { return }
    let closed = min(today, visited + generator.number(10...90))
    set(closed)
    try await installation.plans.set(.done, of: actions[0], in: id, on: closed, by: story.team.counsellor)
    let closure = Closure(
      id: newID(&generator),
      outcome: generator.pick([.standing, .standing, .oriented, .unreachable, .leftAgain]),
      reason: generator.pick(DemoTexts.reasons), closedOn: closed, reopenedOn: nil, reopenReason: nil)
    try await installation.cases.close(id, closure, by: story.team.counsellor)
    try await DemoClosures(closures: installation.closures, today: today, set: { set($0 as Day) })
      .tell(story, closure.id, on: closed)
    guard generator.chance(6) else { return }
    set(min(today, closed + 45))
    let reason = generator.pick(DemoTexts.reopenings)
    try await installation.cases.reopen(id, reason: reason, by: story.team.head)
  }

  private func tellReception(
    _ story: DemoPersons.Story, _ generator: inout DemoGenerator, _ installation: Installation
  ) async throws {
    let received = Day(of: story.reception.receivedAt)
    // Its own: the rest of the story stays as it is.
    var dice = story.generator
    set(story.reception.receivedAt + 600)
    for purpose in [Consent.Purpose.accompaniment, .shareSocial, .sms] where generator.chance(85) {
      let consent = Consent(
        id: newID(&generator), person: story.reception.person, purpose: purpose,
        textVersion: Consent.currentTextVersion, language: .arabic, givenOn: received, way: .signed,
        withdrawnAt: nil)
      try await installation.people.record(consent, by: story.team.counsellor)
      if generator.chance(4) {
        try await installation.people.withdraw(
          consent.id, of: story.reception.person, by: story.team.counsellor)
      }
    }
    if story.isWithoutPapers {
      let need = Need(
        id: newID(&dice), kind: .papers, urgency: .today, details: DemoTexts.withoutPapers,
        recordedOn: received,
        metOn: nil, whatWasDone: nil)
      try await installation.cases.record(need, in: story.reception.id, by: story.team.counsellor)
    }
    if generator.chance(70) {
      let (kind, details, help) = generator.pick(DemoTexts.needs)
      let need = Need(
        id: newID(&generator), kind: kind, urgency: generator.pick(Need.Urgency.allCases),
        details: details, recordedOn: received, metOn: nil, whatWasDone: nil)
      try await installation.cases.record(need, in: story.reception.id, by: story.team.counsellor)
      if generator.chance(60) {
        try await installation.cases.meet(
          need.id, on: received, how: help, in: story.reception.id,
          by: story.team.counsellor)
      }
    }
    let section = generator.pick(Note.Section.allCases)
    try await installation.cases.write(
      section, generator.pick(DemoTexts.notes), id: newID(&generator), in: story.reception.id,
      by: story.team.author(of: section))
  }

  /// Papers of some, shown when they are received: their own dice leave the rest of the story as it is.
  private func tellDocuments(_ story: DemoPersons.Story, _ installation: Installation) async throws {
    var dice = story.generator
    guard dice.chance(20) else { return }
    set(story.reception.receivedAt + 120)
    for _ in 0..<dice.number(1...3) {
      let (kind, title) = dice.pick(DemoPapers.kinds)
      let expires: Bool = [.passport, .identityCard, .travelDocument].contains(kind)
      let document = NewDocument(
        id: newID(&dice), kind: kind, title: title,
        validUntil: expires ? today + dice.number(-60...400) : nil, fileName: "\(kind.rawValue).pdf")
      let bytes = DemoPapers.page(saying: "Demonstration: \(kind.rawValue) \(dice.number(1_000...9_999))")
      try await installation.documents.add(
        document, DocumentContent(bytes), to: story.reception.id, by: story.team.counsellor)
    }
  }

  private func tellPlan(
    _ id: RecordID<CaseFile>, _ agreed: Day, _ story: DemoPersons.Story, _ generator: inout DemoGenerator,
    _ installation: Installation
  ) async throws -> [RecordID<Plan.Action>] {
    set(agreed)
    var dice = story.generator
    let budgets = DemoBudgets(installation: installation, today: today, set: { set($0 as Day) })
    let counsellor = story.team.counsellor
    var goals: [Plan.Goal] = []
    var actions: [RecordID<Plan.Action>] = []
    for track in Plan.Track.allCases.shuffled(using: &generator).prefix(generator.number(1...2)) {
      let goal = Plan.Goal(
        id: newID(&generator), track: track,
        text: generator.pick(DemoTexts.goals[track, default: [""]]), actions: [])
      try await installation.plans.add(goal, to: id, by: story.team.counsellor)
      let action = Plan.Action(
        id: newID(&generator), text: generator.pick(DemoTexts.actions[track, default: [""]]),
        who: generator.pick(DemoTexts.doers),
        by: story.isLate ? today + -generator.number(1...40) : today + generator.number(0...90), state: .toDo,
        startedOn: nil,
        reason: nil)
      try await installation.plans.add(action, under: goal.id, of: id, by: story.team.counsellor)
      goals.append(goal)
      actions.append(action.id)
    }
    try await budgets.tell(id, actions, on: agreed, by: counsellor, &dice)
    try await installation.plans.agree(
      budgets.agreement(on: agreed, &dice), as: newID(&dice), on: id, by: counsellor)
    try await budgets.revise(id, goals, agreed: agreed, by: counsellor, &dice)
    return actions
  }
}
