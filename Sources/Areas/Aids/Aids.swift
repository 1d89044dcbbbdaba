import Accounts
import Antennas
import Basics
import Cases
import Committees
import Documents
import Eligibility
import Foundation
import Funding
import People
import Storage

/// The door of the area: what pages and other areas may ask about aids.
package struct Aids: Sendable {
  let database: Database
  let cases: Cases
  let documents: Documents
  let funding: Funding
  let committees: Committees
  let eligibility: Eligibility
  let accounts: Accounts
  let antennas: Antennas
  /// Days after a payment within which it is to be proven.
  let daysToProve: Int
  let now: @Sendable () -> Date

  /// Ours, to be confirmed by the office; an installation may set another.
  package static let daysToProve = 60

  package init(
    cases: Cases, documents: Documents, funding: Funding, committees: Committees, eligibility: Eligibility,
    accounts: Accounts, antennas: Antennas, daysToProve: Int = Aids.daysToProve,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.documents = documents
    self.funding = funding
    self.committees = committees
    self.eligibility = eligibility
    self.accounts = accounts
    self.antennas = antennas
    self.daysToProve = daysToProve
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try AidStore.reseal(file, from: old, to: new, in: db) }
  }

  /// What the lists need to know of a case; one with an aid that is not finished cannot be closed.
  package static let follower: CaseFollower = { file, place, isOpen, db in
    guard try isOpen || !AidStore.isOpen(file, in: db) else {
      throw Refusal.conflict(
        say(
          "An aid of this case is not finished: prove and end it, or give it up, before the case is closed."))
    }
    try AidStore.follow(file, to: place, in: db)
  }

  /// An aid that is held for an act: whoever comes second waits, and then sees what the first one did.
  struct Held {
    let aid: Aid
    let file: CaseFile
    let subject: Subject
    var line: AidLine { aid.line }
    var key: SealingKey { subject.key }

    /// - Throws: `Refusal.notFound` for a part of another aid.
    func part(_ id: RecordID<AidInstalment>) throws -> AidInstalment {
      guard let part = aid.instalments.first(where: { $0.id == id }) else { throw Refusal.notFound }
      return part
    }

    func before(_ part: AidInstalment) -> [AidInstalment] {
      aid.instalments.filter { $0.number < part.number }
    }
  }

  func hold(_ id: RecordID<Aid>, for actor: Actor, in db: Connection) throws -> Held {
    guard let file = try AidStore.caseFile(of: id, in: db) else { throw Refusal.notFound }
    let (held, subject) = try cases.hold(file, for: actor, in: db)
    try AidStore.hold(id, in: db)
    return Held(aid: try AidStore.read(id, key: subject.key, in: db), file: held, subject: subject)
  }

  func change(
    _ id: RecordID<Aid>, by actor: Actor, with duty: Duty,
    _ body: @escaping @Sendable (Held, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(duty)
    let now = now()
    try await database.write { db in try body(hold(id, for: actor, in: db), now, db) }
  }

  func tell(
    _ act: String, _ held: Held, by actor: Actor, at now: Date, _ fields: [String: String] = [:],
    in db: Connection
  ) throws {
    try Journal.append(
      act, on: Aid.reference(held.line.id), of: held.subject, by: actor, at: now,
      changes: Fields(fields).asNew, in: db)
  }

  /// Prepares an aid; the same id a second time is the same one.
  /// - Throws: `Refusal.sentBefore` when it came with something else; `Refusal.invalid` where uses and sources differ.
  package func prepare(
    _ request: Aid.Request, as id: RecordID<Aid>, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try actor.must(.prepareAids)
    try AidRules.mustBalance(request)
    let now = now()
    try await database.write { db in
      let (held, subject) = try cases.hold(file, for: actor, in: db)
      if let place = try AidStore.caseFile(of: id, in: db) {
        guard place == file else { throw Refusal.sentBefore("purpose") }
        let kept = try AidStore.read(id, key: subject.key, in: db)
        guard kept.request == request, kept.line.preparedBy == actor.id else {
          throw Refusal.sentBefore("purpose")
        }
        return
      }
      try CaseRules.mustBeOpen(held)
      try mustBeGiven(request.kind, in: db)
      guard
        try AidStore.insert(id, request, of: held, key: subject.key, by: actor, at: now, in: db)
      else { throw Refusal.sentBefore("purpose") }
      try Journal.append(
        "aid.prepare", on: Aid.reference(id), of: subject, by: actor, at: now, version: 1,
        changes: request.fields.asNew, in: db)
    }
  }

  /// Nothing new is prepared of a kind that is given no more.
  private func mustBeGiven(_ kind: AidKindCode, in db: Connection) throws {
    guard try kinds(in: db).contains(where: { $0.id == kind && $0.isActive }) else {
      throw Refusal.invalid([FieldError("kind", say("Choose one of the answers offered."))])
    }
  }

  /// Corrects what is asked for, before it is decided.
  /// - Parameter version: which was before the eyes of whoever typed.
  package func correct(
    _ id: RecordID<Aid>, to request: Aid.Request, from version: Int, by actor: Actor
  ) async throws {
    try AidRules.mustBalance(request)
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      guard held.aid.request != request else { return }
      try AidRules.mustBeWritten(held.line.state)
      if held.line.kind != request.kind { try mustBeGiven(request.kind, in: db) }
      // What was set aside was set aside for other words.
      guard held.line.reservation == nil || held.line.asked == request.asked && held.line.kind == request.kind
      else {
        throw Refusal.conflict(
          say(
            "Money is set aside for the amount and kind as they were: give this aid up and prepare another."))
      }
      guard try AidStore.correct(id, to: request, from: version, key: held.key, in: db) else {
        throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
      }
      try Journal.append(
        "aid.correct", on: Aid.reference(id), of: held.subject, by: actor, at: now, version: version + 1,
        changes: held.aid.request?.fields.changes(to: request.fields) ?? [], in: db)
    }
  }

  /// Puts an aid before those who decide, with money set aside for it; the same a second time changes nothing. What the
  /// rules in force say of it is kept beside the case.
  /// - Parameters:
  ///   - isOutside: before a committee that keeps its minutes elsewhere.
  ///   - money: the budget line that would pay it; nil where that is settled later.
  ///   - exception: why it goes there although the rules do not say yes.
  /// - Throws: `Refusal.invalid` beside `exception` where the rules do not say yes and nothing is written;
  ///   `Refusal.conflict` where more is asked than they let one give.
  package func submit(
    _ id: RecordID<Aid>, outside isOutside: Bool, from money: RecordID<BudgetLine>?,
    although exception: String? = nil, by actor: Actor
  ) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      if held.line.state == .submitted { return }
      guard AidRules.maySubmit(held.line) else {
        throw Refusal.conflict(say("This aid was decided, or given up."))
      }
      try CaseRules.mustBeOpen(held.file)
      let ruling = try ruling(on: held, paidFrom: money, on: Day(of: now), in: db)
      try AidRules.mustBeOpen(ruling, although: exception)
      try AidRules.mustBeUnder(ruling, held.line.asked)
      if let money { try reserve(money, for: held, by: actor, in: db) }
      // What a committee postponed or refused is before it already; an appeal is made there.
      guard held.line.state == .prepared || held.line.isOutside == isOutside else {
        throw Refusal.conflict(say("The same committee decides again."))
      }
      try eligibility.keep(ruling, of: held.file.id, held.subject, by: actor, in: db)
      let reason = ruling.isOpen ? nil : exception
      if !isOutside { try putBeforeCommittee(held, although: reason, by: actor, in: db) }
      try AidStore.submit(
        id, isOutside: isOutside, although: reason, key: held.key, at: now, in: db)
      try tell(
        "aid.submit", held, by: actor, at: now, reason.map { ["exception": $0] } ?? [:], in: db)
    }
  }

  /// Sets money of a budget line aside for an aid that waits for a decision or was granted; a second time changes nothing.
  package func setAside(_ money: RecordID<BudgetLine>, for id: RecordID<Aid>, by actor: Actor) async throws {
    guard actor.may(.prepareAids) || actor.may(.approvePayments) else {
      throw Refusal.notAllowed(.prepareAids)
    }
    let duty: Duty = actor.may(.prepareAids) ? .prepareAids : .approvePayments
    try await change(id, by: actor, with: duty) { held, now, db in
      if held.line.reservation != nil { return }
      guard held.line.state == .submitted || held.line.state == .granted else {
        throw Refusal.conflict(
          say("Money is set aside for an aid that waits for a decision, or was granted."))
      }
      try reserve(money, for: held, by: actor, in: db)
      try tell("aid.set-aside", held, by: actor, at: now, in: db)
    }
  }

  /// Records what was decided; the same decision a second time changes nothing.
  /// - Parameter money: which budget line pays what is granted, where none was set aside before.
  package func decide(
    _ decision: Aid.Decision, on id: RecordID<Aid>, from money: RecordID<BudgetLine>?, by actor: Actor
  ) async throws {
    try await change(id, by: actor, with: .approvePayments) { held, now, db in
      if let kept = held.aid.decisions.first(where: { $0.id == decision.id }) {
        guard kept == decision else { throw Refusal.sentBefore("outcome") }
        return
      }
      guard held.line.preparedBy != actor.id else {
        throw Refusal.conflict(say("You prepared this aid: somebody else decides on it."))
      }
      guard held.line.isOutside, held.line.state == .submitted else {
        throw Refusal.conflict(say("This aid waits for no decision that is recorded here."))
      }
      try decide(decision, held, from: money, by: actor, at: now, in: db)
    }
  }

  /// The same in the transaction of those who decide.
  func decide(
    _ decision: Aid.Decision, _ held: Held, from money: RecordID<BudgetLine>?, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    try AidRules.mustFit(decision, held.line)
    if decision.outcome == .granted, let amount = decision.amount {
      try AidRules.mustBeUnder(ruling(on: held, paidFrom: money, on: decision.on, in: db), amount)
      if let kept = held.line.reservation {
        if held.line.state == .granted { try reserveAnew(kept, amount, for: held, by: actor, in: db) }
      } else if let money {
        try reserve(money, amount, for: held, by: actor, in: db)
      }
    } else if decision.outcome == .refused {
      try release(held.line, by: actor, in: db)
    }
    guard try AidStore.insert(decision, on: held.line, key: held.key, by: actor, at: now, in: db) else {
      throw Refusal.sentBefore("outcome")
    }
    try tell(
      "aid.\(decision.outcome.rawValue)", held, by: actor, at: now,
      [
        "amount": decision.amount?.typed ?? "", "decided-on": decision.on.description,
        "body": decision.body, "words": decision.words ?? "",
      ], in: db)
  }

  /// Gives an aid up before anything was paid; the same a second time changes nothing.
  package func giveUp(_ id: RecordID<Aid>, because words: String, by actor: Actor) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      if held.line.state == .givenUp {
        guard held.aid.endWords == words else { throw Refusal.conflict(say("This aid is given up already.")) }
        return
      }
      guard AidRules.mayGiveUp(held.line.state) else {
        throw Refusal.conflict(
          say("Of this aid something was paid, or it has ended: it can be ended, not given up."))
      }
      if let part = held.aid.instalments.first(where: { $0.isLive && $0.order != nil }) {
        throw Refusal.conflict(say("The order for part \(part.number) still stands: send it back first."))
      }
      try withdraw(held, in: db)
      try takeBack(held, because: words, by: actor, in: db)
      try release(held.line, by: actor, in: db)
      try AidStore.end(id, .givenUp, words, key: held.key, at: now, in: db)
      try tell("aid.give-up", held, by: actor, at: now, ["words": words], in: db)
    }
  }

  /// Ends an aid whose payments are proven; what was not paid goes back to its line.
  package func end(_ id: RecordID<Aid>, with words: String, by actor: Actor) async throws {
    try await change(id, by: actor, with: .approvePayments) { held, now, db in
      if held.line.state == .ended {
        guard held.aid.endWords == words else { throw Refusal.conflict(say("This aid has ended already.")) }
        return
      }
      try AidRules.mustEnd(held.line, held.aid.instalments)
      try withdraw(held, in: db)
      try release(held.line, by: actor, in: db)
      try AidStore.end(id, .ended, words, key: held.key, at: now, in: db)
      try tell("aid.end", held, by: actor, at: now, ["words": words], in: db)
    }
  }

  /// What was promised and not paid is promised no more.
  private func withdraw(_ held: Held, in db: Connection) throws {
    for part in held.aid.instalments where part.isLive && !part.isPaid {
      try AidInstalmentStore.remove(part.id, in: db)
    }
  }
}

extension Aid {
  /// Nil once the person was erased.
  var request: Request? {
    purpose.map {
      Request(
        kind: line.kind, track: line.track, purpose: $0, cost: line.cost, asked: line.asked, own: line.own,
        other: line.other, otherWords: otherWords)
    }
  }
}

extension Aid.Request {
  /// As it is told in the journal.
  var fields: Fields {
    Fields([
      "kind": kind.rawValue, "purpose": purpose, "currency": cost.currency.rawValue, "cost": cost.typed,
      "asked": asked.typed, "own": own.typed, "other": other.typed, "other-words": otherWords ?? "",
    ])
  }
}
