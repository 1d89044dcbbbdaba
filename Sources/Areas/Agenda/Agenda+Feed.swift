import Accounts
import Basics
import Foundation
import Storage

/// One's own appointments for a calendar outside: read only, behind a link that can be taken back.
extension Agenda {
  private static let kind = "agenda-feed"
  /// Days that a feed tells of, back and ahead.
  static let feedDays = (back: 31, ahead: 180)

  /// The link of the actor's feed; nil where she has none.
  package func feed(of actor: Actor) async throws -> String? {
    try await database.read { db in
      guard let id = try AgendaFeedStore.feed(of: actor.id, in: db) else { return nil }
      return try InstallationKeys.key(for: .links, in: db).linkToken(id, of: Self.kind)
    }
  }

  /// Makes a feed; one that was there is good no more.
  package func makeFeed(_ id: RecordID<AgendaFeed>, by actor: Actor) async throws {
    try actor.must(.receivePersons)
    let now = now()
    try await database.write { db in
      if try AgendaFeedStore.exists(id, in: db) { return }
      try AgendaFeedStore.revoke(of: actor.id, at: now, in: db)
      guard try AgendaFeedStore.insert(id, of: actor.id, at: now, in: db) else { return }
      try Journal.append(
        "agenda.make-feed", on: RecordReference("agenda_feed", id), by: actor, at: now, in: db)
    }
  }

  package func revokeFeed(by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      guard let id = try AgendaFeedStore.feed(of: actor.id, in: db) else { return }
      try AgendaFeedStore.revoke(of: actor.id, at: now, in: db)
      try Journal.append(
        "agenda.revoke-feed", on: RecordReference("agenda_feed", id), by: actor, at: now, in: db)
    }
  }

  /// The calendar behind a link; nil for one that was not made here, was taken back, or whose owner works here no more.
  func calendar(_ token: String) async throws -> String? {
    let now = now()
    let today = Day(of: now)
    return try await database.read { db in
      let key = try InstallationKeys.key(for: .links, in: db)
      guard let id: RecordID<AgendaFeed> = key.linkID(in: token, of: Self.kind),
        let owner = try AgendaFeedStore.owner(of: id, in: db),
        let account = try accounts.active(owner, in: db)
      else { return nil }
      let days = (today + -Self.feedDays.back)...(today + Self.feedDays.ahead)
      let reader = Reader(account.language)
      let rooms = try account.antenna.map { try AgendaStore.allRooms(of: $0, in: db) } ?? []
      let events = try AppointmentStore.day(with: owner, days, limit: AppointmentStore.mostOfFeed, in: db).map
      { appointment in
        AgendaCalendar.Event(
          id: appointment.id.text, time: appointment.time, isCancelled: !appointment.state.holdsTime,
          sequence: appointment.version - 1,
          summary: "\(reader("Appointment")) (\(reader(appointment.way.label)))",
          location: rooms.first { $0.id == appointment.room }?.name)
      }
      let sessions = try SessionStore.list(ledBy: owner, days, limit: AppointmentStore.mostOfFeed, in: db).map
      {
        kept in
        AgendaCalendar.Event(
          id: kept.session.id.text, time: kept.session.time, isCancelled: kept.state == .cancelled,
          sequence: kept.version - 1, summary: kept.session.title(for: reader),
          location: rooms.first { $0.id == kept.session.room }?.name ?? kept.session.place)
      }
      return AgendaCalendar.text(events + sessions, name: "Tounesna", at: now)
    }
  }
}

/// A link under which a calendar reads one's own appointments.
package enum AgendaFeed {}
