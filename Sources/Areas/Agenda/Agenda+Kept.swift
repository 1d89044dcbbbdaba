import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Agenda {
  package static let kept = Kept([
    KeptTable(
      "appointment", say("Appointments"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("day", say("Day"), .day), .plain("minutes", say("Minutes"), .number),
          .plain("way", say("How"), .code { Appointment.Way(rawValue: $0)?.label }),
          .plain("state", say("State"), .code { Appointment.State(rawValue: $0)?.label }),
          .plain("antenna", say("Antenna"), .antenna), .plain("with_account", say("With"), .account),
          .sealed("words", .fields("appointment.words", { field($0) }), isRequired: true),
          .plain("made_at", say("Recorded"), .moment), .plain("made_by", say("Recorded by"), .account),
        ],
        inner: [
          "id", "case_file", "room", "from_minute", "version", "case_antenna", "case_contact", "case_open",
        ])),
    KeptTable(
      "session_seat", say("Group sessions"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("state", say("State"), .code { SessionSeat.State(rawValue: $0)?.label }),
          .plain("put_at", say("Recorded"), .moment), .plain("put_by", say("Recorded by"), .account),
        ], inner: ["id", "case_file", "session", "version"])),
    KeptTable(
      "booking_link", say("Links to take a time"), by: .caseFile(), isGiven: false,
      KeptColumn.all(
        [],
        inner: [
          "id", "case_file", "antenna", "account", "way", "minutes", "language", "made_at", "made_by",
          "until_at", "revoked_at", "uses", "appointment",
        ])),
    // Whose time is taken: it says the same a second time.
    KeptTable(
      "taken_slot", say("Appointments"), by: .row("appointment", of: "appointment", .caseFile()),
      id: "appointment", isGiven: false,
      KeptColumn.all([], inner: ["holder", "day", "slot", "appointment", "session", "seat"])),
    KeptTable(
      "taken_slot", say("Group sessions"), by: .row("seat", of: "session_seat", .caseFile()), id: "seat",
      isGiven: false,
      KeptColumn.all([], inner: ["holder", "day", "slot", "appointment", "session", "seat"])),
  ])

  private static func field(_ name: String) -> KeptField? {
    switch name {
    case "about": KeptField(say("What it is about"))
    case "bring": KeptField(say("To bring"))
    case "why": KeptField(say("Why"))
    default: nil
    }
  }
}
