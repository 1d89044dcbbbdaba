import Basics

/// Decisions only: no database, no clock, no request.
enum HouseholdRules {
  /// Members that a case may have, the removed ones too; more are a mistake.
  static let most = 60

  static func mayAdd(to members: [HouseholdMember]) throws(Refusal) {
    guard members.count < most else {
      throw .conflict(say("This household has \(most) members already."))
    }
  }

  /// Whether there is anything to remove; the same reason a second time changes nothing.
  static func removes(_ member: HouseholdMember, because reason: String) throws(Refusal) -> Bool {
    guard let kept = member.removedBecause else { return true }
    guard kept == reason else { throw .conflict(say("This member was removed already.")) }
    return false
  }

  /// Only a member who stands in the household is corrected.
  static func mayCorrect(_ member: HouseholdMember) throws(Refusal) {
    guard member.removedBecause == nil else { throw .conflict(say("This member was removed already.")) }
  }

  /// What a member must have, and of whom school may be asked.
  /// - Parameters:
  ///   - before: what stands already: an answer from when a child was one stays good.
  ///   - mayAnswer: whether it can be answered anew; where it cannot, another year of birth leaves the answer.
  static func check(
    _ member: HouseholdMember, before: HouseholdMember? = nil, mayAnswer: Bool = true, on today: Day
  ) throws(Refusal) {
    var errors: [FieldError] = []
    // Two windows may each have taken one of the names away.
    if member.latinName == nil, member.arabicName == nil {
      errors.append(FieldError("name-latin", say("Write the name in at least one script.")))
    }
    let isNew =
      member.school != before?.school || mayAnswer && member.birthYear != before?.birthYear
    if member.school != nil, isNew, !mayBeChild(member, on: today) {
      errors.append(FieldError("school", say("School is asked of those under 18 only.")))
    }
    guard errors.isEmpty else { throw .invalid(errors) }
  }

  /// Whether the member may be under 18. Of the birth only the year is known, so the whole year in which one comes of
  /// age counts; where not even that is known, the member may be.
  static func mayBeChild(_ member: HouseholdMember, on today: Day) -> Bool {
    member.birthYear.map { today.year - $0 <= 18 } ?? true
  }

  /// Nobody lives alone with somebody.
  static func mayBeAlone(_ members: [HouseholdMember]) throws(Refusal) {
    guard !members.contains(where: { $0.removedBecause == nil && $0.living == .together }) else {
      throw .invalid([
        FieldError("alone", say("A member is known to live with the person. Correct that member first."))
      ])
    }
  }

  /// Whether a member as recorded now puts in doubt that the person lives alone: a new one who is not known to live
  /// elsewhere, or one of whom that is corrected.
  static func mayLiveWithPerson(_ member: HouseholdMember, before: HouseholdMember? = nil) -> Bool {
    guard member.living != .elsewhere else { return false }
    return before.map { $0.living != member.living } ?? true
  }

  /// Those who are known to depend on the person.
  static func dependants(_ members: [HouseholdMember]) -> Int {
    members.count { $0.removedBecause == nil && $0.dependent == .yes }
  }

  /// The children who are known not to go to school.
  static func notAtSchool(_ members: [HouseholdMember], on today: Day) -> Int {
    members.count { $0.removedBecause == nil && $0.school == .no && mayBeChild($0, on: today) }
  }

  /// The person herself and those who are known to live with her.
  static func size(_ members: [HouseholdMember]) -> Int {
    1 + members.count { $0.removedBecause == nil && $0.living == .together }
  }
}
