import Basics
import Cases
import Foundation
import Letters
import People

/// Letters to some of the persons and reminders by SMS to those who agreed to them: handed over, posted, not sent yet, and
/// now and then withdrawn.
struct DemoLetters {
  let installation: Installation
  let today: Day
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let papers: [Language: [String]] = [
    .french: ["un extrait de naissance", "le certificat de résidence"],
    .arabic: ["مضمون ولادة", "شهادة إقامة"],
  ]
  private static let places: [Language: String] = [
    .french: "au bureau, premier étage", .arabic: "بالمكتب، الطابق الأول",
  ]

  /// Their own dice leave the rest of the story as it is.
  func tell(_ story: DemoPersons.Story) async throws {
    var dice = story.generator
    for _ in 0..<37 { _ = dice.next() }
    guard dice.chance(25) else { return }
    let day = min(today, Day(of: story.reception.receivedAt) + dice.number(3...12))
    set(day)
    let language = dice.pick([Language.french, .arabic, .arabic])
    let paper = dice.pick(Self.papers[language] ?? [])
    var (model, typed) = ("missing-paper", ["paper": paper, "day": (day + 14).description])
    if dice.chance(60) {
      model = "appointment"
      typed = [
        "day": (day + 7).description, "hour": dice.pick(["09:30", "11:00", "14:30"]),
        "place": Self.places[language] ?? "", "papers": paper,
      ]
    }
    typed["recipient"] = story.reception.identity?[.address] == nil ? "name" : "address"
    let letter = try await write(model, typed, language, on: day, story, &dice)
    let way = typed["recipient"] == "name" ? Letter.Way.handed : dice.pick([.handed, .posted])
    if dice.chance(70) {
      try await installation.letters.send(
        letter, Letter.Sent(way: way, on: day), in: story.reception.id, by: story.team.counsellor)
    } else if dice.chance(30) {
      let why = language == .french ? "Le rendez-vous est déplacé." : "تم تغيير الموعد."
      try await installation.letters.withdraw(
        letter, because: why, in: story.reception.id, by: story.team.counsellor)
    }
    try await remind(story, typed, language, on: day, &dice)
  }

  private func remind(
    _ story: DemoPersons.Story, _ typed: [String: String], _ language: Language, on day: Day,
    _ dice: inout DemoGenerator
  ) async throws {
    guard let hour = typed["hour"] else { return }
    let opened = try await installation.cases.open(story.reception.id, for: story.team.counsellor)
    guard opened.person.consents.contains(where: { $0.isInForce && $0.purpose == .sms }) else { return }
    let reminder = ["day": (day + 7).description, "hour": hour]
    let letter = try await write("appointment-sms", reminder, language, on: day, story, &dice)
    guard dice.chance(60) else { return }
    try await installation.letters.send(
      letter, Letter.Sent(way: .sms, on: day), in: story.reception.id, by: story.team.counsellor)
  }

  private func write(
    _ model: String, _ typed: [String: String], _ language: Language, on day: Day,
    _ story: DemoPersons.Story, _ dice: inout DemoGenerator
  ) async throws -> RecordID<Letter> {
    let id = RecordID<Letter>(
      at: Date(timeIntervalSince1970: Double(day.number) * 86_400 + 36_000), using: &dice)
    let draft = LetterDraft(id: id, model: model, language: language, typed: typed)
    try await installation.letters.write(draft, in: story.reception.id, by: story.team.counsellor)
    return id
  }
}
