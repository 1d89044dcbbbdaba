import Basics
import Cases
import Foundation
import Storage

extension Surveys {
  /// Tells the journal that a paper of the survey was made.
  func notePaper(
    of id: RecordID<Survey>, in file: RecordID<CaseFile>, _ language: Language, isWhole: Bool, by actor: Actor
  ) async throws {
    let now = now()
    try await cases.database.write { db in
      let subject = try cases.require(file, for: actor, in: db).subject
      let told = Fields(["language": language.rawValue, "copy": isWhole ? "office" : "person"])
      try Journal.append(
        "survey.print", on: Survey.reference(id), of: subject, by: actor, at: now, changes: told.asNew, in: db
      )
    }
  }
}
