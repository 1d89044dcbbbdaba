import Basics
import Cases
import Directory
import People
import Plans

/// What was typed into the forms of a referral.
enum ReferralForm {
  static func draft(_ typed: Typed, today: Day) throws(Refusal) -> ReferralDraft {
    var check = FormCheck(typed)
    let id: RecordID<Referral> = check.newID()
    let service = RecordID<Service>(typed["service"])
    if service == nil { check.refuse("service", say("Choose a service.")) }
    let urgency = check.required(choice: "urgency", say("Choose how urgent it is.")) as Need.Urgency?
    let answerBy = check.day("answer-by", in: today...(today + 366))
    let channel = check.required(choice: "channel", say("Choose how it is sent.")) as Referral.Channel?
    let language = check.required(choice: "language", say("Choose the language.")) as Language?
    let (ground, consent) = ground(&check)
    let words = check.text("ground-words", limit: 1_000)
    let ask = check.required("ask", say("Write what is asked of the service."), limit: 2_000)
    let chosen = typed.all("sections").compactMap { Referral.Section(rawValue: $0) }
    try check.finish()
    guard let service, let urgency, let channel, let language, let ground else {
      throw .invalid(check.errors)
    }
    return ReferralDraft(
      id: id, service: service, action: RecordID(typed["action"]), need: RecordID(typed["need"]),
      urgency: urgency,
      answerBy: answerBy, channel: channel, language: language, ground: ground, consent: consent,
      groundWords: words,
      sections: Set(chosen), document: RecordID(typed["document"]), ask: ask)
  }

  /// `consent:ID`, or another ground by its name.
  private static func ground(_ check: inout FormCheck) -> (Referral.Ground?, RecordID<Consent>?) {
    let text = check.typed["ground"]
    if text.hasPrefix("consent:") {
      if let consent = RecordID<Consent>(text.dropFirst(8)) { return (.consent, consent) }
    } else if let ground = Referral.Ground(rawValue: text), ground != .consent {
      return (ground, nil)
    }
    check.refuse("ground", say("Choose on which ground it is sent."))
    return (nil, nil)
  }

  /// What a service says, by the act in the address of the form.
  static func answer(_ act: Referral.Act, _ typed: Typed, today: Day) throws(Refusal) -> ReferralAnswer {
    var check = FormCheck(typed)
    switch act {
    case .accept:
      let day = check.day("accepted-on", in: today...(today + 366))
      if day == nil, typed["accepted-on"].isEmpty {
        check.refuse("accepted-on", say("Choose the day on which the person is received."))
      }
      let contact = check.required("contact", say("Write whom she asks for, and a phone number."), limit: 300)
      try check.finish()
      return .accept(on: day ?? today, contact: contact)
    case .decline:
      let why = check.required(choice: "why", say("Choose why.")) as Referral.Decline?
      let words = check.text("words", limit: 1_000)
      if why == .other, words == nil { check.refuse("words", say("Write the reason.")) }
      try check.finish()
      return .decline(why ?? .other, words: words)
    case .ask:
      let words = check.required("question", say("Write your question."), limit: 1_000)
      try check.finish()
      return .ask(words)
    case .report:
      let outcome = check.required(choice: "outcome", say("Choose what came of it.")) as Referral.Outcome?
      let words = check.text("report", limit: 2_000)
      try check.finish()
      return .report(outcome ?? .unable, words: words)
    case .takeOn: return .takeOn
    case .acknowledge: return .acknowledge
    case .reply, .lapse, .settle, .revoke: throw .notFound
    }
  }

  static func words(_ typed: Typed, _ field: String, _ message: Phrase) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let words = check.required(field, message, limit: 2_000)
    try check.finish()
    return words
  }

  static func effect(_ typed: Typed) throws(Refusal) -> Referral.Effect {
    var check = FormCheck(typed)
    let effect =
      check.required(choice: "effect", say("Choose what it means for the plan.")) as Referral.Effect?
    try check.finish()
    return effect ?? .nothing
  }

  static func terms(_ typed: Typed) throws(Refusal) -> (kind: Provider.Kind, terms: ReferralRules.Terms) {
    var check = FormCheck(typed)
    let kind = check.required(choice: "kind", say("Choose a kind.")) as Provider.Kind?
    let names = ["answer", "outcome", "step", "head", "centre"]
    let numbers = names.map { name in
      let number = check.number(name, in: 1...365)
      if number == nil, typed[name].isEmpty { check.refuse(name, say("Write a number of days.")) }
      return number ?? 1
    }
    try check.finish()
    return (
      kind ?? .ngo,
      ReferralRules.Terms(
        answer: numbers[0], outcome: numbers[1], step: numbers[2], head: numbers[3], centre: numbers[4])
    )
  }
}
