import Accounts
import Basics
import Cases
import Committees
import Foundation

/// Requests before committees: a session whose minutes are signed, with an appeal; one of today at the first antenna,
/// half scored; others that wait.
struct DemoCommittees {
  let committees: Committees
  let centre: Actor
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let asked: [(CommitteeItem.Track, Phrase, Int64, String)] = [
    (
      .social, say("Social aid: housing"), 3_200_000,
      "Ménage de quatre personnes dont deux enfants scolarisés. Le logement prend l’eau ; le devis de réparation est joint au dossier. Aucune autre aide n’a été accordée."
    ),
    (
      .business, say("Business creation: grant"), 15_600_000,
      "ورشة خياطة في محل مكترى. المهارة مثبتة بشهادة وبثلاث سنوات من العمل. دراسة الجدوى إيجابية والمساهمة الذاتية عشرة بالمائة."
    ),
    (
      .employment, say("Employment aid: training"), 1_800_000,
      "Formation de soudure de six mois, débouché confirmé par l’employeur. La personne a déjà l’expérience de deux chantiers."
    ),
    (
      .social, say("Social aid: health"), 2_400_000,
      "Appareillage prescrit ; la part restante après la prise en charge est demandée. Revenus irréguliers."
    ),
    (
      .business, say("Business creation: grant"), 16_000_000,
      "Élevage de poules pondeuses. Le terrain n’est pas encore loué ; le marché local est connu."
    ),
    (
      .social, say("Social aid: education"), 1_200_000,
      "ترسيم طفلين ومستلزمات مدرسية. الأسرة تعيش على دخل واحد غير قار."
    ),
  ]

  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 41)
    let open = stories.filter { $0.stage != .closed && $0.stage != .received }
    let own = open.filter { $0.team.antenna == teams[0].antenna }
    let others = open.filter { $0.team.antenna != teams[0].antenna }
    guard others.count >= 6 else { return }
    try await signed(Array(others.prefix(6)), &dice)
    if !own.isEmpty { try await sitting(Array(own.prefix(5)), &dice) }
    for (index, story) in others[6...].prefix(8).enumerated() {
      _ = try await submit(story, index, 3 + index, &dice)
    }
    for story in own.dropFirst(5).prefix(1) { _ = try await submit(story, 2, 2, &dice) }
  }

  private func newID<Record>(_ daysAgo: Int, _ dice: inout DemoGenerator) -> RecordID<Record> {
    RecordID(at: Date(timeIntervalSince1970: Double((today + -daysAgo).number) * 86_400), using: &dice)
  }

  private func submit(
    _ story: DemoPersons.Story, _ index: Int, _ daysAgo: Int, _ dice: inout DemoGenerator
  ) async throws -> RecordID<CommitteeItem> {
    set(today + -daysAgo)
    let (track, title, amount, summary) = Self.asked[index % Self.asked.count]
    let item = NewItem(
      id: newID(daysAgo, &dice), file: story.reception.id, track: track, title: title,
      amount: Money(amount, .tnd), preparedBy: story.team.counsellor.id, summary: summary)
    try await committees.submit(item, by: .program)
    return item.id
  }

  private func convene(
    _ items: [RecordID<CommitteeItem>], at antenna: AntennaCode?, daysAgo: Int, hidesIdentity: Bool,
    money: Money?, chair: Actor, _ members: [Actor], _ dice: inout DemoGenerator
  ) async throws -> RecordID<CommitteeSession> {
    let id: RecordID<CommitteeSession> = newID(daysAgo + 7, &dice)
    set(today + -daysAgo + -7)
    let draft = SessionDraft(
      antenna: antenna, day: today + -daysAgo, place: antenna == nil ? "Tunis, siège" : "Tunis, antenne",
      quorum: 3, hidesIdentity: hidesIdentity, money: money)
    try await committees.convene(id, draft, by: centre)
    try await committees.seat(chair.id, as: .chair, in: id, by: centre)
    for member in members { try await committees.seat(member.id, as: .member, in: id, by: centre) }
    set(today + -daysAgo)
    try await committees.list(items, in: id, by: centre)
    try await committees.setPresent(([chair] + members).map(\.id), in: id, by: chair)
    return id
  }

  private func score(
    _ item: RecordID<CommitteeItem>, _ track: CommitteeItem.Track, in session: RecordID<CommitteeSession>,
    by actor: Actor, _ dice: inout DemoGenerator
  ) async throws {
    guard let grid = CommitteeGrids.own.grid(on: today) else { return }
    let points = (grid.criteria[track] ?? []).map { ($0.code, dice.number(3...$0.most)) }
    try await committees.score(
      ScorePoints(Dictionary(points) { first, _ in first }), on: item, in: session, by: actor)
  }

  /// Three weeks ago, of the whole scheme: all kinds of decisions, and an appeal against the refusal.
  private func signed(_ stories: [DemoPersons.Story], _ dice: inout DemoGenerator) async throws {
    let day = 21
    var items: [RecordID<CommitteeItem>] = []
    for (index, story) in stories.enumerated() {
      items.append(try await submit(story, index, day + 10 + index, &dice))
    }
    let chair = teams[0].head
    let members = [teams[0].social, teams[1].employment, teams[2].head]
    let session = try await convene(
      items, at: nil, daysAgo: day, hidesIdentity: false, money: Money(40_000_000, .tnd), chair: chair,
      members, &dice)
    let decided: [Decision.Words] = [
      Decision.Words(.granted), Decision.Words(.granted),
      Decision.Words(
        .conditions, amount: Money(1_500_000, .tnd),
        conditions: "L’inscription au centre est remise avant le premier versement."),
      Decision.Words(.granted),
      Decision.Words(
        .refused, reason: .feasibility,
        text: "لم يتوفر بعد عقد كراء للأرض، ولا يمكن إنجاز المشروع دونه. يمكن تقديم طلب جديد بعد إبرام العقد."
      ),
      Decision.Words(
        .postponed, reason: .papers, text: "La fiche de l’école manque au dossier : elle est demandée."),
    ]
    for (index, item) in items.enumerated() {
      let words = decided[index]
      for actor in [chair] + members where actor.id != stories[index].team.counsellor.id {
        try await score(item, Self.asked[index].0, in: session, by: actor, &dice)
        try await committees.vote(words.outcome, on: item, in: session, by: actor)
      }
      try await committees.decide(words, as: newID(day, &dice), on: item, in: session, by: chair)
    }
    try await committees.close(session, by: chair)
    try await committees.confirm(session, by: members[0])
    set(today + -9)
    try await committees.appeal(
      items[4], as: newID(9, &dice),
      "La personne a signé le bail de la parcelle et demande un nouvel examen.",
      on: today + -9, by: .program)
  }

  /// Of today at the first antenna, read without identity: some have scored, nothing is decided.
  private func sitting(_ stories: [DemoPersons.Story], _ dice: inout DemoGenerator) async throws {
    var items: [RecordID<CommitteeItem>] = []
    for (index, story) in stories.enumerated() {
      items.append(try await submit(story, index, 6 + index, &dice))
    }
    let team = teams[0]
    let session = try await convene(
      items, at: team.antenna, daysAgo: 0, hidesIdentity: true, money: nil, chair: team.head,
      [team.social, team.employment, centre], &dice)
    for (index, item) in items.enumerated() {
      for actor in [team.head, team.social] {
        try await score(item, Self.asked[index].0, in: session, by: actor, &dice)
      }
    }
    if items.count > 3 { try await committees.declare(.work, on: items[3], in: session, by: team.employment) }
  }
}
