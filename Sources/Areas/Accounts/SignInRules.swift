import Basics
import Foundation

/// How long one waits after wrong passwords: not at all for a few, then twice as long each time.
enum SignInRules {
  /// A session ends after so much time without a request, or in all.
  static let idle: TimeInterval = 60 * 60
  static let absolute: TimeInterval = 12 * 60 * 60
  /// Time to enter the one-time code after the password.
  static let half: TimeInterval = 5 * 60

  /// What wrong tries are counted for.
  enum Counted: String {
    case account, address, code

    /// Wrong tries before one waits. A whole office may sit behind one address: three slips of three colleagues must
    /// not lock the door for all.
    var free: Int { self == .address ? 20 : 3 }
  }

  /// Seconds to wait after `failures`, at most a quarter of an hour.
  static func delay(after failures: Int, of counted: Counted = .account) -> TimeInterval {
    failures < counted.free ? 0 : min(900, pow(2, Double(failures - counted.free + 1)))
  }

  /// - Throws: `Refusal.tooMany` while the delay lasts.
  static func mayTry(_ failures: Failures?, of counted: Counted = .account, at now: Date) throws(Refusal) {
    guard let failures else { return }
    let wait = failures.lastAt.addingTimeInterval(delay(after: failures.count, of: counted))
      .timeIntervalSince(now)
    if wait > 0 { throw .tooMany(retryAfter: Int(wait.rounded(.up))) }
  }

  /// Old failures are forgotten after an hour of peace.
  static func next(_ failures: Failures?, at now: Date) -> Failures {
    guard let failures, now.timeIntervalSince(failures.lastAt) < 3_600 else {
      return Failures(count: 1, lastAt: now)
    }
    return Failures(count: failures.count + 1, lastAt: now)
  }

  /// A try that turned out right is none of them.
  static func forgiven(_ failures: Failures) -> Failures {
    Failures(count: max(0, failures.count - 1), lastAt: failures.lastAt)
  }

  struct Failures: Equatable, Sendable {
    let count: Int
    let lastAt: Date
  }
}
