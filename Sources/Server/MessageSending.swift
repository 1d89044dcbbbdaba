import Foundation
import Logging
import Messages
import ServiceLifecycle

/// Sends the messages that wait, e-mail and SMS side by side: a gateway that is slow keeps the other from nothing.
struct MessageSending: Service {
  let messages: Messages
  let logger: Logger

  func run() async throws {
    await withTaskGroup(of: Void.self) { group in
      for kind in Message.Kind.allCases { group.addTask { await send(kind) } }
      group.addTask { await recover() }
    }
  }

  private func send(_ kind: Message.Kind) async {
    await repeated(.seconds(1)) {
      // To the end, even while the program stops: what the gateway took must be written down.
      try await Task { try await messages.sendNext(kind) }.value
    }
  }

  private func recover() async {
    await repeated(.seconds(2)) { try await messages.recover() > 0 }
  }

  private func repeated(_ pause: Duration, _ step: @escaping @Sendable () async throws -> Bool) async {
    let rounds = Rounds(pause: pause, fault: "messages could not be sent", logger: logger, round: step)
    try? await rounds.run()
  }
}
