import Basics
import Cases
import Directory
import Documents
import Foundation
import People
import Plans
import Storage

/// A request, made for a person, that a service of the directory take her on: sent, answered, taken on, come to an end.
package struct Referral: Identifiable, Sendable {
  /// On which ground something of a person is told to others. Source: organic law 2004-63.
  package enum Ground: String, Storable, CaseIterable, Sendable {
    /// A consent that stands in her file.
    case consent
    /// She agreed to this one, on a day that is written down.
    case agreed
    /// Her life or health is in danger; in words.
    case vital
    /// A law asks for it; in words.
    case legal
  }

  /// How the request reaches the service.
  package enum Channel: String, Storable, CaseIterable, Sendable { case email, sms, print }

  /// What of her identity the service sees; nothing that is not chosen.
  package enum Section: String, CaseIterable, Sendable { case name, reach, age, place, languages }

  package enum Decline: String, Storable, CaseIterable, Sendable {
    case full, conditions, elsewhere, closed
    case unreachable, other
  }

  package enum Outcome: String, Storable, CaseIterable, Sendable {
    case helped, partly, unable
    case didNotCome = "did-not-come"
    case stopped
  }

  /// What the end of a referral means for the action of the plan.
  package enum Effect: String, Storable, CaseIterable, Sendable { case done, blocked, back, nothing }

  package let id: RecordID<Referral>
  package let file: RecordID<CaseFile>
  package let service: RecordID<Service>
  package let provider: RecordID<Provider>
  package let antenna: AntennaCode
  package let contact: AccountID
  /// The action of the plan, or the need, that it is for.
  package let action: RecordID<Plan.Action>?
  package let need: RecordID<Need>?
  package let urgency: Need.Urgency
  package let channel: Channel
  package let language: Language
  package let ground: Ground
  package let consent: RecordID<Consent>?
  /// A document of the case that the service may open, too.
  package let document: RecordID<Document>?
  package let sentAt: Date
  package let sentBy: AccountID
  package let answerBy: Day
  package var progress: Progress
  package var stageAt: Date
  /// How many of its clocks rang: 1 the reminder, 2 the head of the antenna, 3 the centre.
  package var clock: Int
  package var clockOn: Day?
  package let acceptedOn: Day?
  package let decline: Decline?
  package let outcome: Outcome?
  package let effect: Effect?

  package var stage: Stage { progress.stage }

  package static func reference(_ id: RecordID<Referral>) -> RecordReference {
    RecordReference("referral", id)
  }
}

/// The words of a referral, each sealed under the person's key.
package struct ReferralWordsKept: Sendable {
  /// What the service sees, by the names of `ReferralShown`.
  package let shared: Fields
  /// Why without her consent.
  package let ground: String?
  /// Whom the service named, and what it said with its answers.
  package let contact: String?
  package let declined: String?
  package let outcome: String?
  package let lapsed: String?
}

/// A question or its answer.
package struct ReferralTalk: Sendable {
  package let isFromReceiver: Bool
  package let at: Date
  package let words: String
}

/// A referral that somebody is about to send.
package struct ReferralDraft: Equatable, Sendable {
  package let id: RecordID<Referral>
  package let service: RecordID<Service>
  package let action: RecordID<Plan.Action>?
  package let need: RecordID<Need>?
  package let urgency: Need.Urgency
  package let answerBy: Day?
  package let channel: Referral.Channel
  package let language: Language
  package let ground: Referral.Ground
  package let consent: RecordID<Consent>?
  /// On which day she agreed, or why without her.
  package let groundWords: String?
  package let sections: Set<Referral.Section>
  package let document: RecordID<Document>?
  /// What is asked of the service.
  package let ask: String

  package init(
    id: RecordID<Referral>, service: RecordID<Service>, action: RecordID<Plan.Action>? = nil,
    need: RecordID<Need>? = nil, urgency: Need.Urgency, answerBy: Day? = nil, channel: Referral.Channel,
    language: Language, ground: Referral.Ground, consent: RecordID<Consent>? = nil,
    groundWords: String? = nil,
    sections: Set<Referral.Section>, document: RecordID<Document>? = nil, ask: String
  ) {
    self.id = id
    self.service = service
    self.action = action
    self.need = need
    self.urgency = urgency
    self.answerBy = answerBy
    self.channel = channel
    self.language = language
    self.ground = ground
    self.consent = consent
    self.groundWords = groundWords
    self.sections = sections
    self.document = document
    self.ask = ask
  }
}

/// A link by which a service answers without an account.
package struct ReferralLink: Sendable {
  package let id: RecordID<ReferralLink>
  package let referral: RecordID<Referral>
  package let file: RecordID<CaseFile>
  package let until: Date
  /// The mark of the browser that opened it first.
  package let device: Int64?
  package let isRevoked: Bool

  /// So long a link is good; ours, to be confirmed by the office.
  package static let days = 8
}
