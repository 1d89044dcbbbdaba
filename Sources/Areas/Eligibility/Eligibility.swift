import Basics
import Cases
import Foundation
import Storage

/// The door of the area: the rules by which aids are given, and what they say of a person.
package struct Eligibility: Sendable {
  let cases: Cases
  let sources: FactSources
  let now: @Sendable () -> Date

  package init(
    cases: Cases, sources: FactSources = FactSources(), now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.cases = cases
    self.sources = sources
    self.now = now
  }

  var database: Database { cases.database }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try EligibilityStore.reseal(file, from: old, to: new, in: db) }
  }

  /// All rules but those that were discarded, the newest first; drafts for those who keep them.
  func sets(for actor: Actor) async throws -> [KeptRuleSet] {
    let states: [KeptRuleSet.State] = actor.may(.keepEligibility) ? [.draft, .decided] : [.decided]
    guard actor.may(.keepEligibility) || actor.may(.prepareAids) else {
      throw Refusal.notAllowed(.prepareAids)
    }
    return try await database.read { db in try EligibilityStore.sets(states, in: db) }
  }

  func find(_ id: RecordID<KeptRuleSet>, for actor: Actor) async throws -> KeptRuleSet {
    guard actor.may(.keepEligibility) || actor.may(.prepareAids) else {
      throw Refusal.notAllowed(.prepareAids)
    }
    return try await database.read { db in
      guard let kept = try EligibilityStore.find(id, in: db),
        kept.state == .decided || actor.may(.keepEligibility)
      else { throw Refusal.notFound }
      return kept
    }
  }

  func names() async throws -> FactNames {
    guard let names = sources.names else { return FactNames() }
    return try await database.read { db in try names(db) }
  }

  /// Loads a file of rules as a draft; the same id a second time is the same draft.
  /// - Throws: `Refusal.invalid` beside `file`, with the line and the reason.
  package func load(_ file: String, as id: RecordID<KeptRuleSet>, by actor: Actor) async throws {
    try actor.must(.keepEligibility)
    let set: RuleSet
    do { set = try RuleFile.read(file) } catch let fault as RuleFile.Fault {
      throw Refusal.invalid([FieldError("file", fault.message)])
    }
    let now = now()
    try await database.write { db in
      guard try EligibilityStore.insert(id, set, file: file, by: actor, at: now, in: db) else {
        guard try EligibilityStore.find(id, in: db)?.file == file else { throw Refusal.sentBefore("file") }
        return
      }
      try Journal.append(
        "rules.load", on: KeptRuleSet.reference(id), by: actor, at: now,
        changes: Fields(["code": set.code, "version": set.version]).asNew, in: db)
    }
  }

  /// Puts a draft in force from its first day; rules of the same code that are in force until then end the day before.
  /// - Throws: `Refusal.conflict` where it would change what was asked on a day that has passed.
  package func decide(_ id: RecordID<KeptRuleSet>, by actor: Actor) async throws {
    try actor.must(.keepEligibility)
    let (now, today) = (now(), Day(of: now()))
    try await database.write { db in
      let kept = try require(id, in: db)
      try EligibilityStore.hold(kept.set.code, in: db)
      let others = try EligibilityStore.sets([.decided], in: db).filter {
        $0.set.code == kept.set.code && $0.id != id
      }
      try EligibilityRules.mayBegin(kept, beside: others, today: today)
      guard try EligibilityStore.decide(id, .decided, by: actor, at: now, in: db) else {
        guard try require(id, in: db).state == .decided else { throw discarded }
        return
      }
      for other in others where other.overlaps(kept) {
        let last = kept.set.from + -1
        try EligibilityStore.end(other.id, on: last, in: db)
        try Journal.append(
          "rules.end", on: KeptRuleSet.reference(other.id), by: actor, at: now,
          changes: [FieldChange(field: "until", before: other.until?.description, after: last.description)],
          in: db)
      }
      try Journal.append(
        "rules.decide", on: KeptRuleSet.reference(id), by: actor, at: now,
        changes: Fields(["from": kept.set.from.description]).asNew, in: db)
    }
  }

  /// Puts a draft aside; a second time changes nothing.
  package func discard(_ id: RecordID<KeptRuleSet>, by actor: Actor) async throws {
    try actor.must(.keepEligibility)
    let now = now()
    try await database.write { db in
      guard try EligibilityStore.decide(id, .discarded, by: actor, at: now, in: db) else {
        guard try require(id, in: db).state == .discarded else {
          throw Refusal.conflict(say("These rules are in force. End them instead."))
        }
        return
      }
      try Journal.append("rules.discard", on: KeptRuleSet.reference(id), by: actor, at: now, in: db)
    }
  }

  /// Ends rules on a day to come, or today.
  /// - Throws: `Refusal.invalid` beside `until` for a day that has passed or lies after the end they have.
  package func end(_ id: RecordID<KeptRuleSet>, on day: Day, by actor: Actor) async throws {
    try actor.must(.keepEligibility)
    let (now, today) = (now(), Day(of: now()))
    try await database.write { db in
      try EligibilityStore.hold(require(id, in: db).set.code, in: db)
      let kept = try require(id, in: db)
      guard kept.state == .decided else { throw Refusal.conflict(say("These rules are not in force.")) }
      guard kept.until != day else { return }
      guard day >= today, day >= kept.set.from, kept.until.map({ day < $0 }) ?? true else {
        throw Refusal.invalid([
          FieldError("until", say("Choose today or a later day, before the end that they have."))
        ])
      }
      try EligibilityStore.end(id, on: day, in: db)
      try Journal.append(
        "rules.end", on: KeptRuleSet.reference(id), by: actor, at: now,
        changes: [FieldChange(field: "until", before: kept.until?.description, after: day.description)],
        in: db)
    }
  }

  private func require(_ id: RecordID<KeptRuleSet>, in db: Connection) throws -> KeptRuleSet {
    guard let kept = try EligibilityStore.find(id, in: db) else { throw Refusal.notFound }
    return kept
  }

  private var discarded: Refusal { .conflict(say("These rules were discarded meanwhile.")) }
}

extension RuleFile.Fault {
  /// What is wrong, and where.
  var message: Phrase {
    guard let line else { return reason }
    let words = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, Reader($0)(reason)) })
    return say("Line \(line): \(words)")
  }
}
