import Basics
import Cases
import Directory
import Foundation
import People

/// Decisions only: no database, no clock, no request.
enum ReferralRules {
  /// Within how many days what is expected: data of each kind of provider, set by the office.
  struct Terms: Equatable, Sendable {
    /// To answer, where it is not urgent.
    let answer: Int
    /// To report what came of it, once the person is taken on.
    let outcome: Int
    /// For the sender's own next step, and for a service that was told of a withdrawal.
    let step: Int
    /// After the reminder, until the head of the antenna is told; and from there to the centre.
    let head: Int
    let centre: Int
  }

  /// The day by which an answer is expected: at once is tomorrow, this week is three days at most.
  static func answerBy(_ urgency: Need.Urgency, _ terms: Terms, from day: Day) -> Day {
    switch urgency {
    case .today: day + 1
    case .week: day + min(3, terms.answer)
    case .later: day + terms.answer
    }
  }

  /// The day on which the next clock of a stage rings; nil when the last one rang. No clock changes a stage.
  /// - Parameter rung: how many rang in this stage already.
  static func nextClock(
    _ stage: Referral.Stage, since day: Day, rung: Int, answerBy: Day, acceptedOn: Day?, _ terms: Terms
  ) -> Day? {
    let due: Day
    switch stage {
    case .ended: return nil
    case .sent: due = max(answerBy, day)
    case .accepted: due = max(acceptedOn ?? day, day) + terms.step
    case .takenOn: due = day + terms.outcome
    // The service is told at once that the consent is gone.
    case .revoked: due = day
    case .asked, .declined, .reported: due = day + terms.step
    }
    switch rung {
    case 0: return due
    case 1: return due + (stage == .revoked ? terms.step + terms.head : terms.head)
    case 2: return due + (stage == .revoked ? terms.step + terms.head : terms.head) + terms.centre
    default: return nil
    }
  }

  /// Something of a person is told on a ground, and never more than was chosen.
  static func mustHaveGround(_ draft: ReferralDraft, consents: [Consent]) throws(Refusal) {
    switch draft.ground {
    case .consent:
      let sharing: Set<Consent.Purpose> = [.shareSocial, .shareEmployment, .shareOffice]
      guard
        consents.contains(where: { $0.id == draft.consent && $0.isInForce && sharing.contains($0.purpose) })
      else {
        throw .invalid([
          FieldError(
            "ground", say("This consent is not in force. Choose another ground, or record her consent first.")
          )
        ])
      }
    case .agreed, .vital, .legal:
      guard draft.groundWords != nil else {
        throw .invalid([
          FieldError("ground-words", say("Write when she agreed and how, or why it is sent without her."))
        ])
      }
    }
  }

  /// What the service will see, field by field.
  static func shared(_ draft: ReferralDraft, _ identity: Identity, number: String, today: Day) -> Fields {
    var fields = Fields(["ask": draft.ask, "number": number])
    for section in draft.sections {
      switch section {
      case .name:
        fields["name-latin"] = identity.latinName
        fields["name-arabic"] = identity.arabicName
      case .reach: fields["phones"] = identity.phones.joined(separator: "\n")
      case .age:
        fields["age"] = identity.age(on: today).map(String.init)
        fields["sex"] = identity.sex?.rawValue
      case .place:
        fields["governorate"] = identity.governorate?.rawValue
        fields["delegation"] = identity[.delegation]
      case .languages: fields["languages"] = identity[.languages]
      }
    }
    return fields
  }

  /// Accounts that may answer for one provider; ours, to be confirmed by the office.
  static let mostAccounts = 20

  /// - Parameter named: so many answer for the provider already.
  static func mayName(beside named: Int) throws(Refusal) {
    guard named < mostAccounts else {
      throw .invalid([
        FieldError(
          "sign-in-name",
          say("A provider has at most \(mostAccounts) accounts: let another one answer no more first."))
      ])
    }
  }

  /// Whether an answer says what an answer must.
  static func mustSay(_ answer: ReferralAnswer, today: Day) throws(Refusal) {
    if case .accept(let on, _) = answer, !((today + -1)...(today + 366)).contains(on) {
      throw .invalid([FieldError("accepted-on", say("Choose a day from today on, within a year."))])
    }
  }
}

/// What a service says.
package enum ReferralAnswer: Equatable, Sendable {
  /// The day on which the person is received, and whom she asks for.
  case accept(on: Day, contact: String)
  case decline(Referral.Decline, words: String?)
  case ask(String)
  case takeOn
  case report(Referral.Outcome, words: String?)
  case acknowledge

  package var act: Referral.Act {
    switch self {
    case .accept: .accept
    case .decline: .decline
    case .ask: .ask
    case .takeOn: .takeOn
    case .report: .report
    case .acknowledge: .acknowledge
    }
  }

  /// For the journal.
  var fields: Fields {
    switch self {
    case .accept(let on, let contact): Fields(["accepted-on": on.description, "contact": contact])
    case .decline(let why, let words): Fields(["why": why.rawValue, "words": words ?? ""])
    case .ask(let words): Fields(["words": words])
    case .report(let outcome, let words): Fields(["outcome": outcome.rawValue, "words": words ?? ""])
    case .takeOn, .acknowledge: Fields()
    }
  }
}
