import Basics
import Foundation
import People
import Receptions

/// Receptions that were begun and are to be taken up again: the first counsellors have one each.
struct DemoReceptions {
  let receptions: Receptions
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private struct Scene {
    let daysAgo: Int
    let who: [String: String]
    let steps: [(ReceptionDraft.Step, [String: String])]
  }

  private static let scenes = [
    Scene(
      daysAgo: 2,
      who: [
        "family-latin": "Zoghlami", "given-latin": "Wajdi", "phones": "+21655010203", "channel": "walk-in",
      ],
      steps: [
        (
          .consent,
          [
            "informed": "yes", "consents": "accompaniment", "consent-way": "signed", "consent-language": "ar",
          ]
        ),
        (.returning, ["return-country": "IT", "return-kind": "voluntary", "return-organiser": "OIM"]),
      ]),
    Scene(
      daysAgo: 1, who: ["family-arabic": "الهمامي", "given-arabic": "نزيهة", "channel": "phone"],
      steps: [(.household, ["household-size": "3", "school-children": "1"])]),
  ]

  func tell(seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed)
    for (scene, team) in zip(Self.scenes, teams) {
      set(today + -scene.daysAgo)
      let moment = Date(timeIntervalSince1970: Double((today + -scene.daysAgo).number) * 86_400)
      let id = RecordID<ReceptionDraft>(at: moment, using: &dice)
      let person = PersonID(at: moment, using: &dice)
      try await receptions.begin(id, person: person, with: Fields(scene.who), by: team.counsellor)
      for (number, (step, told)) in scene.steps.enumerated() {
        try await receptions.save(step, Fields(told), from: number + 1, of: id, by: team.counsellor)
      }
    }
  }
}
