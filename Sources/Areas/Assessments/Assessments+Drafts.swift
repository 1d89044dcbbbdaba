import Basics
import Cases
import Foundation
import People
import Storage

/// What somebody began and has not concluded yet.
struct AssessmentDraft: Identifiable, Sendable {
  let id: RecordID<Assessment>
  let file: RecordID<CaseFile>
  let instrument: InstrumentID
  let givenOn: Day
}

/// Drafts with the cases and persons they belong to.
struct AssessmentDrafts: Sendable {
  let drafts: [AssessmentDraft]
  let cases: [RecordID<CaseFile>: CaseLine]
  let names: [PersonID: PersonLabel]
  let instruments: [InstrumentID: Instrument]
}

extension Assessments {
  /// Drafts of one person that are looked through; more are a sign that nobody concludes them.
  static let mostDrafts = 50

  /// Those of open cases in the actor's sight, the oldest first.
  func drafts(of actor: Actor) async throws -> AssessmentDrafts {
    try actor.must(.recordAssessments)
    return try await cases.database.read { db in
      let found = try AssessmentStore.drafts(by: actor.id, limit: Self.mostDrafts, in: db)
      guard !found.isEmpty else {
        return AssessmentDrafts(drafts: [], cases: [:], names: [:], instruments: [:])
      }
      let (lines, names) = try cases.lines(of: found.map(\.file), for: actor, in: db)
      let instruments = try InstrumentStore.all(cache, in: db).map(\.instrument)
        .filter { $0.section.duty.map(actor.may) ?? true }
      let known = Dictionary(uniqueKeysWithValues: instruments.map { ($0.id, $0) })
      let open = found.filter { draft in
        known[draft.instrument] != nil && lines[draft.file].map { $0.stage != .closed } ?? false
      }
      return AssessmentDrafts(drafts: open, cases: lines, names: names, instruments: known)
    }
  }
}
