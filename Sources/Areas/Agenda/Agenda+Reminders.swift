import Accounts
import Basics
import Cases
import Foundation
import Messages
import People
import Storage

/// What the person is told of her appointment: who meets her and when, and nothing of why.
extension Agenda {
  /// Names the reminder of one state of an appointment.
  static func reminder(_ id: RecordID<Appointment>, _ version: Int) -> String {
    "appointment:\(id):\(version)"
  }

  /// Queues the reminder with the act itself; it goes the day before. Without her consent none does.
  func remind(
    _ draft: AppointmentDraft, version: Int, _ file: CaseFile, _ subject: Subject, _ now: Date,
    in db: Connection
  ) throws {
    guard let moment = AgendaRules.remindAt(draft.time, now: now),
      let way = Messages.way(to: try cases.people.read(subject, in: db))
    else { return }
    let reader = Reader(way.language)
    let name = try accounts.names(of: [draft.with], in: db)[draft.with] ?? ""
    // What she is to bring may tell what others may not read: then it is said without.
    for bring in [draft.words.bring, nil] {
      let text = Self.text(draft, by: name, bring: bring, reader)
      let new = NewMessage(
        key: Self.reminder(draft.id, version), way.kind, to: .person,
        MessageText(
          address: way.address, subject: way.kind == .email ? reader("Your appointment") : "",
          text: text),
        what: say("Reminder of an appointment"), language: way.language, about: file.id, from: moment,
        until: draft.time.start)
      do {
        try messages.queue(new, in: db)
        return
      } catch Refusal.invalid where bring != nil {
      } catch Refusal.invalid {
        // An address that no gateway takes keeps no appointment from being made.
      }
    }
  }

  static func text(_ draft: AppointmentDraft, by name: String, bring: String?, _ reader: Reader) -> String {
    let (day, hour) = (draft.time.day, AgendaWords.hour(draft.time.from))
    let first =
      switch draft.way {
      case .antenna: reader("Hello, you are expected on \(day) at \(hour). \(name) receives you.")
      case .phone: reader("Hello, \(name) calls you on \(day) at \(hour).")
      case .home: reader("Hello, \(name) comes to you on \(day) at \(hour).")
      }
    return [first, bring.map { reader("Please bring: \($0).") }].compactMap(\.self).joined(separator: " ")
  }
}
