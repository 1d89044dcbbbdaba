import Accounts
import Basics
import Cases
import Foundation
import Storage

/// Convening: the session, those who sit in it, its agenda.
extension Committees {
  /// A page of the sessions that the actor sees.
  func list(after cursor: SessionCursor?, for actor: Actor) async throws -> SessionsFound {
    try CommitteeRules.mustTakePart(actor)
    return try await database.read { db in
      let found = try CommitteeSessionStore.page(after: cursor, for: actor, in: db)
      let shown = Array(found.prefix(CommitteeSessionStore.pageSize))
      return SessionsFound(
        sessions: shown,
        next: found.count > shown.count ? shown.last.map { SessionCursor(day: $0.day, id: $0.id) } : nil)
    }
  }

  /// What waits for a session, for those who convene.
  func waiting(at antenna: AntennaCode?, after cursor: ItemCursor?, for actor: Actor) async throws
    -> ItemsFound
  {
    try CommitteeRules.mustConvene(actor)
    return try await database.read { db in
      try waiting(at: antenna, after: cursor, most: CommitteeItemStore.pageSize, in: db)
    }
  }

  private func waiting(at antenna: AntennaCode?, after cursor: ItemCursor?, most: Int, in db: Connection)
    throws -> ItemsFound
  {
    let found = try CommitteeItemStore.waiting(at: antenna, after: cursor, limit: most + 1, in: db)
    let shown = Array(found.prefix(most))
    return ItemsFound(
      items: shown, numbers: try cases.numbers(of: shown.map(\.file), in: db),
      next: found.count > shown.count
        ? shown.last.map { ItemCursor(at: $0.submittedAt, id: $0.id) } : nil)
  }

  /// A session, for whoever convenes it and changes its terms.
  func session(_ id: RecordID<CommitteeSession>, for actor: Actor) async throws -> CommitteeSession {
    try CommitteeRules.mustConvene(actor)
    return try await database.read { db in
      try CommitteeSessionStore.require(id, visibleTo: actor, in: db)
    }
  }

  /// What may be put on the agenda of a session; nothing is put on that of one that is over.
  func waiting(for id: RecordID<CommitteeSession>, by actor: Actor) async throws -> (
    session: CommitteeSession, waiting: ItemsFound
  ) {
    try CommitteeRules.mustConvene(actor)
    return try await database.read { db in
      let session = try CommitteeSessionStore.require(id, visibleTo: actor, in: db)
      return (
        session,
        try waiting(at: session.antenna, after: nil, most: CommitteeItemStore.offered, in: db)
      )
    }
  }

  /// A session with all that stands in it.
  func open(_ id: RecordID<CommitteeSession>, for actor: Actor) async throws -> OpenedSession {
    try CommitteeRules.mustTakePart(actor)
    return try await database.read { db in try read(id, for: actor, in: db) }
  }

  /// The same for whoever leads it.
  func openToLead(_ id: RecordID<CommitteeSession>, for actor: Actor) async throws -> OpenedSession {
    let opened = try await open(id, for: actor)
    try Self.mustRun(opened)
    return opened
  }

  /// A session with the money that its undecided items would be paid from.
  func rank(_ id: RecordID<CommitteeSession>, for actor: Actor) async throws -> OpenedSession {
    try CommitteeRules.mustTakePart(actor)
    return try await database.read { db in try read(id, withMoney: true, for: actor, in: db) }
  }

  /// Everything of a session in a fixed number of questions, however many files it has.
  func read(
    _ id: RecordID<CommitteeSession>, withMoney isAsked: Bool = false, for actor: Actor, in db: Connection
  ) throws -> OpenedSession {
    let session = try CommitteeSessionStore.require(id, visibleTo: actor, in: db)
    let entries = try CommitteeSessionStore.entries(of: id, in: db)
    let decisions = try CommitteeDecisionStore.decisions(in: id, of: entries.map(\.item), db)
    let open =
      isAsked && session.state == .convened ? entries.map(\.item).filter { decisions[$0.id] == nil } : []
    // What is over stays as it was, whatever was appealed against since.
    let deciders =
      session.state == .convened ? try CommitteeVoteStore.deciders(beforeAppealsIn: id, in: db) : [:]
    return OpenedSession(
      session: session, members: try CommitteeSessionStore.members(of: id, in: db), entries: entries,
      conflicts: try CommitteeVoteStore.conflicts(of: id, in: db),
      scores: try CommitteeVoteStore.scores(of: id, in: db),
      votes: try CommitteeVoteStore.votes(of: id, in: db),
      decisions: decisions, deciders: deciders,
      numbers: try cases.numbers(of: entries.map(\.item.file), in: db), grid: grids.grid(session.grid),
      shares: try open.isEmpty ? [:] : money?(open, db) ?? [:], isMoneyKnown: money != nil,
      reader: actor)
  }

  /// Convenes a session; the same id a second time is the same session.
  /// - Throws: `Refusal.sentBefore` when it came with something else then; `Refusal.conflict` where no grid is in force.
  package func convene(_ id: RecordID<CommitteeSession>, _ draft: SessionDraft, by actor: Actor) async throws
  {
    try CommitteeRules.mustConvene(actor)
    let now = now()
    let grid = try grid(on: draft.terms.day)
    try await database.write { db in
      guard
        try CommitteeSessionStore.insert(id, draft, grid: grid.version, by: actor, at: now, in: db)
      else {
        guard try CommitteeSessionStore.require(id, visibleTo: actor, in: db).draft == draft else {
          throw Refusal.sentBefore("place")
        }
        return
      }
      try Journal.append(
        "committee.convene", on: CommitteeSession.reference(id), by: actor, at: now,
        changes: draft.terms.fields.asNew
          + Fields(["antenna": draft.antenna?.rawValue ?? "", "grid": grid.version]).asNew, in: db)
    }
  }

  private func grid(on day: Day) throws(Refusal) -> CommitteeGrid {
    guard let grid = grids.grid(on: day) else {
      throw .conflict(say("No grid for scoring is in force on this day."))
    }
    return grid
  }

  /// Changes the terms of a session in which nobody voted; the same a second time changes nothing.
  /// - Parameter seen: the mark of the terms that stood on the form.
  /// - Throws: `Refusal.conflict` when somebody else changed them meanwhile, once somebody voted, and for a day with
  ///   another grid than the one by which files were scored.
  package func change(
    _ id: RecordID<CommitteeSession>, to terms: SessionTerms, seen: String, by actor: Actor
  ) async throws {
    try CommitteeRules.mustConvene(actor)
    try await run(id, by: actor) { opened, now, db in
      let session = opened.session
      guard session.terms != terms else { return }
      guard session.terms.mark == seen else {
        throw Refusal.conflict(say("Somebody else changed this session meanwhile. Look at it again."))
      }
      guard opened.votes.isEmpty, opened.decisions.isEmpty else {
        throw Refusal.conflict(say("Members have voted: the session stays as it is."))
      }
      // On its day it keeps the grid with which it was convened, whatever was loaded since.
      let grid = terms.day == session.day ? session.grid : try grid(on: terms.day).version
      guard opened.scores.isEmpty || grid == session.grid else {
        throw Refusal.conflict(say("Files were scored by a grid that is not in force on this day."))
      }
      try CommitteeSessionStore.change(session, to: terms, grid: grid, in: db)
      try Journal.append(
        "committee.change", on: CommitteeSession.reference(id), by: actor, at: now,
        changes: session.terms.fields.changes(to: terms.fields)
          + Fields(["grid": session.grid]).changes(to: Fields(["grid": grid])), in: db)
    }
  }

  /// Gives somebody a seat, or another role; the same a second time changes nothing.
  /// - Throws: `Refusal.conflict` for a second chair, for one who was removed, and for one who decided what is appealed
  ///   against here.
  package func seat(
    _ account: AccountID, as role: CommitteeSession.Role, in id: RecordID<CommitteeSession>, by actor: Actor
  ) async throws {
    try CommitteeRules.mustConvene(actor)
    try await run(id, by: actor) { opened, now, db in
      if opened.members.contains(where: { $0.account == account && $0.sits && $0.role == role }) { return }
      guard let sitting = try accounts.active(account, in: db)?.actor, sitting.may(.sitInCommittees) else {
        throw Refusal.invalid([FieldError("account", say("Choose somebody who may sit in committees."))])
      }
      if opened.members.contains(where: { $0.account == account && !$0.sits }) {
        throw Refusal.conflict(say("She was removed from this session, and does not come back to it."))
      }
      if role == .chair,
        opened.members.contains(where: { $0.role == .chair && $0.sits && $0.account != account })
      {
        throw Refusal.conflict(say("This session has a chair. Remove her, or give her another role first."))
      }
      if role.votes, opened.deciders.values.contains(where: { $0.contains(account) }) {
        throw Refusal.conflict(
          say("An appeal on the agenda is against what she decided: it goes to others."))
      }
      guard opened.members.count < CommitteeSession.mostMembers else {
        throw Refusal.conflict(say("A committee has at most \(CommitteeSession.mostMembers) members."))
      }
      try CommitteeSessionStore.seat(account, as: role, in: opened.session, db)
      try Journal.append(
        "committee.seat", on: CommitteeSession.reference(id), by: actor, at: now,
        changes: Fields(["member": account.text, "role": role.rawValue]).asNew, in: db)
    }
  }

  /// Removes a member, also while the session goes on: what she scored and voted stays recorded and does not count.
  package func remove(_ account: AccountID, from id: RecordID<CommitteeSession>, by actor: Actor) async throws
  {
    try await run(id, by: actor) { opened, now, db in
      try Self.mustRun(opened)
      guard let member = opened.members.first(where: { $0.account == account }) else {
        throw Refusal.notFound
      }
      guard member.sits else { return }
      guard account != actor.id || !opened.isChair || CommitteeRules.convenes(actor) else {
        throw Refusal.conflict(say("A chair does not remove herself: whoever convened the session does."))
      }
      try CommitteeSessionStore.remove(account, from: id, at: now, in: db)
      try Journal.append(
        "committee.remove", on: CommitteeSession.reference(id), by: actor, at: now,
        changes: Fields(["member": account.text]).asNew, in: db)
    }
  }

  /// Records who is there.
  package func setPresent(_ accounts: [AccountID], in id: RecordID<CommitteeSession>, by actor: Actor)
    async throws
  {
    try await run(id, by: actor) { opened, now, db in
      try Self.mustRun(opened)
      try CommitteeRules.mustHaveBegun(opened.session, today: Day(of: now))
      let sitting = opened.members.filter(\.sits)
      let present = sitting.map(\.account).filter(accounts.contains)
      guard present != sitting.filter(\.isPresent).map(\.account) else { return }
      try CommitteeSessionStore.setPresent(present, in: id, db)
      try Journal.append(
        "committee.presence", on: CommitteeSession.reference(id), by: actor, at: now,
        changes: Fields(["present": present.map(\.text).joined(separator: " ")]).asNew, in: db)
    }
  }

  /// Puts items on the agenda; those that are there already stay.
  /// - Throws: `Refusal.conflict` for one that waits no more, belongs to another antenna, was decided by somebody who
  ///   sits here, or is one too many.
  package func list(
    _ items: [RecordID<CommitteeItem>], in id: RecordID<CommitteeSession>, by actor: Actor
  ) async throws {
    try CommitteeRules.mustConvene(actor)
    try await run(id, by: actor) { opened, now, db in
      var count = opened.entries.count
      for item in items.sorted() where !opened.entries.contains(where: { $0.item.id == item }) {
        count += 1
        guard count <= CommitteeItem.mostInSession else {
          throw Refusal.conflict(say("A session has at most \(CommitteeItem.mostInSession) files."))
        }
        try list(item, opened, by: actor, at: now, in: db)
      }
    }
  }

  private func list(
    _ id: RecordID<CommitteeItem>, _ opened: OpenedSession, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try CommitteeItemStore.hold(id, in: db)
    let item = try CommitteeItemStore.require(id, in: db)
    let session = opened.session
    guard item.state == .waiting, session.antenna == nil || session.antenna == item.antenna else {
      throw Refusal.conflict(say("One of these does not wait for this session any more. Look again."))
    }
    let deciders = try CommitteeVoteStore.deciders(beforeAppealOf: id, in: db)
    if opened.members.contains(where: { $0.sits && $0.role.votes && deciders.contains($0.account) }) {
      throw Refusal.conflict(say("One of these is an appeal against what a member here decided."))
    }
    guard try !CommitteeDecisionStore.exists(of: id, in: session.id, db) else {
      throw Refusal.conflict(say("One of these was postponed by this session: it goes to another."))
    }
    try CommitteeSessionStore.list(id, in: session.id, by: actor, at: now, db)
    try CommitteeItemStore.set(.listed, of: id, in: db)
    try Journal.append(
      "committee.list", on: CommitteeItem.reference(id), of: subject(of: item, in: db), by: actor, at: now,
      in: db)
  }

  /// Takes an item off the agenda before it is decided: it waits for another session.
  package func takeOff(
    _ item: RecordID<CommitteeItem>, from id: RecordID<CommitteeSession>, by actor: Actor
  ) async throws {
    try CommitteeRules.mustConvene(actor)
    try await run(id, by: actor) { opened, now, db in
      guard let entry = opened.entries.first(where: { $0.item.id == item }) else { return }
      guard opened.decisions[item] == nil else {
        throw Refusal.conflict(say("This item is decided."))
      }
      try CommitteeItemStore.takeOff(item, at: now, in: db)
      try CommitteeItemStore.set(.waiting, of: item, in: db)
      try Journal.append(
        "committee.take-off", on: CommitteeItem.reference(item), of: subject(of: entry.item, in: db),
        by: actor, at: now, in: db)
    }
  }

  /// The session does not take place: what was on its agenda waits for another. Nothing may be decided in it.
  package func cancel(_ id: RecordID<CommitteeSession>, by actor: Actor) async throws {
    try CommitteeRules.mustConvene(actor)
    let now = now()
    try await database.write { db in
      try CommitteeSessionStore.hold(id, in: db)
      let opened = try read(id, for: actor, in: db)
      if opened.session.state == .cancelled { return }
      try CommitteeRules.mustBeOpen(opened.session)
      guard opened.decisions.isEmpty else {
        throw Refusal.conflict(say("Something is decided here: the session is closed, not cancelled."))
      }
      try CommitteeSessionStore.cancel(id, by: actor, at: now, in: db)
      try Journal.append("committee.cancel", on: CommitteeSession.reference(id), by: actor, at: now, in: db)
    }
  }

  /// An act in a session that is not over; whoever comes second waits until the first is done.
  func run(
    _ id: RecordID<CommitteeSession>, by actor: Actor,
    _ body: @escaping @Sendable (OpenedSession, Date, Connection) throws -> Void
  ) async throws {
    try CommitteeRules.mustTakePart(actor)
    let now = now()
    try await database.write { db in
      try CommitteeSessionStore.hold(id, in: db)
      let opened = try read(id, for: actor, in: db)
      try CommitteeRules.mustBeOpen(opened.session)
      try body(opened, now, db)
    }
  }

  /// - Throws: `Refusal.notAllowed` for whoever neither convened it nor is its chair.
  static func mustRun(_ opened: OpenedSession) throws {
    guard opened.isRun else { throw Refusal.notAllowed(.holdCommittees) }
  }

  /// The person whose item it is; nil once she was erased.
  func subject(of item: CommitteeItem, in db: Connection) throws -> Subject? {
    try cases.findUnerased(item.file, for: .program, in: db)?.subject
  }
}

struct SessionsFound: Sendable {
  let sessions: [CommitteeSession]
  let next: SessionCursor?
}

struct ItemsFound: Sendable {
  let items: [CommitteeItem]
  let numbers: [RecordID<CaseFile>: String]
  let next: ItemCursor?
}
