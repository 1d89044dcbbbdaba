import Basics
import CArgon2
import Foundation
import NIOPosix

/// Argon2id: 19 MiB, two passes, one lane. Source: OWASP Password Storage Cheat Sheet.
///
/// A hash takes about a tenth of a second of a core: it is made on two threads of its own, so that nobody else waits.
struct PasswordHasher: Sendable {
  private let threads = NIOThreadPool(numberOfThreads: 2)

  init() { threads.start() }

  func hash(_ password: String) async throws -> String {
    try await threads.runIfActive {
      let salt = (0..<16).map { _ in UInt8.random(in: 0...255) }
      let bytes = Array(password.utf8)
      var encoded = [CChar](repeating: 0, count: 200)
      let code = argon2id_hash_encoded(
        2, 19_456, 1, bytes, bytes.count, salt, salt.count, 32, &encoded, encoded.count)
      guard code == ARGON2_OK.rawValue else { throw HashFault(code: code) }
      return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// Verifies against `hash`; without one the same work is done for nothing, so that time tells no more than words.
  func verify(_ password: String, _ hash: String?) async throws -> Bool {
    try await threads.runIfActive {
      let bytes = Array(password.utf8)
      let isRight = argon2id_verify(hash ?? Self.nobody, bytes, bytes.count) == ARGON2_OK.rawValue
      return isRight && hash != nil
    }
  }

  /// The hash of nobody's password, with the same cost.
  private static let nobody =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

  private struct HashFault: Error { let code: Int32 }
}
