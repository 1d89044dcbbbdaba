import Basics
import Cases
import Foundation
import Surveys

/// The social surveys as a counsellor of Promotion sociale writes them: two open cases in five have one, some a home visit
/// later on, and a few a correction.
struct DemoSurveys {
  let surveys: Surveys
  let today: Day
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let told = [
    [
      "tenure": "family", "rooms": "3", "water": "yes", "electricity": "yes", "income-wage-why": "none",
      "income-family": "350,000", "income-pension": "420,500", "debts": "yes", "debts-amount": "2500,000",
      "debts-journey": "yes", "debts-told": "Un cousin a avancé le prix du passage.", "cover": "amg2",
      "opinion": "La famille accueille, mais tout repose sur la pension du père.",
      "proposals": "Orienter vers l’emploi ; demander l’inscription au carnet de soins.",
    ],
    [
      "tenure": "tenant", "rooms": "2", "water": "yes", "electricity": "yes", "income-wage": "600,000",
      "income-aid-why": "not-known", "debts": "refused", "cover": "cnss cnam",
      "present": "الزوجة والأم", "opinion": "الأسرة متماسكة، والدخل لا يكفي للكراء.",
      "proposals": "إعانة على الكراء لمدة ثلاثة أشهر ومتابعة دراسة الأطفال.",
    ],
    [
      "tenure": "hosted", "rooms": "1", "water": "no", "electricity": "yes", "income-wage-why": "refused",
      "debts": "no", "cover": "none", "support": "Une sœur dans le même quartier.",
      "opinion": "Logement précaire : la personne dort chez des amis.",
      "proposals": "Chercher une solution de logement ; aide d’urgence.",
    ],
  ]
  private static let health = [
    "Suit un traitement contre l’asthme.", "لا يشتكي من مرض، ينام قليلا.", "Demande un suivi psychologique.",
  ]

  /// Their own dice leave the rest of the story as it is.
  func tell(_ story: DemoPersons.Story) async throws {
    var dice = story.generator
    for _ in 0..<29 { _ = dice.next() }
    guard story.stage != .closed, dice.chance(40) else { return }
    let first = min(today, Day(of: story.reception.receivedAt) + 6)
    var answers = Fields(dice.pick(Self.told))
    (answers["on"], answers["way"]) = (first.description, "office")
    if dice.chance(50) { answers["health"] = dice.pick(Self.health) }
    try await write(answers, on: first, isDraft: dice.chance(20), story, &dice)
    guard first + 60 <= today, dice.chance(40) else { return }
    (answers["on"], answers["way"]) = ((first + 60).description, "home")
    answers["housing"] = dice.pick(["Une pièce humide, bien tenue.", "البيت نظيف لكنه ضيق."])
    try await write(answers, on: first + 60, isDraft: false, story, &dice)
  }

  private func write(
    _ answers: Fields, on day: Day, isDraft: Bool, _ story: DemoPersons.Story, _ dice: inout DemoGenerator
  ) async throws {
    set(day)
    let (file, actor) = (story.reception.id, story.team.social)
    let moment = Date(timeIntervalSince1970: Double(day.number) * 86_400 + 36_000)
    let id = RecordID<Survey>(at: moment, using: &dice)
    try await surveys.begin(id, answers, in: file, by: actor)
    guard !isDraft else { return }
    try await surveys.conclude(
      id, as: RecordID(at: moment, using: &dice), from: .first, in: file, by: actor)
    guard dice.chance(25) else { return }
    var corrected = answers
    corrected["rooms"] = "4"
    try await surveys.correct(
      id, to: corrected, because: "Une pièce avait été oubliée.", as: RecordID(at: moment, using: &dice),
      from: .first, in: file, by: actor)
  }
}
