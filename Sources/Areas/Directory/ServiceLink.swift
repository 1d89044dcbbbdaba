import Basics
import Foundation
import Storage

/// A link by which the owner of a service says, without an account, whether what stands here is right.
package struct ServiceLink: Identifiable, Sendable, Equatable {
  package let id: RecordID<ServiceLink>
  package let service: RecordID<Service>
  package let madeAt: Date
  package let expiresAt: Date
  package let revokedAt: Date?
  package let usedAt: Date?

  /// So many days a link lives.
  package static let daysValid = 30

  package enum Refused: String, Sendable {
    case expired, revoked, used
  }

  /// Why it opens nothing now; nil while it does.
  package func refused(at now: Date) -> Refused? {
    if revokedAt != nil { return .revoked }
    if usedAt != nil { return .used }
    return now >= expiresAt ? .expired : nil
  }

  /// What its token is signed for.
  static let kind = "service-link"
}

extension ServiceLink {
  /// A new one.
  init(id: RecordID<ServiceLink>, service: RecordID<Service>, at now: Date) {
    self.init(
      id: id, service: service, madeAt: now,
      expiresAt: now.addingTimeInterval(Double(Self.daysValid) * 86_400), revokedAt: nil, usedAt: nil)
  }
}

/// What the owner of a service, or a colleague who asked them, said about it.
package struct ServiceAnswer: Identifiable, Sendable, Equatable {
  package enum Kind: String, Storable, Sendable, CaseIterable {
    /// All is right.
    case right
    /// Something has changed: the words say what.
    case changed
    /// It is not offered any more.
    case ended
  }

  package let id: RecordID<ServiceAnswer>
  package let service: RecordID<Service>
  package let link: RecordID<ServiceLink>?
  package let at: Date
  package let by: AccountID?
  package let kind: Kind
  package let words: String?
  /// When a colleague took it in.
  package let doneAt: Date?
}
