import Accounts
import Basics
import Foundation
import Storage

/// Where and when people of an antenna can be met: rooms, absences, days on which all is closed.
extension Agenda {
  func rooms(of antenna: AntennaCode, for actor: Actor) async throws -> [Room] {
    try actor.must(.openFiles)
    return try await database.read { db in try AgendaStore.rooms(of: antenna, in: db) }
  }

  /// With the closed ones, each with what is still to take place in it.
  func allRooms(of antenna: AntennaCode, for actor: Actor) async throws -> [(room: Room, planned: Int)] {
    try actor.must(.openFiles)
    let today = Day(of: now())
    return try await database.read { db in
      let rooms = try AgendaStore.allRooms(of: antenna, in: db)
      let planned = try AgendaStore.planned(in: rooms.map(\.id), from: today, in: db)
      return rooms.map { ($0, planned[$0.id] ?? 0) }
    }
  }

  /// Closes a room, or opens it again; what was planned in it stays and is counted beside it. A second time changes
  /// nothing.
  package func setClosed(_ id: RecordID<Room>, _ isClosed: Bool, by actor: Actor) async throws {
    try actor.must(.assignCases)
    let now = now()
    try await database.write { db in
      guard let room = try AgendaStore.room(id, in: db),
        actor.scope == .nation || actor.antenna == room.antenna
      else { throw Refusal.notFound }
      guard try AgendaStore.setClosed(id, isClosed ? now : nil, in: db) else { return }
      try Journal.append(
        isClosed ? "room.close" : "room.reopen", on: RecordReference("room", id), by: actor, at: now, in: db)
    }
  }

  /// Adds a room to one's antenna; the same id a second time is the same room.
  /// - Throws: `Refusal.invalid` when one of that name is there.
  package func add(_ room: Room, by actor: Actor) async throws {
    try actor.must(.assignCases)
    guard actor.scope == .nation || actor.antenna == room.antenna else { throw Refusal.notFound }
    let now = now()
    try await database.write { db in
      guard try AgendaStore.insert(room, in: db) else {
        // Asked last: whoever sent the same form at the same moment was first.
        guard let kept = try AgendaStore.room(room.id, in: db) else {
          throw Refusal.invalid([FieldError("name", say("A room of this name is here already."))])
        }
        guard kept == room else { throw Refusal.sentBefore("name") }
        return
      }
      try Journal.append(
        "room.add", on: RecordReference("room", room.id), by: actor, at: now,
        changes: Fields(["name": room.name, "antenna": room.antenna.rawValue]).asNew, in: db)
    }
  }

  /// Records that somebody is absent: she herself, or whoever names contact persons at her antenna.
  package func add(_ absence: Absence, at antenna: AntennaCode, by actor: Actor) async throws {
    guard actor.id == absence.account || actor.may(.assignCases) else {
      throw Refusal.notAllowed(.assignCases)
    }
    guard actor.scope == .nation || actor.antenna == antenna else { throw Refusal.notFound }
    let now = now()
    try await database.write { db in
      guard try accounts.posts(of: [absence.account], in: db)[absence.account]?.antenna == antenna else {
        throw Refusal.invalid([FieldError("account", say("Choose a colleague of this antenna."))])
      }
      guard try AgendaStore.insert(absence, at: antenna, by: actor, at: now, in: db) else {
        guard try AgendaStore.absence(absence.id, in: db)?.absence == absence else {
          throw Refusal.sentBefore("until")
        }
        return
      }
      try Journal.append(
        "absence.add", on: RecordReference("absence", absence.id), by: actor, at: now,
        changes: Fields(["from": absence.from.description, "until": absence.until.description]).asNew, in: db)
    }
  }

  /// Takes an absence back; a second time changes nothing.
  package func end(_ id: RecordID<Absence>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      guard let found = try AgendaStore.absence(id, in: db),
        actor.scope == .nation || actor.antenna == found.antenna
      else { throw Refusal.notFound }
      guard actor.id == found.absence.account || actor.may(.assignCases) else {
        throw Refusal.notAllowed(.assignCases)
      }
      guard try AgendaStore.end(id, at: now, in: db) else { return }
      try Journal.append("absence.end", on: RecordReference("absence", id), by: actor, at: now, in: db)
    }
  }

  func absences(at antenna: AntennaCode, for actor: Actor) async throws -> [Absence] {
    try actor.must(.openFiles)
    let today = Day(of: now())
    return try await database.read { db in try AgendaStore.absences(at: antenna, from: today, in: db) }
  }

  func holidays(for actor: Actor) async throws -> [Holiday] {
    try actor.must(.openFiles)
    let today = Day(of: now())
    return try await database.read { db in try AgendaStore.holidays((today + -31)...(today + 800), in: db) }
  }

  /// Sets a day on which the service is closed; appointments made before stay, and are shown beside it.
  package func set(_ holiday: Holiday, by actor: Actor) async throws {
    try actor.must(.manageFollowUp)
    let now = now()
    try await database.write { db in
      guard try AgendaStore.holiday(on: holiday.day, in: db) != holiday else { return }
      try AgendaStore.set(holiday, by: actor, at: now, in: db)
      try Journal.append(
        "holiday.set", on: Self.reference(holiday.day), by: actor, at: now,
        changes: Fields(["name": holiday.name, "source": holiday.source]).asNew, in: db)
    }
  }

  package func remove(_ day: Day, by actor: Actor) async throws {
    try actor.must(.manageFollowUp)
    let now = now()
    try await database.write { db in
      guard try AgendaStore.remove(day, in: db) else { return }
      try Journal.append("holiday.remove", on: Self.reference(day), by: actor, at: now, in: db)
    }
  }

  private static func reference(_ day: Day) -> RecordReference {
    RecordReference("holiday", code: Holiday.Reference(rawValue: day.description))
  }
}
