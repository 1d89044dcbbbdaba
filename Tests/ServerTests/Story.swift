import Accounts
import Agenda
import Antennas
import Assessments
import Basics
import Cases
import Circulars
import Complaints
import Directory
import Documents
import Duplicates
import Eligibility
import Foundation
import HTTPTypes
import Households
import Imports
import Letters
import Meetings
import Messages
import Openings
import People
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
import TestSupport
import Testing
import Transfers
import Visits
import Web

@testable import Server

/// What a page can show something of: a person and her file in the midst of things, another whose file is closed, a
/// third in follow-up, and two accounts, one of them closed.
struct Story: Sendable {
  let open: Thread
  let closed: Thread
  /// Her plan is agreed and its action done, and one visit was made.
  let followed: Thread
  let account: AccountID
  let closedAccount: AccountID
  /// Two files that were joined.
  let merge: RecordID<PersonMerge>
  /// Files drawn for a second look, and one of them.
  let draw: RecordID<VisitDraw>
  let look: RecordID<VisitDraw.Look>
  /// How long files are kept.
  let rule: RecordID<RetentionRule>

  /// One person and one record of each kind.
  struct Thread: Sendable {
    let person = PersonID()
    let file = RecordID<CaseFile>()
    let need = RecordID<Need>()
    let goal = RecordID<Plan.Goal>()
    let action = RecordID<Plan.Action>()
    let line = RecordID<Plan.BudgetLine>()
    let visit = RecordID<Visit>()
    let document = RecordID<Document>()
    let handover = RecordID<VisitHandover>()
    let skill = RecordID<Skill>()
    /// A reception of somebody else that was begun.
    let reception = RecordID<ReceptionDraft>()
    /// Of the followed thread it is concluded.
    let survey = RecordID<Survey>()
    /// Of the closed thread only.
    let closure = RecordID<Closure>()
    let consent = RecordID<Consent>()
    let request = RecordID<RightsRequest>()
    /// Of the closed and the followed thread; that of the followed one is in force.
    let hold = RecordID<RightsHold>()
    /// Of the closed thread only: the data of somebody else are to be destroyed.
    let erasure = RecordID<Erasure>()
    let member = RecordID<HouseholdMember>()
    let letter = RecordID<Letter>()
    /// Of the open thread it is sent, of the followed one a question waits, of the closed one it has ended.
    var referral = Referred()
    /// Of the open thread it waits; of the others the gateway refused it.
    var message = RecordID<Message>()
    /// What her antenna entered into the directory.
    let directory = StoryDirectory()
    var agenda = StoryAgenda()
    /// Aids of her case, at every step.
    let aids = StoryAids()
    var funding = StoryFunding()
    /// A partner's file that waits, and one that was brought in.
    let waiting = RecordID<ImportFile>()
    let reported = RecordID<ImportFile>()
    /// Two files alike, hers and another; of the closed thread it waits for a second person.
    var pair = RecordID<DuplicatePair>()
    /// An offer of another antenna that waits; of the closed thread one that this antenna made.
    let transfer = RecordID<Transfer>()
    /// Her file, opened by somebody of another antenna: of the closed thread it is judged.
    let opening = RecordID<Opening>()
    /// What she complains of; of the closed thread it is answered.
    let complaint = RecordID<Complaint>()
    /// What somebody has to do about her case; of the closed thread it is done.
    let task = RecordID<OfficeTask>()
    /// What the centre told the antennas; of the closed thread the counsellor has read it.
    let circular = RecordID<Circular>()
    /// What the antenna asks of the centre; of the closed thread it is answered.
    let question = RecordID<Question>()
    let rules = RecordID<KeptRuleSet>()
    /// Answers to a questionnaire; of the followed thread they are concluded.
    let assessment = RecordID<Assessment>()
    /// A questionnaire that was loaded; of the open thread it is not in force.
    let instrument = InstrumentID(code: "s\(RecordID<Never>())", version: 1)
    /// What stands before a committee.
    var committee = StoryCommittee()
    /// Her file, drawn for a review: of the closed thread it is reviewed, and something is to be mended.
    var entry = RecordID<ReviewEntry>()
    var round = RecordID<ReviewRound>()
    /// Minutes with an item about her file; of the closed thread they are closed.
    let meeting = RecordID<Meeting>()
    let item = RecordID<MeetingItem>()
    /// A ticket of the counsellor to a file at another antenna.
    var ticket = ""
  }

  static let keptView = "/cases?stage=closed"

  static func tell(_ premises: Premises, by counsellor: Actor) async throws -> Story {
    try await premises.installation.cases.keep(view: "stage=closed", by: counsellor)
    let account = try await premises.hire(.counsellor, "c\(RecordID<Never>())")
    let closed = try await premises.hire(.counsellor, "c\(RecordID<Never>())")
    try await premises.installation.accounts.setDisabled(closed.id, true, by: .program)
    return try await tell(premises, by: counsellor, account: account.id, closedAccount: closed.id)
  }

  /// The same with other persons: some things can be done to a file once only.
  func told(again premises: Premises, by counsellor: Actor) async throws -> Story {
    try await Self.tell(premises, by: counsellor, account: account, closedAccount: closedAccount)
  }

  private static func tell(
    _ premises: Premises, by counsellor: Actor, account: AccountID, closedAccount: AccountID
  ) async throws -> Story {
    var (open, closed) = (Thread(), Thread())
    for thread in [open, closed] {
      try await tell(thread, premises, by: counsellor)
      try await thread.agenda.tell(thread, premises.installation, absent: account, by: counsellor)
    }
    try await open.funding.tell(open.file, premises.installation, isTakenBack: false, by: counsellor)
    try await closed.funding.tell(closed.file, premises.installation, isTakenBack: true, by: counsellor)
    open.agenda.feed = try await StoryAgenda.feed(premises.installation, by: counsellor)
    closed.referral = try await refer(closed.file, premises.installation, by: counsellor)
    try await premises.installation.referrals.lapse(closed.referral.id, because: "She left", by: counsellor)
    try await premises.installation.referrals.settle(closed.referral.declined, .nothing, by: counsellor)
    let closure = Closure(
      id: closed.closure, outcome: .standing, reason: "Stands", closedOn: Day(of: premises.clock.now),
      reopenedOn: nil, reopenReason: nil)
    try await closed.aids.end(closed, premises, by: counsellor)
    try await premises.installation.cases.close(closed.file, closure, by: counsellor)
    try await premises.installation.imports.leave(2, of: closed.waiting, by: counsellor)
    let house = premises.installation
    open.pair = try await house.duplicates.suggest(open.person, closed.person, by: .program)
    closed.pair = try await proposal(closed.person, house)
    let merge = try await join(house, by: counsellor)
    var followed = Thread()
    try await follow(followed, premises, by: counsellor)
    try await followed.agenda.tell(
      followed, premises.installation, absent: account, takesTime: true, by: counsellor)
    try await followed.funding.tell(followed.file, house, isTakenBack: false, by: counsellor)
    let (draw, look) = try await draw(house, by: counsellor)
    for thread in [open, closed, followed] { try await visit(thread, house) }
    followed.message = try await message(followed, isRefused: true, house, by: counsellor)
    closed.message = try await message(closed, isRefused: true, house, by: counsellor)
    open.message = try await message(open, isRefused: false, house, by: counsellor)
    open.referral = try await refer(nil, house, by: counsellor)
    try await Self.seat(open.referral, house)
    followed.referral = try await refer(nil, house, by: counsellor)
    try await house.referrals.note(.ask("How old is she?"), on: followed.referral.id, by: counsellor)
    open.ticket = try await ticket(at: "GAF", house, by: counsellor)
    (closed.ticket, followed.ticket) = (open.ticket, open.ticket)
    let head = Actor(
      id: AccountID(), name: "Head", institution: counsellor.institution, antenna: counsellor.antenna,
      scope: .antenna, duties: Role.antennaHead.duties)
    try await house.openings.judge(closed.opening, .unjustified, because: "Nothing was urgent", by: head)
    for thread in [closed, followed] { try await house.assessments.force(thread.instrument, by: .program) }
    try await complain([open, closed, followed], answered: closed, premises, counsellor, head)
    try await give([open, closed, followed], done: closed, premises, counsellor)
    try await write([open, closed, followed], read: closed, premises, counsellor)
    try await ask([open, closed, followed], answered: closed, premises, counsellor)
    try await rule([open, closed, followed], draft: closed, premises)
    (open.committee, followed.committee, closed.committee) = try await committees(
      open, followed, closed, premises, counsellor, other: account)
    try await review(&open, at: counsellor.antenna ?? "TUN", house)
    try await review(&followed, at: counsellor.antenna ?? "TUN", house)
    try await review(&closed, at: counsellor.antenna ?? "TUN", house)
    try await settle(closed, house)
    try await meet([open, closed, followed], ended: closed, house, head)
    try await offer(open.transfer, from: "SFA", to: "TUN", premises, by: counsellor)
    try await offer(closed.transfer, from: "TUN", to: "SFA", premises, by: counsellor)
    let rule = try await Self.rights(open, closed, followed, house, by: counsellor)
    return Story(
      open: open, closed: closed, followed: followed, account: account, closedAccount: closedAccount,
      merge: merge, draw: draw, look: look, rule: rule)
  }

  /// A file at another antenna that the centre holds for the same person's.
  private static func proposal(_ person: PersonID, _ house: Installation) async throws -> RecordID<
    DuplicatePair
  > {
    let other = try await create("Khaled", "Mabrouk", at: "GAF", house, by: .program)
    let pair = try await house.duplicates.suggest(person, other, by: .program)
    let decision = Duplicates.Decision(id: RecordID(), version: 1, reason: nil)
    try await house.duplicates.same(pair, nil, decision, by: .program)
    return pair
  }

  /// Each of them complains; one is answered.
  private static func complain(
    _ threads: [Thread], answered: Thread, _ premises: Premises, _ counsellor: Actor, _ head: Actor
  ) async throws {
    let complaints = premises.installation.complaints
    for thread in threads {
      let draft = ComplaintDraft(
        id: thread.complaint, kind: .delay, channel: .spoken, language: .arabic,
        receivedOn: Day(of: premises.clock.now), about: nil, decidedBy: nil, words: "She waited for weeks")
      try await complaints.record(draft, about: thread.file, at: "TUN", by: counsellor)
    }
    let answer = Complaint.Answer(outcome: .upheld, reason: "It is so", words: "نعتذر")
    try await complaints.answer(answered.complaint, answer, by: head)
  }

  /// Somebody of another antenna opens a file.
  private static func visit(_ thread: Thread, _ house: Installation) async throws {
    let stranger = Actor(
      id: AccountID(), name: "Stranger", institution: InstitutionCode(rawValue: "OTE"), antenna: "GAF",
      scope: .antenna, duties: Role.counsellor.duties)
    let reason = Opening.Reason(why: .present, words: "The person stands at our door")
    let ticket = try await house.openings.ticket(to: thread.person, for: stranger)
    _ = try await house.openings.open(ticket, reason, as: thread.opening, by: stranger)
    _ = try await house.cases.open(thread.file, for: stranger)
  }

  private static func ticket(at antenna: AntennaCode, _ house: Installation, by counsellor: Actor)
    async throws
    -> String
  {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Zitouni", "+21620111222")
    let person = PersonID()
    try await house.cases.receive(
      Reception(
        id: RecordID(), person: person, identity: identity, antenna: antenna, contact: AccountID(),
        channel: .walkIn, receivedAt: house.now(), returned: ReturnFacts()), by: .program)
    return try await house.openings.ticket(to: person, for: counsellor)
  }

  /// A case of one antenna, offered to another.
  private static func offer(
    _ id: RecordID<Transfer>, from: AntennaCode, to: AntennaCode, _ premises: Premises, by counsellor: Actor
  ) async throws {
    let house = premises.installation
    let actor = Actor(
      id: counsellor.id, name: counsellor.name, institution: counsellor.institution, antenna: from,
      scope: .antenna, duties: counsellor.duties)
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Zitouni", "+21620111222")
    let file = RecordID<CaseFile>()
    try await house.cases.receive(
      Reception(
        id: file, person: PersonID(), identity: identity, antenna: from, contact: actor.id, channel: .walkIn,
        receivedAt: premises.clock.now, returned: ReturnFacts()), by: actor)
    let offer = Transfer.Offer(to: to, summary: "A workshop is planned", reason: "The way is shorter")
    try await house.transfers.offer(id, offer, of: file, by: actor)
  }

  /// Two files of one antenna, joined.
  private static func join(_ house: Installation, by actor: Actor) async throws -> RecordID<PersonMerge> {
    let antenna = actor.antenna ?? "TUN"
    let one = try await create("Salma", "Zitouni", at: antenna, house, by: actor)
    let other = try await create("Salma", "Zitouni", at: antenna, house, by: actor)
    let pair = try await house.duplicates.suggest(one, other, by: actor)
    let decision = Duplicates.Decision(id: RecordID(), version: 1, reason: "One card")
    try await house.duplicates.same(pair, nil, decision, by: actor)
    let merges = try await house.duplicates.ofPerson(one, for: actor).merges
    return try #require(merges.first).merge.id
  }

  private static func create(
    _ given: String, _ family: String, at antenna: AntennaCode, _ house: Installation, by actor: Actor
  ) async throws -> PersonID {
    var identity = Identity()
    (identity[.givenLatin], identity[.familyLatin], identity[.phones]) = (given, family, "+21620111222")
    let (id, known) = (PersonID(), identity)
    try await house.database.write { db in
      try house.people.create(known, id: id, antenna: antenna, contact: actor.id, by: actor, in: db)
    }
    return id
  }

  /// In the month that is over a visit was made; the plan is agreed, and its schedule waits.
  private static func follow(_ thread: Thread, _ premises: Premises, by actor: Actor) async throws {
    try await tell(thread, premises, by: actor)
    let (house, today) = (premises.installation, Day(of: premises.clock.now))
    let report = Visit.Report(
      on: today + -30, activity: .goingOn, seen: "Two machines", nextStep: "A third")
    try await house.visits.report(thread.visit, report, in: thread.file, by: actor)
    let agreement = Plan.Agreement(on: today, signedBy: "Her counsellor")
    try await house.plans.agree(agreement, on: thread.file, by: actor)
    try await house.plans.set(.done, of: thread.action, in: thread.file, on: today, by: actor)
    try await house.surveys.conclude(
      thread.survey, as: RecordID(), from: .first, in: thread.file, by: social(like: actor))
    try await house.assessments.conclude(
      thread.assessment, as: RecordID(), from: 1, in: thread.file, by: actor)
  }

  private static func draw(_ house: Installation, by counsellor: Actor) async throws -> (
    RecordID<VisitDraw>, RecordID<VisitDraw.Look>
  ) {
    let head = Actor(
      id: counsellor.id, name: counsellor.name, institution: counsellor.institution,
      antenna: counsellor.antenna, scope: .antenna, duties: Role.antennaHead.duties)
    let month = VisitDrawRules.months(before: Day(of: house.now()))[0]
    let draw = try await house.visits.draw(month, count: 1, by: head)
    let look = try await house.visits.open(draw, for: head).looks.first
    return (draw, try #require(look).id)
  }

  private static func tell(_ thread: Thread, _ premises: Premises, by actor: Actor) async throws {
    let (house, now) = (premises.installation, premises.clock.now)
    let today = Day(of: now)
    var identity = Identity()
    (identity[.givenLatin], identity[.familyLatin]) = ("Salma", "Zitouni")
    (identity[.givenArabic], identity[.familyArabic]) = ("سلمى", "الزيتوني")
    identity[.phones] = "+21620111222"
    let reception = Reception(
      id: thread.file, person: thread.person, identity: identity, antenna: actor.antenna ?? "TUN",
      contact: actor.id, channel: .walkIn, receivedAt: now, returned: ReturnFacts())
    try await house.cases.receive(reception, by: actor)
    let consent = Consent(
      id: thread.consent, person: thread.person, purpose: .accompaniment,
      textVersion: Consent.currentTextVersion, language: .arabic, givenOn: today, way: .signed,
      withdrawnAt: nil)
    try await house.people.record(consent, by: actor)
    let need = Need(
      id: thread.need, kind: .housing, urgency: .today, details: "A roof", recordedOn: today, metOn: nil,
      whatWasDone: nil)
    try await house.cases.record(need, in: thread.file, by: actor)
    let goal = Plan.Goal(id: thread.goal, track: .project, text: "A workshop", actions: [])
    try await house.plans.add(goal, to: thread.file, by: actor)
    let action = Plan.Action(
      id: thread.action, text: "Three quotes", who: "She herself", by: today + 30, state: .toDo,
      startedOn: nil, reason: nil)
    try await house.plans.add(action, under: thread.goal, of: thread.file, by: actor)
    let line = Plan.BudgetLine(
      id: thread.line, amount: Money(1_200_000, .tnd), payer: "A fund", way: .inKind)
    try await house.plans.add(line, under: thread.action, of: thread.file, by: actor)
    let paper = NewDocument(
      id: thread.document, kind: .passport, title: "Passport", validUntil: today + 5, fileName: "p.txt")
    try await house.documents.add(
      paper, DocumentContent(Array("Her passport".utf8)), to: thread.file, by: actor)
    try await house.visits.plan(thread.visit, on: today + 3, in: thread.file, by: actor)
    try await thread.aids.tell(thread, premises, by: actor)
    let handover = VisitHandover(
      id: thread.handover, on: today, goods: "A sewing machine", giver: "The operator", value: nil)
    try await house.visits.record(handover, in: thread.file, by: actor)
    let aneti = Actor(
      id: actor.id, name: actor.name, institution: "ANETI", antenna: actor.antenna, scope: actor.scope,
      duties: actor.duties.union([.writeEmploymentSection]))
    let certificate = Skill(id: thread.skill, kind: .certificate, fields: Fields(["title": "CAP"]))
    try await house.skills.add(certificate, in: thread.file, by: aneti)
    let answers = Fields([
      "on": today.description, "way": "office", "opinion": "A quiet home", "proposals": "Help with the rent",
    ])
    try await house.surveys.begin(thread.survey, answers, in: thread.file, by: social(like: actor))
    try await assess(thread, house, by: actor)
    let member = HouseholdMember(
      id: thread.member, relation: .child, latinName: "Yasmine", arabicName: nil, birthYear: 2016)
    try await house.households.add(member, to: thread.file, by: actor)
    let told = Fields(["family-latin": "Trabelsi", "phones": "+21620999888"])
    try await house.receptions.begin(thread.reception, with: told, by: actor)
    let letter = LetterDraft(
      id: thread.letter, model: "missing-paper", language: .french,
      typed: ["paper": "A certificate", "day": "2026-04-01", "recipient": "name"])
    try await house.letters.write(letter, in: thread.file, by: actor)
    try await thread.directory.tell(house, by: actor)
    try await sendFiles(thread, house, by: actor)
  }

  static func social(like actor: Actor) -> Actor {
    Actor(
      id: actor.id, name: actor.name, institution: "PS", antenna: actor.antenna, scope: actor.scope,
      duties: actor.duties.union(Role.socialCounsellor.duties))
  }
}
