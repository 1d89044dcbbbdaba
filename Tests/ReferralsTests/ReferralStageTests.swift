import Basics
import Cases
import Foundation
import TestSupport
import Testing

@testable import Referrals

@Suite struct `The stage of a referral` {
  /// Every progress that can be reached, by every act that may follow.
  private static func reachable() throws -> [Referral.Progress] {
    var known: [Referral.Progress] = [Referral.Progress()]
    var received = Referral.Progress()
    received.wasReceived = true
    known.append(received)
    var next = 0
    while next < known.count {
      for act in known[next].permitted {
        let after = try known[next].after(act)
        if !known.contains(after) { known.append(after) }
      }
      next += 1
    }
    return known
  }

  @Test func `has somebody who must act, and may, until it has ended`() throws {
    let all = try Self.reachable()
    #expect(all.count > 40 && Set(all.map(\.stage)) == Set(Referral.Stage.allCases))
    for progress in all {
      guard progress.stage.isOpen else {
        #expect(progress.stage.actor == nil && progress.permitted.allSatisfy { $0 == .revoke }, "\(progress)")
        continue
      }
      let actor = try #require(progress.stage.actor)
      #expect(progress.permitted.contains { $0.side == actor }, "nobody can act on \(progress)")
      // Whoever asked can always bring it to an end: by its own act, or by noting what the other said.
      #expect(progress.permitted.contains { [.lapse, .settle, .acknowledge].contains($0) }, "\(progress)")
      #expect(progress.stage.next != nil)
    }
  }

  @Test func `comes to an end whatever is done`() throws {
    // Each act brings it nearer to its end: nothing that was done can be undone, and questions are counted.
    func measure(_ progress: Referral.Progress) -> Int {
      let flags = [
        progress.answer != nil, progress.isTakenOn, progress.hasOutcome, progress.isLapsed,
        progress.isSettled,
        progress.isRevoked, progress.isAcknowledged,
      ]
      return flags.filter { $0 }.count + progress.questions + progress.replies
    }
    let most = 7 + 2 * Referral.Progress.mostQuestions
    for progress in try Self.reachable() {
      #expect(measure(progress) <= most)
      for act in progress.permitted {
        let after = try progress.after(act)
        #expect(measure(after) > measure(progress), "\(act) on \(progress)")
      }
    }
    var dice = Dice(seed: 7)
    for _ in 0..<2_000 {
      var (progress, steps) = (Referral.Progress(), 0)
      progress.wasReceived = dice.next(below: 2) == 0
      while let act = progress.permitted.isEmpty
        ? nil : progress.permitted[dice.next(below: progress.permitted.count)]
      {
        progress = try progress.after(act)
        steps += 1
      }
      #expect(progress.stage == .ended && steps <= most)
    }
  }

  @Test func `refuses what may not follow`() throws {
    for progress in try Self.reachable() {
      for act in Referral.Act.allCases where !progress.permitted.contains(act) {
        #expect(throws: Refusal.self) { try progress.after(act) }
      }
    }
  }

  @Test func `is told of a withdrawn consent whatever it was, and waits for the service`() throws {
    for var progress in try Self.reachable() where !progress.isRevoked {
      progress.wasReceived = true
      #expect(try progress.after(.revoke).stage == .revoked)
      progress.wasReceived = false
      #expect(try progress.after(.revoke).stage == .ended)
    }
  }

  @Test func `has clocks that follow each other, and none when it has ended`() throws {
    let terms = ReferralRules.Terms(answer: 7, outcome: 45, step: 3, head: 5, centre: 10)
    let day = try #require(Day("2026-03-12"))
    for stage in Referral.Stage.allCases {
      let days = (0...3).map { rung in
        ReferralRules.nextClock(stage, since: day, rung: rung, answerBy: day + 7, acceptedOn: nil, terms)
      }
      if stage == .ended {
        #expect(days.allSatisfy { $0 == nil })
      } else {
        let rings = days.compactMap(\.self)
        #expect(rings.count == 3 && days[3] == nil && rings == rings.sorted() && rings[0] >= day, "\(stage)")
        #expect(rings[2] - rings[1] == 10)
      }
    }
    #expect(ReferralRules.answerBy(.today, terms, from: day) == day + 1)
    #expect(ReferralRules.answerBy(.week, terms, from: day) == day + 3)
    #expect(ReferralRules.answerBy(.later, terms, from: day) == day + 7)
  }
}
