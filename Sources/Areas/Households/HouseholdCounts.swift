import Basics

/// What a household tells in numbers, of members who were not removed. What was not asked counts nowhere.
package struct HouseholdCounts: Sendable, Equatable {
  /// Members that are known, the person herself not counted.
  package let members: Int
  /// The person herself and those known to live with her.
  package let size: Int
  /// Those known to depend on her.
  package let dependants: Int
  /// Children known not to go to school.
  package let notAtSchool: Int

  init(_ members: [HouseholdMember], on today: Day) {
    self.members = members.count { $0.removedBecause == nil }
    size = HouseholdRules.size(members)
    dependants = HouseholdRules.dependants(members)
    notAtSchool = HouseholdRules.notAtSchool(members, on: today)
  }

  /// The numbers with their words.
  package var rows: [(label: Phrase, count: Int)] {
    [
      (say("Persons known to live there, the person herself counted"), size),
      (say("Known to depend on the person"), dependants),
      (say("Children known not to go to school"), notAtSchool),
    ]
  }
}
