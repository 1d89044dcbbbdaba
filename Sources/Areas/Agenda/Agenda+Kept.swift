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
        ], inner: ["id", "case_file", "room", "from_minute", "version"])),
    // Whose time is taken: it says the same a second time.
    KeptTable(
      "appointment_slot", say("Appointments"), by: .row("appointment", of: "appointment", .caseFile()),
      id: "appointment", isGiven: false,
      KeptColumn.all([], inner: ["holder", "day", "slot", "appointment"])),
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
