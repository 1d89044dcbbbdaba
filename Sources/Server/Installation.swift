import Accounts
import Agenda
import Aids
import Antennas
import Assessments
import Basics
import Board
import Cases
import Circulars
import Closures
import Committees
import Complaints
import Directory
import Documents
import Duplicates
import Eligibility
import Foundation
import Funding
import Home
import Households
import Imports
import Letters
import Meetings
import Messages
import Openings
import Oversight
import Pages
import Papers
import People
import Pieces
import Plans
import Questions
import Receptions
import Referrals
import Reviews
import Rights
import Skills
import Storage
import Surveys
import Tasks
import Transfers
import Visits
import Web

/// The rooms of the house, wired: the only place that knows all of them.
struct Installation: Sendable {
  let database: Database
  let antennas: Antennas
  let accounts: Accounts
  let people: People
  let cases: Cases
  let plans: Plans
  let visits: Visits
  let skills: Skills
  let receptions: Receptions
  let households: Households
  let surveys: Surveys
  let pieces: Pieces
  let assessments: Assessments
  let documents: Documents
  let transfers: Transfers
  let closures: Closures
  let openings: Openings
  let duplicates: Duplicates
  let rights: Rights
  let imports: Imports
  let letters: Letters
  let messages: Messages
  let referrals: Referrals
  let directory: Directory
  let complaints: Complaints
  let committees: Committees
  let funding: Funding
  let aids: Aids
  let agenda: Agenda
  let tasks: Tasks
  let circulars: Circulars
  let questions: Questions
  let eligibility: Eligibility
  let reviews: Reviews
  let meetings: Meetings
  /// What makes PDFs; nil where none are made.
  let papers: Papers?
  let usualMonths: Int?
  let guessesAMinute: Int
  /// The clock by which everything here goes.
  let now: @Sendable () -> Date

  /// - Parameters:
  ///   - scanner: checks documents for viruses.
  ///   - warnDays: so long before it expires a document is listed.
  ///   - daysToPlan: within which a plan is to be agreed.
  ///   - usualMonths: whoever comes so many months after a return or later is asked why; nil where that is not known.
  ///   - daysToAnswer: so long an offer to another antenna may wait before it is shown as late.
  ///   - daysToJudge: so long an opening from outside may wait before it rises to the centre.
  ///   - daysKept: so long after its last step a reception that was begun is kept.
  ///   - pieces: what is known of the papers that a file needs.
  ///   - daysToAnswerRights: within which a request about one's data is answered; nil where nobody has said it.
  ///   - daysToAnswerQuestions: within which the centre answers an antenna; nil where nobody has said it.
  ///   - daysToAppeal: within which a person appeals against a committee's decision; nil where nobody has said it.
  ///   - daysToProve: within which a payment of an aid is to be proven.
  ///   - papers: makes PDFs.
  ///   - gateways: by which messages go out; none where nothing is configured.
  ///   - retrySeconds: until a message that was not taken is tried again.
  ///   - guessesAMinute: so often links for those without an account may be tried from one address; 0: no limit.
  ///   - publicURL: how the program is reached from outside; empty: no links are sent.
  ///   - timeoutSeconds: that the sending of one message may take.
  init(
    database: Database, scanner: VirusScanner? = nil, warnDays: Int = 60,
    daysToPlan: Int = CaseFile.daysToPlan, daysToAnswer: Int = 7, daysToJudge: Int = 7,
    daysKept: Int = ReceptionDraft.daysKept,
    usualMonths: Int? = nil, daysToProve: Int = Aids.daysToProve, daysToAnswerRights: Int? = nil,
    daysToAnswerQuestions: Int? = nil,
    daysToAppeal: Int? = nil, pieces knowledge: PieceKnowledge = .own, papers: Papers? = nil,
    gateways: MessageGateways = MessageGateways(), retrySeconds: Int = 60, timeoutSeconds: Int = 60,
    publicURL: String = "", guessesAMinute: Int = 20,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.database = database
    self.papers = papers
    self.now = now
    self.usualMonths = usualMonths
    self.guessesAMinute = guessesAMinute
    antennas = Antennas(database: database, now: now)
    accounts = Accounts(database: database, now: now)
    let people = People(database: database, leave: Openings.personLeave(database, at: now), now: now)
    cases = Cases(
      database: database, people: people,
      followers: [
        Documents.follower, Transfers.follower, Openings.follower, Pieces.follower, Messages.follower,
        Referrals.follower, Agenda.follower, Committees.follower, Aids.follower,
        Tasks.follower(accounts, people, at: now), Reviews.follower(people, at: now),
      ],
      closers: [Visits.closer],
      daysToPlan: daysToPlan, leave: Openings.caseLeave(at: now), now: now)
    documents = Documents(cases: cases, scanner: scanner, warnDays: warnDays, now: now)
    plans = Plans(database: database, cases: cases, documents: documents, now: now)
    visits = Visits(database: database, cases: cases, plans: plans, now: now)
    skills = Skills(database: database, cases: cases, now: now)
    receptions = Receptions(cases: cases, keepDays: daysKept, now: now)
    households = Households(database: database, cases: cases, now: now)
    surveys = Surveys(cases: cases, households: households, now: now)
    pieces = Pieces(cases: cases, documents: documents, knowledge: knowledge, now: now)
    assessments = Assessments(cases: cases, now: now)
    transfers = Transfers(
      cases: cases, accounts: accounts, antennas: antennas, daysToAnswer: daysToAnswer, now: now)
    closures = Closures(cases: cases, plans: plans, visits: visits, now: now)
    openings = Openings(
      cases: cases, accounts: accounts, antennas: antennas, daysToJudge: daysToJudge, now: now)
    letters = Letters(
      database: database, cases: cases, accounts: accounts, antennas: antennas, now: now)
    messages = Messages(
      cases: cases, gateways: gateways, firstDelay: Double(retrySeconds), lease: Double(timeoutSeconds) * 2,
      now: now)
    directory = Directory(
      cases: cases, antennas: antennas,
      sources: .house(documents, pieces, households, visits, receptions), publicURL: publicURL, now: now)
    circulars = Circulars(database: database, accounts: accounts, antennas: antennas, now: now)
    tasks = Tasks(
      cases: cases, accounts: accounts, antennas: antennas, messages: messages,
      followers: [Reviews.taskFollower, Meetings.taskFollower], dailyLines: [circulars.dailyLine],
      publicURL: publicURL, now: now)
    referrals = Referrals(
      cases: cases, plans: plans, directory: directory, messages: messages, documents: documents,
      accounts: accounts, antennas: antennas, publicURL: publicURL,
      followers: [Self.tasksOfReferrals(tasks)], now: now)
    agenda = Agenda(
      cases: cases, accounts: accounts, antennas: antennas, messages: messages, publicURL: publicURL, now: now
    )
    self.people = people.telling([referrals.withdrawals])
    complaints = Complaints(
      database: database, cases: cases, accounts: accounts, antennas: antennas, now: now)
    funding = Funding(cases: cases, accounts: accounts, antennas: antennas, now: now)
    let committees = Committees(
      cases: cases, accounts: accounts, antennas: antennas, messages: messages, daysToAppeal: daysToAppeal,
      now: now)
    eligibility = Eligibility(cases: cases, sources: .house(funding, assessments), now: now)
    aids = Aids(
      cases: cases, documents: documents, funding: funding, committees: committees, eligibility: eligibility,
      accounts: accounts, antennas: antennas, daysToProve: daysToProve, now: now)
    self.committees = committees.telling([aids.decisions]).knowing(aids.money)
    reviews = Reviews(cases: cases, tasks: tasks, accounts: accounts, antennas: antennas, now: now)
    meetings = Meetings(cases: cases, tasks: tasks, accounts: accounts, antennas: antennas, now: now)
    questions = Questions(
      cases: cases, accounts: accounts, antennas: antennas, daysToAnswer: daysToAnswerQuestions, now: now)
    duplicates = Duplicates(
      cases: cases, antennas: antennas,
      resealing: [
        plans.resealing, visits.resealing, documents.resealing, transfers.resealing, openings.resealing,
        closures.resealing, skills.resealing, households.resealing, surveys.resealing,
        pieces.resealing, letters.resealing, messages.resealing, referrals.resealing, committees.resealing,
        receptions.resealing, complaints.resealing, agenda.resealing, tasks.resealing, questions.resealing,
        eligibility.resealing, reviews.resealing, meetings.resealing, assessments.resealing,
        aids.resealing,
      ], now: now)
    rights = Rights(
      cases: cases, accounts: accounts, antennas: antennas, kept: Self.kept,
      aided: { try Aids.paid(among: $0, in: $1) }, shared: Self.shared(by: referrals, messages),
      daysToAnswer: daysToAnswerRights, now: now)
    imports = Imports(cases: cases, antennas: antennas, duplicates: duplicates, now: now)
  }

  /// What every room keeps about persons: the order of a person's copy.
  static let kept = [
    People.kept, Cases.kept, Households.kept, Plans.kept, Skills.kept, Documents.kept, Visits.kept,
    Surveys.kept, Pieces.kept, Letters.kept, Messages.kept, Referrals.kept, Closures.kept,
    Transfers.kept, Openings.kept, Duplicates.kept, Imports.kept, Rights.kept,
    Receptions.kept, Complaints.kept, Agenda.kept, Tasks.kept, Questions.kept, Eligibility.kept,
    Reviews.kept, Meetings.kept, Assessments.kept, Funding.kept, Committees.kept, Aids.kept,
  ]

  /// Every table's history, in the order in which the tables stand on each other.
  static let migrations =
    InstallationKeys.migrations + Journal.migrations + Antennas.migrations + Accounts.migrations
    + People.migrations
    + Cases.migrations + Plans.migrations + Visits.migrations + Imports.migrations
    + Duplicates.migrations + Documents.migrations + Transfers.migrations + Closures.migrations
    + Openings.migrations + Skills.migrations + Households.migrations + Surveys.migrations + Pieces.migrations
    + Letters.migrations + Rights.migrations
    + Receptions.migrations + Messages.migrations + Directory.migrations
    + Referrals.migrations + Complaints.migrations + Tasks.migrations + Circulars.migrations
    + Questions.migrations + Agenda.migrations + Eligibility.migrations + Reviews.migrations
    + Meetings.migrations
    + Assessments.migrations + Committees.migrations + Funding.migrations + Aids.migrations

  /// The same question; where it lets go on and the form is of a member of a household, the household hears of it.
  private func telling(_ households: Households, before question: @escaping ReceptionQuestion)
    -> ReceptionQuestion
  {
    { reception, typed, actor, page in
      let answer = try await question(reception, typed, actor, page)
      guard case .goOn(let also) = answer,
        let member = RecordID<HouseholdMember>(typed["member"])
      else { return answer }
      return .goOn { db in
        try also(db)
        try households.received(member, as: reception.id, by: actor, in: db)
      }
    }
  }

  /// Every room of the house. A new area is one line here and one in Package.swift.
  func areas(isSecure: Bool, demoAccounts: @escaping @Sendable () -> [DemoAccount]) -> [any Area] {
    let planPages = PlanPages(
      plans, cases: cases, papers: papers, referral: { ReferralPaths.new($0, action: $1) })
    let documentPages = DocumentPages(documents, antennas: antennas)
    let visitPages = VisitPages(visits, accounts: accounts, antennas: antennas)
    let duplicatePages = DuplicatePages(duplicates, accounts: accounts)
    let transferPages = TransferPages(transfers)
    let closurePages = ClosureReportPages(closures, accounts: accounts, papers: papers)
    let skillPages = SkillPages(skills)
    let householdPages = HouseholdPages(households, reception: CasePaths.reception(sealedQuery:))
    let receptionPages = ReceptionPages(
      receptions, antennas: antennas, accounts: accounts, usualMonths: usualMonths,
      question: duplicatePages.question)
    let piecePages = PiecePages(pieces, accounts: accounts, papers: papers)
    let surveyPages = SurveyPages(surveys, accounts: accounts, papers: papers)
    let assessmentPages = AssessmentPages(assessments, accounts: accounts, papers: papers)
    let letterPages = LetterPages(letters, papers: papers)
    let messagePages = MessagePages(messages, accounts: accounts)
    let referralPages = ReferralPages(referrals, isSecure: isSecure, guessesAMinute: guessesAMinute)
    let agendaPages = AgendaPages(agenda, isSecure: isSecure, guessesAMinute: guessesAMinute)
    let taskPages = TaskPages(tasks)
    let circularPages = CircularPages(circulars)
    let questionPages = QuestionPages(questions)
    let eligibilityPages = EligibilityPages(eligibility, antennas: antennas)
    let reviewPages = ReviewPages(reviews, papers: papers)
    let aidPages = AidPages(aids, papers: papers)
    let committeePages = CommitteePages(committees, papers: papers)
    let serviceCasePages = DirectoryCasePages(directory, papers: papers)
    let casePages = CasePages(
      cases, antennas: antennas, accounts: accounts,
      sections: [
        duplicatePages.caseSection, planPages.section, aidPages.section, visitPages.section,
        documentPages.section,
        transferPages.section, householdPages.section, surveyPages.section, skillPages.section,
        piecePages.section, closurePages.section, CommitteePages.section,
        receptionPages.section, OpeningPages.section, letterPages.section, messagePages.section,
        referralPages.section, agendaPages.section, RightsPages.section, serviceCasePages.section,
        ComplaintPages.section, TaskPages.section, QuestionPages.section, eligibilityPages.section,
        ReviewPages.section, MeetingPages.section, assessmentPages.section,
      ],
      usualMonths: usualMonths, question: telling(households, before: duplicatePages.question))
    let openingPages = OpeningPages(
      openings, words: casePages.words(ofAct:), isKnown: casePages.isKnown(_:to:))
    let rightsPages = RightsPages(rights, papers: papers, words: casePages.words(ofAct:))
    return [
      HomePages(
        cases: cases, accounts: accounts, antennas: antennas,
        sections: [
          agendaPages.homeSection, receptionPages.homeSection, transferPages.homeSection,
          openingPages.homeSection, messagePages.homeSection, referralPages.homeSection,
          taskPages.homeSection, circularPages.homeSection, questionPages.homeSection,
          aidPages.homeSection, committeePages.homeSection, visitPages.homeSection,
        ],
        later: [
          assessmentPages.homeSection, surveyPages.homeSection,
          skillPages.homeSection,
        ], outside: DeskPaths.list),
      casePages,
      PersonPages(
        people, antennas: antennas, reception: CasePaths.reception(sealedQuery:),
        guided: ReceptionPaths.new(sealedQuery:),
        shortcut: { query, actor in
          if let path = try await casePages.shortcut(query, actor) { return path }
          return try await transferPages.shortcut(query, actor)
        },
        elsewhere: openingPages.elsewhere,
        sections: [casePages.personSection, duplicatePages.personSection, rightsPages.personSection],
        afterWithdrawal: RightsPaths.sharing(_:_:back:)),
      planPages,
      visitPages,
      householdPages,
      documentPages,
      duplicatePages,
      transferPages,
      closurePages,
      openingPages,
      skillPages,
      receptionPages,
      surveyPages,
      piecePages,
      rightsPages,
      letterPages,
      messagePages,
      referralPages,
      DirectoryPages(directory, accounts: DeskPaths.desks),
      serviceCasePages,
      ConfirmPages(directory, isSecure: isSecure, guessesAMinute: guessesAMinute),
      HSDSPages(directory),
      ServiceImportPages(directory),
      agendaPages,
      ComplaintPages(complaints, papers: papers),
      BoardPages(Board(database: database, antennas: antennas, lines: boardLines)),
      taskPages,
      circularPages,
      questionPages,
      eligibilityPages,
      reviewPages,
      MeetingPages(meetings, papers: papers),
      assessmentPages,
      aidPages,
      committeePages,
      FundingPages(funding),
      ImportPages(imports),
      AntennaPages(antennas),
      OversightPages(
        Oversight(database: database), accounts: accounts, antennas: antennas, words: casePages.words(ofAct:)),
      AccountPages(accounts, antennas: antennas, isSecure: isSecure, demoAccounts: demoAccounts),
    ]
  }
}
