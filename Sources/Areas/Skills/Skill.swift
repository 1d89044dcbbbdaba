import Basics
import Storage

/// One thing that the employment section keeps of a person. It is written in one of her cases and stays with her: it is
/// shown in each case of hers, and goes along when that case goes to another person.
package struct Skill: Identifiable, Sendable, Equatable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    case profile, experience, certificate, idea

    /// One of these for a person; of the others any number.
    package var isSingle: Bool { self == .profile || self == .idea }
  }

  package let id: RecordID<Skill>
  package let kind: Kind
  /// Grows by one with each change; 1 when it is new.
  package let version: Int
  package let fields: Fields
  /// Why it does not count any more; nil while it does.
  package let withdrawn: String?

  package init(
    id: RecordID<Skill>, kind: Kind, version: Int = 1, fields: Fields, withdrawn: String? = nil
  ) {
    self.id = id
    self.kind = kind
    self.version = version
    self.fields = fields
    self.withdrawn = withdrawn
  }

  package static func reference(_ id: RecordID<Skill>) -> RecordReference { RecordReference("skill", id) }
}

/// A question that a form of the area asks.
struct SkillField: Sendable {
  enum Kind: Sendable {
    case line, paragraph, day
    case number(ClosedRange<Int>)
    /// Whole dinars.
    case dinars
    case choice([String])
  }

  let name: String
  let label: Phrase
  let kind: Kind
  /// What is said when it is empty; nil where it may be.
  let needed: Phrase?

  init(_ name: String, _ label: Phrase, _ kind: Kind = .line, needed: Phrase? = nil) {
    self.name = name
    self.label = label
    self.kind = kind
    self.needed = needed
  }
}
