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

  /// What stands in the URL: the id, and a code that only this installation can make. No word of the service.
  static func token(_ id: RecordID<ServiceLink>, _ key: SealingKey) -> String { "\(id)-\(code(id, key))" }

  /// Nil where the code was not made here for this id: nothing is looked up for it.
  static func read(_ token: String, _ key: SealingKey) -> RecordID<ServiceLink>? {
    let parts = token.split(separator: "-", maxSplits: 1).map(String.init)
    guard parts.count == 2, let id = RecordID<ServiceLink>(parts[0]) else { return nil }
    let (own, given) = (Array(code(id, key).utf8), Array(parts[1].utf8))
    guard own.count == given.count else { return nil }
    // In the same time whatever is wrong with it.
    return zip(own, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 ? id : nil
  }

  private static func code(_ id: RecordID<ServiceLink>, _ key: SealingKey) -> String {
    ["1", "2"].map { part in
      let digits = String(UInt64(bitPattern: key.blindToken("service-link:\(part):\(id)")), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
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
