import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Committees

@Suite struct `Sitting in a committee` {
  @Test(arguments: TestDatabase.engines)
  func `leads from scores over votes to a decision that others follow`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item])
      try await room.vote(.granted, on: item, in: session, by: [Staff.chokri, Staff.bilel, Staff.emna])
      let id = RecordID<Decision>()
      for _ in 1...2 {
        try await room.committees.decide(
          Decision.Words(.granted), as: id, on: item, in: session, by: Staff.chokri)
      }
      let told = room.heard
      let decision = try await room.decision(of: item)
      #expect(told == [decision].compactMap(\.self))
      #expect(decision?.origin == "aid:7" && decision?.amount == Money(4_000_000, .tnd))
      #expect(decision?.day == room.today && decision?.agreed == 3 && decision?.counted == 4)
      await #expect(throws: Refusal.conflict(say("This item is decided."))) {
        try await room.committees.decide(
          CommitteeRoom.refusal, as: RecordID(), on: item, in: session, by: Staff.chokri)
      }
      await #expect(throws: Refusal.conflict(say("This item is decided."))) {
        try await room.committees.vote(.refused, on: item, in: session, by: Staff.bilel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a chair alone decides nothing, nor does a committee without quorum`(engine: Database.Engine)
    async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item])
      try await room.vote(.granted, on: item, in: session, by: [Staff.chokri])
      await #expect(
        throws: Refusal.conflict(say("Nobody decides alone: at least two members must have voted for this."))
      ) {
        try await room.committees.decide(
          Decision.Words(.granted), as: RecordID(), on: item, in: session, by: Staff.chokri)
      }
      try await room.vote(.granted, on: item, in: session, by: [Staff.bilel])
      try await room.committees.setPresent([Staff.chokri.id, Staff.bilel.id], in: session, by: Staff.chokri)
      await #expect(throws: Self.noQuorum(3, 2)) {
        try await room.committees.decide(
          Decision.Words(.granted), as: RecordID(), on: item, in: session, by: Staff.chokri)
      }
      #expect(room.heard.isEmpty)
      let state = try await room.state(of: item)
      #expect(state == .listed)
    }
  }

  private static func noQuorum(_ quorum: Int, _ counted: Int) -> Refusal {
    .conflict(
      say(
        "There is no quorum for this item: \(quorum) members with a vote must be here and free of conflict; there are \(counted)."
      ))
  }

  @Test(arguments: TestDatabase.engines)
  func `a member with a conflict neither reads nor scores nor votes, and is not of the quorum`(
    engine: Database.Engine
  ) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item])
      // She scored and voted first: it stays recorded, and does not count.
      try await room.vote(.granted, on: item, in: session, by: [Staff.emna])
      for _ in 1...2 {
        try await room.committees.declare(.family, on: item, in: session, by: Staff.emna)
      }
      let out = Refusal.conflict(say("You keep out of this item: you neither read it nor vote on it."))
      await #expect(throws: out) {
        _ = try await room.committees.open(item, in: session, for: Staff.emna)
      }
      await #expect(throws: out) {
        try await room.committees.score(CommitteeRoom.points, on: item, in: session, by: Staff.emna)
      }
      await #expect(throws: out) {
        try await room.committees.vote(.refused, on: item, in: session, by: Staff.emna)
      }
      try await room.vote(.granted, on: item, in: session, by: [Staff.chokri])
      await #expect(
        throws: Refusal.conflict(say("Nobody decides alone: at least two members must have voted for this."))
      ) {
        try await room.committees.decide(
          Decision.Words(.granted), as: RecordID(), on: item, in: session, by: Staff.chokri)
      }
      let opened = try await room.open(session)
      let kept = try #require(opened.entries.first?.item)
      #expect(opened.counted(kept).count == 3 && opened.scores[item]?.count == 2)
      #expect(opened.countedScores(kept).count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `whoever prepared a file neither scores it nor votes on it`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene(
        [item], members: [Staff.amel, Staff.bilel, Staff.emna])
      let out = Refusal.conflict(say("You prepared this file: you neither score it nor vote on it."))
      await #expect(throws: out) {
        try await room.committees.score(CommitteeRoom.points, on: item, in: session, by: Staff.amel)
      }
      await #expect(throws: out) {
        try await room.committees.vote(.granted, on: item, in: session, by: Staff.amel)
      }
      let opened = try await room.open(session)
      #expect(opened.counted(try #require(opened.entries.first?.item)).contains(Staff.amel.id) == false)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a member removed in the middle leaves her scores behind, which do not count`(
    engine: Database.Engine
  ) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item], members: [Staff.bilel, Staff.emna])
      try await room.vote(.granted, on: item, in: session, by: [Staff.chokri, Staff.bilel, Staff.emna])
      for _ in 1...2 {
        try await room.committees.remove(Staff.emna.id, from: session, by: Staff.chokri)
      }
      await #expect(throws: Self.noQuorum(3, 2)) {
        try await room.committees.decide(
          Decision.Words(.granted), as: RecordID(), on: item, in: session, by: Staff.chokri)
      }
      await #expect(throws: Refusal.notFound) { _ = try await room.open(session, for: Staff.emna) }
      await #expect(
        throws: Refusal.conflict(say("She was removed from this session, and does not come back to it."))
      ) {
        try await room.committees.seat(Staff.emna.id, as: .member, in: session, by: Staff.fathi)
      }
      let opened = try await room.open(session)
      #expect(opened.scores[item]?.count == 3 && opened.votes[item]?.count == 3)
      #expect(opened.countedScores(try #require(opened.entries.first?.item)).count == 2)
      // Another takes her seat, and the quorum is there again.
      try await room.committees.seat(Staff.ghazi.id, as: .member, in: session, by: Staff.fathi)
      try await room.committees.setPresent(
        [Staff.chokri.id, Staff.bilel.id, Staff.ghazi.id], in: session, by: Staff.chokri)
      try await room.committees.decide(
        Decision.Words(.granted), as: RecordID(), on: item, in: session, by: Staff.chokri)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `others' scores are seen after one's own, which does not change`(engine: Database.Engine) async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item])
      try await room.committees.score(CommitteeRoom.points, on: item, in: session, by: Staff.chokri)
      let before = try await room.open(session, for: Staff.bilel)
      let kept = try #require(before.entries.first?.item)
      #expect(!before.mayCompare(kept) && before.ranking == nil)
      try await room.serve { site in
        let page = try await site.get("/committees/\(session)/items/\(item)", as: Staff.bilel).text
        #expect(page.contains("Your score") && !page.contains("26 / 40"))
      }
      for _ in 1...2 {
        try await room.committees.score(
          ScorePoints(["need": 1, "household": 2, "means": 3, "effect": 4]), on: item, in: session,
          by: Staff.bilel)
      }
      await #expect(throws: Refusal.conflict(say("You have scored this: a score does not change any more.")))
      {
        try await room.committees.score(CommitteeRoom.points, on: item, in: session, by: Staff.bilel)
      }
      let after = try await room.open(session, for: Staff.bilel)
      #expect(after.mayCompare(kept) && after.ranking?.places.first?.score == 4_500)
      try await room.serve { site in
        let page = try await site.get("/committees/\(session)/items/\(item)", as: Staff.bilel).text
        #expect(page.contains("26 / 40"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `votes, a decision and a removal at one moment leave one decision that stands on what is there`(
    engine: Database.Engine
  ) async throws {
    try await CommitteeRoom.with(engine) { room in
      for round in 0..<4 {
        let item = try await room.submit()
        let session = try await room.convene([item], quorum: 3)
        try await room.vote(.granted, on: item, in: session, by: [Staff.chokri, Staff.bilel, Staff.emna])
        await withTaskGroup(of: Void.self) { group in
          for outcome in [Decision.Outcome.granted, .granted, .refused] {
            group.addTask {
              let words = outcome == .granted ? Decision.Words(.granted) : CommitteeRoom.refusal
              try? await room.committees.decide(
                words, as: RecordID(), on: item, in: session, by: Staff.chokri)
            }
          }
          for (actor, outcome) in [(Staff.bilel, Decision.Outcome.refused), (Staff.emna, .refused)] {
            group.addTask { try? await room.committees.vote(outcome, on: item, in: session, by: actor) }
          }
          if round % 2 == 1 {
            group.addTask { try? await room.committees.remove(Staff.emna.id, from: session, by: Staff.fathi) }
          }
        }
        let opened = try await room.open(session)
        let kept = try #require(opened.entries.first?.item)
        let rows = try await room.database.read { db in
          try db.rows("SELECT outcome FROM committee_decision WHERE item = \(item)") {
            try $0[0] as Decision.Outcome
          }
        }
        #expect(rows.count <= 1)
        guard let outcome = rows.first else { continue }
        // A vote after the decision is refused, so that the votes are those it stands on, unless one was removed since.
        let votes = opened.votes[item, default: [:]].values.count { $0 == outcome }
        let decision = try #require(opened.decisions[item])
        #expect(decision.agreed >= 2 && votes >= decision.agreed && decision.counted >= 3)
        #expect(opened.counted(kept).count >= 2)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what a follower throws undoes the decision`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item])
      try await room.vote(.granted, on: item, in: session, by: [Staff.chokri, Staff.bilel])
      let failing = room.committees.telling([
        { _, _, _ in throw Refusal.conflict(say("This item is decided.")) }
      ])
      await #expect(throws: Refusal.self) {
        try await failing.decide(
          Decision.Words(.granted), as: RecordID(), on: item, in: session, by: Staff.chokri)
      }
      let (decision, state) = (try await room.decision(of: item), try await room.state(of: item))
      #expect(decision == nil && state == .listed)
    }
  }
}
