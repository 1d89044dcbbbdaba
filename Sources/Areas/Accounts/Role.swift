import Basics

/// What an account is, as a set of duties. A new duty is given here or nowhere.
package enum Role: String, Storable, CaseIterable, Sendable {
  case counsellor
  case socialCounsellor = "social-counsellor"
  case employmentCounsellor = "employment-counsellor"
  case antennaHead = "antenna-head"
  case centre
  case administrator
  case auditor
  case partner

  package var label: Phrase {
    switch self {
    case .counsellor: say("Counsellor (OTE)")
    case .socialCounsellor: say("Social counsellor (Promotion sociale)")
    case .employmentCounsellor: say("Employment counsellor (ANETI)")
    case .antennaHead: say("Head of antenna")
    case .centre: say("Central office")
    case .administrator: say("Administrator")
    case .auditor: say("Auditor")
    case .partner: say("Service outside, for its referrals")
    }
  }

  /// Sees the whole scheme, and therefore signs in with a second factor.
  package var isNational: Bool {
    switch self {
    case .counsellor, .socialCounsellor, .employmentCounsellor, .antennaHead, .partner: false
    case .centre, .administrator, .auditor: true
    }
  }

  /// Of no antenna, and not of the office.
  package var isOutside: Bool { self == .partner }

  /// Those that work at the antennas.
  package static let ofAntennas = allCases.filter { !$0.isNational && !$0.isOutside }

  package var duties: Set<Duty> { Self.duties[self] ?? [] }

  private static let duties = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.given) })

  private var given: Set<Duty> {
    switch self {
    case .counsellor:
      Self.reception.union([.agreePlans, .recordVisits, .closeCases, .writeReturnSection, .importPersons])
    case .socialCounsellor:
      Self.reception.union([
        .agreePlans, .recordVisits, .writeSocialSection, .readSocialSection, .writeHealthSection,
        .readHealthSection,
      ])
    case .employmentCounsellor:
      Self.reception.union([.agreePlans, .recordVisits, .writeEmploymentSection, .readEmploymentSection])
    case .antennaHead:
      Self.counsellor.given.union([
        .assignCases, .reopenCases, .readSocialSection, .readEmploymentSection, .readJournal, .settleFiles,
        .openWithdrawnDocuments, .drawSpotChecks, .answerTransfers, .judgeOpenings,
        .answerComplaints, .answerRights, .keepDirectory, .readFunds, .approvePayments, .keepMeetings,
      ])
    case .centre:
      [
        .openFiles, .reopenCases, .assignCases, .readSocialSection, .readEmploymentSection, .readJournal,
        .readDocuments, .compareFiles, .settleFiles, .manageFollowUp, .judgeOpenings,
        .answerComplaints, .answerRights, .decideErasure, .setRetention, .keepDirectory,
        .writeCirculars, .answerQuestions, .keepInstruments, .keepEligibility, .keepFunds, .readFunds,
        .holdCommittees, .sitInCommittees, .approvePayments, .recordPayments, .reviewFiles, .keepMeetings,
      ]
    case .administrator: [.manageAccounts, .manageAntennas, .manageFollowUp, .readJournal]
    case .auditor: [.readJournal]
    case .partner: [.answerReferrals]
    }
  }

  private static let reception: Set<Duty> = [
    .openFiles, .receivePersons, .editPersons, .recordConsent, .recordNeeds, .compareFiles, .readDocuments,
    .addDocuments, .offerTransfers, .writeLetters, .openOutsideScope, .recordAssessments, .prepareAids,
    .sitInCommittees,
  ]
}
