import Basics
import CCurl
import Foundation
import Pages

/// A gateway that takes SMS by HTTP, as kannel's sendsms does.
package struct SMSServer: Sendable {
  /// With `{to}` and `{text}`, and `{password}` where it is not to stand in the settings.
  package let template: String
  package let password: String
  /// Seconds that one message may take.
  package let timeout: Int

  package init(template: String, password: String = "", timeout: Int = 60) {
    self.template = template
    self.password = password
    self.timeout = timeout
  }

  package static func isTemplate(_ text: String) -> Bool {
    text.wholeMatch(of: /https?:\/\/[^\s]+/) != nil && text.contains("{to}") && text.contains("{text}")
  }

  func url(to number: String, _ text: String) -> String {
    [("{to}", number), ("{text}", text), ("{password}", password)].reduce(template) { url, value in
      url.replacing(value.0, with: Page.queryEscaped(value.1))
    }
  }

  package var gateway: MessageGateways.SMS {
    MessageGateways.SMS { number, text in
      let address = url(to: number, text)
      let answer = await Curl.run(within: timeout) { curl in
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        curl.set(CURLOPT_URL, address)
      }
      return Self.judged(answer)
    }
  }

  /// Nothing was sent: later. Sent without an answer that says so: nobody knows. 429 and 503 say "not now".
  static func judged(_ answer: Curl.Answer) -> GatewayAnswer {
    guard answer.code == 0 else {
      return answer.sent == 0 ? .notNow("curl \(answer.code)") : .unknown("curl \(answer.code)")
    }
    switch answer.status {
    case 200..<300: return .taken
    case 429, 503: return .notNow("http \(answer.status)")
    case 500...: return .unknown("http \(answer.status)")
    default: return .refused("http \(answer.status)")
    }
  }
}
