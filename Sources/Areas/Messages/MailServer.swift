import Basics
import CCurl
import Foundation

/// A mail server that takes e-mail by SMTP.
package struct MailServer: Sendable {
  /// `smtp://host:25`, or `smtps://host:465` where TLS comes first.
  package let url: String
  /// The sender's own address.
  package let from: String
  package let user: String
  package let password: String
  /// Whether nothing is said before the line is safe.
  package let needsTLS: Bool
  /// Seconds that one message may take.
  package let timeout: Int

  package init(
    url: String, from: String, user: String = "", password: String = "", needsTLS: Bool = true,
    timeout: Int = 60
  ) {
    self.url = url
    self.from = from
    self.user = user
    self.password = password
    self.needsTLS = needsTLS
    self.timeout = timeout
  }

  package static func isURL(_ text: String) -> Bool {
    text.wholeMatch(of: /smtps?:\/\/[A-Za-z0-9.\-\[\]:]+/) != nil
  }

  package static func isAddress(_ text: String) -> Bool { MessageRules.isMail(text) }

  package var gateway: MessageGateways.Mail {
    MessageGateways.Mail(from: from) { mail in
      let answer = await Curl.run(within: timeout, upload: mail.bytes) { curl in
        curl.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        curl.set(CURLOPT_URL, url)
        if needsTLS { curl.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        if !user.isEmpty {
          curl.set(CURLOPT_USERNAME, user)
          curl.set(CURLOPT_PASSWORD, password)
        }
        curl.set(CURLOPT_MAIL_FROM, "<\(from)>")
        curl.addRecipient("<\(mail.to)>")
      }
      return Self.judged(answer)
    }
  }

  /// What the server will not take (5xx) is refused, unless it did not let us in at all; anything else may pass later.
  static func judged(_ answer: Curl.Answer) -> GatewayAnswer {
    if answer.code == 0 { return .taken }
    let isLogin = answer.code == Int(CURLE_LOGIN_DENIED.rawValue)
    if isLogin || answer.status < 400 { return .notNow("curl \(answer.code)") }
    return (500..<600).contains(answer.status)
      ? .refused("smtp \(answer.status)") : .notNow("smtp \(answer.status)")
  }
}
