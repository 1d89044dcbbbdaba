import Basics
import NIOConcurrencyHelpers

/// Names that were opened lately, by what stands sealed: lists show the same persons again and again, and opening a
/// name costs more than all else of its line.
///
/// A name that is corrected is sealed anew, so that nothing kept can be out of date; whose key is destroyed is not
/// asked for any more.
final class KeptNames: Sendable {
  typealias Names = (latin: String?, arabic: String?)

  /// Some 10 MB of names.
  private static let most = 20_000

  /// What stands sealed belongs to one person: moved to another it is not hers.
  private struct Sealed: Hashable {
    let person: PersonID
    let bytes: [UInt8]
  }

  private let names = NIOLockedValueBox<[Sealed: Names]>([:])

  func names(of person: PersonID, _ bytes: [UInt8], open: () throws -> Names) rethrows -> Names {
    let sealed = Sealed(person: person, bytes: bytes)
    if let kept = names.withLockedValue({ $0[sealed] }) { return kept }
    let opened = try open()
    names.withLockedValue { names in
      if names.count >= Self.most { names.removeAll(keepingCapacity: true) }
      names[sealed] = opened
    }
    return opened
  }
}
