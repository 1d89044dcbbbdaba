import Basics
import Cases
import Foundation
import Transfers

/// Cases offered to another antenna: accepted, declined, waiting, and some unanswered for too long.
struct DemoTransfers {
  let transfers: Transfers
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let words = [
    (
      "Accueil fait, besoins immédiats couverts. Le projet est à chercher avec la famille, qui l’attend là-bas.",
      "La personne s’installe chez ses parents."
    ),
    (
      "تم الاستقبال وتغطية الحاجيات العاجلة. يبقى إعداد خطة الإدماج مع العائلة.",
      "انتقل الشخص للعيش قرب عائلته."
    ),
    (
      "Entretiens faits, papiers en règle. Reste à trouver une formation dans sa branche.",
      "La formation n’existe que dans cette région."
    ),
  ]

  /// A few of the open cases; their own dice leave the rest of the story as it is.
  func tell(_ story: DemoPersons.Story) async throws {
    var dice = story.generator
    for _ in 0..<9 { _ = dice.next() }
    guard story.stage != .closed, dice.chance(8) else { return }
    let other = dice.pick(teams.filter { $0.antenna != story.team.antenna })
    let (summary, reason) = dice.pick(Self.words)
    let offered = max(Day(of: story.reception.receivedAt), today + -dice.number(1...20))
    set(offered)
    let id = RecordID<Transfer>(
      at: Date(timeIntervalSince1970: Double(offered.number) * 86_400), using: &dice)
    let offer = Transfer.Offer(to: other.antenna, summary: summary, reason: reason)
    try await transfers.offer(id, offer, of: story.reception.id, by: story.team.counsellor)
    let outcome = dice.number(0...3)
    set(min(today, offered + 2))
    if outcome == 0 {
      try await transfers.accept(id, contact: other.counsellor.id, by: other.head)
    } else if outcome == 1 {
      try await transfers.decline(id, because: "L’antenne n’a personne avant un mois.", by: other.head)
    }
  }
}
