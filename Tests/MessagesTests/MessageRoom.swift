import Accounts
import Antennas
import Basics
import Cases
import Foundation
import NIOConcurrencyHelpers
import People
import Storage
import TestSupport
import Web

@testable import Messages

/// The area on an empty database, with a case of a person who agreed to SMS and e-mail, and gateways that answer as told.
struct MessageRoom: Sendable {
  let database: Database
  let clock: TestClock
  let people: People
  let cases: Cases
  let messages: Messages
  let line: Line

  /// Gateways whose answers the test gives, and which remember what they were given.
  final class Line: Sendable {
    let answers = NIOLockedValueBox<[GatewayAnswer]>([])
    let sms = NIOLockedValueBox<[String]>([])
    let mail = NIOLockedValueBox<[String]>([])

    func next() -> GatewayAnswer { answers.withLockedValue { $0.isEmpty ? .taken : $0.removeFirst() } }

    var gateways: MessageGateways {
      MessageGateways(
        mail: .init(from: "tounesna@example.tn") { [self] mail in
          self.mail.withLockedValue { $0.append(String(decoding: mail.bytes, as: UTF8.self)) }
          return next()
        },
        sms: .init { [self] number, text in
          sms.withLockedValue { $0.append("\(number) \(text)") }
          return next()
        })
    }
  }

  private static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations
    + Messages.migrations

  init(_ database: Database, hasGateways: Bool = true, clock: TestClock = TestClock(), line: Line = Line()) {
    self.database = database
    self.clock = clock
    self.line = line
    let now: @Sendable () -> Date = { [clock] in clock.now }
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, followers: [Messages.follower], now: now)
    messages = Messages(
      cases: cases, gateways: hasGateways ? line.gateways : MessageGateways(), firstDelay: 60, lease: 120,
      now: now)
  }

  /// The same house after the program was started anew.
  func restarted(hasGateways: Bool = true) -> MessageRoom {
    MessageRoom(database, hasGateways: hasGateways, clock: clock, line: line)
  }

  static func with(
    _ engine: Database.Engine, hasGateways: Bool = true, agrees: Bool = true,
    _ body: (MessageRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = MessageRoom(database, hasGateways: hasGateways)
      try await body(room, room.receive(agrees: agrees))
    }
  }

  func serve(language: Language = .english, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let accounts = Accounts(database: database)
    let pages = MessagePages(messages, accounts: accounts)
    let casePages = CasePages(
      cases, antennas: Antennas(database: database), accounts: accounts, sections: [pages.section])
    try await TestSite.serve(
      [casePages, pages], language: language, site: { [clock] in $0.now = { clock.now } }, body)
  }

  func receive(agrees: Bool = true) async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.givenLatin], identity[.familyLatin]) = ("Salma", "Ben Othman")
    identity[.phones] = "+21620123456"
    let id = try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
    if agrees { for purpose in [Consent.Purpose.sms, .email] { try await agree(id, to: purpose) } }
    return id
  }

  @discardableResult
  func agree(_ id: RecordID<CaseFile>, to purpose: Consent.Purpose) async throws -> Consent {
    let consent = Consent(
      id: RecordID(), person: try await cases.open(id, for: Staff.amel).person.person.id, purpose: purpose,
      textVersion: Consent.currentTextVersion, language: .arabic, givenOn: Day(of: clock.now), way: .signed,
      withdrawnAt: nil)
    try await people.record(consent, by: Staff.amel)
    return consent
  }

  static func sms(
    about id: RecordID<CaseFile>?, key: String = "reminder:1", to: Message.Recipient = .person,
    _ text: String = "موعدكم غدا على الساعة 9:30", from: Date? = nil, until: Date? = nil
  ) -> NewMessage {
    NewMessage(
      key: key, .sms, to: to, MessageText(address: "+216 20 123 456", text: text), what: say("SMS"),
      language: .arabic,
      about: id, from: from, until: until)
  }

  static func mail(
    about id: RecordID<CaseFile>?, key: String = "mail:1", to: Message.Recipient = .provider,
    subject: String = "Une demande attend", _ text: String = "Répondez ici : {link}",
    link: String? = "https://x/abc"
  ) -> NewMessage {
    NewMessage(
      key: key, .email, to: to, MessageText(address: "ong@example.org", subject: subject, text: text),
      what: say("E-mail"),
      language: .french, about: id, link: link)
  }

  @discardableResult
  func queue(_ new: NewMessage, by actor: Actor = Staff.amel) async throws -> RecordID<Message> {
    try await database.write { db in try messages.queue(new, by: actor, in: db) }
  }

  func state(_ id: RecordID<Message>) async throws -> Message {
    try await database.read { db in try MessageStore.require(id, visibleTo: .program, in: db) }
  }

  /// The program writes down that it sends, and dies.
  func beginAndDie(_ kind: Message.Kind) async throws {
    let now = clock.now
    try await database.write { db in
      guard let due = try MessageSendingStore.next(kind, at: now, in: db) else { throw Refusal.notFound }
      _ = try MessageSendingStore.claim(
        due.id, as: RecordID(), until: now.addingTimeInterval(120), at: now, in: db)
    }
  }

  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: cases.require(id, for: Staff.amel, in: db).subject, limit: 200, in: db)
        .map(\.act).filter { $0.hasPrefix("message.") }
    }
  }
}
