import Basics
import Cases
import Foundation
import Questions

/// Questions of two antennas: one waits, one is about a case, one was answered and nobody has seen it.
struct DemoQuestions {
  let questions: Questions
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 41)
    for team in teams.prefix(2) {
      let own = stories.first { $0.team.antenna == team.antenna && $0.stage != .closed }
      let answered = try await ask(
        .advice, "Une personne hébergée chez des proches doit-elle présenter une attestation de logement ?",
        18,
        by: team.counsellor, &dice)
      set(today + -12)
      let words = "Une déclaration des proches suffit ; elle se joint au dossier."
      try await questions.answer(answered, Question.Answer(outcome: .granted, words: words), by: .program)
      _ = try await ask(
        .document, "نحتاج إلى نموذج الاتفاقية مع المصالح الجهوية باللغة العربية", 9, by: team.head, &dice)
      _ = try await ask(
        .exception, "Le devis du fournisseur a expiré de deux jours : peut-on l’accepter ?", 3, about: own,
        by: team.counsellor, &dice)
    }
  }

  private func ask(
    _ kind: Question.Kind, _ words: String, _ daysAgo: Int, about story: DemoPersons.Story? = nil,
    by actor: Actor, _ dice: inout DemoGenerator
  ) async throws -> RecordID<Question> {
    set(today + -daysAgo)
    let moment = Date(timeIntervalSince1970: Double((today + -daysAgo).number) * 86_400)
    let new = NewQuestion(
      id: RecordID(at: moment, using: &dice), kind: kind, words: words, about: story?.reception.id)
    try await questions.ask(new, by: actor)
    return new.id
  }
}
