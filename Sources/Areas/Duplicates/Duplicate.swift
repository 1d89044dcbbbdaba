import Basics
import Foundation
import Linkage
import Pages
import People
import Storage

/// Two files that may be of one person, and where deciding it stands. It names nobody.
package struct DuplicatePair: Identifiable, Sendable, Equatable {
  package enum State: String, Storable, CaseIterable, Sendable {
    /// To be looked at.
    case open
    /// Somebody looked and could not tell: the head of the antenna decides.
    case unsure
    /// Somebody holds them for one person; files of two antennas need a second one.
    case proposed
    case different
    case joined
  }

  /// Where a file is, for the lists; who may see it is asked anew each time.
  package struct Place: Equatable, Sendable {
    package let antenna: AntennaCode
    package let contact: AccountID?
  }

  package let id: RecordID<DuplicatePair>
  /// The smaller of the two ids.
  package let first: PersonID
  package let second: PersonID
  package var places: (first: Place, second: Place)
  package let state: State
  /// The logarithm, base 2, of the odds that it is one person, in hundredths.
  package let score: Int
  /// What speaks for it and against it, field by field.
  package var findings: [LinkJudge.Finding] { told.findings }
  let told: ToldFindings
  /// Counts the acts: whoever decides on an older one is told what stands.
  package let version: Int
  package let foundAt: Date
  package let merge: RecordID<PersonMerge>?
  /// Who set the two files beside each other; nil when the search found them.
  package var suggestedBy: AccountID?

  package static func reference(_ id: RecordID<DuplicatePair>) -> RecordReference {
    RecordReference("duplicate_pair", id)
  }

  package static func == (one: DuplicatePair, other: DuplicatePair) -> Bool {
    (one.id, one.state, one.score, one.version) == (other.id, other.state, other.score, other.version)
      && one.told == other.told && one.places == other.places && one.merge == other.merge
  }

  /// A score must have risen by so much, in hundredths of a bit, before two that were told apart are proposed again: what
  /// speaks for one person has become eight times as strong.
  static let material = 300
}

/// Findings as they are kept: field, agreement and hundredths of a bit. A list shows none, and so reads none.
struct ToldFindings: Sendable, Equatable {
  let text: String

  init(text: String) { self.text = text }

  init(_ findings: [LinkJudge.Finding]) {
    text = findings.map { "\($0.field) \($0.agreement) \(Int(($0.weight * 100).rounded()))" }.joined(
      separator: ", ")
  }

  private static let agreements = Dictionary(
    uniqueKeysWithValues: Agreement.allCases.map { ("\($0)", $0) })

  var findings: [LinkJudge.Finding] {
    text.split(separator: ", ").compactMap { entry in
      let parts = entry.split(separator: " ").map(String.init)
      guard parts.count == 3, let agreement = Self.agreements[parts[1]], let weight = Double(parts[2]) else {
        return nil
      }
      return LinkJudge.Finding(field: parts[0], agreement: agreement, weight: weight / 100)
    }
  }
}

/// What somebody did about a pair.
package struct DuplicateAct: Identifiable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    case different, unsure, propose, join, part
    /// At reception: another person is received although this one is alike.
    case apart
    /// The program: an identity was corrected, and now more speaks for one person.
    case again
  }

  package let id: RecordID<DuplicateAct>
  package let pair: RecordID<DuplicatePair>
  package let kind: Kind
  package let at: Date
  package let by: AccountID
  package let antenna: AntennaCode?
  /// Nil where none was given, or where one of the two was erased.
  package let reason: String?
  /// Whose file stands for both and whose value of a field counts; of a proposal.
  package let joining: Joining?
}

/// How two files are to become one.
package struct Joining: Equatable, Sendable {
  package enum Side: String, Sendable, CaseIterable { case first, second, both }

  /// Whose file stands for both.
  package var kept: Side
  /// Whose value counts, where one was chosen.
  package var fields: [Identity.Field: Side]

  package init(kept: Side, fields: [Identity.Field: Side] = [:]) {
    self.kept = kept
    self.fields = fields
  }

  /// As `first family-latin=second`.
  init?(text: String) {
    let parts = text.split(separator: " ").map(String.init)
    guard let first = parts.first, let kept = Side(rawValue: first) else { return nil }
    self.kept = kept
    fields = Dictionary(
      parts.dropFirst().compactMap { entry in
        let pair = entry.split(separator: "=").map(String.init)
        guard pair.count == 2, let field = Identity.Field(rawValue: pair[0]),
          let side = Side(rawValue: pair[1])
        else { return nil }
        return (field, side)
      }, uniquingKeysWith: { first, _ in first })
  }

  var text: String {
    ([kept.rawValue] + fields.map { "\($0.key.rawValue)=\($0.value.rawValue)" }.sorted()).joined(
      separator: " ")
  }

  /// The same as seen from the file that is kept; what was not chosen is what that file knows.
  func choices(_ kept: Identity, _ other: Identity) -> PersonMerge.Choices {
    var choices = kept.choices(beside: other)
    for (field, side) in fields {
      choices[field] = side == .both ? .both : side == self.kept ? .kept : .other
      if field == .birthDate { choices[.birthYear] = choices[field] }
    }
    return choices
  }
}
