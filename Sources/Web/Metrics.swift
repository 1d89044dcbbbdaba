import Foundation
import NIOConcurrencyHelpers

/// Counters of the running program, as Prometheus reads them (text format 0.0.4).
package final class Metrics: Sendable {
  private let state = NIOLockedValueBox(State())

  private struct State {
    var requests: [Int: Int] = [:]
    var buckets = [Int](repeating: 0, count: Metrics.bounds.count + 1)
    var seconds = 0.0
  }

  /// Upper bounds of the histogram, in seconds.
  private static let bounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]

  package init() {}

  package func count(status: Int, seconds: Double) {
    state.withLockedValue { state in
      state.requests[status, default: 0] += 1
      state.buckets[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
      state.seconds += seconds
    }
  }

  /// The page that Prometheus collects.
  package var text: String {
    let state = state.withLockedValue { $0 }
    var lines = ["# TYPE tounesna_requests_total counter"]
    for (status, count) in state.requests.sorted(by: { $0.key < $1.key }) {
      lines.append("tounesna_requests_total{status=\"\(status)\"} \(count)")
    }
    lines.append("# TYPE tounesna_request_seconds histogram")
    var sum = 0
    for (bound, count) in zip(Self.bounds, state.buckets) {
      sum += count
      lines.append("tounesna_request_seconds_bucket{le=\"\(bound)\"} \(sum)")
    }
    sum += state.buckets.last ?? 0
    lines.append("tounesna_request_seconds_bucket{le=\"+Inf\"} \(sum)")
    lines.append("tounesna_request_seconds_sum \(state.seconds)")
    lines.append("tounesna_request_seconds_count \(sum)")
    lines.append("# TYPE process_resident_memory_bytes gauge")
    lines.append("process_resident_memory_bytes \(Self.residentBytes)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// From `/proc/self/statm`, second number, in pages of 4 kB; 0 where there is no such file.
  private static var residentBytes: Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4_096 } ?? 0
  }
}
