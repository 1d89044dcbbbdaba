import Foundation
import Synchronization

/// Leave to read one file that lies outside an actor's scope: for a while, and for a reason.
package struct ReadingLeave: Equatable, Sendable {
  package let until: Date
  package let reason: Phrase

  package init(until: Date, reason: Phrase) {
    self.until = until
    self.reason = reason
  }
}

/// By which leave something was read for one request: the door that used it notes it here, and the page says so,
/// whichever page it is.
package final class LeaveNote: Sendable, Equatable {
  private let kept = Mutex<ReadingLeave?>(nil)

  package init() {}

  package var leave: ReadingLeave? { kept.withLock { $0 } }

  package func note(_ leave: ReadingLeave) { kept.withLock { $0 = leave } }

  /// Who acts does not depend on what was read.
  package static func == (_: LeaveNote, _: LeaveNote) -> Bool { true }
}
