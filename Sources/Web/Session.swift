import Basics
import Crypto
import Foundation

/// A signed-in account, for the time of a request.
package struct Session: Sendable {
  package var actor: Actor
  /// The account's own language; a visitor may choose another on any page.
  package let language: Language
  /// Where the account must go before anything else: to set up its second factor, to change a first password.
  package let mustVisit: String?

  package init(actor: Actor, language: Language, mustVisit: String? = nil) {
    self.actor = actor
    self.language = language
    self.mustVisit = mustVisit
  }
}

/// Finds the session of a cookie's token; nil when there is none, or no longer.
/// The area Accounts keeps the sessions: this is its hand reaching into every request.
package typealias FindSession = @Sendable (_ token: String, _ now: Date) async throws -> Session?

/// The cookie that carries the session: 256 random bits, of which the database knows only the hash.
package enum SessionCookie {
  package static let name = "tounesna"

  /// A new token: 64 hexadecimal digits.
  package static func newToken() -> String {
    SymmetricKey(size: .bits256).withUnsafeBytes { hex($0) }
  }

  /// What the database keeps of a token.
  package static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Array(token.utf8))) }

  /// The token that every form of this session carries.
  package static func csrf(_ token: String) -> String {
    hex(SHA256.hash(data: Array("csrf \(token)".utf8)).prefix(16))
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
