import Foundation

/// What a gateway answered.
package enum GatewayAnswer: Equatable, Sendable {
  case taken
  /// It was certainly not taken: later perhaps. With the gateway's own number.
  case notNow(String)
  /// It was not taken, and will not be.
  case refused(String)
  /// The answer did not come: it may have been taken.
  case unknown(String)
}

/// An e-mail as a mail server gets it.
package struct OutgoingMail: Sendable {
  package let to: String
  /// The whole message with its headers.
  package let bytes: [UInt8]
}

/// What sends messages: a mail server and a gateway for SMS, either of which may be missing.
package struct MessageGateways: Sendable {
  package struct Mail: Sendable {
    /// The sender's own address.
    package let from: String
    package let send: @Sendable (OutgoingMail) async -> GatewayAnswer

    package init(from: String, send: @escaping @Sendable (OutgoingMail) async -> GatewayAnswer) {
      self.from = from
      self.send = send
    }
  }

  package struct SMS: Sendable {
    package let send: @Sendable (_ to: String, _ text: String) async -> GatewayAnswer

    package init(send: @escaping @Sendable (_ to: String, _ text: String) async -> GatewayAnswer) {
      self.send = send
    }
  }

  package var mail: Mail?
  package var sms: SMS?

  package init(mail: Mail? = nil, sms: SMS? = nil) {
    self.mail = mail
    self.sms = sms
  }

  package func isThere(_ kind: Message.Kind) -> Bool { kind == .sms ? sms != nil : mail != nil }
}
