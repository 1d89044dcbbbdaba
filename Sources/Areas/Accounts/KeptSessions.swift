import Basics
import Foundation
import NIOConcurrencyHelpers
import Web

/// Sessions seen within the last seconds, so that a page does not ask the database again who is there.
///
/// What ends a session in this program is seen at once; what another program did, within `lifetime`.
final class KeptSessions: Sendable {
  static let lifetime: TimeInterval = 5

  private let sessions = NIOLockedValueBox<[String: Kept]>([:])

  private struct Kept {
    let session: Session
    let until: Date
  }

  func find(_ token: String, at now: Date) -> Session? {
    sessions.withLockedValue { sessions in
      guard let kept = sessions[token], now < kept.until else { return nil }
      return kept.session
    }
  }

  func keep(_ session: Session, _ token: String, at now: Date) {
    sessions.withLockedValue { sessions in
      if sessions.count > 10_000 { sessions.removeAll() }
      sessions[token] = Kept(session: session, until: now.addingTimeInterval(Self.lifetime))
    }
  }

  func forget(token: String) { sessions.withLockedValue { $0[token] = nil } }

  func forget(_ account: AccountID) {
    sessions.withLockedValue { sessions in sessions = sessions.filter { $0.value.session.actor.id != account }
    }
  }
}
