import Basics
import Foundation
import Reviews
import Tasks

/// Reviews of the centre: one round that two raters read, with findings of which one is mended; one that was begun.
struct DemoReviews {
  let reviews: Reviews
  let tasks: Tasks
  /// Two of the centre, who read the files apart.
  let raters: [Actor]
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let remarks = [
    "reachable": "Le numéro noté ne répond plus depuis mars.",
    "plan-actions": "Deux actions n’ont pas d’échéance.",
    "visits": "لا يوجد أثر للزيارة الأولى", "documents": "La pièce jointe est illisible.",
  ]

  func tell(seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 51)
    guard let first = teams.first, let second = teams.dropFirst().first else { return }
    set(today + -40)
    let whole = try await draw(at: first.antenna, count: 6, raters: 2, &dice)
    // Whoever had a file in hand does not review it, and nothing is found in it.
    var reviewed: [ReviewEntry] = []
    for entry in whole {
      set(today + -32)
      let isFirst = try await read(entry, by: raters[0], &dice)
      set(today + -30)
      let isSecond = try await read(entry, by: raters[1], &dice)
      if isFirst, isSecond { reviewed.append(entry) }
    }
    set(today + -28)
    var given: [RecordID<OfficeTask>] = []
    for (entry, remark) in zip(reviewed, Self.remarks.sorted { $0.key > $1.key }) {
      let words = remark.value
      let finding = NewReviewFinding(
        item: remark.key, to: .contact, words: words, due: today + (given.isEmpty ? -14 : 5))
      try await reviews.give(finding, about: entry.id, by: raters[0])
      given.append(
        contentsOf: try await tasks.open(for: first.counsellor).tasks.filter { $0.words == words }.map(\.id))
    }
    if let done = given.first {
      set(today + -20)
      try await tasks.finish(done, by: first.counsellor)
    }
    set(today + -6)
    let begun = try await draw(at: second.antenna, count: 4, raters: 2, &dice)
    if let entry = begun.first { _ = try await read(entry, by: raters[1], &dice) }
  }

  private func draw(at antenna: AntennaCode, count: Int, raters: Int, _ dice: inout DemoGenerator)
    async throws -> [ReviewEntry]
  {
    let criteria = ReviewRound.Criteria(
      antenna: antenna, basis: .received, days: (today + -900)...(today + -60))
    let id: RecordID<ReviewRound> = RecordID(
      at: Date(timeIntervalSince1970: Double((today + -40).number) * 86_400), using: &dice)
    let new = NewReviewRound(id: id, criteria, count: count, raters: raters)
    do {
      try await reviews.draw(new, seed: dice.number(1...999_999), by: self.raters[0])
    } catch Refusal.conflict {
      // So small a demonstration has no file there.
      return []
    }
    return try await reviews.open(id, for: self.raters[0]).entries
  }

  private func read(_ entry: ReviewEntry, by rater: Actor, _ dice: inout DemoGenerator) async throws
    -> Bool
  {
    let items = ReviewKnowledge.own.checklists.last?.items.map(\.code) ?? []
    var answers: [String: ReviewReading.Answer] = [:]
    var words: [String: String] = [:]
    for (index, item) in items.enumerated() {
      // Both see the same file: they differ now and then.
      let isMissing = (index + entry.position) % 4 == 0
      let answer: ReviewReading.Answer =
        dice.chance(12) ? .apart : isMissing == dice.chance(85) ? .no : .yes
      answers[item] = answer
      if answer == .no { words[item] = Self.remarks[item] ?? "Le dossier n’en dit rien." }
    }
    let draft = ReviewDraft(answers: answers, words: words, isDone: true)
    do {
      try await reviews.save(draft, of: entry.id, from: 0, by: rater)
      return true
    } catch Refusal.conflict {
      // She had it in hand.
      return false
    }
  }
}
