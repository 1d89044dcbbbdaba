import Basics
import Cases
import Foundation
import Storage

/// A file that belongs to a case: a paper of the person's, a proof, a photo.
package struct Document: Identifiable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    case identityCard = "identity-card"
    case passport
    case travelDocument = "travel-document"
    case returnOrder = "return-order"
    case papers, diploma, medical, expense
    case signedPlan = "signed-plan"
    case photo, other

    package var label: Phrase {
      switch self {
      case .identityCard: say("Identity card")
      case .passport: say("Passport")
      case .travelDocument: say("Travel document or laissez-passer")
      case .returnOrder: say("Return order")
      case .papers: say("Residence or family papers")
      case .diploma: say("Diploma or certificate")
      case .medical: say("Medical document")
      case .expense: say("Proof of expense")
      case .signedPlan: say("Signed plan")
      case .photo: say("Photo")
      case .other: say("Another document")
      }
    }

    /// What one must be allowed beyond reading documents; those who are not do not know that there is one.
    package var dutyToRead: Duty? { self == .medical ? .readHealthSection : nil }
    package var dutyToAdd: Duty? { self == .medical ? .writeHealthSection : nil }
  }

  /// Taken back, for a reason: it stays in the list and is opened no more.
  package struct Withdrawal: Sendable, Equatable {
    package let at: Date
    package let reason: String
  }

  package let id: RecordID<Document>
  package let kind: Kind
  package let title: String?
  /// The name of the file, made harmless by `FileName`.
  package let name: String
  package let type: MediaType
  /// Bytes.
  package let size: Int
  package let validFrom: Day?
  /// The last day of its validity.
  package let validUntil: Day?
  package let addedAt: Date
  /// Checked for viruses when it was taken.
  package let isChecked: Bool
  package let withdrawal: Withdrawal?

  /// The largest file, in bytes.
  package static let limit = 10 << 20
  /// Bytes that are sealed together.
  package static let chunk = 1 << 16

  package static func reference(_ id: RecordID<Document>) -> RecordReference {
    RecordReference("document", id)
  }
}

/// What is to be kept about a file.
package struct NewDocument: Sendable, Equatable {
  package let id: RecordID<Document>
  package let kind: Document.Kind
  package let title: String?
  package let validFrom: Day?
  package let validUntil: Day?
  /// As the sender calls it.
  package let fileName: String

  package init(
    id: RecordID<Document>, kind: Document.Kind, title: String? = nil, validFrom: Day? = nil,
    validUntil: Day? = nil, fileName: String
  ) {
    self.id = id
    self.kind = kind
    self.title = title
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.fileName = fileName
  }
}

/// A document on its way out.
package struct OpenedDocument: Sendable {
  package let document: Document
  /// The document's own key.
  let key: SealingKey
}

/// The documents of a case that one may know of, the newest first.
package struct DocumentPage: Sendable {
  package let documents: [Document]
  /// Where the next page begins; nil on the last.
  package let next: DocumentCursor?
}

/// One line of the list of what expires.
package struct ExpiringDocument: Sendable, Identifiable {
  package let id: RecordID<Document>
  package let caseFile: RecordID<CaseFile>
  package let kind: Document.Kind
  package let validUntil: Day
}

/// Which documents that expire are listed; each is a part of the URL.
package struct ExpiryFilter: Equatable, Sendable {
  package enum Whose: String, CaseIterable, Sendable { case mine, all }
  package enum State: String, CaseIterable, Sendable { case all, expired, soon }

  package var whose = Whose.all
  package var state = State.all
  package var antenna: AntennaCode?

  package init() {}
}
