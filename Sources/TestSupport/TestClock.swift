import Foundation
import NIOConcurrencyHelpers

/// A clock that stands still until the test moves it.
package final class TestClock: Sendable {
  private let instant: NIOLockedValueBox<Date>

  /// Thursday, 12 March 2026, nine o'clock in Tunis.
  package static let start = Date(timeIntervalSince1970: 1_773_302_400)

  package init(_ start: Date = TestClock.start) { instant = NIOLockedValueBox(start) }

  package var now: Date { instant.withLockedValue { $0 } }

  package func advance(seconds: TimeInterval) {
    instant.withLockedValue { $0 = $0.addingTimeInterval(seconds) }
  }

  package func advance(days: Int) { advance(seconds: Double(days) * 86_400) }
}
