import Basics
import Cases
import Foundation
import People
import Storage

extension Visits {
  /// Draws files of the actor's antenna that were visited in a month. There is one draw for each month: whoever asks
  /// again gets the same, and nobody can go on drawing until it suits them.
  /// - Parameter seed: of the lot; from the machine's own chance where nobody gives one.
  package func draw(
    _ month: Day, count: Int, seed: Int = .random(in: 0 ... .max), by actor: Actor
  ) async throws -> RecordID<VisitDraw> {
    try actor.must(.drawSpotChecks)
    guard let antenna = actor.antenna else {
      throw Refusal.conflict(say("Files are drawn by the head of the antenna that visited them."))
    }
    let now = now()
    try VisitDrawRules.mustBeOver(month, today: Day(of: now))
    return try await database.write { db in
      if let made = try VisitDrawStore.find(antenna, month, in: db) { return made.id }
      let list = try VisitDrawStore.list(antenna, month, reportedBy: now, in: db)
      guard !list.isEmpty else {
        throw Refusal.conflict(say("No visit of that month is recorded: there is nothing to draw from."))
      }
      let draw = VisitDraw(
        id: RecordID(), antenna: antenna, month: month, seed: seed, size: list.count,
        at: now, by: actor.id)
      guard try VisitDrawStore.insert(draw, in: db) else {
        throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
      }
      let places = VisitDrawRules.places(seed: draw.seed, size: draw.size, count: count)
      for place in places {
        let look = VisitDraw.Look(
          id: RecordID(), position: place, file: list[place].file, visit: list[place].visit, result: nil,
          version: 1)
        try VisitDrawStore.insert(look, of: draw.id, in: db)
      }
      try Journal.append(
        "visit.draw", on: RecordReference("visit_draw", draw.id), by: actor, at: now,
        changes: Fields([
          "month": month.description, "seed": String(draw.seed), "size": String(draw.size),
          "places": places.map(String.init).joined(separator: " "),
        ]).asNew, in: db)
      return draw.id
    }
  }

  /// The draws the actor may see, the newest month first.
  package func draws(after cursor: VisitDrawCursor?, for actor: Actor) async throws -> (
    draws: [VisitDraw], next: VisitDrawCursor?
  ) {
    try actor.must(.drawSpotChecks)
    return try await database.read { db in
      var draws = try VisitDrawStore.page(after: cursor, for: actor, in: db)
      let hasMore = draws.count > VisitDrawStore.pageSize
      if hasMore { draws.removeLast() }
      return (draws, hasMore ? draws.last.map { VisitDrawCursor(after: $0) } : nil)
    }
  }

  /// Second looks that an antenna still owes.
  package struct WaitingLooks: Sendable {
    /// The oldest draw first.
    package let looks: [WaitingLook]
    package let files: [RecordID<CaseFile>: CaseLine]
    package let labels: [PersonID: PersonLabel]
  }

  /// What waits for the head of an antenna: files drawn there that nobody has looked at again. Of those that have gone
  /// out of sight since nobody can, and nothing is told.
  package func waitingLooks(for actor: Actor) async throws -> WaitingLooks {
    try actor.must(.drawSpotChecks)
    return try await database.read { db in
      let found = try actor.antenna.map { try VisitDrawStore.waiting(at: $0, in: db) } ?? []
      let (files, labels) = try cases.lines(of: found.map(\.file), for: actor, in: db)
      return WaitingLooks(looks: found.filter { files[$0.file] != nil }, files: files, labels: labels)
    }
  }

  /// A draw with its files as they stand now.
  package struct OpenedDraw: Sendable {
    package let draw: VisitDraw
    package let looks: [VisitDraw.Look]
    /// Those that the actor may see.
    package let files: [RecordID<CaseFile>: CaseLine]
    package let labels: [PersonID: PersonLabel]
    /// Whether the seed and the list, drawn again now, give the same files.
    package let isSound: Bool
  }

  package func open(_ id: RecordID<VisitDraw>, for actor: Actor) async throws -> OpenedDraw {
    try actor.must(.drawSpotChecks)
    return try await database.read { db in
      let draw = try VisitDrawStore.require(id, visibleTo: actor, in: db)
      let looks = try VisitDrawStore.looks(
        of: id, key: { try cases.require($0, for: .program, in: db).subject.key }, in: db)
      // Of a file that has gone out of sight since, nothing is told.
      let (files, labels) = try cases.lines(of: looks.map(\.file), for: actor, in: db)
      let list = try VisitDrawStore.list(draw.antenna, draw.month, reportedBy: draw.at, in: db)
      let places = VisitDrawRules.places(seed: draw.seed, size: list.count, count: looks.count)
      let isSound =
        list.count == draw.size && places.sorted() == looks.map(\.position)
        && looks.allSatisfy { list[$0.position].file == $0.file }
      return OpenedDraw(
        draw: draw, looks: looks, files: files, labels: labels, isSound: isSound)
    }
  }

  /// Records what the second look found; the same a second time changes nothing.
  /// - Parameter version: of the look as it was shown: what others recorded meanwhile is not written over.
  package func record(
    _ result: VisitDraw.Result, of look: RecordID<VisitDraw.Look>, in draw: RecordID<VisitDraw>,
    from version: Int, by actor: Actor
  ) async throws {
    try actor.must(.drawSpotChecks)
    let now = now()
    try await database.write { db in
      _ = try VisitDrawStore.require(draw, visibleTo: actor, in: db)
      let looks = try VisitDrawStore.looks(
        of: draw, key: { try cases.require($0, for: .program, in: db).subject.key }, in: db)
      guard let found = looks.first(where: { $0.id == look }) else { throw Refusal.notFound }
      let subject = try cases.hold(found.file, for: actor, in: db).subject
      guard found.result != result else { return }
      guard found.version == version else {
        throw Refusal.conflict(say("Someone recorded another result meanwhile. Look at the page again."))
      }
      try VisitDrawStore.set(result, of: found, key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "visit.look", on: RecordReference("visit_look", look), of: subject, by: actor, at: now,
        version: version + 1,
        changes: Fields(["outcome": result.outcome.rawValue, "told": result.told ?? ""]).asNew, in: db)
    }
  }
}
