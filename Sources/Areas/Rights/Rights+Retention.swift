import Basics
import Cases
import Foundation
import People
import Storage

/// Those of the files in which an aid was paid: another area knows.
package typealias AidedFiles =
  @Sendable (_ files: [RecordID<CaseFile>], _ db: Connection) throws -> Set<RecordID<CaseFile>>

/// How long files are kept, and those whose term is over: a list on which a person decides each.
extension Rights {
  package func rules(for actor: Actor) async throws -> [RetentionRule] {
    try actor.must(.answerRights)
    return try await database.read { db in try RetentionStore.rules(in: db) }
  }

  /// Enters a rule; the same id a second time is the same rule.
  package func enter(_ rule: RetentionRule, by actor: Actor) async throws {
    try actor.must(.setRetention)
    let now = now()
    try await database.write { db in
      if let kept = try RetentionStore.rule(rule.id, in: db) {
        guard kept.category == rule.category, kept.years == rule.years, kept.source == rule.source,
          kept.from == rule.from
        else { throw Refusal.sentBefore("years") }
        return
      }
      guard try !RetentionStore.isRuled(rule.category, from: rule.from, in: db) else {
        throw Refusal.invalid([
          FieldError("valid-from", say("A rule of this category begins on that day already."))
        ])
      }
      try RetentionStore.insert(rule, by: actor, at: now, in: db)
      try Journal.append(
        "rights.set-rule", on: RetentionRule.reference(rule.id), by: actor, at: now,
        changes: Fields([
          "category": rule.category.rawValue, "years": String(rule.years), "source": rule.source,
          "valid-from": rule.from.description, "valid-until": rule.until?.description ?? "",
        ]).asNew, in: db)
    }
  }

  /// Ends a rule with a day; the same a second time changes nothing.
  package func end(_ id: RecordID<RetentionRule>, on day: Day, by actor: Actor) async throws {
    try actor.must(.setRetention)
    let now = now()
    try await database.write { db in
      guard let rule = try RetentionStore.rules(in: db).first(where: { $0.id == id }) else {
        throw Refusal.notFound
      }
      guard rule.until != day else { return }
      guard day >= rule.from else {
        throw Refusal.invalid([FieldError("valid-until", say("A rule cannot end before it begins."))])
      }
      try RetentionStore.end(id, on: day, in: db)
      try Journal.append(
        "rights.end-rule", on: RetentionRule.reference(id), by: actor, at: now,
        changes: [
          FieldChange(field: "valid-until", before: rule.until?.description, after: day.description)
        ], in: db)
    }
  }

  /// A page of the closed cases of a category whose term is over, the oldest first. Passed over are persons with a case
  /// that is open, or whose own term is not over.
  package func due(
    _ category: RetentionRule.Category, after cursor: RightsCursor?, for actor: Actor
  ) async throws -> DuePage {
    try actor.must(.answerRights)
    let today = Day(of: now())
    return try await database.read { db in
      let rules = try RetentionStore.rules(in: db)
      guard let rule = RightsRules.rule(category, on: today, among: rules) else {
        return DuePage(rule: nil, due: [], lines: [:], names: [:], next: nil)
      }
      let last = rule.lastClosing(dueOn: today)
      var found = try RetentionStore.due(
        category, closedBy: last, on: today, for: actor, after: cursor, limit: RightsStore.pageSize + 1,
        in: db)
      let hasMore = found.count > RightsStore.pageSize
      if hasMore { found.removeLast() }
      let end = found.last
      let aided = try aided(found.map(\.id), db)
      let kept = try found.filter {
        try aided.contains($0.id) == (category == .withAid) && isOver($0, rules, on: today, in: db)
      }
      let (lines, names) = try cases.lines(of: kept.map(\.id), for: actor, in: db)
      return DuePage(
        rule: rule, due: kept, lines: lines, names: names,
        next: hasMore ? end.map { RightsCursor($0.closedOn.description, $0.id.text) } : nil)
    }
  }

  /// Whether every case of the person is closed, and its term over.
  private func isOver(_ due: DueCase, _ rules: [RetentionRule], on today: Day, in db: Connection) throws
    -> Bool
  {
    let files = try people.files(of: due.person, in: db)
    let endings = try cases.endings(of: files, in: db)
    let aided = try aided(endings.map(\.id), db)
    return endings.allSatisfy { ending in
      let category = RightsRules.category(hadHelp: ending.hadHelp, isAided: aided.contains(ending.id))
      guard let closedOn = ending.closedOn,
        let rule = RightsRules.rule(category, on: today, among: rules)
      else { return false }
      return closedOn <= rule.lastClosing(dueOn: today)
    }
  }
}

/// A page of what is due.
package struct DuePage: Sendable {
  /// Nil where no rule is loaded for the category.
  package let rule: RetentionRule?
  package let due: [DueCase]
  package let lines: [RecordID<CaseFile>: CaseLine]
  package let names: [PersonID: PersonLabel]
  package let next: RightsCursor?
}
