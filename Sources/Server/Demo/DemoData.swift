import Accounts
import Basics
import Cases
import Foundation
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
    set(today + -731)
    try await DemoStaff.create(in: installation)
    let teams = try await DemoStaff.teams(in: installation)
    var people = DemoPersons(seed: seed, today: today)
    for first in stride(from: 0, to: persons, by: 1_000) {
      let stories = (first..<min(first + 1_000, persons)).map { _ in people.next(teams) }
      try await database.write { db in
        for story in stories {
          set(story.reception.receivedAt)
          try installation.cases.receive(story.reception, by: story.team.counsellor, in: db)
        }
      }
      for story in stories.prefix(receptionsOnly ? 1 : stories.count) { try await tell(story, installation) }
      progress(first + stories.count)
    }
  }

  private func set(_ now: Date) { clock.withLockedValue { $0 = now } }

  private func set(_ day: Day) {
    // Ten in the morning in Tunis.
    set(Date(timeIntervalSince1970: Double(day.number) * 86_400 + 9 * 3_600))
  }

  private func tell(_ story: DemoPersons.Story, _ installation: Installation) async throws {
    var generator = story.generator
    let received = Day(of: story.reception.receivedAt)
    let id = story.reception.id
    try await tellReception(story, &generator, installation)
    guard story.stage != .received else { return }
    let agreed = min(today, received + generator.number(5...35))
    let actions = try await tellPlan(id, agreed, story, &generator, installation)
    guard story.stage != .planned else { return }
    let begun = min(today, agreed + generator.number(2...30))
    set(begun)
    try await installation.plans.set(.doing, of: actions[0], in: id, on: begun, by: story.team.counsellor)
    guard story.stage != .inProgress else { return }
    let visited = min(today, begun + generator.number(20...60))
    try await tellVisits(id, visited, story, &generator, installation)
    guard story.stage == .closed else { return }
    let closed = min(today, visited + generator.number(10...90))
    set(closed)
    try await installation.plans.set(.done, of: actions[0], in: id, on: closed, by: story.team.counsellor)
    try await installation.cases.close(
      id,
      Closure(
        id: RecordID(using: &generator),
        outcome: generator.pick([.standing, .standing, .oriented, .unreachable, .leftAgain]),
        reason: generator.pick(DemoTexts.reasons), closedOn: closed, reopenedOn: nil, reopenReason: nil),
      by: story.team.counsellor)
    guard generator.chance(6) else { return }
    set(min(today, closed + 20))
    let reason = generator.pick(DemoTexts.reopenings)
    try await installation.cases.reopen(id, reason: reason, by: story.team.head)
  }

  private func tellReception(
    _ story: DemoPersons.Story, _ generator: inout DemoGenerator, _ installation: Installation
  ) async throws {
    let received = Day(of: story.reception.receivedAt)
    set(story.reception.receivedAt + 600)
    for purpose in [Consent.Purpose.accompaniment, .shareSocial, .sms] where generator.chance(85) {
      let consent = Consent(
        id: RecordID(using: &generator), person: story.reception.person, purpose: purpose,
        textVersion: Consent.currentTextVersion, language: .arabic, givenOn: received, way: .signed,
        withdrawnAt: nil)
      try await installation.people.record(consent, by: story.team.counsellor)
      if generator.chance(4) {
        try await installation.people.withdraw(
          consent.id, of: story.reception.person, by: story.team.counsellor)
      }
    }
    if generator.chance(70) {
      let need = Need(
        id: RecordID(using: &generator), kind: generator.pick(Need.Kind.allCases),
        urgency: generator.pick(Need.Urgency.allCases),
        details: generator.pick(DemoTexts.needs), recordedOn: received, metOn: nil, whatWasDone: nil)
      try await installation.cases.record(need, in: story.reception.id, by: story.team.counsellor)
      if generator.chance(60) {
        try await installation.cases.meet(
          need.id, on: received, how: generator.pick(DemoTexts.helps), in: story.reception.id,
          by: story.team.counsellor)
      }
    }
    let section = generator.pick(Note.Section.allCases)
    try await installation.cases.write(
      section, generator.pick(DemoTexts.notes), id: RecordID(using: &generator), in: story.reception.id,
      by: story.team.author(of: section))
  }

  private func tellPlan(
    _ id: RecordID<CaseFile>, _ agreed: Day, _ story: DemoPersons.Story, _ generator: inout DemoGenerator,
    _ installation: Installation
  ) async throws -> [RecordID<Plan.Action>] {
    set(agreed)
    var actions: [RecordID<Plan.Action>] = []
    for track in Plan.Track.allCases.shuffled(using: &generator).prefix(generator.number(1...2)) {
      let goal = Plan.Goal(
        id: RecordID(using: &generator), track: track, text: generator.pick(DemoTexts.goals), actions: [])
      try await installation.plans.add(goal, to: id, by: story.team.counsellor)
      let action = Plan.Action(
        id: RecordID(using: &generator), text: generator.pick(DemoTexts.actions),
        who: generator.pick(DemoTexts.doers),
        by: story.isLate ? today + -generator.number(1...40) : today + generator.number(0...90), state: .toDo,
        startedOn: nil,
        reason: nil)
      try await installation.plans.add(action, under: goal.id, of: id, by: story.team.counsellor)
      actions.append(action.id)
    }
    try await installation.plans.agree(
      Plan.Agreement(on: agreed, signedBy: "Conseil"), on: id, by: story.team.counsellor)
    return actions
  }

  private func tellVisits(
    _ id: RecordID<CaseFile>, _ visited: Day, _ story: DemoPersons.Story, _ generator: inout DemoGenerator,
    _ installation: Installation
  ) async throws {
    set(visited)
    let first = RecordID<Visit>(using: &generator)
    try await installation.visits.plan(first, on: visited, in: id, by: story.team.counsellor)
    try await installation.visits.report(
      first,
      Visit.Report(
        on: visited, activity: generator.pick(Visit.Activity.allCases), seen: generator.pick(DemoTexts.seen),
        nextStep: generator.pick(DemoTexts.nextSteps)), in: id, by: story.team.counsellor)
    let next = story.isLate ? today + -generator.number(1...30) : today + generator.number(0...120)
    try await installation.visits.plan(
      RecordID(using: &generator), on: next, in: id, by: story.team.counsellor)
  }
}

/// What the invented staff wrote, in the languages of the house.
enum DemoTexts {
  static let needs = [
    "Dort chez un cousin, doit partir ce mois-ci.", "يحتاج إلى تجديد بطاقة التعريف.",
    "Traitement interrompu depuis le retour.", "Deux enfants à inscrire à l’école.",
  ]
  static let helps = [
    "Orientation vers l’unité locale, place trouvée.", "تمت المرافقة إلى مركز الأمن.",
    "Rendez-vous pris au dispensaire.",
  ]
  static let notes = [
    "Arrive calme, connaît mal le dispositif. Entretien de quarante minutes.",
    "مقابلة أولى جيدة، له خبرة في البناء.", "La famille est au courant et soutient le projet.",
    "يرغب في مشروع فلاحي صغير على أرض العائلة.",
  ]
  static let goals = [
    "Ouvrir un atelier de menuiserie aluminium", "الحصول على سكن مستقل للعائلة",
    "Retrouver un emploi de soudeur", "فتح محل حلاقة في الحي", "Reprendre l’élevage familial",
  ]
  static let actions = [
    "Faire l’étude de faisabilité", "تكوين ملف التسجيل بمكتب التشغيل", "Obtenir trois devis d’équipement",
    "إعداد عقد الكراء", "Suivre la formation à la création d’entreprise",
  ]
  static let doers = ["la personne", "conseil ANETI", "opérateur de proximité", "المرشد الاجتماعي"]
  static let seen = [
    "L’atelier tourne, deux commandes en cours.", "النشاط متواصل والدخل ضعيف.",
    "Local trouvé, travaux à moitié faits.", "Découragé, parle de repartir.",
  ]
  static let nextSteps = [
    "Revoir le prix de vente avec l’opérateur.", "زيارة ثانية بعد شهر.", "Mettre en contact avec la banque.",
  ]
  static let reasons = [
    "Objectifs atteints, la personne vit de son activité.", "استقر وضعه ولم يعد يحتاج إلى مرافقة.",
    "Plus de réponse depuis quatre mois malgré deux visites.",
  ]
  static let reopenings = ["La personne est revenue d’elle-même après une rupture.", "ظهر مشكل سكن جديد."]
}
