import Basics
import Storage

/// A kind of aid by its code, as it stands in files, rules and earmarks: `housing`.
package struct AidKindCode: Code {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  /// Small letters, digits and hyphens; characters at most.
  static let longest = 30

  /// What the scheme ships with.
  package static let housing = AidKindCode(rawValue: "housing")
  package static let health = AidKindCode(rawValue: "health")
  package static let education = AidKindCode(rawValue: "education")
  package static let specialNeeds = AidKindCode(rawValue: "special-needs")
  package static let salaryShare = AidKindCode(rawValue: "salary-share")
  package static let training = AidKindCode(rawValue: "training")
  package static let businessCreation = AidKindCode(rawValue: "business-creation")
}

extension AidKindCode: Storable {}

/// A kind of aid: what money may be given for.
package struct AidKind: Identifiable, Sendable, Equatable {
  /// The three tracks of a plan.
  package enum Track: String, Storable, CaseIterable, Sendable {
    case social, employment, business
  }

  /// In the three languages of the pages.
  package struct Name: Sendable, Equatable {
    package let french: String
    package let arabic: String
    package let english: String

    package init(french: String, arabic: String, english: String) {
      self.french = french
      self.arabic = arabic
      self.english = english
    }

    package func text(in language: Language) -> String {
      switch language {
      case .french: french
      case .arabic: arabic
      case .english: english
      }
    }

    /// For a phrase that someone will read in her own language.
    package var words: [Language: String] { [.french: french, .arabic: arabic, .english: english] }
  }

  package let id: AidKindCode
  package let name: Name
  package let track: Track
  /// Nothing new is given of a kind that is not.
  package let isActive: Bool

  package init(id: AidKindCode, name: Name, track: Track, isActive: Bool = true) {
    self.id = id
    self.name = name
    self.track = track
    self.isActive = isActive
  }

  static func reference(_ id: AidKindCode) -> RecordReference { RecordReference("aid_kind", code: id) }
}
