import Basics
import Cases
import Foundation
import Meetings
import Tasks

/// Minutes of two antennas and of the centre: closed ones with decisions, of which some are done, and a draft.
struct DemoMeetings {
  let meetings: Meetings
  let tasks: Tasks
  /// Of the centre.
  let office: Actor
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 61)
    for team in teams.prefix(2) {
      let own = stories.first { $0.team.antenna == team.antenna && $0.stage != .closed }
      let first = try await begin(14, [team.head, team.counsellor, team.social], by: team.head, &dice)
      try await add(
        "La salle d’attente est trop petite le mardi.", "Répartir les rendez-vous sur la semaine.",
        to: .person(team.counsellor.id), due: 14 - 7, in: first, by: team.head, &dice)
      try await add(
        "قائمة أرقام المصالح الجهوية لم تعد صالحة", "تحديث القائمة مع المعتمدية", to: .antenna(team.antenna),
        due: -4, in: first, by: team.head, &dice)
      if let own {
        try await add(
          "Le devis attendu n’est pas venu.", "Relancer le fournisseur, puis en chercher un autre.",
          to: .person(team.counsellor.id), due: 3, about: own.reception.id, in: first, by: team.head, &dice)
      }
      try await meetings.close(first, by: team.head)
      let open = try await tasks.open(for: team.counsellor).tasks
      if let done = open.first(where: { $0.words == "Répartir les rendez-vous sur la semaine." }) {
        set(today + -9)
        try await tasks.finish(done.id, by: team.counsellor)
      }
      let second = try await begin(0, [team.head, team.counsellor], by: team.head, &dice)
      try await add(
        "Deux orientations attendent une réponse.", nil, to: .centre, due: 0, in: second, by: team.head, &dice
      )
    }
    let centre = try await begin(7, [office], by: office, &dice)
    try await add(
      "Les comptes rendus des antennes sont lus.", "Écrire aux antennes sans compte rendu.",
      to: .person(office.id), due: 7, in: centre, by: office, &dice)
    try await meetings.close(centre, by: office)
  }

  private func begin(_ daysAgo: Int, _ present: [Actor], by actor: Actor, _ dice: inout DemoGenerator)
    async throws -> RecordID<Meeting>
  {
    set(today + -daysAgo)
    let id: RecordID<Meeting> = newID(daysAgo, &dice)
    let head = MeetingHead(day: today + -daysAgo, present: present.map(\.id), guests: nil)
    try await meetings.begin(id, head, by: actor)
    return id
  }

  private func add(
    _ words: String, _ decision: String?, to receiver: OfficeTask.Receiver, due: Int,
    about file: RecordID<CaseFile>? = nil, in meeting: RecordID<Meeting>, by actor: Actor,
    _ dice: inout DemoGenerator
  ) async throws {
    let decided = decision.map { NewMeetingItem.Decision(words: $0, to: receiver, due: today + due) }
    let item = NewMeetingItem(id: newID(0, &dice), about: file, words: words, decision: decided)
    try await meetings.add(item, to: meeting, by: actor)
  }

  private func newID<Record>(_ daysAgo: Int, _ dice: inout DemoGenerator) -> RecordID<Record> {
    RecordID(at: Date(timeIntervalSince1970: Double((today + -daysAgo).number) * 86_400), using: &dice)
  }
}
