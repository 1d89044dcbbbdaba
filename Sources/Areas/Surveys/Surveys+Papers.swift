import Basics
import Cases
import Foundation
import Storage

extension Surveys {
  /// Tells the journal that a paper of the survey was made.
  func notePaper(
    of found: OpenedSurvey, _ language: Language, isWhole: Bool, by actor: Actor
  ) async throws {
    let now = now()
    try await cases.database.write { db in
      let subject = try cases.require(found.opened.file.id, for: actor, in: db).subject
      let edition = found.edition?.number ?? found.survey.editions.count
      let told = Fields([
        "edition": String(edition), "language": language.rawValue, "copy": isWhole ? "office" : "person",
      ])
      try Journal.append(
        "survey.print", on: Survey.reference(found.survey.id), of: subject, by: actor, at: now,
        changes: told.asNew, in: db
      )
    }
  }
}
