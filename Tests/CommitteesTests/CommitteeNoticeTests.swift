import Antennas
import Basics
import Cases
import Foundation
import HTTPTypes
import Messages
import NIOConcurrencyHelpers
import Papers
import People
import Storage
import TestSupport
import Testing
import Web

@testable import Committees

/// What the person learns: by a message that an answer is there, and by the answer itself on paper.
@Suite struct `The answer of a committee` {
  /// Committees whose words go out by SMS, and what went out.
  private struct Post: Sendable {
    let committees: Committees
    let messages: Messages
    let database: Database
    let sent: NIOLockedValueBox<[String]>

    init(_ room: CommitteeRoom, daysToAppeal: Int?) {
      let now: @Sendable () -> Date = { [clock = room.clock] in clock.now }
      let sent = NIOLockedValueBox<[String]>([])
      let sms = MessageGateways.SMS { number, text in
        sent.withLockedValue { $0.append("\(number) \(text)") }
        return .taken
      }
      self.sent = sent
      database = room.database
      messages = Messages(cases: room.cases, gateways: MessageGateways(sms: sms), now: now)
      committees = Committees(
        cases: room.cases, accounts: room.accounts, antennas: Antennas(database: room.database, now: now),
        messages: messages, daysToAppeal: daysToAppeal, now: now)
    }

    func queued(_ decision: Decision) async throws -> Message? {
      let key = "committee:\(decision.id)"
      return try await database.read { db in try messages.messages(ofKeys: [key], in: db)[key] }
    }
  }

  /// A person of Amel's with a language; she agreed to SMS or did not.
  private func receive(_ room: CommitteeRoom, _ language: Language, agrees: Bool) async throws
    -> RecordID<CaseFile>
  {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Zitouni", "+21620123456")
    identity[.languages] = language == .french ? "français" : "العربية"
    let file = try await room.cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: room.clock.now, returned: ReturnFacts()), by: Staff.amel)
    guard agrees else { return file }
    let consent = Consent(
      id: RecordID(), person: try await room.cases.open(file, for: Staff.amel).person.person.id,
      purpose: .sms, textVersion: Consent.currentTextVersion, language: language, givenOn: room.today,
      way: .signed, withdrawnAt: nil)
    try await room.people.record(consent, by: Staff.amel)
    return file
  }

  /// Decided and closed by Chokri, confirmed by Bilel; nothing is said before that.
  private func decided(
    _ words: Decision.Words, on file: RecordID<CaseFile>, _ room: CommitteeRoom, _ post: Post
  ) async throws -> Decision {
    let item = room.item(file)
    try await room.committees.submit(item, by: Staff.amel)
    let session = try await room.convene([item.id], members: [Staff.bilel, Staff.emna])
    try await room.vote(
      words.outcome, on: item.id, in: session, by: [Staff.chokri, Staff.bilel, Staff.emna])
    try await room.committees.decide(words, as: RecordID(), on: item.id, in: session, by: Staff.chokri)
    let decision = try #require(try await room.decision(of: item.id))
    try await room.committees.close(session, by: Staff.chokri)
    #expect(try await post.queued(decision)?.id == nil)
    try await serve(post, room) { site in
      let page = try await site.get(Self.path(decision), as: Staff.amel)
      #expect(page.status == .notFound)
    }
    for _ in 1...2 { try await post.committees.confirm(session, by: Staff.bilel) }
    return decision
  }

  private static func path(_ decision: Decision) -> String {
    CommitteePaths.notice(decision, in: decision.file)
  }

  private func serve(
    _ post: Post, _ room: CommitteeRoom, _ body: @Sendable (TestSite) async throws -> Void
  ) async throws {
    let pages = CommitteePages(post.committees, papers: Papers(python: Papers.standardPython))
    try await TestSite.serve([pages], site: { [clock = room.clock] in $0.now = { clock.now } }, body)
  }

  private static func refusal(_ language: Language) -> Decision.Words {
    Decision.Words(
      .refused, reason: .criteria,
      text: language == .french ? "Le loyer est payé par ailleurs" : "لم تستوف الشروط")
  }

  private static func conditions(_ language: Language) -> Decision.Words {
    Decision.Words(
      .conditions, amount: Money(2_500_000, .tnd),
      conditions: language == .french ? "Trois devis avant le versement" : "تقديم فاتورة قبل الدفع")
  }

  @Test(arguments: TestDatabase.engines, [Language.french, .arabic])
  func `says why, what can be done against it and until when, and a message says that it is there`(
    engine: Database.Engine, language: Language
  ) async throws {
    try await CommitteeRoom.with(engine) { room in
      let post = Post(room, daysToAppeal: 30)
      let (reader, last) = (Reader(language), room.today + 30)
      for words in [Self.refusal(language), Self.conditions(language)] {
        let file = try await receive(room, language, agrees: true)
        let decision = try await decided(words, on: file, room, post)
        // The message: once, to her number, in her language, and without a word of what was decided.
        let message = try #require(try await post.queued(decision))
        #expect(message.kind == .sms && message.recipient == .person && message.file == file)
        #expect(message.state == .waiting && message.language == language)
        #expect(try await post.messages.sendNext(.sms))
        #expect(try await !post.messages.sendNext(.sms))
        let told = reader("Hello, an answer to your request is ready. Call your antenna or come to it.")
        #expect(post.sent.withLockedValue { $0 } == ["+21620123456 \(told)"])
        post.sent.withLockedValue { $0 = [] }
        // The paper: in her language where nobody asks for another.
        try await serve(post, room) { site in
          let answer = try await site.get(Self.path(decision), as: Staff.amel)
          #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
          let paper = try CommitteePaperText(answer.bytes)
          let outcome = reader(words.outcome.label)
          for phrase in [reader("Answer to your request"), outcome, words.text, words.conditions] {
            if let phrase { #expect(paper.says(phrase), "\(phrase) in \(paper.text)") }
          }
          if let reason = words.reason { #expect(paper.says(reader(reason.label)), "\(paper.text)") }
          if let amount = words.amount {
            #expect(paper.digits.contains("2500000"), "\(reader.money(amount)) in \(paper.text)")
            #expect(paper.says(reader("Conditions")))
          }
          for phrase in [
            reader("If you do not agree"),
            reader(
              "Tell any antenna, in writing or by word of mouth: a session with other members decides anew."),
            reader("Tell it by \(last)."),
          ] { #expect(paper.says(phrase), "\(words.outcome): \(phrase) in \(paper.text)") }
          // The month of the last day is another than that of the session.
          #expect(paper.says(reader.date(last).filter { !$0.isNumber && !$0.isWhitespace }))
          #expect(try await site.get(Self.path(decision), as: Staff.emna).status == .notFound)
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `says how to appeal and no day, where nobody has set one`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let post = Post(room, daysToAppeal: nil)
      for words in [Self.refusal(.french), Self.conditions(.french)] {
        let file = try await receive(room, .french, agrees: false)
        let decision = try await decided(words, on: file, room, post)
        // Who did not agree to be written to is called.
        #expect(try await post.queued(decision)?.id == nil)
        #expect(try await !post.messages.sendNext(.sms))
        try await serve(post, room) { site in
          let paper = try CommitteePaperText(try await site.get(Self.path(decision), as: Staff.amel).bytes)
          #expect(
            paper.says(
              Reader(.french)(
                "Tell any antenna, in writing or by word of mouth: a session with other members decides anew."
              )), "\(paper.text)")
          #expect(paper.text.contains("mars 2026") && !paper.text.contains("avril"), "\(paper.text)")
        }
      }
    }
  }
}
