import Basics
import Cases
import Directory
import Foundation
import Plans
import Referrals

/// An invented association with two services, and some persons sent there: one referral in every state, answered by phone.
struct DemoReferrals {
  let installation: Installation
  let today: Day
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private enum Told: CaseIterable {
    case sent, late, asked, accepted, takenOn, declined, reported, ended, lapsed, revoked
  }

  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 77)
    let services = try await enter(&dice)
    let chosen = stories.filter { $0.stage == .inProgress }.prefix(30)
    for (index, story) in chosen.enumerated() {
      let told = Told.allCases[index % Told.allCases.count]
      try await tell(told, story, dice.pick(services), &dice)
    }
    set(today)
    while try await installation.referrals.ring() > 0 {}
  }

  private func enter(_ dice: inout DemoGenerator) async throws -> [RecordID<Service>] {
    set(today + -100)
    let start = Date(timeIntervalSince1970: Double((today + -100).number) * 86_400)
    let provider = RecordID<Provider>(at: start, using: &dice)
    try await installation.directory.add(
      provider,
      Fields([
        "kind": "ngo", "name-fr": "Association Les Deux Rives (démonstration)",
        "name-ar": "جمعية الضفتين (عرض تجريبي)",
        "name-en": "Two Shores Association (demonstration)", "email": "accueil@example.org",
        "state": "active",
      ]), of: nil, by: .program)
    try await installation.referrals.name("partenaire", for: provider, by: .program)
    let names = [
      ("Atelier de couture et cuisine", "ورشة الخياطة والطبخ", "training"),
      ("Accompagnement d’un petit projet", "مرافقة مشروع صغير", "business"),
    ]
    var services: [RecordID<Service>] = []
    for (french, arabic, need) in names {
      let service = RecordID<Service>(at: start, using: &dice)
      try await installation.directory.add(
        service,
        Fields([
          "name-fr": french, "name-ar": arabic, "needs": need, "nationwide": "yes", "state": "active",
          "languages": "ar fr",
          "capacity": "40",
        ]), by: provider, of: nil, as: .program)
      services.append(service)
      // Nobody outside is written to by a demonstration.
      try await installation.directory.confirm(service, as: RecordID(at: start, using: &dice), by: .program)
    }
    return services
  }

  private func tell(
    _ told: Told, _ story: DemoPersons.Story, _ service: RecordID<Service>, _ dice: inout DemoGenerator
  ) async throws {
    let (referrals, counsellor, file) = (installation.referrals, story.team.counsellor, story.reception.id)
    let plans = installation.plans
    // A case that went to another antenna meanwhile is not hers any more.
    guard
      let action = try? await installation.cases.open(
        file, for: counsellor,
        with: { opened, db in
          try plans.plan(of: opened, in: db).actions.first(where: \.state.isOpen)
        }
      ).1
    else { return }
    let sent = today + -(told == .late ? dice.number(30...40) : dice.number(1...5))
    set(max(sent, Day(of: story.reception.receivedAt)))
    let id = RecordID<Referral>(at: Date(timeIntervalSince1970: Double(sent.number) * 86_400), using: &dice)
    let draft = ReferralDraft(
      id: id, service: service, action: action.id, urgency: dice.pick(Need.Urgency.allCases), channel: .print,
      language: dice.pick([.french, .arabic]), ground: .agreed, groundWords: "Accord donné à l’entretien.",
      sections: [.name, .reach, .languages], ask: action.text)
    try await referrals.send(draft, in: file, by: counsellor)
    set(max(today + -1, Day(of: story.reception.receivedAt)))
    for answer in answers(told) { try await referrals.note(answer, on: id, by: counsellor) }
    switch told {
    case .ended: try await referrals.settle(id, .done, by: counsellor)
    case .lapsed:
      try await referrals.lapse(id, because: "La personne a trouvé par elle-même.", by: counsellor)
    case .revoked: try await referrals.revoke(id, by: counsellor)
    default: return
    }
  }

  private func answers(_ told: Told) -> [ReferralAnswer] {
    let accepted = ReferralAnswer.accept(on: today + 2, contact: "Mme Leïla, accueil")
    switch told {
    case .sent, .late, .lapsed, .revoked: return []
    case .asked: return [.ask("La personne peut-elle venir le matin ?")]
    case .accepted: return [accepted]
    case .takenOn: return [accepted, .takeOn]
    case .declined: return [.decline(.full, words: "Reprise en septembre.")]
    case .reported, .ended:
      return [accepted, .takeOn, .report(.helped, words: "Formation suivie jusqu’au bout.")]
    }
  }
}
