import Basics
import Cases
import Foundation
import Households
import People

/// Who lives with the persons: two in three told of somebody, some have children, and a few of these do not go to school.
struct DemoHouseholds {
  let households: Households
  let today: Day

  /// Its own dice leave the rest of the story as it is.
  func tell(_ story: DemoPersons.Story, at now: Date) async throws {
    var dice = story.generator
    for _ in 0..<23 { _ = dice.next() }
    guard dice.chance(66) else { return }
    let year = today.year
    var members = [(HouseholdMember.Relation.mother, year - dice.number(52...70))]
    if dice.chance(50) { members.append((.spouse, year - dice.number(25...45))) }
    for _ in 0..<dice.number(0...3) { members.append((.child, year - dice.number(1...17))) }
    for (relation, born) in members {
      let isBoy = relation == .child && dice.chance(50)
      let name = dice.pick(isBoy ? DemoNames.men : DemoNames.women)
      let member = HouseholdMember(
        id: RecordID(at: now, using: &dice), relation: relation, latinName: name.0, arabicName: name.1,
        birthYear: born, sex: relation == .spouse ? nil : isBoy ? .male : .female,
        living: dice.pick([.together, .together, .elsewhere]),
        dependent: relation == .child ? .yes : dice.pick([.yes, .no, nil]),
        school: relation == .child && year - born > 5 ? (dice.chance(85) ? .yes : .no) : nil)
      try await households.add(member, to: story.reception.id, by: story.team.social)
    }
  }
}
