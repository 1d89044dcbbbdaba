import Basics
import Foundation

/// Appointments as calendars read them. Source: RFC 5545. Nothing of whom: a calendar is copied to telephones and firms.
enum AgendaCalendar {
  /// What one appointment or session is there.
  struct Event: Sendable {
    /// The id of what it is: the same as long as it stands.
    let id: String
    let time: AppointmentTime
    let isCancelled: Bool
    /// Rises with each change.
    let sequence: Int
    let summary: String
    let location: String?
  }

  static func text(_ events: [Event], name: String, at now: Date) -> String {
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tounesna//Agenda//FR", "METHOD:PUBLISH"]
    lines.append("X-WR-CALNAME:\(escaped(name))")
    for event in events { lines += self.lines(of: event, at: now) }
    lines.append("END:VCALENDAR")
    return lines.map { folded($0) + "\r\n" }.joined()
  }

  private static func lines(of event: Event, at now: Date) -> [String] {
    var lines = ["BEGIN:VEVENT", "UID:\(event.id)@tounesna", "DTSTAMP:\(stamp(now))"]
    lines += ["DTSTART:\(stamp(event.time.start))", "DTEND:\(stamp(event.time.end))"]
    lines += ["SEQUENCE:\(event.sequence)", "STATUS:\(event.isCancelled ? "CANCELLED" : "CONFIRMED")"]
    lines.append("SUMMARY:\(escaped(event.summary))")
    if let location = event.location { lines.append("LOCATION:\(escaped(location))") }
    return lines + ["END:VEVENT"]
  }

  /// `20260315T083000Z`: UTC, so that no calendar has to know how Tunis keeps its time.
  private static func stamp(_ moment: Date) -> String {
    moment.formatted(.iso8601).replacing("-", with: "").replacing(":", with: "")
  }

  /// 3.3.11: text without the signs that part it.
  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
      .replacing("\r\n", with: "\\n").replacing("\n", with: "\\n").replacing("\r", with: "\\n")
  }

  /// 3.1: at most 75 octets a line, the next one begins with a space; no letter is cut.
  static func folded(_ line: String) -> String {
    var (result, length) = ("", 0)
    for letter in line.unicodeScalars {
      let size = String(letter).utf8.count
      if length + size > 75 {
        result += "\r\n "
        length = 1
      }
      result.unicodeScalars.append(letter)
      length += size
    }
    return result
  }
}
