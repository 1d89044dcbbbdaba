import Basics
import Cases
import Foundation
import Storage

extension Plans {
  /// What the paper of a plan says, as it stands now; the journal tells that the case was opened.
  func paper(of id: RecordID<CaseFile>, in language: Language, for actor: Actor) async throws -> (
    paper: PlanPaper, file: CaseFile
  ) {
    let now = now()
    let (opened, plan) = try await cases.open(id, for: actor) { opened, db in
      try self.plan(of: opened, in: db)
    }
    return (PlanPaper(plan, opened, at: now, in: language), opened.file)
  }

  /// Tells the journal that a paper of the plan was made.
  func notePaper(of id: RecordID<CaseFile>, in language: Language, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      let subject = try cases.require(id, for: actor, in: db).subject
      try Journal.append(
        "plan.print", on: CaseFile.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["language": language.rawValue]).asNew, in: db)
    }
  }
}
