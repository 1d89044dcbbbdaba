import Basics
import Storage

/// What was typed about weekly hours, and about links to take a time.
enum WorkWeekForm {
  static func week(_ typed: Typed, today: Day) throws(Refusal) -> WorkWeek {
    var check = FormCheck(typed)
    let id: RecordID<WorkWeek> = check.newID()
    let account = AccountID(typed["account"])
    if account == nil { check.refuse("account", say("Choose whose hours they are.")) }
    let days = (today + -31)...(today + 800)
    let from = check.day("from", in: days)
    if from == nil, typed["from"].isEmpty { check.refuse("from", say("Choose a day.")) }
    let until = check.day("until", in: days)
    if let from, let until, until < from {
      check.refuse("until", say("The last day comes before the first."))
    }
    var hours: [WorkWeek.Hours] = []
    for weekday in 0..<7 { hours += spans(of: weekday, &check) }
    try check.finish()
    if hours.isEmpty { throw .invalid([FieldError("day-0", say("Write the hours of one day at least."))]) }
    guard let account, let from else { throw .invalid(check.errors) }
    return WorkWeek(id: id, account: account, from: from, until: until, hours: hours)
  }

  /// `8:30-12:00, 13:00-17:00`, on quarters of an hour; empty for a day on which nobody is received.
  private static func spans(of weekday: Int, _ check: inout FormCheck) -> [WorkWeek.Hours] {
    let field = "day-\(weekday)"
    let parts = check.typed[field].split(whereSeparator: { ",،;".contains($0) })
    let spans = parts.compactMap { part -> WorkWeek.Hours? in
      let ends = part.split(whereSeparator: { "-–—".contains($0) }).map { AgendaForm.clock($0) }
      guard ends.count == 2, let from = ends[0], let until = ends[1], from < until,
        AgendaRules.day.contains(from), AgendaRules.day.contains(until),
        from % AppointmentTime.slot == 0, until % AppointmentTime.slot == 0
      else { return nil }
      return WorkWeek.Hours(weekday: weekday, from: from, until: until)
    }.sorted { $0.from < $1.from }
    let isApart = zip(spans, spans.dropFirst()).allSatisfy { $0.until <= $1.from }
    guard spans.count == parts.count, isApart, spans.count <= WorkWeek.mostADay else {
      check.refuse(field, say("Write hours as 8:30-12:00, 13:00-17:00, on quarters of an hour."))
      return []
    }
    return spans
  }

  static func booking(_ typed: Typed) throws(Refusal) -> BookingDraft {
    var check = FormCheck(typed)
    let id: RecordID<BookingLink> = check.newID()
    let account = AccountID(typed["link-with"])
    if account == nil { check.refuse("link-with", say("Choose who meets her.")) }
    let way = check.required(choice: "link-way", say("Choose how you meet.")) as Appointment.Way?
    if let way, !BookingLink.ways.contains(way) {
      check.refuse("link-way", say("Choose one of the answers offered."))
    }
    let minutes = check.number("link-minutes", in: 15...480).flatMap {
      AgendaRules.lengths.contains($0) ? $0 : nil
    }
    if minutes == nil { check.refuse("link-minutes", say("Choose how long it takes.")) }
    try check.finish()
    guard let account, let way, let minutes else { throw .invalid(check.errors) }
    return BookingDraft(id: id, account: account, way: way, minutes: minutes, isSent: typed.isChecked("send"))
  }
}
