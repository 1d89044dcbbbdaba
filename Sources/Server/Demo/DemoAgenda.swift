import Agenda
import Basics
import Cases
import Foundation

/// A fortnight of appointments around today in each antenna: kept, missed, excused, and to come; two rooms, one absence.
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
}
