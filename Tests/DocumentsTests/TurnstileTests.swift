import NIOConcurrencyHelpers
import Testing

@testable import Documents

@Suite struct `A turnstile` {
  private struct Count {
    var inside = 0
    var most = 0
    var passed = 0
  }

  private struct Stumbled: Error {}

  @Test func `lets so many through at once, and everyone in the end`() async throws {
    let turnstile = Turnstile(2)
    let count = NIOLockedValueBox(Count())
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<50 {
        group.addTask {
          try? await turnstile.pass {
            count.withLockedValue { count in
              count.inside += 1
              count.most = max(count.most, count.inside)
            }
            try await Task.sleep(for: .milliseconds(2))
            count.withLockedValue { ($0.inside, $0.passed) = ($0.inside - 1, $0.passed + 1) }
            // Whoever stumbles does not block the way.
            if number.isMultiple(of: 7) { throw Stumbled() }
          }
        }
      }
    }
    let end = count.withLockedValue { $0 }
    #expect(end.passed == 50 && end.inside == 0 && end.most == 2)
  }
}
