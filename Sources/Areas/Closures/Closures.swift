import Basics
import Cases
import Foundation
import Plans
import Storage
import Visits

/// The door of the area: how accompaniments ended, and what was heard afterwards.
package struct Closures: Sendable {
  let cases: Cases
  let plans: Plans
  let visits: Visits
  let now: @Sendable () -> Date

  package init(
    cases: Cases, plans: Plans, visits: Visits, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.cases = cases
    self.plans = plans
    self.visits = visits
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try ClosureReportStore.reseal(file, from: old, to: new, in: db) }
  }

  /// How a case ended; the journal tells that it was opened.
  package func open(_ id: RecordID<CaseFile>, for actor: Actor) async throws -> CaseEnding {
    try await cases.open(id, for: actor) { opened, db in try read(opened, in: db) }.1
  }

  private func read(_ opened: OpenedCase, in db: Connection) throws -> CaseEnding {
    let key = opened.subject.key
    let reports = try ClosureReportStore.reports(of: opened.file.id, key: key, in: db)
    return CaseEnding(
      opened: opened, reports: Dictionary(uniqueKeysWithValues: reports.map { ($0.closure, $0) }),
      contacts: try ClosureReportStore.contacts(of: opened.file.id, key: key, in: db))
  }

  /// Records what is known at a closure, or corrects it: typed on top of `version`, nil for the first time. The same a
  /// second time changes nothing.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else.
  package func record(
    _ report: ClosureReport, of closure: RecordID<Closure>, from version: Int?, in id: RecordID<CaseFile>,
    by actor: Actor
  ) async throws {
    try actor.must(.closeCases)
    let now = now()
    try await cases.database.write { db in
      let (_, subject) = try cases.hold(id, for: actor, in: db)
      guard try cases.closures(of: id, key: subject.key, in: db).contains(where: { $0.id == closure }) else {
        throw Refusal.notFound
      }
      let reference = KeptReport.reference(closure)
      let kept = try ClosureReportStore.reports(of: id, key: subject.key, in: db)
        .first { $0.closure == closure }
      let theirs = kept?.report.fields ?? ClosureReport().fields
      let merged =
        if let version, kept != nil {
          try Journal.merge(
            report.fields, from: version, of: reference, into: theirs, key: subject.key, in: db)
        } else {
          try Fields.merge(base: ClosureReport().fields, mine: report.fields, theirs: theirs)
        }
      guard kept == nil || merged != theirs else { return }
      let next = (kept?.version ?? 0) + 1
      try ClosureReportStore.save(
        ClosureReport(merged), of: closure, version: next, in: id, key: subject.key, by: actor, at: now, db)
      try Journal.append(
        kept == nil ? "closure.report" : "closure.correct", on: reference, of: subject, by: actor, at: now,
        version: next, changes: kept == nil ? merged.asNew : theirs.changes(to: merged), in: db)
    }
  }

  /// Records a talk with a person whose case is closed; the same id a second time is the same talk.
  /// - Throws: `Refusal.sentBefore` when it came with other words then.
  package func record(_ contact: LaterContact, in id: RecordID<CaseFile>, by actor: Actor) async throws {
    try actor.must(.recordVisits)
    let now = now()
    try await cases.database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      let known = try ClosureReportStore.contacts(of: id, key: subject.key, in: db)
      if try ClosureReportStore.hasContact(contact.id, in: db) {
        // Of another case: nothing of it may be told here, and nothing was kept.
        let kept = known.first { $0.id == contact.id }
        guard let kept, kept.isSame(as: contact) else { throw Refusal.sentBefore("heard", kept: kept?.heard) }
        return
      }
      try ClosureReportRules.mustBeClosed(file)
      guard known.count < ClosureReportStore.most else {
        throw Refusal.conflict(say("This case has \(ClosureReportStore.most) later contacts already."))
      }
      try ClosureReportRules.mayRecord(
        contact, after: try cases.closures(of: id, key: subject.key, in: db))
      try ClosureReportStore.insert(contact, in: id, key: subject.key, at: now, db)
      try Journal.append(
        "closure.contact", on: LaterContact.reference(contact.id), of: subject, by: actor, at: now,
        changes: contact.fields.asNew, in: db)
    }
  }

  /// What the final report of a case says, as it stands now.
  func paper(of id: RecordID<CaseFile>, in language: Language, for actor: Actor) async throws -> (
    paper: ClosurePaper, file: CaseFile
  ) {
    let now = now()
    let (opened, found) = try await cases.open(id, for: actor) { opened, db in
      (try read(opened, in: db), try plans.plan(of: opened, in: db), try visits.visits(of: opened, in: db))
    }
    guard !opened.closures.isEmpty else {
      throw Refusal.conflict(say("A final report is made when the case is closed."))
    }
    return (ClosurePaper(found.0, found.1, found.2, at: now, in: language), opened.file)
  }

  /// Tells the journal that a final report was made.
  func notePaper(of id: RecordID<CaseFile>, in language: Language, by actor: Actor) async throws {
    let now = now()
    try await cases.database.write { db in
      let subject = try cases.require(id, for: actor, in: db).subject
      try Journal.append(
        "closure.print", on: CaseFile.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["language": language.rawValue]).asNew, in: db)
    }
  }
}
