import Logging
import NIOConcurrencyHelpers

/// Keeps what is logged, by all loggers made of it.
struct TestLog: LogHandler {
  struct Line: Sendable {
    let level: Logger.Level
    /// The message, then what goes with it.
    let text: String
  }

  private let kept = NIOLockedValueBox<[Line]>([])
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]

  var lines: [Line] { kept.withLockedValue { $0 } }
  var errors: [String] { lines.filter { $0.level >= .error }.map(\.text) }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let text = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    kept.withLockedValue { $0.append(Line(level: event.level, text: "\(event.message) \(text)")) }
  }
}
