import NIOConcurrencyHelpers

/// Lets so many through at once; the others wait in line.
final class Turnstile: Sendable {
  private struct Line {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let line: NIOLockedValueBox<Line>

  init(_ places: Int) { line = NIOLockedValueBox(Line(free: places)) }

  func pass<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
    await enter()
    defer { leave() }
    return try await body()
  }

  private func enter() async {
    await withCheckedContinuation { continuation in
      let isFree = line.withLockedValue { line in
        guard line.free == 0 else {
          line.free -= 1
          return true
        }
        line.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  private func leave() {
    let next = line.withLockedValue { line -> CheckedContinuation<Void, Never>? in
      guard line.waiting.isEmpty else { return line.waiting.removeFirst() }
      line.free += 1
      return nil
    }
    next?.resume()
  }
}
