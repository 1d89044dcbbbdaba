import Basics
import Cases
import Foundation
import Storage

/// What would change if other rules were in force: over every file, before anybody decides.
package struct WhatIf: Sendable, Equatable {
  /// Files that were looked at: open ones.
  package var files = 0
  /// Who gets the aid by the new rules and not by those in force, and the other way round.
  package var gains = Change()
  package var loses = Change()
  /// By both.
  package var keeps = 0
  /// By the rules in force and by the new ones, in millimes: what all would get who get it.
  package var costBefore: Int64 = 0
  package var costAfter: Int64 = 0
  /// Files for which something is missing or can still be done.
  package var notYetBefore = 0
  package var notYetAfter = 0

  package struct Change: Sendable, Equatable {
    package var count = 0
    /// The first of them.
    package var files: [RecordID<CaseFile>] = []
    package var antennas: [AntennaCode: Int] = [:]

    /// So many files stand by their numbers.
    static let shown = 100

    mutating func add(_ file: FileFacts) {
      count += 1
      antennas[file.antenna, default: 0] += 1
      if files.count < Self.shown { files.append(file.id) }
    }
  }
}

extension Eligibility {
  /// What changes for all open files if these rules stood in the place of those of the same code that are in force on
  /// `day`; where none are, nobody gets anything by them. Reads in batches, so that other work goes on.
  package func whatIf(_ id: RecordID<KeptRuleSet>, on day: Day, for actor: Actor) async throws -> (
    rules: KeptRuleSet, current: KeptRuleSet?, result: WhatIf
  ) {
    try actor.must(.keepEligibility)
    let (rules, current, rate) = try await database.read { db in
      guard let rules = try EligibilityStore.find(id, in: db) else { throw Refusal.notFound }
      let current = EligibilityRules.inForce(try EligibilityStore.sets([.decided], in: db), on: day)
        .first { $0.set.code == rules.set.code && $0.id != id }
      return (rules, current, try sources.rate?(day, db))
    }
    let result = try await whatIf(rules.set, current?.set, on: day, rate: rate)
    return (rules, current, result)
  }

  func whatIf(_ new: RuleSet, _ current: RuleSet?, on day: Day, rate: EuroRate?) async throws -> WhatIf {
    let wanted = new.facts.union(current?.facts ?? [])
    var result = WhatIf()
    var last: RecordID<CaseFile>?
    var money = MoneyAnswers(sources: sources, day: day)
    repeat {
      let (after, soFar, answers) = (last, result, money)
      (last, result, money) = try await database.read { db in
        var (result, money) = (soFar, answers)
        var files = try FactStore.files(after: after, wanted: wanted, on: day, in: db)
        let next = files.count == FactStore.batch ? files.last?.id : nil
        files.removeAll { $0.facts[.isOpen] != .flag(true) }
        try complete(&files, wanted, on: day, in: db)
        for file in files {
          func answer(_ set: RuleSet) throws -> (Verdict.Answer, Int64) {
            let facts = try EligibilityRules.asked(set, file.facts) { try money.left(set.aid, file, in: db) }
            return EligibilityRules.answer(set, for: facts, rate: rate)
          }
          EligibilityRules.count(file, try current.map(answer), try answer(new), in: &result)
        }
        return (next, result, money)
      }
    } while last != nil
    return result
  }
}

extension Eligibility {
  /// The numbers of files that the actor may open.
  func numbers(of files: [RecordID<CaseFile>], for actor: Actor) async throws -> [RecordID<CaseFile>: String]
  {
    guard actor.may(.openFiles) else { return [:] }
    return try await database.read { db in try cases.numbers(of: files, in: db) }
  }
}
