import Basics
import Cases
import Foundation
import Pieces

/// The papers that a file needs: of half the open cases some were asked for, one was lost, one does not apply.
struct DemoPieces {
  let pieces: Pieces
  let today: Day
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let asked = ["cin", "arrival", "birth", "address", "bank"]
  private static let lost = [
    "Sac volé pendant le voyage.", "ضاعت مع الأمتعة.", "Gardé par l’ancien employeur.",
  ]

  /// Their own dice leave the rest of the story as it is.
  func tell(_ story: DemoPersons.Story) async throws {
    var dice = story.generator
    for _ in 0..<31 { _ = dice.next() }
    guard story.stage != .closed, dice.chance(50) else { return }
    let day = min(today, Day(of: story.reception.receivedAt) + 2)
    set(day)
    let (file, counsellor) = (story.reception.id, story.team.counsellor)
    for code in Self.asked where dice.chance(70) {
      var fields = Fields(["state": "asked", "since": day.description])
      (fields["follower"], fields["due-on"]) = (counsellor.id.text, (day + 21).description)
      if dice.chance(45) { fields["state"] = "had" }
      try await record(code, fields, file, counsellor, day, &dice)
    }
    if dice.chance(40) {
      let told = ["state": "lost-abroad", "since": day.description, "note": dice.pick(Self.lost)]
      try await record(dice.pick(["diploma", "licence"]), Fields(told), file, counsellor, day, &dice)
    }
    guard dice.chance(30) else { return }
    let told = ["state": "not-applicable", "since": day.description, "note": "Célibataire, sans enfant."]
    try await record("family", Fields(told), file, counsellor, day, &dice)
  }

  private func record(
    _ code: String, _ fields: Fields, _ file: RecordID<CaseFile>, _ actor: Actor, _ day: Day,
    _ dice: inout DemoGenerator
  ) async throws {
    let moment = Date(timeIntervalSince1970: Double(day.number) * 86_400 + 36_000)
    try await pieces.set(
      code, to: fields, from: 0, as: RecordID(at: moment, using: &dice), in: file, by: actor)
  }
}
