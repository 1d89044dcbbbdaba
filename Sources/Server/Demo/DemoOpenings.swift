import Antennas
import Basics
import Cases
import Foundation
import Openings

/// Files of one antenna that a counsellor of another opened: one open, one judged, one that nobody judged in time.
struct DemoOpenings {
  let openings: Openings
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private struct Scene {
    let daysAgo: Int
    let why: Opening.Why
    let words: String
    /// What was thought of it; nil when nobody judged it.
    let judgement: (Opening.Verdict, String)?
  }

  private static let scenes = [
    Scene(
      daysAgo: 0, why: .present,
      words: "La personne est à notre accueil, sans papiers, et demande où en est son dossier.",
      judgement: nil),
    Scene(
      daysAgo: 3, why: .health, words: "حالة صحية عاجلة: نقل الشخص إلى المستشفى ونحتاج إلى رقم عائلته.",
      judgement: (.justified, "L’urgence est confirmée par l’hôpital.")),
    Scene(
      daysAgo: 9, why: .other, words: "Vérifier si la formation demandée a déjà été financée ailleurs.",
      judgement: nil),
  ]

  /// - Parameter stories: the first of the first antenna are opened, by the counsellor of the next one.
  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed)
    guard let team = teams.first, let other = teams.dropFirst().first else { return }
    // Transfers may have taken an open case to another antenna meanwhile. Those who show the demonstration sign in at the
    // first antenna: its files come first.
    let closed = stories.filter { $0.team.antenna != other.antenna && $0.stage == .closed }
    let held =
      closed.filter { $0.team.antenna == team.antenna } + closed.filter { $0.team.antenna != team.antenna }
    for (scene, story) in zip(Self.scenes, held) {
      set(max(Day(of: story.reception.receivedAt), today + -scene.daysAgo))
      let moment = Date(timeIntervalSince1970: Double((today + -scene.daysAgo).number) * 86_400)
      let id = RecordID<Opening>(at: moment, using: &dice)
      let ticket = try await openings.ticket(to: story.reception.person, for: other.counsellor)
      let file = try await openings.open(
        ticket, Opening.Reason(why: scene.why, words: scene.words), as: id, by: other.counsellor)
      _ = try await openings.cases.open(file, for: other.counsellor)
      if let (verdict, words) = scene.judgement {
        set(today + -scene.daysAgo + 1)
        try await openings.judge(id, verdict, because: words, by: story.team.head)
      }
    }
  }
}
