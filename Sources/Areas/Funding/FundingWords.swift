import Basics

extension AidKind.Track {
  package var label: Phrase {
    switch self {
    case .social: say("Social aid")
    case .employment: say("Employment aid")
    case .business: say("Business aid")
    }
  }
}

extension Agreement.Purpose {
  var label: Phrase {
    switch self {
    case .transfers: say("Aids to persons")
    case .operating: say("Operating costs")
    }
  }
}

extension Agreement.Basis {
  var label: Phrase {
    switch self {
    case .promised: say("What the funder has promised")
    case .received: say("Only what has arrived")
    }
  }
}

extension AgreementList {
  var label: Phrase {
    switch self {
    case .running: say("Running agreements")
    case .ended: say("Ended agreements")
    }
  }
}

extension Reservation.State {
  package var label: Phrase {
    switch self {
    case .reserved: say("Reserved")
    case .committed: say("Bound by a contract")
    case .released: say("Back on its line")
    }
  }
}

extension Movement.Kind {
  var label: Phrase {
    switch self {
    case .promise: say("Promise of the funder")
    case .allocate: say("Amount of the line")
    case .receipt: say("Money arrived")
    case .reserve: say("Reserved for an aid")
    case .commit: say("Bound by a contract")
    case .release: say("Back on its line")
    case .pay: say("Payment")
    case .giveBack: say("Given back")
    case .expense: say("Cost")
    case .reversal: say("Taken back")
    }
  }
}

extension LedgerAccount.Kind {
  var label: Phrase {
    switch self {
    case .promised: say("Promised by the funder")
    case .open: say("Not given to a line")
    case .received: say("Received from the funder")
    case .cash: say("Arrived and not used")
    case .used: say("Arrived and used")
    case .free: say("Free")
    case .reserved: say("Reserved")
    case .committed: say("Committed")
    case .paid: say("Paid")
    case .returned: say("Given back")
    case .given: say("Given to persons in the currency of the aid")
    case .exchange: say("Exchanged")
    }
  }
}

extension LineRisk.Reason {
  var label: Phrase {
    switch self {
    case .late: say("The last payment is expected after the last day that the funder accepts.")
    case .unknown:
      say("Nobody said when it will be paid, and the last day that the funder accepts comes near.")
    case .over: say("The last day that the funder accepts is over.")
    case .unbound: say("No contract binds it yet, and the last day for one comes near or is over.")
    }
  }
}
