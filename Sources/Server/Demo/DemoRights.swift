import Basics
import Cases
import Foundation
import People
import Rights

/// Requests about data at one antenna: one answered, one that waits; a destruction that waits for a second person, and
/// data that are kept. The rule of keeping is invented, and says so.
struct DemoRights {
  let rights: Rights
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  /// - Parameter stories: some closed files of the first antenna are asked about.
  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 18)
    guard let team = teams.first else { return }
    let held = stories.filter { $0.team.antenna == team.antenna && $0.stage == .closed }.map(
      \.reception.person)
    // The first few were opened from outside, and wait to be judged.
    let persons = Array(held.dropFirst(4).prefix(4))
    for (index, person) in persons.enumerated() {
      set(today + (index - 12))
      try await tell(person, as: index, team.head, &dice)
    }
    set(today + -30)
    try await rights.enter(
      RetentionRule(
        id: id(today + -30, &dice), category: .withoutHelp, years: 1,
        source: "Règle inventée pour la démonstration", from: today + -30), by: .program)
  }

  private func tell(_ person: PersonID, as index: Int, _ head: Actor, _ dice: inout DemoGenerator)
    async throws
  {
    let day = today + (index - 12)
    switch index {
    case 0, 1:
      let request = RightsRequest(
        id: id(day, &dice), person: person, antenna: head.antenna ?? AntennaCode(rawValue: ""),
        kind: index == 0 ? .copy : .correction, receivedOn: day, asker: .herself, proof: .card,
        words: index == 0 ? "Demande une copie de tout ce qui la concerne." : "تاريخ الولادة غير صحيح.")
      try await rights.receive(request, by: head)
      guard index == 0 else { return }
      set(day + 3)
      let answer = RightsRequest.Answer(
        outcome: .done, on: day + 3, words: "Remise en main propre, sous pli fermé.")
      try await rights.answer(request.id, of: person, answer, by: head)
    case 2:
      let hold = RightsHold(
        id: id(day, &dice), kind: .longer, until: today + 180, reason: "Un recours est en cours.",
        setAt: .distantPast)
      try await rights.keep(hold, of: person, by: head)
    default:
      // A case that was opened again stands against it.
      do {
        try await rights.ask(
          id(day, &dice), of: person, on: .request, because: "Elle l’a demandé par écrit.", by: head)
      } catch Refusal.conflict {}
    }
  }

  private func id<Record>(_ day: Day, _ dice: inout DemoGenerator) -> RecordID<Record> {
    RecordID(at: Date(timeIntervalSince1970: Double(day.number) * 86_400), using: &dice)
  }
}
