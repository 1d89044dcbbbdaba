import Accounts
import Antennas
import Basics
import Cases
import Directory
import Documents
import Foundation
import Messages
import People
import Plans
import Storage

/// The door of the area: what pages, other areas and the clocks may ask about referrals.
package struct Referrals: Sendable {
  let database: Database
  let cases: Cases
  let plans: Plans
  let directory: Directory
  let messages: Messages
  let documents: Documents
  let accounts: Accounts
  let antennas: Antennas
  /// How the program is reached from outside: `https://host`. Empty where nobody has said it: then there are no links.
  package let publicURL: String
  /// Hear of a referral that waits too long, and that it goes on.
  let followers: [ReferralFollower]
  let now: @Sendable () -> Date

  package init(
    cases: Cases, plans: Plans, directory: Directory, messages: Messages, documents: Documents,
    accounts: Accounts,
    antennas: Antennas,
    publicURL: String = "", followers: [ReferralFollower] = [],
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.plans = plans
    self.directory = directory
    self.messages = messages
    self.documents = documents
    self.accounts = accounts
    self.antennas = antennas
    self.publicURL = publicURL
    self.followers = followers
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try ReferralStore.reseal(file, from: old, to: new, in: db) }
  }

  /// An open referral goes with the contact person of its case; while one is open, the case is not closed: nothing lapses
  /// in silence.
  package static let follower: CaseFollower = { file, place, isOpen, db in
    guard try isOpen || !ReferralStore.hasOpen(file, in: db) else {
      throw Refusal.conflict(
        say(
          "A referral of this case is not at its end. Open “Referrals” on the page of the case: end it there, or take note of what the service answered."
        ))
    }
    try ReferralStore.follow(file, to: place, in: db)
  }

  /// Sends a referral, in one transaction with its message; the same id a second time is the same referral.
  /// - Throws: `Refusal.sentBefore` when it came with other words then; `Refusal.conflict` while another to the same service
  ///   is open; `Refusal.invalid` without a ground, or where the service cannot be reached so.
  package func send(_ draft: ReferralDraft, in id: RecordID<CaseFile>, by actor: Actor) async throws {
    try actor.must(.agreePlans)
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      if try ReferralStore.exists(draft.id, in: db) {
        return try mustBeSame(draft, in: id, key: subject.key, by: actor, db)
      }
      try CaseRules.mustBeOpen(file)
      let ready = try prepare(draft, file, subject, for: actor, at: now, in: db)
      guard try !ReferralStore.hasOpen(id, at: draft.service, in: db) else {
        throw Refusal.conflict(say("This case has an open referral to this service already."))
      }
      let clockOn = ReferralRules.nextClock(
        .sent, since: Day(of: now), rung: 0, answerBy: ready.answerBy, acceptedOn: nil, ready.terms)
      try ReferralStore.insert(
        draft, ready.service, of: file, shared: ready.shared, answerBy: ready.answerBy, clockOn: clockOn,
        key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "referral.send", on: Referral.reference(draft.id), of: subject, by: actor, at: now,
        changes: Fields([
          "service": draft.service.text, "ground": draft.ground.rawValue, "channel": draft.channel.rawValue,
          "sections": draft.sections.map(\.rawValue).sorted().joined(separator: " "), "ask": draft.ask,
          "document": draft.document?.text ?? "",
        ]).asNew, in: db)
      let referral = try ReferralStore.require(draft.id, visibleTo: .program, in: db)
      if draft.channel != .print {
        try request(referral, ready.service, by: actor, at: now, in: db)
      }
      if let action = draft.action {
        try plans.hear(.begun, of: action, in: file, subject, by: actor, at: now, in: db)
      }
    }
  }

  /// - Throws: `Refusal.invalid` beside the channel where the directory's address is none.
  private func request(
    _ referral: Referral, _ service: Service, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    do {
      try write(.request, to: referral, service, at: now, by: actor, in: db)
    } catch Refusal.invalid {
      throw Refusal.invalid([
        FieldError("channel", say("The service has no address for this. Choose another way."))
      ])
    }
  }

  private func mustBeSame(
    _ draft: ReferralDraft, in file: RecordID<CaseFile>, key: SealingKey, by actor: Actor, _ db: Connection
  ) throws {
    let kept = try ReferralStore.require(draft.id, visibleTo: actor, in: db)
    guard kept.file == file else { throw Refusal.notFound }
    let words = try ReferralStore.words(of: draft.id, key: key, in: db)
    guard kept.service == draft.service, kept.document == draft.document, words.shared["ask"] == draft.ask
    else {
      throw Refusal.sentBefore("ask")
    }
  }

  /// All that is to be known before something is sent, or shown as it would be.
  struct Ready: Sendable {
    let service: Service
    let provider: Provider
    let terms: ReferralRules.Terms
    let answerBy: Day
    let shared: Fields
  }

  private func prepare(
    _ draft: ReferralDraft, _ file: CaseFile, _ subject: Subject, for actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Ready {
    let person = try cases.people.read(subject, in: db)
    let service = try directory.service(draft.service, in: db)
    let provider = try directory.provider(service.provider, in: db)
    guard service.state == .active else {
      throw Refusal.conflict(say("This service is not offered now."))
    }
    try ReferralRules.mustHaveGround(draft, consents: person.consents)
    guard draft.channel == .print || address(of: service, provider, draft.channel) != nil else {
      throw Refusal.invalid([
        FieldError("channel", say("The service has no address for this. Choose another way."))
      ])
    }
    if let document = draft.document {
      do {
        _ = try documents.require(document, of: file.id, subject, for: actor, in: db)
      } catch Refusal.notFound {
        throw Refusal.invalid([FieldError("document", say("Choose one of the answers offered."))])
      }
    }
    let terms = try ReferralListStore.terms(provider.kind, in: db)
    let today = Day(of: now)
    return Ready(
      service: service, provider: provider, terms: terms,
      answerBy: draft.answerBy ?? ReferralRules.answerBy(draft.urgency, terms, from: today),
      shared: ReferralRules.shared(draft, person.person.identity, number: file.number, today: today))
  }

  /// What the service would see; nothing is kept.
  func preview(_ draft: ReferralDraft, in id: RecordID<CaseFile>, by actor: Actor) async throws -> (
    opened: OpenedCase, ready: Ready
  ) {
    try actor.must(.agreePlans)
    let now = now()
    let (opened, ready) = try await cases.open(id, for: actor) { opened, db in
      try self.prepare(draft, opened.file, opened.subject, for: opened.reader, at: now, in: db)
    }
    return (opened, ready)
  }

  /// Where a service is reached; nil where the directory does not say it, or where no link can be made.
  func address(of service: Service, _ provider: Provider, _ channel: Referral.Channel) -> String? {
    guard !publicURL.isEmpty else { return nil }
    switch channel {
    case .email: return service[.contactEmail] ?? provider.email
    case .sms: return service[.contactPhone] ?? provider.phone
    case .print: return nil
    }
  }

  /// One referral with its words; the journal tells that it was read.
  package func open(_ id: RecordID<Referral>, for actor: Actor) async throws -> OpenedReferral {
    try actor.must(.openFiles)
    let now = now()
    return try await database.write { db in
      let referral = try ReferralStore.require(id, visibleTo: actor, in: db)
      let (file, subject) = try cases.require(referral.file, for: actor, in: db)
      try Journal.append("referral.open", on: Referral.reference(id), of: subject, by: actor, at: now, in: db)
      return try read(referral, file, subject, in: db)
    }
  }

  func read(_ referral: Referral, _ file: CaseFile, _ subject: Subject, in db: Connection) throws
    -> OpenedReferral
  {
    let person = try cases.people.read(subject, in: db)
    return OpenedReferral(
      referral: referral, file: file,
      words: try ReferralStore.words(of: referral.id, key: subject.key, in: db),
      talk: try ReferralStore.talk(referral.id, key: subject.key, in: db),
      service: try directory.service(referral.service, in: db),
      provider: try directory.provider(referral.provider, in: db),
      link: try ReferralLinkStore.newest(of: referral.id, in: db), agreesTo: Messages.way(to: person)?.kind)
  }
}

/// A referral as one person may read it.
package struct OpenedReferral: Sendable {
  package let referral: Referral
  package let file: CaseFile
  package let words: ReferralWordsKept
  package let talk: [ReferralTalk]
  package let service: Service
  package let provider: Provider
  package let link: ReferralLink?
  /// By which way the person is told of news; nil: by phone or in person.
  package let agreesTo: Message.Kind?
}
