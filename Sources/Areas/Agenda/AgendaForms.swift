import Basics

/// What was typed into the forms of the area.
enum AgendaForm {
  /// - Parameter id: of the appointment that is moved; nil for a new one.
  static func draft(_ typed: Typed, moving id: RecordID<Appointment>? = nil, today: Day) throws(Refusal)
    -> (draft: AppointmentDraft, version: Int)
  {
    var check = FormCheck(typed)
    let id = id ?? check.newID()
    let (day, from) = free(typed["free"]) ?? moment(&check, today)
    let minutes = check.number("minutes", in: 15...480).flatMap {
      AgendaRules.lengths.contains($0) ? $0 : nil
    }
    if minutes == nil { check.refuse("minutes", say("Choose how long it takes.")) }
    let way = check.required(choice: "way", say("Choose how you meet.")) as Appointment.Way?
    let with = AccountID(typed["with"])
    if with == nil { check.refuse("with", say("Choose who meets her.")) }
    let room = RecordID<Room>(typed["room"])
    if room == nil, !typed["room"].isEmpty { check.refuse("room", say("Choose a room of this antenna.")) }
    if room != nil, let way, way != .antenna {
      check.refuse("room", say("A room is taken for a meeting at the antenna alone."))
    }
    let words = Appointment.Words(
      about: check.paragraph("about", limit: 500), bring: check.text("bring", limit: 200),
      why: check.text("why", limit: 500))
    let version = check.number("version", in: 0...Int(Int32.max)) ?? 0
    try check.finish()
    guard let day, let from, let minutes, let way, let with else { throw .invalid(check.errors) }
    let draft = AppointmentDraft(
      id: id, with: with, way: way, room: room, time: AppointmentTime(day: day, from: from, minutes: minutes),
      words: words)
    return (draft, version)
  }

  /// A day and an hour as they were typed.
  static func moment(_ check: inout FormCheck, _ today: Day, hour: String = "hour") -> (day: Day?, from: Int?)
  {
    let day = check.day("day", in: today...(today + AgendaRules.ahead))
    if day == nil, check.typed["day"].isEmpty { check.refuse("day", say("Choose a day.")) }
    return (day, minute(hour, &check))
  }

  /// One of the free times that were offered; nil where none was chosen.
  private static func free(_ text: String) -> (day: Day?, from: Int?)? {
    let parts = text.split(separator: "!")
    guard parts.count == 2, let day = Day(parts[0]), let from = Int(parts[1]), AgendaRules.day.contains(from),
      from % AppointmentTime.slot == 0
    else { return nil }
    return (day, from)
  }

  /// `9:30`, `9h30` or `9`, as minutes since midnight; nil for anything else.
  static func clock(_ text: some StringProtocol) -> Int? {
    guard
      let parts = String(text).westernDigits.wholeMatch(of: /\s*([0-9]{1,2})(?:[:hH.]([0-9]{2})?)?\s*/),
      let hour = Int(parts.1)
    else { return nil }
    return hour * 60 + (parts.2.flatMap { Int($0) } ?? 0)
  }

  /// On a quarter of an hour.
  private static func minute(_ field: String, _ check: inout FormCheck) -> Int? {
    guard let minute = clock(check.typed[field]) else {
      check.refuse(field, say("Write the time as 9:30."))
      return nil
    }
    guard minute % AppointmentTime.slot == 0, AgendaRules.day.contains(minute) else {
      check.refuse(field, say("Appointments begin on a quarter of an hour, from 6:00 to 21:00."))
      return nil
    }
    return minute
  }

  static func settled(_ typed: Typed) throws(Refusal) -> (
    state: Appointment.State, why: String?, version: Int
  ) {
    var check = FormCheck(typed)
    let state = check.required(choice: "state", say("Choose what became of it.")) as Appointment.State?
    if state == .planned { check.refuse("state", say("Choose what became of it.")) }
    let why = check.text("why-settled", limit: 500)
    if why == nil, state == .cancelled { check.refuse("why-settled", say("Write why it is called off.")) }
    let version = check.number("version", in: 0...Int(Int32.max)) ?? 0
    try check.finish()
    guard let state else { throw .invalid(check.errors) }
    return (state, why, version)
  }

  static func room(_ typed: Typed, at antenna: AntennaCode) throws(Refusal) -> Room {
    var check = FormCheck(typed)
    let id: RecordID<Room> = check.newID()
    let name = check.required("name", say("Write the name of the room."), limit: 60)
    try check.finish()
    return Room(id: id, antenna: antenna, name: name)
  }

  static func absence(_ typed: Typed, today: Day) throws(Refusal) -> Absence {
    var check = FormCheck(typed)
    let id: RecordID<Absence> = check.newID()
    let account = AccountID(typed["account"])
    if account == nil { check.refuse("account", say("Choose who is absent.")) }
    let days = (today + -31)...(today + 800)
    let from = check.day("from", in: days)
    if from == nil, typed["from"].isEmpty { check.refuse("from", say("Choose a day.")) }
    let until = check.day("until", in: days) ?? from
    if let from, let until, until < from {
      check.refuse("until", say("The last day comes before the first."))
    }
    try check.finish()
    guard let account, let from, let until else { throw .invalid(check.errors) }
    return Absence(id: id, account: account, from: from, until: until)
  }

  static func holiday(_ typed: Typed, today: Day) throws(Refusal) -> Holiday {
    var check = FormCheck(typed)
    let day = check.day("day", in: (today + -31)...(today + 800))
    if day == nil, typed["day"].isEmpty { check.refuse("day", say("Choose a day.")) }
    let name = check.required("name", say("Write what is celebrated."), limit: 100)
    let source = check.required("source", say("Write which text or announcement says so."), limit: 300)
    try check.finish()
    guard let day else { throw .invalid(check.errors) }
    return Holiday(day: day, name: name, source: source, isToConfirm: typed.isChecked("to-confirm"))
  }
}
