import Basics
import Foundation
import NIOConcurrencyHelpers
import Storage

/// The door of the area: institutions, antennas and the places they serve.
package struct Antennas: Sendable {
  private let database: Database
  private let now: @Sendable () -> Date
  private let kept = NIOLockedValueBox<(territory: Territory, at: Date)?>(nil)

  /// Another process may have changed the places: what is kept is read anew after a minute.
  private static let keptFor: TimeInterval = 60

  package init(database: Database, now: @escaping @Sendable () -> Date = { Date() }) {
    self.database = database
    self.now = now
  }

  /// The places as they are, at most a minute old.
  package func territory() async throws -> Territory {
    let now = now()
    if let kept = kept.withLockedValue({ $0 }), now.timeIntervalSince(kept.at) < Self.keptFor {
      return kept.territory
    }
    let territory = try await database.read { db in try AntennaStore.territory(in: db) }
    kept.withLockedValue { $0 = (territory, now) }
    return territory
  }

  /// The same within the caller's transaction, which changes nothing of it: for what another area shows on the page of a
  /// case.
  package func territory(in db: Connection) throws -> Territory {
    let now = now()
    if let kept = kept.withLockedValue({ $0 }), now.timeIntervalSince(kept.at) < Self.keptFor {
      return kept.territory
    }
    let territory = try AntennaStore.territory(in: db)
    kept.withLockedValue { $0 = (territory, now) }
    return territory
  }

  /// Lets an antenna serve a governorate from a day on.
  package func cover(_ coverage: Coverage, by actor: Actor) async throws {
    try actor.must(.manageAntennas)
    try await change { db, now in
      try AntennaStore.hold(coverage.governorate, in: db)
      let territory = try AntennaStore.territory(in: db)
      guard !territory.coverage.contains(coverage) else { return }
      try AntennaRules.mayCover(coverage, in: territory)
      try AntennaStore.insert(coverage, in: db)
      try Journal.append(
        "antenna.cover", on: RecordReference("antenna", code: coverage.antenna), by: actor, at: now,
        changes: [
          FieldChange(field: coverage.governorate.rawValue, before: nil, after: coverage.from.description)
        ], in: db)
    }
  }

  /// Ends a coverage that lasts.
  package func end(_ coverage: Coverage, on day: Day, by actor: Actor) async throws {
    try actor.must(.manageAntennas)
    guard day >= coverage.from else {
      throw Refusal.invalid([FieldError("until", say("The last day lies before the first."))])
    }
    try await change { db, now in
      guard try AntennaStore.end(coverage, on: day, in: db) else {
        throw Refusal.conflict(say("This was ended already."))
      }
      try Journal.append(
        "antenna.end-coverage", on: RecordReference("antenna", code: coverage.antenna), by: actor, at: now,
        changes: [FieldChange(field: coverage.governorate.rawValue, before: nil, after: day.description)],
        in: db)
    }
  }

  /// Enters the day an antenna opened.
  package func setOpened(_ antenna: AntennaCode, on day: Day?, by actor: Actor) async throws {
    try actor.must(.manageAntennas)
    try await change { db, now in
      let territory = try AntennaStore.territory(in: db)
      guard let old = territory.antennas.first(where: { $0.id == antenna }) else { throw Refusal.notFound }
      try AntennaStore.setOpened(antenna, on: day, in: db)
      try Journal.append(
        "antenna.open", on: RecordReference("antenna", code: antenna), by: actor, at: now,
        changes: [
          FieldChange(field: "opened-on", before: old.openedOn?.description, after: day?.description)
        ], in: db)
    }
  }

  private func change(_ body: @escaping @Sendable (Connection, Date) throws -> Void) async throws {
    let now = now()
    try await database.write { db in try body(db, now) }
    kept.withLockedValue { $0 = nil }
  }
}
