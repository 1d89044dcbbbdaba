import Basics
import Cases
import Foundation
import Skills

/// The employment section as a counsellor of ANETI fills it: a third of the open cases have a profile, some an idea.
struct DemoSkills {
  let skills: Skills
  let today: Day
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let profiles = [
    ["level": "basic", "trades": "Peintre en bâtiment, 8 ans", "spoken-ar": "native", "spoken-fr": "b1"],
    ["level": "vocational", "field": "Froid et climatisation", "spoken-ar": "native", "spoken-it": "b2"],
    ["level": "secondary", "trades": "طبّاخ، 5 سنوات", "spoken-ar": "native", "spoken-de": "a2"],
  ]
  private static let ideas = [
    [
      "sector": "food", "what": "Une petite boulangerie de quartier", "premises": "to-find",
      "contribution": "4000",
    ],
    ["sector": "agriculture", "what": "تربية النحل وبيع العسل", "premises": "owned", "jobs": "1"],
    ["sector": "services", "what": "Entretien de climatiseurs", "premises": "not-needed"],
  ]

  /// Their own dice leave the rest of the story as it is.
  func tell(_ story: DemoPersons.Story) async throws {
    var dice = story.generator
    for _ in 0..<17 { _ = dice.next() }
    guard story.stage != .closed, dice.chance(33) else { return }
    let day = min(today, Day(of: story.reception.receivedAt) + 4)
    set(day)
    let (file, actor) = (story.reception.id, story.team.employment)
    func newID() -> RecordID<Skill> {
      RecordID(at: Date(timeIntervalSince1970: Double(day.number) * 86_400 + 36_000), using: &dice)
    }
    let profile = Fields(dice.pick(Self.profiles))
    try await skills.save(.profile, profile, from: 0, as: newID(), in: file, by: actor)
    if dice.chance(50) {
      let told = Fields([
        "where": "abroad", "country": "Italie", "trade": "Ouvrier agricole", "from-year": "2021",
      ])
      try await skills.add(Skill(id: newID(), kind: .experience, fields: told), in: file, by: actor)
    }
    guard dice.chance(40) else { return }
    try await skills.save(.idea, Fields(dice.pick(Self.ideas)), from: 0, as: newID(), in: file, by: actor)
  }
}
