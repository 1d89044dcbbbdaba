import Basics
import Foundation

/// What a person agreed to, for one purpose; withdrawn by her at any time.
/// Source: organic law 2004-63: express and written, per purpose, revocable.
package struct Consent: Identifiable, Sendable {
  package enum Purpose: String, Storable, CaseIterable, Sendable {
    case accompaniment
    case shareSocial = "share-social"
    case shareEmployment = "share-employment"
    case shareOffice = "share-ofii"
    case sms
    case email
    case research

    package var label: Phrase {
      switch self {
      case .accompaniment: say("Being accompanied: my file is kept")
      case .shareSocial: say("Sharing with Promotion sociale")
      case .shareEmployment: say("Sharing with ANETI")
      case .shareOffice: say("Sharing with OFII")
      case .sms: say("Messages by SMS")
      case .email: say("Messages by e-mail")
      case .research: say("Use for research, without my name")
      }
    }
  }

  /// How it was given.
  package enum Way: String, Storable, CaseIterable, Sendable {
    case signed, thumbprint, online

    package var label: Phrase {
      switch self {
      case .signed: say("Signed on paper")
      case .thumbprint: say("Thumbprint on paper")
      case .online: say("Given online")
      }
    }
  }

  package let id: RecordID<Consent>
  package let person: PersonID
  package let purpose: Purpose
  /// The version of the text that was read to her.
  package let textVersion: String
  package let language: Language
  package let givenOn: Day
  package let way: Way
  package let withdrawnAt: Date?

  package var isInForce: Bool { withdrawnAt == nil }

  /// The text now in use. The text itself is the scheme's; this names which one was read.
  package static let currentTextVersion = "2026-1"

  package init(
    id: RecordID<Consent>, person: PersonID, purpose: Purpose, textVersion: String, language: Language,
    givenOn: Day, way: Way, withdrawnAt: Date?
  ) {
    self.id = id
    self.person = person
    self.purpose = purpose
    self.textVersion = textVersion
    self.language = language
    self.givenOn = givenOn
    self.way = way
    self.withdrawnAt = withdrawnAt
  }

  /// The same answers, withdrawn since or not.
  func isSame(as other: Consent) -> Bool {
    (purpose, language, givenOn, way) == (other.purpose, other.language, other.givenOn, other.way)
  }
}
