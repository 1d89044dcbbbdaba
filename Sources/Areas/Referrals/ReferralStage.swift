import Basics
import Storage

extension Referral {
  /// Where a referral stands; it follows from what happened, and is never posted.
  package enum Stage: String, Storable, CaseIterable, Sendable {
    case sent, asked, accepted
    case takenOn = "taken-on"
    case declined, reported, revoked, ended

    /// Who must act now: somebody until it has ended.
    package var actor: Side? {
      switch self {
      case .sent, .accepted, .takenOn, .revoked: .receiver
      case .asked, .declined, .reported: .sender
      case .ended: nil
      }
    }

    package var isOpen: Bool { self != .ended }
  }

  /// The service that was asked; the antenna that asked.
  package enum Side: String, Sendable { case receiver, sender }

  /// What may be done with a referral.
  package enum Act: String, CaseIterable, Sendable {
    case accept, decline, ask
    case takeOn = "take-on"
    case report, acknowledge
    case reply, lapse, settle, revoke

    package var side: Side {
      switch self {
      case .accept, .decline, .ask, .takeOn, .report, .acknowledge: .receiver
      case .reply, .lapse, .settle, .revoke: .sender
      }
    }
  }

  /// What happened to a referral, in short.
  package struct Progress: Equatable, Sendable {
    package enum Answer: Equatable, Sendable { case accepted, declined }

    package var answer: Answer?
    package var questions = 0
    package var replies = 0
    package var isTakenOn = false
    package var hasOutcome = false
    package var isLapsed = false
    package var isSettled = false
    package var isRevoked = false
    package var isAcknowledged = false
    /// Whether something of the person may have been read by the service: what never reached it needs no answer.
    package var wasReceived = false

    package init() {}

    /// More questions are a conversation for the phone.
    package static let mostQuestions = 5

    package var stage: Stage {
      if isRevoked, !isAcknowledged { return .revoked }
      if isLapsed || isSettled || isRevoked { return .ended }
      if hasOutcome { return .reported }
      if isTakenOn { return .takenOn }
      switch answer {
      case .accepted: return .accepted
      case .declined: return .declined
      case nil: return questions > replies ? .asked : .sent
      }
    }

    /// The acts that may follow now. No clock takes one away.
    package var permitted: [Act] {
      var acts: [Act] =
        switch stage {
        case .sent:
          questions < Self.mostQuestions ? [.accept, .decline, .ask, .lapse] : [.accept, .decline, .lapse]
        case .asked: [.accept, .decline, .reply, .lapse]
        case .accepted: [.takeOn, .report, .lapse]
        case .takenOn: [.report, .lapse]
        case .declined, .reported: [.settle]
        case .revoked: [.acknowledge]
        case .ended: []
        }
      if !isRevoked { acts.append(.revoke) }
      return acts
    }

    /// - Throws: `Refusal.conflict` when the act may not follow.
    package func after(_ act: Act) throws(Refusal) -> Progress {
      guard permitted.contains(act) else {
        throw .conflict(say("This referral has moved on meanwhile. Look at the page again."))
      }
      var next = self
      switch act {
      case .accept: next.answer = .accepted
      case .decline: next.answer = .declined
      case .ask: next.questions += 1
      case .reply: next.replies += 1
      case .takeOn: next.isTakenOn = true
      case .report: next.hasOutcome = true
      case .lapse: next.isLapsed = true
      case .settle: next.isSettled = true
      case .revoke:
        next.isRevoked = true
        // Nobody has anything to forget.
        next.isAcknowledged = !wasReceived
      case .acknowledge: next.isAcknowledged = true
      }
      return next
    }
  }
}
