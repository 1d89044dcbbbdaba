import Basics
import Pages

/// The words for what the journal tells of a referral.
enum ReferralWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "referral.send": say("Sent a referral")
    case "referral.open": say("Read a referral")
    case "referral.print": say("Printed a referral")
    case "referral.open-desk": say("A service read a referral in its account")
    case "referral.document-desk": say("A service opened the document of a referral in its account")
    case "referral.open-link": say("A service opened a referral")
    case "referral.bad-link": say("A link to a referral showed nothing")
    case "referral.renew-link": say("A new link to a referral was sent")
    case "referral.revoke-link": say("Took back the link to a referral")
    case "referral.accept": say("A service accepted a referral")
    case "referral.decline": say("A service declined a referral")
    case "referral.ask": say("A service asked about a referral")
    case "referral.reply": say("Replied to a service")
    case "referral.take-on": say("A service took the person on")
    case "referral.report": say("A service told what came of a referral")
    case "referral.acknowledge": say("A service confirmed that the consent is gone")
    case "referral.lapse": say("Ended a referral")
    case "referral.settle": say("Took note of the end of a referral")
    case "referral.revoke": say("The consent for a referral was taken back")
    case "referral.remind": say("A referral is late: reminder")
    case "referral.to-head": say("A referral is late: the head of the antenna is told")
    case "referral.to-centre": say("A referral is late: the centre is told")
    case "referral.set-term": say("Set the clocks of referrals")
    default: nil
    }
  }
}

extension Referral.Stage {
  package var label: Phrase {
    switch self {
    case .sent: say("sent, no answer yet")
    case .asked: say("the service asks a question")
    case .accepted: say("accepted")
    case .takenOn: say("taken on")
    case .declined: say("declined")
    case .reported: say("outcome told")
    case .revoked: say("consent taken back, to be confirmed")
    case .ended: say("ended")
    }
  }

  var tone: Page.Tone {
    switch self {
    case .sent, .takenOn: .info
    case .accepted, .reported: .good
    case .asked, .declined, .revoked: .attention
    case .ended: .plain
    }
  }

  /// Who must act, and what.
  var next: Phrase? {
    switch self {
    case .sent: say("The service answers.")
    case .asked: say("The contact person replies.")
    case .accepted: say("The service receives the person and takes her on.")
    case .takenOn: say("The service tells what came of it.")
    case .declined: say("The contact person takes note and looks for another way.")
    case .reported: say("The contact person takes note and brings the plan up to date.")
    case .revoked: say("The service confirms that it keeps nothing.")
    case .ended: nil
    }
  }
}

extension Referral.Ground {
  package var label: Phrase {
    switch self {
    case .consent: say("A consent in the file")
    case .agreed: say("The person agreed to this referral")
    case .vital: say("Her life or health is in danger")
    case .legal: say("A law asks for it")
    }
  }
}

extension Referral.Channel {
  package var label: Phrase {
    switch self {
    case .email: say("By e-mail")
    case .sms: say("By SMS")
    case .print: say("On paper")
    }
  }
}

extension Referral.Section {
  package var label: Phrase {
    switch self {
    case .name: say("Name")
    case .reach: say("Phones")
    case .age: say("Age and sex")
    case .place: say("Governorate and delegation")
    case .languages: say("Languages spoken")
    }
  }
}

extension Referral.Decline {
  package var label: Phrase {
    switch self {
    case .full: say("No place is free")
    case .conditions: say("The conditions are not met")
    case .elsewhere: say("Another service is competent")
    case .closed: say("The service is not offered any more")
    case .unreachable: say("The person could not be reached")
    case .other: say("Another reason")
    }
  }
}

extension Referral.Outcome {
  package var label: Phrase {
    switch self {
    case .helped: say("Helped")
    case .partly: say("Helped in part")
    case .unable: say("Could not help")
    case .didNotCome: say("The person did not come")
    case .stopped: say("The person stopped")
    }
  }
}

extension Referral.Effect {
  package var label: Phrase {
    switch self {
    case .done: say("The action is done")
    case .blocked: say("The action is blocked")
    case .back: say("The action is to do again")
    case .nothing: say("Nothing changes in the plan")
    }
  }
}

extension ReferralList {
  var label: Phrase {
    switch self {
    case .mine: say("To be done by us")
    case .waiting: say("With the services")
    case .late: say("Late")
    case .all: say("All")
    }
  }
}
