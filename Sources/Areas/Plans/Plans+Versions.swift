import Basics
import Cases
import Documents
import Foundation
import Storage

extension Plans {
  /// Records that the person and the counsellor agreed the plan as it stands: a version more, with a copy of what it
  /// says. The same agreement a second time changes nothing.
  /// - Parameter seen: the mark of what was before their eyes; nil when nobody asked.
  /// - Throws: `Refusal.conflict` when the plan was changed since then.
  package func agree(
    _ agreement: Plan.Agreement, as version: RecordID<Plan.Version> = RecordID(), seen: String? = nil,
    on id: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(id, by: actor) { held, now, db in
      let plan = held.plan
      if let file = try PlanVersionStore.caseFile(of: version, in: db) {
        let kept = plan.versions.first { $0.id == version }
        guard file == id, kept?.agreement == agreement else { throw Refusal.sentBefore("signed-by") }
        return
      }
      guard plan.agreement != agreement || plan.isRevised else { return }
      guard seen.map({ $0 == plan.mark }) ?? true else {
        throw Refusal.conflict(say("The plan was changed since you opened the page. Read it again first."))
      }
      try PlanRules.mayAgree(plan, on: agreement.on, receivedOn: held.file.milestones.receivedOn)
      let new = Plan.Version(
        id: version, number: (plan.versions.last?.number ?? 0) + 1, agreement: agreement)
      try PlanVersionStore.insert(new, plan.content, of: id, key: held.key, by: actor, at: now, in: db)
      try Journal.append(
        "plan.agree", on: CaseFile.reference(id), of: held.subject, by: actor, at: now,
        changes: Fields([
          "number": String(new.number), "agreed-on": agreement.on.description,
          "signed-by": agreement.signedBy, "representative": agreement.representative ?? "",
          "witness": agreement.witness ?? "",
        ]).asNew, in: db)
    }
  }

  /// Names the document that is the signed paper of a version; the same a second time changes nothing.
  package func attach(
    _ scan: RecordID<Document>, to number: Int, of id: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    // Before the change, since another area asks for itself who may know of the document.
    let document = try await documents.find(scan, in: id, for: actor).document
    guard document.withdrawal == nil else { throw PlanForms.noDocument }
    try await change(id, by: actor) { held, now, db in
      guard let version = held.plan.versions.first(where: { $0.number == number }) else {
        throw Refusal.notFound
      }
      guard version.scan != scan else { return }
      try PlanVersionStore.set(scan: scan, of: version.id, in: db)
      try Journal.append(
        "plan.attach", on: Plan.Version.reference(version.id), of: held.subject, by: actor, at: now,
        changes: [FieldChange(field: "scan", before: version.scan?.text, after: scan.text)], in: db)
    }
  }

  /// Records that everything in the plan has come to its end; the same a second time changes nothing.
  package func complete(_ id: RecordID<CaseFile>, on day: Day, by actor: Actor) async throws {
    try await change(id, by: actor) { held, now, db in
      guard held.plan.completedOn != day else { return }
      guard held.plan.completedOn == nil else {
        throw Refusal.conflict(say("This plan is completed already."))
      }
      try PlanRules.mayComplete(held.plan, on: day)
      try PlanVersionStore.complete(id, on: day, by: actor, at: now, in: db)
      try Journal.append(
        "plan.complete", on: CaseFile.reference(id), of: held.subject, by: actor, at: now,
        changes: Fields(["completed-on": day.description]).asNew, in: db)
    }
  }

  /// What two states of a plan say, for their comparison.
  package struct Compared: Sendable {
    package let plan: Plan
    /// Number of the older; 0 is an empty plan.
    package let from: Int
    /// Number of the newer; nil is the plan as it stands.
    package let to: Int?
    package let changes: [PlanChange]
  }

  /// What changed between two versions of the plan of a case that was opened already.
  /// - Parameters:
  ///   - from: nil for the version before `to`, or the newest when the plan as it stands is looked at.
  ///   - to: nil for the plan as it stands.
  /// - Throws: `Refusal.notFound` when there is no such version.
  package func compare(_ opened: OpenedCase, from: Int?, to: Int?, in db: Connection) throws -> Compared {
    let plan = try plan(of: opened, in: db)
    let last = plan.versions.last?.number ?? 0
    let from = from ?? to.map { max(0, $0 - 1) } ?? last
    func content(_ number: Int) throws -> PlanContent {
      guard number > 0 else { return PlanContent([]) }
      guard let version = plan.versions.first(where: { $0.number == number }) else { throw Refusal.notFound }
      return try PlanVersionStore.content(of: version.id, key: opened.subject.key, in: db) ?? plan.content
    }
    let after = try to.map(content) ?? plan.content
    return Compared(
      plan: plan, from: from, to: to, changes: PlanRules.changes(from: try content(from), to: after))
  }
}
