import Accounts
import Basics
import Meetings
import Reviews
import Tasks
import TestSupport
import Testing

@testable import Server

extension Story {
  /// Somebody of the centre who had none of the files in hand.
  private static let reviewer = Actor(
    id: AccountID(), name: "Reviewer", institution: InstitutionCode(rawValue: "OTE"), antenna: nil,
    scope: .nation,
    duties: Role.centre.duties)

  /// Her file is drawn for a review.
  static func review(_ thread: inout Thread, at antenna: AntennaCode, _ house: Installation) async throws {
    let today = Day(of: house.now())
    let criteria = ReviewRound.Criteria(antenna: antenna, basis: .received, days: today...today)
    // A lot that fell upon her: another seed where it did not.
    for seed in 0..<200 {
      let new = NewReviewRound(criteria, count: ReviewRound.most, raters: 1)
      try await house.reviews.draw(new, seed: seed, by: reviewer)
      let opened = try await house.reviews.open(new.id, for: reviewer)
      guard let entry = opened.entries.first(where: { $0.file == thread.file }) else { continue }
      (thread.round, thread.entry) = (new.id, entry.id)
      return
    }
    Issue.record("the lot never fell upon her")
  }

  /// It is reviewed, and something is to be mended.
  static func settle(_ thread: Thread, _ house: Installation) async throws {
    let items = ReviewKnowledge.own.checklist(1)?.items.map(\.code) ?? []
    let draft = ReviewDraft(
      answers: Dictionary(uniqueKeysWithValues: items.map { ($0, ReviewReading.Answer.no) }),
      words: Dictionary(uniqueKeysWithValues: items.map { ($0, "Nothing is there") }), isDone: true)
    try await house.reviews.save(draft, of: thread.entry, from: 0, by: reviewer)
    let finding = NewReviewFinding(
      item: items[0], to: .antenna, words: "Write it down", due: Day(of: house.now()) + 7)
    try await house.reviews.give(finding, about: thread.entry, by: reviewer)
  }

  /// The antenna meets and speaks of each of them; one meeting is over.
  static func meet(_ threads: [Thread], ended: Thread, _ house: Installation, _ head: Actor) async throws {
    let today = Day(of: house.now())
    for thread in threads {
      let present = MeetingHead(day: today, present: [head.id], guests: "The delegate")
      try await house.meetings.begin(thread.meeting, present, by: head)
      let decision = NewMeetingItem.Decision(words: "Call her", to: .person(head.id), due: today + 7)
      let item = NewMeetingItem(
        id: thread.item, about: thread.file, words: "She waits for a quote", decision: decision)
      try await house.meetings.add(item, to: thread.meeting, by: head)
    }
    try await house.meetings.close(ended.meeting, by: head)
  }
}
