import Basics
import Cases
import Documents
import Foundation
import People
import Storage

/// What a provider does for persons: what, for whom, where, when, at what cost.
package struct Service: Identifiable, Sendable, Equatable {
  /// What it helps with. Our own short list, after the needs of a case file.
  package enum Need: String, Storable, Sendable, CaseIterable {
    case housing, food, health, mind, money, papers, school, legal
    case jobSearch = "job-search"
    case training, business, credit, disability, children
    case other
  }

  /// To be offered, it is active.
  package enum State: String, Storable, Sendable, CaseIterable {
    case active, paused, ended
  }

  package enum Cost: String, Storable, Sendable, CaseIterable {
    case free, paid
  }

  package enum Access: String, Storable, Sendable, CaseIterable {
    case wheelchair, remote, home
    case signLanguage = "sign-language"
    case womenOnly = "women-only"
  }

  /// What a person must be in, as a fact that can be asked.
  package enum Situation: String, Storable, Sendable, CaseIterable {
    case withMinors = "with-minors"
    case disabled
    case jobless
    case student
    case noIncome = "no-income"
  }

  package enum Field: String, CaseIterable, Sendable {
    case nameFrench = "name-fr"
    case nameArabic = "name-ar"
    case nameEnglish = "name-en"
    case aboutFrench = "about-fr"
    case aboutArabic = "about-ar"
    case aboutEnglish = "about-en"
    case howFrench = "how-fr"
    case howArabic = "how-ar"
    case howEnglish = "how-en"
    case conditionsFrench = "conditions-fr"
    case conditionsArabic = "conditions-ar"
    case conditionsEnglish = "conditions-en"
    case needs
    case ageFrom = "age-from"
    case ageTo = "age-to"
    case sex, returns, situations
    case requiredPapers = "required-papers"
    case papers, nationwide, areas, days, opens, closes
    case hoursNote = "hours-note"
    case cost
    /// As it is typed, in TND.
    case amount = "cost-amount"
    case costNote = "cost-note"
    case languages, access, capacity
    case contactName = "contact-name"
    case contactRole = "contact-role"
    case contactPhone = "contact-phone"
    case contactEmail = "contact-email"
    case agreementWith = "agreement-with"
    case agreementFrom = "agreement-from"
    case agreementUntil = "agreement-until"
    case agreementData = "agreement-data"
    case published, state, places

    /// Kept as a whole number.
    var isNumber: Bool { self == .ageFrom || self == .ageTo || self == .capacity }
    /// As the column is called.
    var column: String { rawValue.replacing("-", with: "_") }
  }

  package let id: RecordID<Service>
  package let provider: RecordID<Provider>
  /// The provider's name, which stands with each of its services.
  package let providerName: Texts
  /// Whose heads may change it; nil: the central office alone.
  package let antenna: AntennaCode?
  package let version: Int
  package let changedAt: Date
  /// When its owner, or a colleague who asked them, last said that all this is right; nil: never.
  package let confirmedOn: Day?
  /// Places that are taken now, of `capacity`.
  package let taken: Int
  package var fields: Fields

  package init(
    id: RecordID<Service>, provider: RecordID<Provider>, providerName: Texts = Texts(), antenna: AntennaCode?,
    version: Int = 1, changedAt: Date, confirmedOn: Day? = nil, taken: Int = 0, fields: Fields
  ) {
    self.id = id
    self.provider = provider
    self.providerName = providerName
    self.antenna = antenna
    self.version = version
    self.changedAt = changedAt
    self.confirmedOn = confirmedOn
    self.taken = taken
    self.fields = fields
  }

  package subscript(field: Field) -> String? {
    get { fields[field.rawValue] }
    set { fields[field.rawValue] = newValue }
  }

  package static func reference(_ id: RecordID<Service>) -> RecordReference { RecordReference("service", id) }

  /// So long after it was confirmed a service counts as fresh. Source: the scheme's own rule, "every 6 months".
  package static let monthsFresh = 6
}

extension Service {
  package var name: Texts { Texts(fields, "name") }
  package var about: Texts { Texts(fields, "about") }
  /// How one comes to it.
  package var how: Texts { Texts(fields, "how") }
  /// Conditions in words, which only a person can check.
  package var conditions: Texts { Texts(fields, "conditions") }
  package var needs: [Need] { list(.needs) }
  package var ageFrom: Int? { self[.ageFrom].flatMap { Int($0) } }
  package var ageTo: Int? { self[.ageTo].flatMap { Int($0) } }
  package var sex: Person.Sex? { self[.sex].flatMap { Person.Sex(rawValue: $0) } }
  /// Kinds of return for which it is; empty: whatever the return was.
  package var returns: [ReturnFacts.Kind] { list(.returns) }
  package var situations: [Situation] { list(.situations) }
  /// Kinds of paper without which a person is not taken on.
  package var requiredPapers: [Document.Kind] { list(.requiredPapers) }
  /// Other papers that are asked, one a line, as they were typed.
  package var papers: [String] { self[.papers]?.split(separator: "\n").map(String.init) ?? [] }
  package var isNationwide: Bool { self[.nationwide] != nil }
  package var areas: [Area] { self[.areas]?.split(separator: "\n").compactMap { Area(String($0)) } ?? [] }
  package var days: [Weekday] { list(.days) }
  /// Nil where nobody has said it.
  package var cost: Cost? { self[.cost].flatMap { Cost(rawValue: $0) } }
  package var amount: Money? { self[.amount].flatMap { Money(typed: $0, .tnd, most: 1_000_000) } }
  package var languages: [String] { self[.languages]?.split(separator: " ").map(String.init) ?? [] }
  package var access: [Access] { list(.access) }
  /// Nil where it is not limited, or not known.
  package var capacity: Int? { self[.capacity].flatMap { Int($0) } }
  package var left: Int? { capacity.map { max(0, $0 - taken) } }
  package var isPublished: Bool { self[.published] != nil }
  package var state: State { self[.state].flatMap { State(rawValue: $0) } ?? .active }
  package var places: [RecordID<ProviderPlace>] {
    self[.places]?.split(separator: " ").compactMap { RecordID($0) } ?? []
  }
  package var agreementFrom: Day? { self[.agreementFrom].flatMap { Day($0) } }
  package var agreementUntil: Day? { self[.agreementUntil].flatMap { Day($0) } }

  /// Kinds that a service may ask for: a person's own papers, not what we keep about her.
  package static let paperKinds: [Document.Kind] = [
    .identityCard, .passport, .travelDocument, .returnOrder, .papers, .diploma, .medical,
  ]

  private func list<Value: RawRepresentable<String>>(_ field: Field) -> [Value] {
    self[field]?.split(separator: " ").compactMap { Value(rawValue: String($0)) } ?? []
  }

  /// A governorate that is covered, whole or one delegation of it: `TN-33` or `TN-33/Sakiet Sidi Youssef`.
  package struct Area: Equatable, Hashable, Sendable {
    package let governorate: GovernorateCode
    package let delegation: String?

    package init(governorate: GovernorateCode, delegation: String? = nil) {
      self.governorate = governorate
      self.delegation = delegation
    }

    init?(_ text: String) {
      let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
      guard let first = parts.first, !first.isEmpty else { return nil }
      self.init(
        governorate: GovernorateCode(rawValue: first), delegation: parts.count > 1 ? parts[1] : nil)
    }

    var text: String { governorate.rawValue + (delegation.map { "/\($0)" } ?? "") }
  }

  /// As iCalendar and HSDS write them.
  package enum Weekday: String, Sendable, CaseIterable {
    case monday = "MO"
    case tuesday = "TU"
    case wednesday = "WE"
    case thursday = "TH"
    case friday = "FR"
    case saturday = "SA"
    case sunday = "SU"
  }
}

extension Service.Need {
  /// What may help with a need of a case file.
  package static func of(_ need: Need.Kind) -> [Service.Need] {
    switch need {
    case .housing: [.housing]
    case .food: [.food]
    case .health: [.health, .mind, .disability]
    case .money: [.money, .credit]
    case .papers: [.papers]
    case .school: [.school, .children]
    case .legal: [.legal]
    case .work: [.jobSearch, .training, .business]
    case .other: [.other]
    }
  }
}
