import Accounts
import Basics
import Cases
import Foundation
import Tasks

/// Tasks at two antennas and at the centre: some late, one taken, one done, one refused.
struct DemoTasks {
  let tasks: Tasks
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 31)
    for team in teams.prefix(2) {
      let own = stories.first { $0.team.antenna == team.antenna && $0.stage != .closed }
      _ = try await give(
        to: .person(team.counsellor.id), "Rappeler la maison d’un partenaire au sujet des places de mai.", 9,
        due: -2, by: team.head, &dice)
      _ = try await give(
        to: .role(.socialCounsellor, at: team.antenna), "Préparer la visite à domicile avec la collègue.", 5,
        due: 3, about: own, by: team.counsellor, &dice)
      let taken = try await give(
        to: .antenna(team.antenna), "تحديث قائمة أرقام الهاتف للمصالح الجهوية", 4, due: 6, by: team.head,
        &dice)
      try await tasks.take(taken, from: nil, by: team.employment)
      let done = try await give(
        to: .person(team.counsellor.id), "Envoyer les affiches de la permanence à la délégation.", 20,
        due: -8,
        by: team.head, &dice)
      set(today + -10)
      try await tasks.finish(done, by: team.counsellor)
      let refused = try await give(
        to: .centre, "Demander une imprimante pour l’antenne.", 15, due: -3, by: team.head, &dice)
      set(today + -12)
      try await tasks.refuse(
        refused, because: "L’achat passe par la direction régionale, qui est prévenue.", by: .program)
    }
  }

  private func give(
    to receiver: OfficeTask.Receiver, _ words: String, _ daysAgo: Int, due: Int,
    about story: DemoPersons.Story? = nil, by actor: Actor, _ dice: inout DemoGenerator
  ) async throws -> RecordID<OfficeTask> {
    set(today + -daysAgo)
    let moment = Date(timeIntervalSince1970: Double((today + -daysAgo).number) * 86_400)
    return try await tasks.give(
      NewTask(
        id: RecordID(at: moment, using: &dice), to: receiver, words: words, due: today + due,
        about: story?.reception.id), by: actor)
  }
}
