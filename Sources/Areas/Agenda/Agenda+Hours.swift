import Accounts
import Basics
import Cases
import Foundation
import People
import Storage

/// Weekly hours, and which times are free in them.
extension Agenda {
  func weeks(at antenna: AntennaCode, for actor: Actor) async throws -> [WorkWeek] {
    try actor.must(.openFiles)
    let today = Day(of: now())
    return try await database.read { db in try WorkWeekStore.weeks(at: antenna, from: today, in: db) }
  }

  /// Records when somebody may be met: she herself, or whoever names contact persons at her antenna.
  package func add(_ week: WorkWeek, at antenna: AntennaCode, by actor: Actor) async throws {
    guard actor.id == week.account || actor.may(.assignCases) else { throw Refusal.notAllowed(.assignCases) }
    guard actor.scope == .nation || actor.antenna == antenna else { throw Refusal.notFound }
    let now = now()
    try await database.write { db in
      let colleague = try accounts.active(week.account, in: db)
      guard colleague?.antenna == antenna, colleague?.actor.may(.receivePersons) == true else {
        throw Refusal.invalid([FieldError("account", say("Choose a colleague of this antenna."))])
      }
      guard try WorkWeekStore.insert(week, at: antenna, by: actor, at: now, in: db) else {
        guard try WorkWeekStore.week(week.id, in: db)?.week == week else { throw Refusal.sentBefore("from") }
        return
      }
      try Journal.append(
        "hours.add", on: RecordReference("work_week", week.id), by: actor, at: now,
        changes: Fields([
          "from": week.from.description, "until": week.until?.description ?? "",
          "hours": week.hours.map { "\($0.weekday) \(AgendaWords.span($0))" }.joined(separator: ", "),
        ]).asNew, in: db)
    }
  }

  /// Takes hours back; a second time changes nothing.
  package func end(_ id: RecordID<WorkWeek>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      guard let found = try WorkWeekStore.week(id, in: db),
        actor.scope == .nation || actor.antenna == found.antenna
      else { throw Refusal.notFound }
      guard actor.id == found.week.account || actor.may(.assignCases) else {
        throw Refusal.notAllowed(.assignCases)
      }
      guard try WorkWeekStore.end(id, at: now, in: db) else { return }
      try Journal.append("hours.end", on: RecordReference("work_week", id), by: actor, at: now, in: db)
    }
  }

  /// Whose times are asked for, and for what.
  struct FreeAsk: Sendable, Equatable {
    let account: AccountID
    let minutes: Int
    let way: Appointment.Way
  }

  /// The free times of the coming two weeks at which a colleague can meet a person; nil where her hours are not known.
  /// - Parameter person: her own time is left out; nil for nobody's.
  func freeTimes(
    _ ask: FreeAsk, at antenna: AntennaCode, person: PersonID?, at now: Date, in db: Connection
  ) throws -> [FreeTime]? {
    let today = Day(of: now)
    let days = today...(today + FreeTimes.days)
    var given = FreeTimes.Given()
    given.weeks = try WorkWeekStore.weeks(of: ask.account, from: today, in: db)
    guard !given.weeks.isEmpty else { return nil }
    given.absences = try AgendaStore.absences(at: antenna, from: today, in: db).filter {
      $0.account == ask.account
    }
    given.holidays = Set(try AgendaStore.holidays(days, in: db).map(\.day))
    let rooms = ask.way == .antenna ? try AgendaStore.rooms(of: antenna, in: db) : []
    var holders = [AgendaRules.Holder(kind: .account, id: ask.account.text)]
    if let person { holders.append(AgendaRules.Holder(kind: .person, id: person.text)) }
    let roomHolders = rooms.map { AgendaRules.Holder(kind: .room, id: $0.id.text) }
    let taken = try SlotStore.taken(by: holders + roomHolders, days, in: db)
    for holder in holders { given.taken.merge(taken[holder.text] ?? [:]) { $0.union($1) } }
    given.rooms = zip(rooms, roomHolders).map { ($0.id, taken[$1.text] ?? [:]) }
    return FreeTimes.list(given, minutes: ask.minutes, days, at: now)
  }
}
