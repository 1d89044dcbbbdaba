import Basics
import Foundation

/// That two files are of one person. The kept one stands for both; nothing of either is moved or copied.
package struct PersonMerge: Identifiable, Sendable {
  /// Whose value of a field counts.
  package enum Choice: String, Storable, CaseIterable, Sendable {
    case kept, other
    /// Of phones: all of them.
    case both
  }

  package typealias Choices = [Identity.Field: Choice]

  package let id: RecordID<PersonMerge>
  package let kept: PersonID
  package let other: PersonID
  /// The last of the merges of one person is undone first.
  package let position: Int
  package let choices: Choices
  /// Fields that were corrected since.
  package let settled: Set<Identity.Field>
  package let mergedAt: Date
  package let mergedBy: AccountID
  package let undoneAt: Date?
  package let undoneBy: AccountID?

  package var isInForce: Bool { undoneAt == nil }
}

/// What two files say together.
extension Identity {
  /// - Parameters:
  ///   - other: the identity in the file that was joined.
  ///   - settled: fields whose value in this file counts, whatever was chosen.
  package func joined(with other: Identity, _ choices: PersonMerge.Choices, settled: Set<Field> = [])
    -> Identity
  {
    var joined = self
    for field in Field.allCases where !settled.contains(field) {
      switch choices[field] ?? .kept {
      case .kept: joined[field] = self[field]
      case .other: joined[field] = other[field]
      case .both: joined[field] = Self.both(self[field], other[field])
      }
    }
    return joined
  }

  /// What is chosen where nobody chooses: what the kept file knows, and from the other one what that does not know.
  package func choices(beside other: Identity) -> PersonMerge.Choices {
    var choices: PersonMerge.Choices = [:]
    for field in Field.allCases where self[field] != other[field] {
      choices[field] = field == .phones ? .both : self[field] == nil ? .other : .kept
    }
    // The year goes with the date: never one of each file.
    if birthDate != other.birthDate || birthYear != other.birthYear {
      let choice =
        birthDate == nil && (other.birthDate != nil || birthYear == nil) ? PersonMerge.Choice.other : .kept
      (choices[.birthDate], choices[.birthYear]) = (choice, choice)
    }
    return choices
  }

  private static func both(_ first: String?, _ second: String?) -> String? {
    let lines = [first, second].compactMap { $0 }.flatMap { $0.split(separator: "\n") }
    var seen: Set<Substring> = []
    return lines.filter { seen.insert($0).inserted }.joined(separator: "\n")
  }
}
