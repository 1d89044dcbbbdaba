import Basics
import Cases
import Committees
import People
import TestSupport

@testable import Server

/// A request before a committee, with its session and its decision.
struct StoryCommittee: Sendable {
  var session = RecordID<CommitteeSession>()
  var item = RecordID<CommitteeItem>()
  /// Decided, in the open file.
  var asked = RecordID<CommitteeItem>()
  var decision = RecordID<Decision>()
}

extension Story {
  /// Of the open thread a request that the counsellor, in the chair, has still to score; of the followed one a request of
  /// the same session that she has scored; of the closed one a session whose minutes she is to confirm. The open file
  /// has a refusal besides, against which one may appeal.
  static func committees(
    _ open: Thread, _ followed: Thread, _ closed: Thread, _ premises: Premises, _ counsellor: Actor,
    other account: AccountID
  ) async throws -> (open: StoryCommittee, followed: StoryCommittee, closed: StoryCommittee) {
    let house = premises.installation
    let colleague = Actor(
      id: account, name: "Colleague", institution: counsellor.institution, antenna: counsellor.antenna,
      scope: .antenna, duties: counsellor.duties)
    var (first, second, third) = (StoryCommittee(), StoryCommittee(), StoryCommittee())
    second.session = first.session
    // Not of the open file: a case that is before a committee cannot be closed.
    first.item = try await submit(followed.file, house)
    second.item = try await submit(followed.file, house)
    try await convene(first.session, [first.item, second.item], chair: counsellor, colleague, house)
    try await score(second.item, in: first.session, house, by: counsellor)
    var refused = StoryCommittee()
    refused.item = try await submit(open.file, house)
    try await refuse(refused, chair: colleague, counsellor, house)
    try await house.committees.confirm(refused.session, by: counsellor)
    (first.asked, first.decision) = (refused.item, refused.decision)
    third.item = try await submit(followed.file, house)
    try await refuse(third, chair: colleague, counsellor, house)
    _ = try await submit(followed.file, house)
    return (first, second, third)
  }

  private static func submit(_ file: RecordID<CaseFile>, _ house: Installation) async throws
    -> RecordID<CommitteeItem>
  {
    let item = NewItem(
      id: RecordID(), file: file, track: .social, title: say("Social aid"), amount: Money(4_000_000, .tnd),
      preparedBy: AccountID(), summary: "A roof for the winter")
    try await house.committees.submit(item, by: .program)
    return item.id
  }

  private static func convene(
    _ id: RecordID<CommitteeSession>, _ items: [RecordID<CommitteeItem>], chair: Actor, _ member: Actor,
    _ house: Installation
  ) async throws {
    let draft = SessionDraft(
      antenna: nil, day: Day(of: house.now()), place: "Tunis", quorum: 2, hidesIdentity: false)
    try await house.committees.convene(id, draft, by: .program)
    try await house.committees.seat(chair.id, as: .chair, in: id, by: .program)
    try await house.committees.seat(member.id, as: .member, in: id, by: .program)
    try await house.committees.list(items, in: id, by: .program)
    try await house.committees.setPresent([chair.id, member.id], in: id, by: chair)
  }

  private static func score(
    _ item: RecordID<CommitteeItem>, in session: RecordID<CommitteeSession>, _ house: Installation,
    by actor: Actor
  ) async throws {
    let points = ScorePoints(["need": 5, "household": 5, "means": 5, "effect": 5])
    try await house.committees.score(points, on: item, in: session, by: actor)
  }

  private static func refuse(
    _ told: StoryCommittee, chair: Actor, _ member: Actor, _ house: Installation
  ) async throws {
    try await convene(told.session, [told.item], chair: chair, member, house)
    for actor in [chair, member] {
      try await score(told.item, in: told.session, house, by: actor)
      try await house.committees.vote(.refused, on: told.item, in: told.session, by: actor)
    }
    try await house.committees.decide(
      Decision.Words(.refused, reason: .criteria, text: "لم تستوف الشروط"), as: told.decision,
      on: told.item, in: told.session, by: chair)
    try await house.committees.close(told.session, by: chair)
  }
}
