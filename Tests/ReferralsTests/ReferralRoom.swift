import Accounts
import Antennas
import Basics
import Cases
import Directory
import Documents
import Foundation
import Messages
import NIOConcurrencyHelpers
import People
import Plans
import Storage
import TestSupport
import Web

@testable import Referrals

/// The area on an empty database: a case with a plan, a service of an association with two places, a line that keeps mails.
struct ReferralRoom: Sendable {
  let database: Database
  let clock: TestClock
  let people: People
  let cases: Cases
  let plans: Plans
  let directory: Directory
  let messages: Messages
  let referrals: Referrals
  let post: Post
  /// What followers were told.
  let news = NIOLockedValueBox<[ReferralNews]>([])

  /// What went out, as it was sent.
  final class Post: Sendable {
    let mails = NIOLockedValueBox<[(to: String, text: String)]>([])
    let sms = NIOLockedValueBox<[(to: String, text: String)]>([])

    var gateways: MessageGateways {
      MessageGateways(
        mail: .init(from: "tounesna@example.tn") { [self] mail in
          let all = String(decoding: mail.bytes, as: UTF8.self)
          let body = all.range(of: "\r\n\r\n").map { String(all[$0.upperBound...]) } ?? ""
          let data = Data(base64Encoded: body.filter { !$0.isWhitespace }) ?? Data()
          mails.withLockedValue { $0.append((mail.to, String(decoding: data, as: UTF8.self))) }
          return .taken
        },
        sms: .init { [self] number, text in
          sms.withLockedValue { $0.append((number, text)) }
          return .taken
        })
    }
  }

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Documents.migrations
    + Plans.migrations
    + Messages.migrations + Directory.migrations + Referrals.migrations

  init(_ database: Database, clock: TestClock = TestClock(), post: Post = Post()) {
    self.database = database
    self.clock = clock
    self.post = post
    let now: @Sendable () -> Date = { [clock] in clock.now }
    let people = People(database: database, now: now)
    cases = Cases(
      database: database, people: people, followers: [Messages.follower, Referrals.follower], now: now)
    plans = Plans(database: database, cases: cases, now: now)
    let antennas = Antennas(database: database, now: now)
    directory = Directory(cases: cases, antennas: antennas, now: now)
    messages = Messages(cases: cases, gateways: post.gateways, now: now)
    referrals = Referrals(
      cases: cases, plans: plans, directory: directory, messages: messages,
      documents: Documents(cases: cases, now: now),
      accounts: Accounts(database: database, now: now), antennas: antennas, publicURL: "https://t.example",
      followers: [{ [news] told, _ in news.withLockedValue { $0.append(told) } }], now: now)
    self.people = people.telling([referrals.withdrawals])
  }

  /// One case with an action of its plan, and a service.
  struct Ground: Sendable {
    let file: RecordID<CaseFile>
    let person: PersonID
    let action: RecordID<Plan.Action>
    let service: RecordID<Service>
    let provider: RecordID<Provider>
  }

  static func with(
    _ engine: Database.Engine, places: Int? = 2, _ body: (ReferralRoom, Ground) async throws -> Void
  )
    async throws
  {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = ReferralRoom(database)
      let (provider, service) = (RecordID<Provider>(), RecordID<Service>())
      try await room.directory.add(
        provider,
        Fields([
          "kind": "ngo", "name-fr": "Association Main tendue", "name-ar": "جمعية اليد الممدودة",
          "email": "ong@example.org", "state": "active",
        ]),
        of: nil, by: .program)
      var fields = Fields([
        "name-fr": "Atelier", "name-ar": "ورشة", "needs": "training", "nationwide": "yes", "state": "active",
        "languages": "ar fr",
      ])
      fields["capacity"] = places.map(String.init)
      try await room.directory.add(service, fields, by: provider, of: nil, as: .program)
      let (file, person, action) = try await room.receive()
      try await body(
        room, Ground(file: file, person: person, action: action, service: service, provider: provider))
    }
  }

  func receive() async throws -> (RecordID<CaseFile>, PersonID, RecordID<Plan.Action>) {
    var identity = Identity()
    (identity[.givenLatin], identity[.familyLatin]) = ("Salma", "Ben Othman")
    (identity[.givenArabic], identity[.familyArabic]) = ("سلمى", "بن عثمان")
    (identity[.phones], identity[.languages]) = ("+21620123456", "arabe")
    let person = PersonID()
    let file = try await cases.receive(
      Reception(
        id: RecordID(), person: person, identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
    let goal = Plan.Goal(id: RecordID(), track: .project, text: "A workshop", actions: [])
    try await plans.add(goal, to: file, by: Staff.amel)
    let action = Plan.Action(
      id: RecordID(), text: "A training in sewing", who: "The association", by: Day(of: clock.now) + 60,
      state: .toDo,
      startedOn: nil, reason: nil)
    try await plans.add(action, under: goal.id, of: file, by: Staff.amel)
    return (file, person, action.id)
  }

  func draft(
    _ ground: Ground, id: RecordID<Referral> = RecordID(), channel: Referral.Channel = .email,
    ground kind: Referral.Ground = .agreed, consent: RecordID<Consent>? = nil,
    sections: Set<Referral.Section> = [.name],
    language: Language = .french
  ) -> ReferralDraft {
    ReferralDraft(
      id: id, service: ground.service, action: ground.action, urgency: .later, channel: channel,
      language: language,
      ground: kind, consent: consent, groundWords: kind == .consent ? nil : "On 12 March, by word",
      sections: sections,
      ask: "A place in the course")
  }

  @discardableResult
  func send(_ ground: Ground, _ draft: ReferralDraft? = nil) async throws -> RecordID<Referral> {
    let draft = draft ?? self.draft(ground)
    try await referrals.send(draft, in: ground.file, by: Staff.amel)
    return draft.id
  }

  @discardableResult
  func consent(_ ground: Ground, to purpose: Consent.Purpose) async throws -> Consent {
    let consent = Consent(
      id: RecordID(), person: ground.person, purpose: purpose, textVersion: Consent.currentTextVersion,
      language: .arabic, givenOn: Day(of: clock.now), way: .signed, withdrawnAt: nil)
    try await people.record(consent, by: Staff.amel)
    return consent
  }

  /// An account with a role.
  func hire(_ name: String, _ id: AccountID, _ role: Role) async throws {
    try await referrals.accounts.create(
      NewAccount(
        id: id, signInName: name, name: name.capitalized, institution: "OTE",
        antenna: role.isOutside ? nil : "TUN", roles: [role], password: "a long sentence for tests",
        mustChangePassword: false), by: .program)
  }

  /// Leila's account, which answers for the association of the ground.
  func seat(_ ground: Ground) async throws {
    try await hire("leila", Staff.leila.id, .partner)
    try await referrals.name("leila", for: ground.provider, by: Staff.hela)
  }

  /// Sends what waits, and reads the token of the newest link.
  func token() async throws -> String {
    for kind in Message.Kind.allCases { while try await messages.sendNext(kind) {} }
    let mails = post.mails.withLockedValue { $0 }
    let found = mails.reversed().lazy.compactMap {
      $0.text.firstMatch(of: /https:\/\/t\.example\/answers\/(\S+)/)
    }.first
    return found.map { String($0.1) } ?? ""
  }

  func stage(_ id: RecordID<Referral>) async throws -> Referral {
    try await database.read { db in try ReferralStore.require(id, visibleTo: .program, in: db) }
  }

  func action(_ ground: Ground) async throws -> Plan.Action? {
    try await cases.open(ground.file, for: Staff.amel) { opened, db in
      try plans.plan(of: opened, in: db).actions.first
    }.1
  }

  func acts(_ ground: Ground) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: cases.require(ground.file, for: .program, in: db).subject, limit: 200, in: db)
        .map(\.act).filter { $0.hasPrefix("referral.") }
    }
  }

  func serve(language: Language = .english, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let accounts = Accounts(database: database)
    let pages = ReferralPages(referrals, isSecure: false)
    let casePages = CasePages(
      cases, antennas: Antennas(database: database), accounts: accounts, sections: [pages.section])
    try await TestSite.serve(
      [casePages, pages], language: language, site: { [clock] in $0.now = { clock.now } }, body)
  }
}
