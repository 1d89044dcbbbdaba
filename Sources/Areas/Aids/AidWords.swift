import Basics

enum AidWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "aid.prepare": say("Prepared an aid")
    case "aid.correct": say("Corrected what an aid asks for")
    case "aid.submit": say("Submitted an aid for decision")
    case "aid.set-aside": say("Set money aside for an aid")
    case "aid.granted": say("Recorded that an aid is granted")
    case "aid.postponed": say("Recorded that an aid is postponed")
    case "aid.refused": say("Recorded that an aid is refused")
    case "aid.plan": say("Planned a part of an aid")
    case "aid.unplan": say("Took a part of an aid out again")
    case "aid.sign": say("Recorded the signed contract of an aid")
    case "aid.attach": say("Attached the signed contract of an aid")
    case "aid.print": say("Made the PDF of a contract")
    case "aid.print-handover": say("Made the PDF of a handover certificate")
    case "aid.order": say("Prepared an order for payment")
    case "aid.approve": say("Approved an order for payment")
    case "aid.send-back": say("Sent an order for payment back")
    case "aid.pay": say("Recorded a payment")
    case "aid.undo-payment": say("Undid a payment that did not take place")
    case "aid.hand-over": say("Recorded a handover of goods")
    case "aid.prove": say("Brought a proof")
    case "aid.accept": say("Accepted a proof")
    case "aid.reject": say("Rejected a proof")
    case "aid.give-up": say("Gave an aid up")
    case "aid.end": say("Ended an aid")
    case "payment-file.make": say("Made a file of orders for the bank")
    case "payment-file.take": say("Took a file of orders for the bank")
    case "payment-file.recognise": say("Noted orders that the bank has from before a restored copy")
    case "payment-file.pay": say("Recorded that a file of orders was paid")
    default: nil
    }
  }
}

extension Aid.State {
  package var label: Phrase {
    switch self {
    case .prepared: say("in preparation")
    case .submitted: say("waits for a decision")
    case .postponed: say("decision postponed")
    case .refused: say("not granted")
    case .granted: say("granted, no contract yet")
    case .contracted: say("contract signed")
    case .running: say("being carried out")
    case .proven: say("all is proven")
    case .ended: say("carried out to the end")
    case .givenUp: say("given up")
    }
  }
}

extension Aid.Decision.Outcome {
  var label: Phrase {
    switch self {
    case .granted: say("The aid is granted")
    case .postponed: say("The decision is postponed")
    case .refused: say("The aid is refused")
    }
  }
}

extension AidInstalment.Way {
  var label: Phrase {
    switch self {
    case .cash: say("money to the person")
    case .supplier: say("paid to a supplier")
    case .kind: say("goods handed to the person")
    }
  }
}

extension AidInstalment.Condition {
  var label: Phrase {
    switch self {
    case .invoice: say("an invoice")
    case .visit: say("a visit")
    case .proof: say("proof of the earlier parts")
    }
  }
}

extension AidInstalment.Step {
  var label: Phrase {
    switch self {
    case .planned: say("to be ordered")
    case .prepared: say("to be approved")
    case .approved: say("to be paid")
    case .paid: say("to be proven")
    case .checking: say("proof to be checked")
    case .proven: say("proven")
    case .withdrawn: say("withdrawn")
    }
  }
}

extension AidProof.Way {
  var label: Phrase {
    switch self {
    case .expense: say("it was spent, with a document")
    case .explained: say("it was not spent as agreed, and the reason is accepted")
    case .returned: say("the person gave it back")
    case .recovered: say("it was claimed back and came")
    }
  }
}

extension AidProof.Check {
  var label: Phrase {
    switch self {
    case .accepted: say("proof accepted")
    case .rejected: say("proof rejected")
    }
  }
}

extension AidFilter.Show {
  var label: Phrase {
    switch self {
    case .late: say("Late parts")
    case .order: say("Parts to be ordered")
    case .approve: say("Orders to be approved")
    case .pay: say("Orders to be paid")
    case .prove: say("Payments to be proven")
    case .check: say("Proofs to be checked")
    case .prepared: say("In preparation")
    case .submitted: say("Waiting for a decision")
    case .granted: say("Granted, without a contract")
    case .postponed: say("Postponed")
    case .refused: say("Refused")
    case .contract: say("With a contract, nothing paid")
    case .running: say("Being carried out")
    case .proven: say("All proven")
    case .ended: say("Ended")
    case .givenUp: say("Given up")
    case .ever: say("Granted at any time")
    }
  }
}

extension PaymentFile.Format {
  var label: Phrase {
    switch self {
    case .csv: say("as a table (CSV)")
    case .pain: say("as ISO 20022 (pain.001)")
    }
  }
}
