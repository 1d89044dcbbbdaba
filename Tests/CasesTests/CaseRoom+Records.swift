import Basics
import Foundation
import People
import Storage
import TestSupport

@testable import Cases

extension CaseRoom {
  func need(_ details: String? = "A roof for three nights") -> Need {
    Need(
      id: RecordID(), kind: .housing, urgency: .today, details: details, recordedOn: today, metOn: nil,
      whatWasDone: nil)
  }

  func closure(_ reason: String = "Stands on her own feet") -> Closure {
    Closure(
      id: RecordID(), outcome: .standing, reason: reason, closedOn: today, reopenedOn: nil, reopenReason: nil)
  }

  func close(_ id: RecordID<CaseFile>) async throws {
    try await cases.close(id, closure(), by: Staff.amel)
  }

  /// What the journal tells of a person, by its acts in the order of the alphabet.
  func acts(of person: PersonID) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: people.subject(person, in: db), limit: 200, in: db).map(\.act).sorted()
    }
  }
}

extension ReturnFacts {
  static func from(_ values: [Field: String]) -> ReturnFacts {
    var facts = ReturnFacts()
    for (field, value) in values { facts[field] = value }
    return facts
  }
}
