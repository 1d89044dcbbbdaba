import Agenda
import Basics
import Foundation
import NIOConcurrencyHelpers
import Storage
import TestSupport

@testable import Server

/// An appointment of a person of the story, her seat in a session and her link to take a time; an absence, hours and a
/// room at her antenna.
struct StoryAgenda: Sendable {
  let appointment = RecordID<Appointment>()
  let session = RecordID<GroupSession>()
  let seat = RecordID<SessionSeat>()
  let week = RecordID<WorkWeek>()
  let room = RecordID<Room>()
  let slip = RecordID<BookingLink>()
  private let booking = NIOLockedValueBox("none")
  let absence = RecordID<Absence>()
  /// Of the open thread only: under which a calendar reads the counsellor's.
  var feed = "none"

  /// Each story is told by the same counsellor, who is nowhere twice at once.
  private static let told = NIOLockedValueBox(0)
  private static let aDay = 40

  static func feed(_ house: Installation, by actor: Actor) async throws -> String {
    try await house.agenda.makeFeed(RecordID(), by: actor)
    return try await house.agenda.feed(of: actor) ?? ""
  }

  /// - Parameter takesTime: whether the person takes a time behind her link.
  func tell(
    _ file: Story.Thread, _ house: Installation, absent: AccountID?, takesTime: Bool = false, by actor: Actor
  ) async throws {
    let number = Self.told.withLockedValue { told in
      defer { told += 1 }
      return told
    }
    let today = Day(of: house.now())
    let time = AppointmentTime(
      day: today + 1 + number / Self.aDay, from: 6 * 60 + number % Self.aDay * AppointmentTime.slot,
      minutes: 15)
    let draft = AppointmentDraft(
      id: appointment, with: actor.id, way: .phone, time: time, words: .init(about: "Her papers"))
    try await house.agenda.make(draft, in: file.file, by: actor)
    let feast = Holiday(day: today + 365, name: "A feast", source: "A decree", isToConfirm: true)
    try await house.agenda.set(feast, by: .program)
    try await tellMore(file, house, number, takesTime: takesTime, by: actor)
    guard let absent else { return }
    try await house.agenda.add(
      Absence(id: absence, account: absent, from: today + 3, until: today + 4), at: "TUN", by: .program)
  }

  /// The counsellor's hours are in the evening, and her sessions weeks ahead: no time is taken twice.
  private func tellMore(
    _ file: Story.Thread, _ house: Installation, _ number: Int, takesTime: Bool, by actor: Actor
  ) async throws {
    let agenda = house.agenda
    let today = Day(of: house.now())
    let time = AppointmentTime(
      day: today + 60 + number / Self.aDay, from: 6 * 60 + number % Self.aDay * AppointmentTime.slot,
      minutes: 15)
    do {
      // One that begins now, of which it is recorded who came; the counsellor leads no two.
      let now = AppointmentTime(day: today, from: 9 * 60, minutes: 15)
      try await agenda.make(coming(at: now, by: actor), by: actor)
    } catch is Refusal {
      try await agenda.make(coming(at: time, by: actor), by: actor)
    }
    try await agenda.put(seat, file.file, downFor: session, mayWait: false, by: actor)
    try await agenda.add(Room(id: room, antenna: "TUN", name: "Room \(room)"), by: .program)
    let closed = Room(id: RecordID(), antenna: "TUN", name: "Closed room \(room)")
    try await agenda.add(closed, by: .program)
    try await agenda.setClosed(closed.id, true, by: .program)
    let hours = (0..<7).map { WorkWeek.Hours(weekday: $0, from: 17 * 60, until: 21 * 60) }
    try await agenda.add(
      WorkWeek(id: week, account: actor.id, from: today, hours: hours), at: actor.antenna ?? "TUN", by: actor)
    try await agenda.makeLink(
      BookingDraft(id: slip, account: actor.id, way: .phone, minutes: 15, isSent: false), in: file.file,
      by: actor)
    let links = try await house.database.read { db in try agenda.links(of: file.file, in: db) }
    let url = links.first { $0.link.id == slip }?.url
    let token = url?.split(separator: "/").last.map(String.init) ?? "none"
    booking.withLockedValue { $0 = token }
    // The last one: a day before it may still be called off.
    guard takesTime, let free = try await agenda.look(token).free.last else { return }
    try await agenda.take(free.text, behind: token)
  }

  private func coming(at time: AppointmentTime, by actor: Actor) -> GroupSession {
    GroupSession(
      id: session, antenna: actor.antenna ?? "TUN", kind: .information, leader: actor.id, place: "Town hall",
      time: time,
      language: .french, seats: 200)
  }

  /// What stands in a path; nil for what is not of the agenda.
  func step(_ step: String) -> String? {
    switch step {
    case ":appointment": appointment.text
    case ":feed": feed
    case ":absence": absence.text
    case ":session": session.text
    case ":seat": seat.text
    case ":week": week.text
    case ":room": room.text
    case ":slip": slip.text
    case ":booking": booking.withLockedValue { $0 }
    default: nil
    }
  }
}
