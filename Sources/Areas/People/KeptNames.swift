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

  /// The names of a person, and the sealed bytes they were opened from.
  private struct Opened {
    let sealed: [UInt8]
    let names: Names
  }

  private let kept = NIOLockedValueBox<[PersonID: Opened]>([:])

  func names(of person: PersonID, _ sealed: [UInt8], open: () throws -> Names) rethrows -> Names {
    if let kept = kept.withLockedValue({ $0[person] }), kept.sealed == sealed { return kept.names }
    let names = try open()
    kept.withLockedValue { kept in
      if kept.count >= Self.most { kept.removeAll(keepingCapacity: true) }
      kept[person] = Opened(sealed: sealed, names: names)
    }
    return names
  }
}
