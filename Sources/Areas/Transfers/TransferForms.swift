import Basics

/// From what was typed to what is meant.
enum TransferForm {
  static func offer(_ typed: Typed) throws(Refusal) -> (id: RecordID<Transfer>, offer: Transfer.Offer) {
    var check = FormCheck(typed)
    let id: RecordID<Transfer> = check.newID()
    let to = check.required("to", say("Choose another antenna that is open."), limit: 20)
    let summary = check.required(
      "summary", say("Write what the other antenna must know to decide."), limit: 4_000)
    let reason = check.required("reason", say("Say why the case should go there."), limit: 2_000)
    try check.finish()
    return (id, Transfer.Offer(to: AntennaCode(rawValue: to), summary: summary, reason: reason))
  }

  static func contact(_ typed: Typed) throws(Refusal) -> AccountID {
    var check = FormCheck(typed)
    let contact = AccountID(typed["contact"])
    if contact == nil { check.refuse("contact", say("Choose a colleague of your antenna.")) }
    try check.finish()
    guard let contact else { throw .invalid(check.errors) }
    return contact
  }

  static func decline(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("why-declined", say("Say why you decline."), limit: 2_000)
    try check.finish()
    return reason
  }

  static func withdrawal(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("why-withdrawn", say("Say why the offer is withdrawn."), limit: 2_000)
    try check.finish()
    return reason
  }
}
