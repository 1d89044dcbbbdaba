import Basics
import Cases
import Closures
import Foundation
import Visits

/// How those whose case is closed stand, what they think of the help, and what was heard of some afterwards.
struct DemoClosures {
  let closures: Closures
  let today: Day
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let remarks = [
    "Les démarches ont été longues, mais on m’a toujours répondu.",
    "شكرا لكم، كنتم إلى جانبي منذ اليوم الأول.",
    "J’aurais voulu une formation plus près de chez moi.",
  ]
  private static let heard = [
    "L’activité continue, il cherche un second local.", "العمل مستمر والحالة مستقرة.",
    "Elle demande des nouvelles de la formation de sa fille.",
  ]

  /// Its own dice leave the rest of the story as it is.
  func tell(_ story: DemoPersons.Story, _ closure: RecordID<Closure>, on closed: Day) async throws {
    var dice = story.generator
    for _ in 0..<17 { _ = dice.next() }
    let (id, counsellor) = (story.reception.id, story.team.counsellor)
    guard dice.chance(75) else { return }
    var report = ClosureReport()
    for question in ClosureReport.Question.allCases {
      report.answers[question] = dice.pick([.two, .three, .four, .four, .five, .refused, .notApplicable])
    }
    report.remark = dice.chance(40) ? dice.pick(Self.remarks) : nil
    try await closures.record(report, of: closure, from: nil, in: id, by: counsellor)
    guard dice.chance(30), closed + 40 <= today else { return }
    let day = closed + dice.number(20...40)
    set(day)
    let contact = LaterContact(
      id: RecordID(at: Date(timeIntervalSince1970: Double(day.number) * 86_400), using: &dice), on: day,
      way: dice.pick([.phone, .antenna]), activity: dice.pick([.goingOn, .goingOn, .inDifficulty, nil]),
      heard: dice.pick(Self.heard), by: counsellor.id)
    try await closures.record(contact, in: id, by: counsellor)
  }
}
