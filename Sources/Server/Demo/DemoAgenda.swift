import Agenda
import Basics
import Cases
import Foundation

/// A fortnight of appointments around today in each antenna: kept, missed, excused, and to come; two rooms, one absence;
/// weekly hours, a session that was held and one that is full.
struct DemoAgenda {
  let agenda: Agenda
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let abouts = [
    "Faire le point sur le projet", "Papiers pour le dossier", "مراجعة الملف", "متابعة المشروع",
  ]
  private static let papers = ["la carte d’identité", "بطاقة التعريف", nil, nil]

  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 91)
    for team in teams {
      set(today + -20)
      let rooms = ["1", "2"].map { name in
        Room(id: newID(&dice), antenna: team.antenna, name: name)
      }
      for room in rooms { try await agenda.add(room, by: team.head) }
      let day = today + dice.number(4...8)
      try await agenda.add(
        Absence(id: newID(&dice), account: team.employment.id, from: day, until: day + 1), at: team.antenna,
        by: team.employment)
      let own = stories.filter { $0.reception.antenna == team.antenna && $0.stage != .closed }.prefix(14)
      for (index, story) in own.enumerated() { try await tell(story, index, team, rooms, &dice) }
      try await tellHours(team, &dice)
      try await tellSessions(Array(own), team, &dice)
    }
    set(today)
  }

  private func newID<Record>(_ dice: inout DemoGenerator) -> RecordID<Record> {
    RecordID(at: Date(timeIntervalSince1970: Double((today + -20).number) * 86_400), using: &dice)
  }

  private func tell(
    _ story: DemoPersons.Story, _ index: Int, _ team: DemoStaff.Team, _ rooms: [Room],
    _ dice: inout DemoGenerator
  ) async throws {
    // A week back and a week ahead, the eighth of them today.
    let day: Day = today + (index - 7)
    guard day.weekday < 6, day >= Day(of: story.reception.receivedAt) else { return }
    let way = dice.pick([Appointment.Way.antenna, .antenna, .phone])
    let draft = AppointmentDraft(
      id: newID(&dice), with: dice.pick([team.counsellor, team.counsellor, team.social]).id, way: way,
      room: way == .antenna ? dice.pick(rooms).id : nil,
      time: AppointmentTime(day: day, from: (index % 8 + 8) * 60 + 30, minutes: dice.pick([30, 30, 45])),
      words: .init(about: dice.pick(Self.abouts), bring: way == .antenna ? dice.pick(Self.papers) : nil))
    let before: Day = day + -4
    set(max(Day(of: story.reception.receivedAt), before))
    do {
      try await agenda.make(draft, in: story.reception.id, by: team.counsellor)
    } catch is Refusal {
      // Her case went to another antenna, or was closed meanwhile.
      return
    }
    guard day < today else { return }
    set(day + 1)
    let state = dice.pick([Appointment.State.came, .came, .came, .missed, .excused])
    try await agenda.settle(
      draft.id, state, because: state == .excused ? "Malade" : nil, from: 1, by: team.counsellor)
  }

  private func tellHours(_ team: DemoStaff.Team, _ dice: inout DemoGenerator) async throws {
    set(today + -20)
    for account in [team.counsellor, team.social] {
      let morning = (0..<5).map { WorkWeek.Hours(weekday: $0, from: 8 * 60 + 30, until: 12 * 60 + 30) }
      let afternoon = (0..<4).map { WorkWeek.Hours(weekday: $0, from: 13 * 60 + 30, until: 16 * 60 + 30) }
      let hours = (morning + afternoon).sorted { ($0.weekday, $0.from) < ($1.weekday, $1.from) }
      try await agenda.add(
        WorkWeek(id: newID(&dice), account: account.id, from: today + -20, hours: hours), at: team.antenna,
        by: team.head)
    }
  }

  private static let titles = GroupSession.Titles(
    french: "Tenir la caisse de son commerce", arabic: "مسك حسابات المحل",
    english: "Keeping the books of a shop")

  /// One held last week, with who came; one to come with a title of its own, for which the last two wait.
  private func tellSessions(
    _ stories: [DemoPersons.Story], _ team: DemoStaff.Team, _ dice: inout DemoGenerator
  ) async throws {
    let (past, next) = (workday(today + -6), workday(today + 6))
    set(today + -12)
    let held = GroupSession(
      id: newID(&dice), antenna: team.antenna, kind: .information, leader: team.employment.id,
      place: "Maison des jeunes", time: AppointmentTime(day: past, from: 17 * 60, minutes: 60),
      language: .french,
      seats: 20)
    let ahead = GroupSession(
      id: newID(&dice), antenna: team.antenna, kind: .other, titles: Self.titles, leader: team.social.id,
      place: "دار الشباب", time: AppointmentTime(day: next, from: 17 * 60, minutes: 90), language: .arabic,
      seats: 4)
    for session in [held, ahead] { try await agenda.make(session, by: team.counsellor) }
    var outcomes: [RecordID<SessionSeat>: SessionSeat.State] = [:]
    for story in stories.prefix(6) {
      for session in [held, ahead] {
        let seat: RecordID<SessionSeat> = newID(&dice)
        let before: Day = session.id == held.id ? past + -1 : today
        set(max(before, Day(of: story.reception.receivedAt)))
        do {
          try await agenda.put(
            seat, story.reception.id, downFor: session.id, mayWait: true, by: team.counsellor)
          if session.id == held.id {
            outcomes[seat] = dice.pick([SessionSeat.State.came, .came, .came, .missed, .excused])
          }
        } catch is Refusal {
          // Her case went to another antenna, was closed, or was opened too late.
        }
      }
    }
    set(today)
    try await agenda.record(outcomes, in: held.id, by: team.counsellor)
  }

  /// The same day, or the Monday after it.
  private func workday(_ day: Day) -> Day { day.weekday < 5 ? day : day + (7 - day.weekday) }
}
