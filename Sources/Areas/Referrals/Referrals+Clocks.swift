import Basics
import Cases
import Directory
import Foundation
import People
import Storage

/// A referral that a clock passed on, since nobody acts.
package struct ReferralWait: Sendable, Equatable {
  package enum Office: Sendable { case head, centre }

  package let referral: RecordID<Referral>
  package let file: RecordID<CaseFile>
  package let antenna: AntennaCode
  package let office: Office
  /// The day of the next clock; today where none follows.
  package let due: Day
}

package enum ReferralNews: Sendable, Equatable {
  case waits(ReferralWait)
  /// It is at another stage: nobody waits for what she waited for.
  case goesOn(RecordID<Referral>)
}

/// What another area does then, within the transaction.
package typealias ReferralFollower = @Sendable (_ news: ReferralNews, _ db: Connection) throws -> Void

/// Clocks remind and pass the matter on; they end nothing.
extension Referrals {
  /// Rings every clock that is due: the first reminds the service, the second tells the head of the antenna, the third the
  /// centre. Each once, however often this is called.
  /// - Returns: how many rang.
  @discardableResult
  package func ring() async throws -> Int {
    let now = now()
    let due = try await database.read { db in try ReferralListStore.due(by: Day(of: now), in: db) }
    var fault: (any Error)?
    // One that fails keeps no other from ringing.
    for referral in due {
      do {
        try await database.write { db in try ring(referral, at: now, in: db) }
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    return due.count
  }

  private func ring(_ found: Referral, at now: Date, in db: Connection) throws {
    let subject: Subject
    do {
      subject = try cases.hold(found.file, for: .program, in: db).subject
    } catch Refusal.gone {
      // Erased: nobody is told anything any more.
      return try ReferralStore.ring(found.id, clock: 3, next: nil, in: db)
    }
    let referral = try ReferralStore.require(found.id, visibleTo: .program, in: db)
    guard let due = referral.clockOn, due <= Day(of: now) else { return }
    let rung = referral.clock + 1
    let terms = try ReferralListStore.terms(directory.provider(referral.provider, in: db).kind, in: db)
    let next = ReferralRules.nextClock(
      referral.stage, since: Day(of: referral.stageAt), rung: rung, answerBy: referral.answerBy,
      acceptedOn: referral.acceptedOn, terms)
    try ReferralStore.ring(referral.id, clock: rung, next: next, in: db)
    if referral.stage.actor == .receiver {
      try tell(.reminder(referral.stage), to: referral, at: now, by: .program, in: db)
    }
    let acts = ["referral.remind", "referral.to-head", "referral.to-centre"]
    try Journal.append(
      acts[min(rung, 3) - 1], on: Referral.reference(referral.id), of: subject, by: .program, at: now, in: db)
    guard rung > 1 else { return }
    let wait = ReferralWait(
      referral: referral.id, file: referral.file, antenna: referral.antenna,
      office: rung == 2 ? .head : .centre, due: next ?? Day(of: now))
    for follow in followers { try follow(.waits(wait), db) }
  }

  /// A consent was withdrawn: every referral that stands on it is taken back in the same transaction, as when the person
  /// takes back that one alone.
  package var withdrawals: ConsentFollower {
    { consent, subject, actor, now, db in
      for referral in try ReferralListStore.standing(on: consent.id, in: db) {
        let (file, _) = try cases.hold(referral.file, for: .program, in: db)
        let held = Held(
          referral: try ReferralStore.require(referral.id, visibleTo: .program, in: db), file: file,
          subject: subject)
        guard !held.referral.progress.isRevoked else { continue }
        try revoke(held, by: actor, at: now, in: db)
      }
    }
  }
}
