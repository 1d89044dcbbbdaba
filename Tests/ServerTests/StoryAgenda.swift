import Agenda
import Basics
import Foundation
import NIOConcurrencyHelpers
import TestSupport

@testable import Server

/// An appointment of a person of the story, and an absence of somebody at her antenna.
struct StoryAgenda: Sendable {
  let appointment = RecordID<Appointment>()
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

  func tell(_ file: Story.Thread, _ house: Installation, absent: AccountID?, by actor: Actor) async throws {
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
    guard let absent else { return }
    try await house.agenda.add(
      Absence(id: absence, account: absent, from: today + 3, until: today + 4), at: "TUN", by: .program)
  }
}
