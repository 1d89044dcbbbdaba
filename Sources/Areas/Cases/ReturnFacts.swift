import Basics
import Foundation

/// How, when and from where the person came back, field by field.
package struct ReturnFacts: Equatable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    case voluntary, ordered, forced
  }

  package enum Field: String, CaseIterable, Sendable {
    case country = "return-country"
    case returnedOn = "returned-on"
    case leftOn = "left-on"
    case kind = "return-kind"
    case transit = "transit-country"
    case programme
    case reference = "programme-reference"
    /// Why the person comes so long after her return: a reason, never a hurdle.
    case lateReason = "late-reason"

    package var label: Phrase {
      switch self {
      case .country: say("Country the person returned from")
      case .returnedOn: say("Day of the return")
      case .leftOn: say("Left Tunisia in")
      case .kind: say("Kind of return")
      case .transit: say("Country passed through")
      case .programme: say("Return programme")
      case .reference: say("Reference in that programme")
      case .lateReason: say("Why the person comes long after the return")
      }
    }
  }

  package var fields: Fields

  package init(_ fields: Fields = Fields()) { self.fields = fields }

  package subscript(field: Field) -> String? {
    get { fields[field.rawValue] }
    set { fields[field.rawValue] = newValue }
  }

  package var country: CountryCode? { self[.country].map { CountryCode(rawValue: $0) } }
  package var returnedOn: Day? { self[.returnedOn].flatMap { Day($0) } }
  package var kind: Kind? { self[.kind].flatMap { Kind(rawValue: $0) } }
}

/// What a person needs now, and what was done about it.
package struct Need: Identifiable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    case housing, food, health, money, papers, school, legal, work, other
  }

  package enum Urgency: String, Storable, CaseIterable, Sendable {
    case today, week, later
  }

  package let id: RecordID<Need>
  package let kind: Kind
  package let urgency: Urgency
  package let details: String?
  package let recordedOn: Day
  package let metOn: Day?
  package let whatWasDone: String?

  package init(
    id: RecordID<Need>, kind: Kind, urgency: Urgency, details: String?, recordedOn: Day, metOn: Day?,
    whatWasDone: String?
  ) {
    self.id = id
    self.kind = kind
    self.urgency = urgency
    self.details = details
    self.recordedOn = recordedOn
    self.metOn = metOn
    self.whatWasDone = whatWasDone
  }

  /// The same answers, whatever was done about it since.
  func isSame(as other: Need) -> Bool {
    (kind, urgency, details) == (other.kind, other.urgency, other.details)
  }
}

/// A note in a section of the file; who may read it depends on the section.
package struct Note: Identifiable, Sendable {
  package enum Section: String, Storable, CaseIterable, Sendable {
    case returning = "return", social, employment, health

    /// The duty without which a note of this section is not even known to exist; nil where every reader of the file may.
    package var dutyToRead: Duty? {
      switch self {
      case .returning: nil
      case .social: .readSocialSection
      case .employment: .readEmploymentSection
      case .health: .readHealthSection
      }
    }

    package var dutyToWrite: Duty {
      switch self {
      case .returning: .writeReturnSection
      case .social: .writeSocialSection
      case .employment: .writeEmploymentSection
      case .health: .writeHealthSection
      }
    }
  }

  package let id: RecordID<Note>
  package let section: Section
  package let text: String
  package let at: Date
  package let by: AccountID
}

/// Some of the notes of a file.
package struct NotePage: Sendable {
  package let notes: [Note]
  /// Where the older ones begin; nil when there are none.
  let next: NoteCursor?
}

/// Where a page of notes ended; it travels in the URL.
struct NoteCursor: Equatable, Sendable {
  let at: Date
  let id: RecordID<Note>

  init(at: Date, id: RecordID<Note>) {
    self.at = at
    self.id = id
  }

  /// Nil for what is none: the page begins with the newest.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let at = Int64(parts[0]), let id = RecordID<Note>(parts[1]) else { return nil }
    self.init(at: Date(timeIntervalSince1970: Double(at) / 1_000), id: id)
  }

  var text: String { "\(at.milliseconds)~\(id)" }
}

/// The end of an accompaniment; a reopened case has one closure more each time.
package struct Closure: Identifiable, Sendable {
  package enum Outcome: String, Storable, CaseIterable, Sendable {
    case standing, oriented, leftAgain = "left-again", unreachable, withdrew, died, other
  }

  package let id: RecordID<Closure>
  package let outcome: Outcome
  package let reason: String
  package let closedOn: Day
  package let reopenedOn: Day?
  package let reopenReason: String?

  package init(
    id: RecordID<Closure>, outcome: Outcome, reason: String, closedOn: Day, reopenedOn: Day?,
    reopenReason: String?
  ) {
    self.id = id
    self.outcome = outcome
    self.reason = reason
    self.closedOn = closedOn
    self.reopenedOn = reopenedOn
    self.reopenReason = reopenReason
  }
}
