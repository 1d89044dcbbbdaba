import Basics

/// Which duties an account may be given beyond its roles.
enum DutyRules {
  /// Managing accounts comes with its role alone: nobody widens her own. Answering for a service outside does, too.
  static let givable: [Duty] = Duty.allCases.filter { $0 != .manageAccounts && $0 != .answerReferrals }

  /// Acts upon the whole scheme.
  static let national: Set<Duty> = [
    .manageAntennas, .manageFollowUp, .setRetention, .decideErasure, .writeCirculars, .answerQuestions,
    .keepInstruments, .keepEligibility, .keepFunds, .holdCommittees, .recordPayments, .reviewFiles,
  ]

  /// What those may do who open no file.
  static let apart: Set<Duty> = [.manageAntennas, .manageFollowUp, .readJournal]

  /// Notes are written by those who may read them.
  static let readers: [(write: Duty, read: Duty)] = [
    (.writeSocialSection, .readSocialSection), (.writeEmploymentSection, .readEmploymentSection),
    (.writeHealthSection, .readHealthSection),
  ]

  /// - Throws: `Refusal.invalid` beside `roles` or `duties`.
  static func check(_ facts: AccountFacts) throws(Refusal) {
    guard !facts.roles.isEmpty else {
      throw .invalid([FieldError("roles", say("Give at least one role."))])
    }
    if facts.roles.contains(where: \.isOutside),
      facts.roles.count > 1 || !facts.duties.isEmpty || facts.antenna != nil
    {
      throw .invalid([
        FieldError(
          "roles", say("An account of a service outside has no other role, no further duty and no antenna."))
      ])
    }
    if let problem = problem(facts) { throw .invalid([FieldError("duties", problem)]) }
  }

  private static func problem(_ facts: AccountFacts) -> Phrase? {
    guard facts.duties.isSubset(of: givable) else {
      return say("Managing accounts comes with its role alone.")
    }
    if facts.roles.isSubset(of: [.administrator, .auditor]), !facts.duties.isSubset(of: apart) {
      return say(
        "Whoever keeps the accounts or audits opens no file: no duty of the files can be given here.")
    }
    if !facts.roles.contains(where: \.isNational), !facts.duties.isDisjoint(with: national) {
      return say("A duty over the whole scheme goes with a national role.")
    }
    let all = facts.allDuties
    if readers.contains(where: { all.contains($0.write) && !all.contains($0.read) }) {
      return say("Whoever writes a section reads it: give the duty to read it too.")
    }
    return nil
  }
}
