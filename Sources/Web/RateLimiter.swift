import Basics
import Foundation
import NIOConcurrencyHelpers

/// A bucket for each visitor that fills evenly: short bursts pass, a flood does not.
package struct RateLimiter: Sendable {
  private let aMinute: Int
  private let buckets = NIOLockedValueBox<[String: Bucket]>([:])

  private struct Bucket {
    var tokens: Double
    var at: Date
  }

  package init(aMinute: Int) { self.aMinute = aMinute }

  /// - Throws: `Refusal.tooMany` with the seconds until the next request passes.
  package func take(_ visitor: String, at now: Date) throws(Refusal) {
    guard aMinute > 0 else { return }
    let capacity = Double(aMinute)
    let wait: Double? = buckets.withLockedValue { buckets in
      if buckets.count > 10_000 { buckets = buckets.filter { now.timeIntervalSince($0.value.at) < 60 } }
      var bucket = buckets[visitor] ?? Bucket(tokens: capacity, at: now)
      bucket.tokens = min(capacity, bucket.tokens + max(0, now.timeIntervalSince(bucket.at)) * capacity / 60)
      bucket.at = now
      defer { buckets[visitor] = bucket }
      guard bucket.tokens >= 1 else { return (1 - bucket.tokens) * 60 / capacity }
      bucket.tokens -= 1
      return nil
    }
    if let wait { throw .tooMany(retryAfter: Int(wait.rounded(.up))) }
  }
}
