import Assessments
import Basics
import Cases
import Foundation

/// Questionnaires as counsellors give them: the follow-up over several quarters, a vulnerability screening by the social
/// counsellor, some of them drafts, on paper, corrected, or given a second time by the head of the antenna.
struct DemoAssessments {
  let assessments: Assessments
  let today: Day
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let first = Day(year: 2026, month: 1, day: 1) ?? Day(number: 0)
  private static let (followUp, screening) = (
    InstrumentID(code: "follow-up", version: 1), InstrumentID(code: "vulnerability", version: 1)
  )
  private static let said = [
    "Cherche un local près de la gare.", "يريد أن يتعلم ابنه القراءة.", "Attend la réponse de la caisse.",
  ]

  /// Their own dice leave the rest of the story as it is.
  func tell(_ story: DemoPersons.Story) async throws {
    var dice = story.generator
    for _ in 0..<61 { _ = dice.next() }
    guard story.stage != .closed, dice.chance(45) else { return }
    let start = max(Day(of: story.reception.receivedAt) + 8, Self.first + 10)
    try await follow(story, from: start, &dice)
    if dice.chance(50), start <= today { try await screen(story, on: start, &dice) }
  }

  private func follow(_ story: DemoPersons.Story, from start: Day, _ dice: inout DemoGenerator) async throws {
    var standing = dice.number(0...2)
    for (index, wave) in [Assessment.Wave.baseline, .middle, .middle].enumerated() {
      let day = start.adding(months: 3 * index)
      guard day <= today, index == 0 || dice.chance(75) else { return }
      standing = min(3, standing + dice.number(0...1))
      var fields = Fields(["on": day.description, "wave": wave.rawValue, "way": "screen"])
      answer(&fields, standing, &dice)
      if dice.chance(20) { (fields["way"], fields["asked-by"]) = ("paper", "Une stagiaire de l’antenne") }
      let isDraft = day + 20 > today && dice.chance(40)
      try await write(fields, Self.followUp, on: day, isDraft: isDraft, story, story.team.counsellor, &dice)
      if isDraft { return }
    }
  }

  /// The better the standing, the higher the answers; some questions are refused, and some not asked.
  private func answer(_ fields: inout Fields, _ standing: Int, _ dice: inout DemoGenerator) {
    let four = ["never", "sometimes", "often", "always"]
    func pick(_ answers: [String]) -> String {
      let place = min(answers.count - 1, max(0, standing * answers.count / 4 + dice.number(0...2) - 1))
      return dice.chance(6) ? "!refused" : answers[place]
    }
    fields["q-work"] = pick(["none", "now-and-then", "regular"])
    fields["q-needs"] = pick(four)
    fields["q-debts"] = pick(four.reversed())
    fields["q-reserve"] = dice.chance(70) ? pick(["no", "with-help", "yes"]) : nil
    fields["q-home"] = pick(["no", "unsure", "yes"])
    fields["q-care"] = pick(four)
    fields["q-papers"] = pick(["no", "in-part", "yes"])
    fields["q-has-pupils"] = dice.chance(40) ? "yes" : "no"
    if fields["q-has-pupils"] == "yes" { fields["q-school"] = pick(["none", "some", "all"]) }
    fields["q-place"] = pick(four)
    fields["q-support"] = pick(["nobody", "one", "several"])
    fields["q-worry"] = pick(four.reversed())
    fields["q-future"] = pick(["no", "unsure", "yes"])
    if dice.chance(30) { fields["q-said"] = dice.pick(Self.said) }
  }

  private func screen(_ story: DemoPersons.Story, on day: Day, _ dice: inout DemoGenerator) async throws {
    var fields = Fields(["on": day.description, "wave": "baseline", "way": "screen"])
    fields["q-dependants"] = String(dice.number(0...6))
    for name in ["q-lone-parent", "q-cared-for", "q-read-write"] {
      fields[name] = dice.chance(25) ? "yes" : "no"
    }
    fields["q-lodging"] = dice.pick(["own", "family", "hosted", "street"])
    fields["q-meals"] = dice.pick(["never", "sometimes", "often"])
    fields["q-income"] = dice.pick(["steady", "irregular", "others", "none"])
    fields["q-debts"] = dice.pick(["none", "some", "all", "!refused"])
    fields["q-alone"] = dice.pick(["several", "one", "nobody"])
    fields["q-return"] = dice.pick(["welcomed", "mixed", "refused", "!not-applicable"])
    fields["q-needs"] = dice.pick(["food care", "papers", "nothing"])
    try await write(
      fields, Self.screening, on: day, isDraft: dice.chance(10), story, story.team.social, &dice)
  }

  private func write(
    _ fields: Fields, _ instrument: InstrumentID, on day: Day, isDraft: Bool, _ story: DemoPersons.Story,
    _ actor: Actor, _ dice: inout DemoGenerator
  ) async throws {
    set(day)
    let file = story.reception.id
    let moment = Date(timeIntervalSince1970: Double(day.number) * 86_400 + 36_000)
    let id = RecordID<Assessment>(at: moment, using: &dice)
    try await assessments.begin(id, instrument, fields, in: file, by: actor)
    guard !isDraft else { return }
    try await assessments.conclude(
      id, as: RecordID(at: moment, using: &dice), from: 1, in: file, by: actor)
    if instrument == Self.followUp, dice.chance(12) {
      try await compare(with: id, fields, on: day, story, &dice)
    }
    guard dice.chance(10), fields["q-work"] != nil else { return }
    var corrected = fields
    corrected["q-work"] = fields["q-work"] == "regular" ? "now-and-then" : "regular"
    try await assessments.correct(
      id, to: corrected, because: "Une réponse avait été mal comprise.",
      as: RecordID(at: moment, using: &dice), from: 1, in: file, by: actor)
  }

  /// The head gives it again on her own: most answers are the same.
  private func compare(
    with first: RecordID<Assessment>, _ fields: Fields, on day: Day, _ story: DemoPersons.Story,
    _ dice: inout DemoGenerator
  ) async throws {
    let (file, head) = (story.reception.id, story.team.head)
    let moment = Date(timeIntervalSince1970: Double(day.number) * 86_400 + 40_000)
    var found = fields
    if dice.chance(40) { found["q-future"] = "unsure" }
    if dice.chance(30) { found["q-work"] = "now-and-then" }
    let id = RecordID<Assessment>(at: moment, using: &dice)
    try await assessments.begin(id, Self.followUp, secondOf: first, found, in: file, by: head)
    try await assessments.conclude(
      id, as: RecordID(at: moment, using: &dice), from: 1, in: file, by: head)
  }
}
