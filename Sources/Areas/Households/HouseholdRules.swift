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

  /// The person herself and those who are known to live with her.
  static func size(_ members: [HouseholdMember]) -> Int {
    1 + members.count { $0.removedBecause == nil && $0.living == .together }
  }
}
