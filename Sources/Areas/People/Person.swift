import Basics
import Storage

/// A person whom the scheme receives. What names her is in `identity`, sealed; the rest is pseudonymous.
package struct Person: Identifiable, Sendable {
  package enum Sex: String, Storable, CaseIterable, Sendable {
    case female, male
  }

  package let id: PersonID
  /// The antenna that holds her file; with `contact` it decides who may see her.
  package let antenna: AntennaCode
  package let contact: AccountID?
  package let version: Int
  package let identity: Identity
  /// How many other files were joined with hers: her identity is drawn from them too.
  package var joined = 0

  /// Her name as this file has it.
  package var label: PersonLabel {
    PersonLabel(latin: identity.latinName, arabic: identity.arabicName, antenna: antenna)
  }

  /// How the journal names a person.
  package static func reference(_ id: PersonID) -> RecordReference { RecordReference("person", id) }
}

/// What is shown of a person in a list: her name in both scripts.
package struct PersonLabel: Sendable, Equatable {
  package let latin: String?
  package let arabic: String?
  package let antenna: AntennaCode

  /// The name in a script the reader knows, for a title or a link.
  package func text(for reader: Reader) -> String { reader.ordered(latin: latin, arabic: arabic).first }
}

/// What a search found.
package struct PersonSearch: Equatable, Sendable {
  package struct Match: Equatable, Sendable, Identifiable {
    package let id: PersonID
    package let label: PersonLabel
    package let birthYear: Int?
    /// Why she was found, the strongest reason first.
    package let reasons: [MatchReason]
  }

  /// Those the searcher may see, best first, at most 20.
  package let matches: [Match]
  /// Antennas that hold a file under these words which the searcher may not see: ask there.
  package let elsewhere: [AntennaCode]
  /// Of each of them the file that fits best: for the area that may open it, never for a page.
  package var hidden: [AntennaCode: PersonID] = [:]
}
