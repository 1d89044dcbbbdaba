import Accounts
import Agenda
import Antennas
import Basics
import Cases
import Circulars
import Closures
import Complaints
import Directory
import Documents
import Duplicates
import Foundation
import Home
import Households
import Imports
import Letters
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
  let agenda: Agenda
  let tasks: Tasks
  let circulars: Circulars
  let questions: Questions
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
    usualMonths: Int? = nil, daysToAnswerRights: Int? = nil, daysToAnswerQuestions: Int? = nil,
    pieces knowledge: PieceKnowledge = .own, papers: Papers? = nil,
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
        Referrals.follower,
      ],
      daysToPlan: daysToPlan, leave: Openings.caseLeave(at: now), now: now)
    documents = Documents(cases: cases, scanner: scanner, warnDays: warnDays, now: now)
    plans = Plans(database: database, cases: cases, documents: documents, now: now)
    visits = Visits(database: database, cases: cases, plans: plans, now: now)
    skills = Skills(database: database, cases: cases, now: now)
    receptions = Receptions(cases: cases, keepDays: daysKept, now: now)
    households = Households(database: database, cases: cases, now: now)
    surveys = Surveys(cases: cases, households: households, now: now)
    pieces = Pieces(cases: cases, documents: documents, knowledge: knowledge, now: now)
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
    directory = Directory(cases: cases, antennas: antennas, now: now)
    referrals = Referrals(
      cases: cases, plans: plans, directory: directory, messages: messages, documents: documents,
      accounts: accounts,
      antennas: antennas,
      publicURL: publicURL, now: now)
    agenda = Agenda(
      cases: cases, accounts: accounts, antennas: antennas, messages: messages, publicURL: publicURL, now: now
    )
    self.people = people.telling([referrals.withdrawals])
    complaints = Complaints(
      database: database, cases: cases, accounts: accounts, antennas: antennas, now: now)
    tasks = Tasks(
      cases: cases, accounts: accounts, antennas: antennas, messages: messages, publicURL: publicURL, now: now
    )
    circulars = Circulars(database: database, accounts: accounts, antennas: antennas, now: now)
    questions = Questions(
      cases: cases, accounts: accounts, antennas: antennas, daysToAnswer: daysToAnswerQuestions, now: now)
    duplicates = Duplicates(
      cases: cases, antennas: antennas,
      resealing: [
        plans.resealing, visits.resealing, documents.resealing, transfers.resealing, openings.resealing,
        closures.resealing, skills.resealing, households.resealing, surveys.resealing,
        pieces.resealing, letters.resealing, messages.resealing, referrals.resealing,
        receptions.resealing, complaints.resealing, agenda.resealing, tasks.resealing, questions.resealing,
      ], now: now)
    rights = Rights(
      cases: cases, accounts: accounts, antennas: antennas, kept: Self.kept, daysToAnswer: daysToAnswerRights,
      now: now)
    imports = Imports(cases: cases, antennas: antennas, duplicates: duplicates, now: now)
  }

  /// What every room keeps about persons: the order of a person's copy.
  static let kept = [
    People.kept, Cases.kept, Households.kept, Plans.kept, Skills.kept, Documents.kept, Visits.kept,
    Surveys.kept, Pieces.kept, Letters.kept, Messages.kept, Referrals.kept, Closures.kept,
    Transfers.kept, Openings.kept, Duplicates.kept, Imports.kept, Rights.kept,
    Receptions.kept, Complaints.kept, Agenda.kept, Tasks.kept, Questions.kept,
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
    + Questions.migrations + Agenda.migrations

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
    let householdPages = HouseholdPages(households)
    let receptionPages = ReceptionPages(
      receptions, antennas: antennas, accounts: accounts, usualMonths: usualMonths,
      question: duplicatePages.question)
    let piecePages = PiecePages(pieces, accounts: accounts, papers: papers)
    let surveyPages = SurveyPages(surveys, accounts: accounts, papers: papers)
    let letterPages = LetterPages(letters, papers: papers)
    let messagePages = MessagePages(messages, accounts: accounts)
    let referralPages = ReferralPages(referrals, isSecure: isSecure, guessesAMinute: guessesAMinute)
    let agendaPages = AgendaPages(agenda, guessesAMinute: guessesAMinute)
    let taskPages = TaskPages(tasks)
    let circularPages = CircularPages(circulars)
    let questionPages = QuestionPages(questions)
    let serviceCasePages = DirectoryCasePages(directory, papers: papers)
    let casePages = CasePages(
      cases, antennas: antennas, accounts: accounts,
      sections: [
        duplicatePages.caseSection, planPages.section, visitPages.section, documentPages.section,
        transferPages.section, householdPages.section, surveyPages.section, skillPages.section,
        piecePages.section, closurePages.section,
        receptionPages.section, OpeningPages.section, letterPages.section, messagePages.section,
        referralPages.section, agendaPages.section, RightsPages.section, serviceCasePages.section,
        ComplaintPages.section, TaskPages.section, QuestionPages.section,
      ],
      usualMonths: usualMonths, question: duplicatePages.question)
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
        ], later: [surveyPages.homeSection, skillPages.homeSection]),
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
      DirectoryPages(directory),
      serviceCasePages,
      ConfirmPages(directory, isSecure: isSecure, guessesAMinute: guessesAMinute),
      HSDSPages(directory),
      ServiceImportPages(directory),
      agendaPages,
      ComplaintPages(complaints, papers: papers),
      taskPages,
      circularPages,
      questionPages,
      ImportPages(imports),
      AntennaPages(antennas),
      OversightPages(
        Oversight(database: database), accounts: accounts, antennas: antennas, words: casePages.words(ofAct:)),
      AccountPages(accounts, antennas: antennas, isSecure: isSecure, demoAccounts: demoAccounts),
    ]
  }
}

extension Installation {
  /// Opens the database and proves that the key opens it.
  /// - Parameter isBulk: give up durability for speed: for data that can be made again.
  static func open(_ settings: Settings, isBulk: Bool = false, mayMigrate: Bool = true) async throws
    -> Installation
  {
    do { try Letters.mustLoad() } catch { throw Stop("A model of a letter cannot be used. \(error)") }
    let database = try openDatabase(settings, keys: try keys(settings), isBulk: isBulk)
    if mayMigrate { try await database.migrate(migrations) }
    try await InstallationKeys.check(database)
    return Installation(
      database: database,
      scanner: ClamdAddress(settings["documents.clamd"]).map { VirusScanner.clamd(at: $0) },
      warnDays: settings.number("documents.warn-days"), daysToPlan: settings.number("plans.days"),
      daysToAnswer: settings.number("transfers.answer-days"),
      daysToJudge: settings.number("openings.judge-days"),
      daysKept: settings.number("receptions.keep-days"),
      usualMonths: Int(settings["reception.usual-months"]),
      daysToAnswerRights: Int(settings["rights.answer-days"]),
      daysToAnswerQuestions: Int(settings["questions.answer-days"]),
      pieces: try pieces(settings["pieces.file"]),
      papers: Papers(python: settings["papers.python"], fonts: settings["papers.fonts"]),
      gateways: try gateways(settings), retrySeconds: settings.number("messages.retry-seconds"),
      timeoutSeconds: settings.number("messages.timeout-seconds"), publicURL: settings["http.public-url"],
      guessesAMinute: settings.number("links.guesses-a-minute"))
  }

  /// What sends messages; what is not set is not there.
  private static func gateways(_ settings: Settings) throws -> MessageGateways {
    let timeout = settings.number("messages.timeout-seconds")
    var gateways = MessageGateways()
    if !settings["mail.server"].isEmpty {
      guard !settings["mail.from"].isEmpty else { throw Stop("mail.server is set, and mail.from is not.") }
      gateways.mail =
        MailServer(
          url: settings["mail.server"], from: settings["mail.from"], user: settings["mail.user"],
          password: try password("mail.password-file", settings), needsTLS: settings.isOn("mail.tls"),
          timeout: timeout
        ).gateway
    }
    if !settings["sms.url"].isEmpty {
      gateways.sms =
        SMSServer(
          template: settings["sms.url"], password: try password("sms.password-file", settings),
          timeout: timeout
        ).gateway
    }
    return gateways
  }

  /// The first line of a file that nobody else reads; empty where none is named.
  private static func password(_ name: String, _ settings: Settings) throws -> String {
    let path = settings[name]
    guard !path.isEmpty else { return "" }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue,
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { throw Stop("\(name) is “\(path)”, which cannot be read.") }
    guard mode & 0o077 == 0 else {
      throw Stop("\(name) is “\(path)”, which others may read. Set its mode to 0600.")
    }
    return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  }

  /// What is known of the papers that a file needs: of the office's own file, where there is one.
  private static func pieces(_ path: String) throws -> PieceKnowledge {
    guard !path.isEmpty else { return .own }
    do {
      return try PieceKnowledge(yaml: String(contentsOfFile: path, encoding: .utf8))
    } catch {
      throw Stop("pieces.file is “\(path)”, which cannot be taken: \(error)")
    }
  }

  static func openDatabase(_ settings: Settings, keys: KeyRing, isBulk: Bool = false) throws -> Database {
    let address = settings["database"]
    let vault = Vault(keys)
    let count = Int(settings["database.connections"])
    if isPostgres(address) {
      return try .postgres(address, vault: vault, connections: count ?? 8, isBulk: isBulk)
    }
    try makeFolder(of: address)
    return try .sqlite(address, vault: vault, readers: count ?? readers, isBulk: isBulk)
  }

  static func isPostgres(_ address: String) -> Bool {
    address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") || address.contains("=")
  }

  /// A read of SQLite keeps a processor busy: more threads than processors only wake each other up; one more reads on
  /// while another waits for the disk.
  private static var readers: Int { ProcessInfo.processInfo.activeProcessorCount + 1 }

  /// Makes the folder in which a file is to be, where it is missing.
  static func makeFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Stop("The folder \(folder) cannot be made: \(error.localizedDescription)")
    }
  }

  /// The master key: from TOUNESNA_KEY, or from its file.
  static func keys(_ settings: Settings) throws -> KeyRing {
    if let text = ProcessInfo.processInfo.environment["TOUNESNA_KEY"], !text.isEmpty {
      return try KeyRing(text: text)
    }
    return try KeyRing(file: settings["key.file"])
  }

  /// Whether the database holds invented persons.
  func isDemo() async throws -> Bool {
    try await database.read { db in try InstallationKeys.mark("demo", in: db) != nil }
  }
}
