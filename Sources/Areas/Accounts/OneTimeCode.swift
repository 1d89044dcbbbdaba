import Basics
import Crypto
import Foundation

/// One-time codes of an authenticator: RFC 6238 with SHA-1, 30 seconds, six digits.
package enum OneTimeCode {
  /// A new secret of 160 bits. Source: RFC 4226, section 4, R6.
  static func newSecret() -> [UInt8] { (0..<20).map { _ in UInt8.random(in: 0...255) } }

  static func step(at now: Date) -> Int64 { Int64(now.timeIntervalSince1970) / 30 }

  static func code(_ secret: [UInt8], step: Int64, digits: Int = 6) -> String {
    let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
    let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let offset = Int(mac[mac.count - 1] & 15)
    let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let modulus = (0..<digits).reduce(1) { power, _ in power * 10 }
    let text = String(Int(number) % modulus)
    return String(repeating: "0", count: digits - text.count) + text
  }

  /// The step of a right code: now, one before or one after, and later than the last that was used.
  static func matchingStep(_ code: String, _ secret: [UInt8], at now: Date, after last: Int64) -> Int64? {
    let digits = code.westernDigits.filter { !$0.isWhitespace }
    let current = step(at: now)
    return (current - 1...current + 1).first { $0 > last && Self.code(secret, step: $0) == digits }
  }

  /// The code of a secret in base 32 at a moment; nil when it is none. For the demonstration and the tests.
  package static func code(base32 secret: String, at now: Date) -> String? {
    base32Decoded(secret).map { code($0, step: step(at: now)) }
  }

  /// RFC 4648, section 6.
  static func base32(_ bytes: [UInt8]) -> String {
    var text = ""
    var (buffer, bits) = (0, 0)
    for byte in bytes {
      buffer = buffer << 8 | Int(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(alphabet[buffer >> bits & 31])
      }
      buffer &= 0xFF
    }
    if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 31]) }
    return text
  }

  static func base32Decoded(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (buffer, bits) = (0, 0)
    for character in text.uppercased() where character != " " {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      buffer = (buffer << 5 | value) & 0xFFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(buffer >> bits & 0xFF))
      }
    }
    return bytes
  }

  /// What an authenticator reads from the square. Source: Key URI Format of Google Authenticator.
  static func uri(_ secret: [UInt8], account: String) -> String {
    let name = account.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return "otpauth://totp/Tounesna:\(name)?secret=\(base32(secret))&issuer=Tounesna"
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
}
