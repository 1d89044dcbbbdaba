import Basics
import Foundation

/// Decisions only: no database, no clock, no request.
enum CommitteeRules {
  /// Whoever convenes committees does so for the whole scheme.
  static func convenes(_ actor: Actor) -> Bool { actor.may(.holdCommittees) && actor.scope == .nation }

  /// - Throws: `Refusal.notAllowed` for whoever neither convenes nor sits.
  static func mustTakePart(_ actor: Actor) throws(Refusal) {
    if !convenes(actor) { try actor.must(.sitInCommittees) }
  }

  /// - Throws: `Refusal.notAllowed`.
  static func mustConvene(_ actor: Actor) throws(Refusal) {
    guard convenes(actor) else { throw .notAllowed(.holdCommittees) }
  }

  /// - Throws: `Refusal.invalid` naming what is missing.
  static func mustBeWhole(_ item: NewItem) throws(Refusal) {
    var errors: [FieldError] = []
    if item.amount.minorUnits <= 0 {
      errors.append(FieldError("amount", say("Write an amount of more than nothing.")))
    }
    if item.summary.isEmpty {
      errors.append(FieldError("summary", say("Write what the committee is to read.")))
    }
    guard item.origin.count <= 100, errors.isEmpty else { throw .invalid(errors) }
  }

  /// Nothing changes in a session that is over.
  static func mustBeOpen(_ session: CommitteeSession) throws(Refusal) {
    guard session.state == .convened else {
      throw .conflict(say("This session is over: nothing changes in it any more."))
    }
  }

  /// What is decided, is decided on the day of the session or after it.
  static func mustHaveBegun(_ session: CommitteeSession, today: Day) throws(Refusal) {
    guard session.day <= today else {
      throw .conflict(say("The session is on \(session.day): nothing is voted or decided before."))
    }
  }

  /// Those with a vote on an item who are there: the quorum is of these.
  static func counted(_ members: [CommitteeMember], keepsOut: (AccountID) -> Bool) -> [AccountID] {
    members.filter { $0.isPresent && mayVote($0, keepsOut) }.map(\.account)
  }

  /// Those whose scores count, whether they are there or not.
  static func scorers(_ members: [CommitteeMember], keepsOut: (AccountID) -> Bool) -> [AccountID] {
    members.filter { mayVote($0, keepsOut) }.map(\.account)
  }

  private static func mayVote(_ member: CommitteeMember, _ keepsOut: (AccountID) -> Bool) -> Bool {
    member.sits && member.role.votes && !keepsOut(member.account)
  }

  /// Members of `counted` who voted for this.
  /// - Throws: `Refusal.conflict` without quorum, without two who agree, or without more than half of the votes cast.
  static func agreed(
    on outcome: Decision.Outcome, votes: [AccountID: Decision.Outcome], counted: [AccountID], quorum: Int
  ) throws(Refusal) -> Int {
    guard counted.count >= quorum else {
      throw .conflict(
        say(
          "There is no quorum for this item: \(quorum) members with a vote must be here and free of conflict; there are \(counted.count)."
        ))
    }
    let cast = votes.filter { counted.contains($0.key) }
    let agreed = cast.count { $0.value == outcome }
    guard agreed >= 2 else {
      throw .conflict(say("Nobody decides alone: at least two members must have voted for this."))
    }
    guard agreed * 2 > cast.count else {
      throw .conflict(say("More than half of the votes cast must be for this: vote again, or postpone."))
    }
    return agreed
  }

  /// What is granted is at most what was asked, and less only with conditions.
  /// - Returns: the decision with its amount.
  static func checked(_ words: Decision.Words, asked: Money) throws(Refusal) -> Decision.Words {
    switch words.outcome {
    case .granted: return Decision.Words(.granted, amount: asked)
    case .conditions:
      let amount = words.amount ?? asked
      var errors: [FieldError] = []
      if (words.conditions ?? "").isEmpty {
        errors.append(FieldError("conditions", say("Write the conditions.")))
      }
      if amount.currency != asked.currency || amount.minorUnits <= 0 || amount.minorUnits > asked.minorUnits {
        errors.append(FieldError("amount", say("At most what was asked is granted, in the same currency.")))
      }
      guard errors.isEmpty else { throw .invalid(errors) }
      return Decision.Words(.conditions, amount: amount, conditions: words.conditions)
    case .postponed, .refused:
      var errors: [FieldError] = []
      if words.reason == nil { errors.append(FieldError("reason", say("Choose the reason."))) }
      if (words.text ?? "").isEmpty {
        errors.append(FieldError("text", say("Write the reason as the person reads it.")))
      }
      guard errors.isEmpty else { throw .invalid(errors) }
      return Decision.Words(words.outcome, reason: words.reason, text: words.text)
    }
  }

  /// Points for each criterion, and no others.
  static func score(_ points: ScorePoints, by criteria: [CommitteeGrid.Criterion]) throws(Refusal) -> Score {
    let errors = criteria.filter { !(0...$0.most).contains(points.values[$0.code] ?? -1) }.map {
      FieldError("points-\($0.code)", say("Write a whole number from \(0) to \($0.most)."))
    }
    guard errors.isEmpty, points.values.count == criteria.count else { throw .invalid(errors) }
    return Score(
      points: points, total: points.values.values.reduce(0, +), most: criteria.map(\.most).reduce(0, +))
  }

  /// Against what is not a full grant, once, and within the days that were set; nil where none were.
  static func mayAppeal(_ decision: Decision, isSigned: Bool, isAppealed: Bool) -> Bool {
    isSigned && !isAppealed && (decision.outcome == .refused || decision.outcome == .conditions)
      && !decision.isOnAppeal
  }

  /// The last day on which an appeal is received; nil where no days were set.
  static func lastDay(toAppealAgainst decision: Decision, days: Int?) -> Day? {
    days.map { decision.day + $0 }
  }
}
