import Basics
import Storage

/// What was typed about group sessions.
enum SessionForm {
  /// - Parameter id: of the session that is changed; nil for a new one.
  static func session(
    _ typed: Typed, at antenna: AntennaCode, changing id: RecordID<GroupSession>? = nil, today: Day
  ) throws(Refusal) -> (session: GroupSession, why: String?, version: Int) {
    var check = FormCheck(typed)
    let id = id ?? check.newID()
    let kind = check.required(choice: "kind", say("Choose what it is about.")) as GroupSession.Kind?
    let titles = kind == .other ? titles(&check) : nil
    let (day, from) = AgendaForm.moment(&check, today, hour: "begins")
    let minutes = check.number("minutes", in: 15...480).flatMap {
      SessionRules.lengths.contains($0) ? $0 : nil
    }
    if minutes == nil { check.refuse("minutes", say("Choose how long it takes.")) }
    let leader = AccountID(typed["with"])
    if leader == nil { check.refuse("with", say("Choose who leads it.")) }
    let room = RecordID<Room>(typed["room"])
    let place = check.text("place", limit: 120)
    if room == nil, place == nil { check.refuse("place", say("Choose a room, or write where it is.")) }
    let language = check.required(choice: "language", say("Choose a language.")) as Language?
    let seats = check.number("seats", in: 1...GroupSession.mostSeats)
    if seats == nil, typed["seats"].isEmpty { check.refuse("seats", say("Write how many may come.")) }
    let why = check.text("why", limit: 300)
    let version = check.number("version", in: 0...Int(Int32.max)) ?? 0
    try check.finish()
    guard let kind, let day, let from, let minutes, let leader, let language, let seats else {
      throw .invalid(check.errors)
    }
    let session = GroupSession(
      id: id, antenna: antenna, kind: kind, titles: titles, leader: leader, room: room, place: place,
      time: AppointmentTime(day: day, from: from, minutes: minutes), language: language, seats: seats,
      hasWaitingList: typed.isChecked("waits"))
    return (session, why, version)
  }

  private static func titles(_ check: inout FormCheck) -> GroupSession.Titles {
    let message = say("Write a title in each language.")
    return GroupSession.Titles(
      french: check.required("title-fr", message, limit: 80),
      arabic: check.required("title-ar", message, limit: 80),
      english: check.required("title-en", message, limit: 80))
  }

  static func cancelled(_ typed: Typed) throws(Refusal) -> (why: String, version: Int) {
    var check = FormCheck(typed)
    let why = check.required("why-cancelled", say("Write why it is called off."), limit: 300)
    let version = check.number("version", in: 0...Int(Int32.max)) ?? 0
    try check.finish()
    return (why, version)
  }

  static func seat(_ typed: Typed) throws(Refusal) -> (
    id: RecordID<SessionSeat>, session: RecordID<GroupSession>, mayWait: Bool
  ) {
    var check = FormCheck(typed)
    let id: RecordID<SessionSeat> = check.newID()
    let session = RecordID<GroupSession>(typed["session"])
    if session == nil { check.refuse("session", say("Choose a session.")) }
    try check.finish()
    guard let session else { throw .invalid(check.errors) }
    return (id, session, typed.isChecked("wait"))
  }

  /// What was chosen for each of those put down; what was left empty is left out.
  static func presence(_ typed: Typed) -> [RecordID<SessionSeat>: SessionSeat.State] {
    typed.values.reduce(into: [:]) { found, field in
      guard field.key.hasPrefix("seat-"), let id = RecordID<SessionSeat>(String(field.key.dropFirst(5))),
        let state = SessionSeat.State(rawValue: field.value.first ?? "")
      else { return }
      found[id] = state
    }
  }
}
