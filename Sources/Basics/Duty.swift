/// What one may do. A role is a set of these; each door asks for exactly one.
package enum Duty: String, Sendable, CaseIterable {
  case openFiles = "open-files"
  case receivePersons = "receive-persons"
  case editPersons = "edit-persons"
  case recordConsent = "record-consent"
  case assignCases = "assign-cases"
  case offerTransfers = "offer-transfers"
  case answerTransfers = "answer-transfers"
  case recordNeeds = "record-needs"
  case writeReturnSection = "write-return-section"
  case writeSocialSection = "write-social-section"
  case readSocialSection = "read-social-section"
  case writeEmploymentSection = "write-employment-section"
  case readEmploymentSection = "read-employment-section"
  case writeHealthSection = "write-health-section"
  case readHealthSection = "read-health-section"
  case agreePlans = "agree-plans"
  case recordVisits = "record-visits"
  case writeLetters = "write-letters"
  case readDocuments = "read-documents"
  case addDocuments = "add-documents"
  case openWithdrawnDocuments = "open-withdrawn-documents"
  case manageFollowUp = "manage-follow-up"
  case drawSpotChecks = "draw-spot-checks"
  case closeCases = "close-cases"
  case reopenCases = "reopen-cases"
  case importPersons = "import-persons"
  case openOutsideScope = "open-outside-scope"
  case judgeOpenings = "judge-openings"
  case compareFiles = "compare-files"
  case settleFiles = "settle-files"
  case answerRights = "answer-rights"
  case answerComplaints = "answer-complaints"
  case decideErasure = "decide-erasure"
  case setRetention = "set-retention"
  case keepDirectory = "keep-directory"
  case writeCirculars = "write-circulars"
  case answerQuestions = "answer-questions"
  case keepInstruments = "keep-instruments"
  case recordAssessments = "record-assessments"
  case keepEligibility = "keep-eligibility"
  case keepFunds = "keep-funds"
  case readFunds = "read-funds"
  case holdCommittees = "hold-committees"
  case sitInCommittees = "sit-in-committees"
  case prepareAids = "prepare-aids"
  case approvePayments = "approve-payments"
  case recordPayments = "record-payments"
  case reviewFiles = "review-files"
  case keepMeetings = "keep-meetings"
  case answerReferrals = "answer-referrals"
  case manageAccounts = "manage-accounts"
  case manageAntennas = "manage-antennas"
  case readJournal = "read-journal"

  /// What remains of one's duties before a file that is read by leave.
  package static let byLeave: Set<Duty> = [
    .openFiles, .openOutsideScope, .readSocialSection, .readEmploymentSection, .readHealthSection,
    .readDocuments,
    .recordNeeds,
  ]

  package var label: Phrase {
    switch self {
    case .openFiles: say("open files")
    case .receivePersons: say("receive persons")
    case .editPersons: say("correct the identity of a person")
    case .recordConsent: say("record consent")
    case .assignCases: say("name the contact person")
    case .offerTransfers: say("offer cases to another antenna")
    case .answerTransfers: say("accept or decline cases of other antennas")
    case .recordNeeds: say("record needs")
    case .writeReturnSection: say("write the section on the return")
    case .writeSocialSection: say("write the social section")
    case .readSocialSection: say("read the social section")
    case .writeEmploymentSection: say("write the employment section")
    case .readEmploymentSection: say("read the employment section")
    case .writeHealthSection: say("write the health section")
    case .readHealthSection: say("read the health section")
    case .agreePlans: say("agree plans")
    case .recordVisits: say("record visits")
    case .writeLetters: say("write letters")
    case .readDocuments: say("open documents")
    case .addDocuments: say("add and withdraw documents")
    case .openWithdrawnDocuments: say("open withdrawn documents")
    case .manageFollowUp: say("set when visits are due")
    case .drawSpotChecks: say("draw files for a second look")
    case .closeCases: say("close cases")
    case .reopenCases: say("reopen cases")
    case .importPersons: say("import persons")
    case .openOutsideScope: say("open a file outside one's scope for a pressing reason")
    case .judgeOpenings: say("judge openings from outside")
    case .compareFiles: say("decide whether two files are of one person")
    case .settleFiles: say("settle doubtful duplicates and part joined files")
    case .answerRights: say("answer what persons ask about their data")
    case .answerComplaints: say("answer complaints of persons")
    case .decideErasure: say("decide that the data of a person are erased")
    case .setRetention: say("set how long files are kept")
    case .keepDirectory: say("keep the directory of services")
    case .writeCirculars: say("write circulars")
    case .answerQuestions: say("answer what antennas ask")
    case .keepInstruments: say("keep the questionnaires of assessments")
    case .recordAssessments: say("record assessments")
    case .keepEligibility: say("keep the rules by which aids are given")
    case .keepFunds: say("keep agreements, budget lines and rates")
    case .readFunds: say("read what money there is")
    case .holdCommittees: say("convene committees and write their minutes")
    case .sitInCommittees: say("sit in committees")
    case .prepareAids: say("prepare aids and their instalments")
    case .approvePayments: say("approve payments and check proofs")
    case .recordPayments: say("record what was paid")
    case .reviewFiles: say("review the quality of files")
    case .keepMeetings: say("write the minutes of weekly meetings")
    case .answerReferrals: say("answer referrals for a service outside")
    case .manageAccounts: say("manage accounts")
    case .manageAntennas: say("manage antennas")
    case .readJournal: say("read the journal")
    }
  }
}
