import Basics
import Pages

/// The words for what the journal tells of a transfer.
enum TransferWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "transfer.offer": say("Offered the case to another antenna")
    case "transfer.open": say("Read the offer")
    case "transfer.accept": say("Accepted the case")
    case "transfer.decline": say("Declined the case")
    case "transfer.withdraw": say("Withdrew the offer")
    default: nil
    }
  }
}

extension Transfer.State {
  package var label: Phrase {
    switch self {
    case .open: say("waits for an answer")
    case .accepted: say("accepted")
    case .declined: say("declined")
    case .withdrawn: say("withdrawn")
    }
  }

  var tone: Page.Tone {
    switch self {
    case .open: .info
    case .accepted: .good
    case .declined: .attention
    case .withdrawn: .plain
    }
  }
}

extension TransferList {
  var label: Phrase {
    switch self {
    case .waiting: say("Offers that wait for an answer")
    case .made: say("Offers made by the antenna")
    }
  }
}
