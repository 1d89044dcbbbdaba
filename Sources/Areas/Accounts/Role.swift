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

  package var label: Phrase {
    switch self {
    case .counsellor: say("Counsellor (OTE)")
    case .socialCounsellor: say("Social counsellor (Promotion sociale)")
    case .employmentCounsellor: say("Employment counsellor (ANETI)")
    case .antennaHead: say("Head of antenna")
    case .centre: say("Central office")
    case .administrator: say("Administrator")
    case .auditor: say("Auditor")
    }
  }

  /// Sees the whole scheme, and therefore signs in with a second factor.
  package var isNational: Bool {
    switch self {
    case .counsellor, .socialCounsellor, .employmentCounsellor, .antennaHead: false
    case .centre, .administrator, .auditor: true
    }
  }

  package var duties: Set<Duty> {
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
      Self.counsellor.duties.union([
        .assignCases, .reopenCases, .readSocialSection, .readEmploymentSection, .readJournal, .settleFiles,
        .openWithdrawnDocuments, .drawSpotChecks, .answerTransfers, .judgeOpenings,
        .answerComplaints, .answerRights, .keepDirectory,
      ])
    case .centre:
      [
        .openFiles, .reopenCases, .assignCases, .readSocialSection, .readEmploymentSection, .readJournal,
        .readDocuments, .compareFiles, .settleFiles, .manageFollowUp, .judgeOpenings,
        .answerComplaints, .answerRights, .decideErasure, .setRetention, .keepDirectory,
        .writeCirculars, .answerQuestions,
      ]
    case .administrator: [.manageAccounts, .manageAntennas, .manageFollowUp, .readJournal]
    case .auditor: [.readJournal]
    }
  }

  private static let reception: Set<Duty> = [
    .openFiles, .receivePersons, .editPersons, .recordConsent, .recordNeeds, .compareFiles, .readDocuments,
    .addDocuments, .offerTransfers, .writeLetters, .openOutsideScope,
  ]
}
