import Basics

/// The people of the tests. Their duties are written out here, so that a test says what it grants.
package enum Staff {
  /// A counsellor in Tunis.
  package static let amel = member("Amel", "TUN", .antenna, counselling)
  /// A colleague of hers in Tunis who sees only the files of which he is the contact person.
  package static let bilel = member("Bilel", "TUN", .assigned, counselling)
  /// Heads the antenna of Tunis.
  package static let chokri = member(
    "Chokri", "TUN", .antenna,
    counselling + [
      .assignCases, .reopenCases, .readSocialSection, .readEmploymentSection, .readJournal, .settleFiles,
      .openWithdrawnDocuments, .drawSpotChecks, .answerTransfers, .judgeOpenings, .answerComplaints,
      .answerRights,
      .keepDirectory, .readFunds, .approvePayments, .keepMeetings,
    ])
  /// A counsellor of Promotion sociale in Tunis.
  package static let dorra = member(
    "Dorra", "TUN", .antenna,
    [
      .openFiles, .recordNeeds, .writeSocialSection, .readSocialSection, .writeHealthSection,
      .readHealthSection,
      .readDocuments, .addDocuments,
    ],
    institution: "PS")
  /// A counsellor in Sfax.
  package static let emna = member("Emna", "SFA", .antenna, counselling)
  /// Heads the antenna of Sfax.
  package static let ghazi = member(
    "Ghazi", "SFA", .antenna,
    counselling + [
      .assignCases, .reopenCases, .readJournal, .answerTransfers, .judgeOpenings, .answerComplaints,
      .answerRights,
      .keepDirectory, .readFunds, .approvePayments, .keepMeetings,
    ])
  /// The central office: sees the nation, receives nobody.
  package static let fathi = member(
    "Fathi", nil, .nation,
    [
      .openFiles, .assignCases, .reopenCases, .readSocialSection, .readEmploymentSection, .readJournal,
      .readDocuments, .compareFiles, .settleFiles, .manageFollowUp, .judgeOpenings,
      .answerComplaints, .answerRights, .decideErasure, .setRetention, .keepDirectory,
      .writeCirculars, .answerQuestions, .keepInstruments, .keepEligibility, .keepFunds, .readFunds,
      .holdCommittees, .sitInCommittees, .approvePayments, .recordPayments, .reviewFiles, .keepMeetings,
    ])
  /// The administrator: accounts and antennas, no file.
  package static let hela = member(
    "Hela", nil, .nation, [.manageAccounts, .manageAntennas, .manageFollowUp, .readJournal])

  /// Of an association outside, with an account of its own.
  package static let leila = member("Leila", nil, .antenna, [.answerReferrals])

  package static let all = [amel, bilel, chokri, dorra, emna, ghazi, fathi, hela, leila]

  private static let counselling: [Duty] = [
    .openFiles, .receivePersons, .editPersons, .recordConsent, .recordNeeds, .writeReturnSection, .agreePlans,
    .recordVisits, .closeCases, .importPersons, .compareFiles, .readDocuments, .addDocuments,
    .offerTransfers, .writeLetters, .openOutsideScope, .recordAssessments, .prepareAids, .sitInCommittees,
  ]

  private static func member(
    _ name: String, _ antenna: String?, _ scope: Actor.Scope, _ duties: [Duty], institution: String = "OTE"
  ) -> Actor {
    Actor(
      id: AccountID(), name: name, institution: InstitutionCode(rawValue: institution),
      antenna: antenna.map { AntennaCode(rawValue: $0) }, scope: scope, duties: Set(duties))
  }
}

extension AntennaCode: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(rawValue: value) }
}

extension InstitutionCode: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(rawValue: value) }
}
