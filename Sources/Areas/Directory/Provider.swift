import Basics
import Foundation
import Storage

/// Who offers services: an office, an association, a firm, a lender.
package struct Provider: Identifiable, Sendable, Equatable {
  package enum Kind: String, Storable, Sendable, CaseIterable {
    case publicBody = "public"
    case ngo, firm, lender, health, school
    case legalHelp = "legal-help"
  }

  package enum State: String, Storable, Sendable, CaseIterable {
    case active
    /// Offers nothing any more; its services stand nowhere.
    case ended
  }

  package enum Field: String, CaseIterable, Sendable {
    case kind
    case nameFrench = "name-fr"
    case nameArabic = "name-ar"
    case nameEnglish = "name-en"
    case aboutFrench = "about-fr"
    case aboutArabic = "about-ar"
    case aboutEnglish = "about-en"
    case url, email, phone, state
  }

  package let id: RecordID<Provider>
  /// Whose heads may change it; nil: the central office alone.
  package let antenna: AntennaCode?
  package let version: Int
  /// Entered without anybody of the provider having said so.
  package let isUnconfirmed: Bool
  package let changedAt: Date
  package var fields: Fields

  package init(
    id: RecordID<Provider>, antenna: AntennaCode?, version: Int = 1, isUnconfirmed: Bool = false,
    changedAt: Date, fields: Fields
  ) {
    self.id = id
    self.antenna = antenna
    self.version = version
    self.isUnconfirmed = isUnconfirmed
    self.changedAt = changedAt
    self.fields = fields
  }

  subscript(field: Field) -> String? { fields[field.rawValue] }

  package var kind: Kind { self[.kind].flatMap { Kind(rawValue: $0) } ?? .publicBody }
  package var state: State { self[.state].flatMap { State(rawValue: $0) } ?? .active }
  package var name: Texts { Texts(fields, "name") }
  package var about: Texts { Texts(fields, "about") }
  package var url: String? { self[.url] }
  package var email: String? { self[.email] }
  package var phone: String? { self[.phone] }

  package static func reference(_ id: RecordID<Provider>) -> RecordReference {
    RecordReference("provider", id)
  }
}

/// Where a provider receives.
package struct ProviderPlace: Identifiable, Sendable, Equatable {
  package let id: RecordID<ProviderPlace>
  package let provider: RecordID<Provider>
  package let name: String
  package let governorate: GovernorateCode
  package let delegation: String?
  /// Nil where it is not known.
  package let address: String?
  package let phone: String?
  package let access: [Service.Access]
  package let isClosed: Bool

  package init(
    id: RecordID<ProviderPlace>, provider: RecordID<Provider>, name: String, governorate: GovernorateCode,
    delegation: String?, address: String?, phone: String?, access: [Service.Access], isClosed: Bool = false
  ) {
    self.id = id
    self.provider = provider
    self.name = name
    self.governorate = governorate
    self.delegation = delegation
    self.address = address
    self.phone = phone
    self.access = access
    self.isClosed = isClosed
  }
}
