import Basics

/// From what was typed to what is meant.
enum ComplaintForm {
  /// - Parameters:
  ///   - staff: who may be named as complained of.
  ///   - antennas: where the complaint may belong.
  static func draft(
    _ typed: Typed, staff: some Sequence<AccountID>, antennas: some Sequence<AntennaCode>,
    own: AntennaCode?, today: Day
  ) throws(Refusal) -> (draft: ComplaintDraft, number: String?, antenna: AntennaCode) {
    var check = FormCheck(typed)
    let id: RecordID<Complaint> = check.newID()
    let kind: Complaint.Kind? = check.required(choice: "kind", say("Choose what it is about."))
    let channel: Complaint.Channel? = check.required(choice: "channel", say("Choose how it came."))
    let language: Language? = check.required(choice: "language", say("Choose the language."))
    let day = check.day("received-on", in: (today + -366)...today)
    let words = words(&check)
    let number = check.text("case-number", limit: 30)
    var antenna = own
    if antenna == nil {
      antenna = check.code("antenna", among: antennas)
      if antenna == nil, check.typed["antenna"].isEmpty {
        check.refuse("antenna", say("Choose the antenna it is about."))
      }
    }
    let known = Dictionary(staff.map { ($0.text, $0) }) { first, _ in first }
    func member(_ field: String) -> AccountID? {
      let text = check.typed[field]
      if text.isEmpty { return nil }
      if known[text] == nil { check.refuse(field, say("Choose somebody of the list.")) }
      return known[text]
    }
    let (about, decider) = (member("about"), member("decided-by"))
    try check.finish()
    guard let kind, let channel, let language, let antenna else { throw .invalid(check.errors) }
    return (
      ComplaintDraft(
        id: id, kind: kind, channel: channel, language: language, receivedOn: day ?? today, about: about,
        decidedBy: decider, words: words), number, antenna
    )
  }

  private static func words(_ check: inout FormCheck) -> String {
    check.required("words", say("Write what is complained of."), limit: 10_000)
  }

  static func answer(_ typed: Typed) throws(Refusal) -> Complaint.Answer {
    var check = FormCheck(typed)
    let outcome: Complaint.Outcome? = check.required(choice: "outcome", say("Choose the outcome."))
    let reason = check.required("reason", say("Write the reason."), limit: 10_000)
    let words = check.required("answer", say("Write the answer to the person."), limit: 10_000)
    try check.finish()
    guard let outcome else { throw .invalid(check.errors) }
    return Complaint.Answer(outcome: outcome, reason: reason, words: words)
  }

  static func appeal(_ typed: Typed) throws(Refusal) -> (id: RecordID<Complaint>, words: String) {
    var check = FormCheck(typed)
    let id: RecordID<Complaint> = check.newID()
    let words = words(&check)
    try check.finish()
    return (id, words)
  }

  static func term(_ typed: Typed, today: Day) throws(Refusal) -> ComplaintTerm {
    var check = FormCheck(typed)
    let days = check.number("days", in: 1...366)
    if days == nil, check.typed["days"].isEmpty { check.refuse("days", say("Write the number of days.")) }
    let from = check.day("from", in: (today + -3_660)...(today + 3_660))
    if from == nil, check.typed["from"].isEmpty { check.refuse("from", say("Choose a day.")) }
    try check.finish()
    guard let days, let from else { throw .invalid(check.errors) }
    return ComplaintTerm(from: from, days: days)
  }
}
