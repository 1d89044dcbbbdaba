import Foundation

/// How much waits somewhere, and since when.
package struct Waiting: Equatable, Sendable {
  /// Up to `most`.
  package let count: Int
  /// The day since which the first of them waits.
  package let since: Day
  /// There are more than were counted.
  package let isCapped: Bool

  /// So many are counted at most; whoever reads them asks for one more.
  package static let most = 500

  /// - Parameter counted: how many were found; more than `most` where there are more.
  package init(_ counted: Int, since: Day) {
    count = min(counted, Self.most)
    self.since = since
    isCapped = counted > Self.most
  }
}
