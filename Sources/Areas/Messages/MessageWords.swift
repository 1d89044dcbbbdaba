import Basics
import Pages

/// The words for what the journal tells of a message.
enum MessageWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "message.queue": say("Queued a message")
    case "message.open": say("Read a message")
    case "message.sent": say("A message went out")
    case "message.failed": say("A message was refused by the gateway")
    case "message.unclear": say("Nobody knows whether an SMS went")
    case "message.unavailable": say("A message had no gateway")
    case "message.unagreed": say("A message was not sent: not agreed to, or not safe")
    case "message.late": say("A message was too late to be sent")
    case "message.withdrawn", "message.withdraw": say("A message was taken back")
    case "message.again": say("Had a message sent again")
    case "message.settle": say("Dealt with a message that did not go")
    default: nil
    }
  }
}

extension Message.Kind {
  package var label: Phrase { self == .sms ? say("SMS") : say("E-mail") }
}

extension Message.Recipient {
  package var label: Phrase {
    switch self {
    case .person: say("To the person")
    case .provider: say("To a service")
    case .staff: say("To a colleague")
    }
  }
}

extension Message.State {
  package var label: Phrase {
    switch self {
    case .waiting: say("Waiting to be sent")
    case .sending: say("Being sent")
    case .sent: say("It went out")
    case .failed: say("Refused by the gateway")
    case .unclear: say("Not known whether it went")
    case .unavailable: say("No gateway configured: print or call")
    case .unagreed: say("Not agreed to, or not safe")
    case .late: say("Too late to be of use")
    case .withdrawn: say("Taken back")
    }
  }

  var tone: Page.Tone {
    switch self {
    case .waiting, .sending: .info
    case .sent: .good
    case .failed, .unclear, .unavailable, .unagreed, .late: .attention
    case .withdrawn: .plain
    }
  }
}

extension Message.Shelf {
  var label: Phrase {
    switch self {
    case .waiting: say("What waits")
    case .gone: say("What went")
    case .failed: say("What did not go")
    case .over: say("Dealt with")
    }
  }

  var empty: Phrase {
    switch self {
    case .waiting: say("No message waits.")
    case .gone: say("No message has gone out yet.")
    case .failed: say("Every message went out.")
    case .over: say("Nothing was dealt with by hand.")
    }
  }
}

extension Message.Settlement {
  package var label: Phrase {
    switch self {
    case .called: say("Said on the phone")
    case .printed: say("Printed and handed over or posted")
    case .otherwise: say("Passed on in another way")
    case .needless: say("Not needed any more")
    }
  }
}

extension Message {
  /// What a message of the command is, by which gateways are tried out; its subject, too.
  package static let trial = say("Trying out the messages")
}
