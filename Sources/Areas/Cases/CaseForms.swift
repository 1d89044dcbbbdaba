import Antennas
import Basics
import Foundation
import People

/// The reception form: who the person is, how she came, how she returned.
enum ReceptionForm {
  /// - Parameter known: the person, when she has been received before.
  static func checked(
    _ typed: Typed, known: PersonID?, by actor: Actor, at now: Date, in territory: Territory,
    usualMonths: Int? = nil
  ) throws(Refusal) -> Reception {
    var check = FormCheck(typed)
    let today = Day(of: now)
    let identity = known == nil ? IdentityForm.checked(&check, today: today, in: territory) : nil
    if let identity, check.errors.isEmpty {
      for error in People.missing(in: identity) { check.refuse(error.field, error.message) }
    }
    let channel =
      check.required(choice: "channel", say("Say how the person came to you.")) as CaseFile.Channel?
    let returned = ReturnForm.checked(&check, today: today, in: territory)
    ReturnForm.askWhyLate(returned, on: today, usualMonths, &check)
    let antenna = actor.antenna ?? check.code("antenna", among: territory.antennas.lazy.map(\.id))
    if antenna == nil, typed["antenna"].isEmpty { check.refuse("antenna", say("Choose the antenna.")) }
    let id: RecordID<CaseFile> = check.newID()
    let person: PersonID = known ?? check.newID("person-once")
    try check.finish()
    guard let channel, let antenna else { throw .invalid(check.errors) }
    return Reception(
      id: id, person: person, identity: identity, antenna: antenna, contact: actor.id, channel: channel,
      receivedAt: now, returned: returned)
  }
}

/// The facts of a return as typed.
package enum ReturnForm {
  package static func checked(_ check: inout FormCheck, today: Day, in territory: Territory) -> ReturnFacts {
    var facts = ReturnFacts()
    let longAgo = Day(number: today.number - 80 * 366)
    for field in [ReturnFacts.Field.country, .transit] {
      facts[field] = check.code(field.rawValue, among: territory.countries.lazy.map(\.id))?.rawValue
    }
    facts[.returnedOn] =
      check.day(ReturnFacts.Field.returnedOn.rawValue, in: longAgo...(today + 366))?.description
    facts[.leftOn] = check.day(ReturnFacts.Field.leftOn.rawValue, in: longAgo...today)?.description
    facts[.kind] = check.choice(ReturnFacts.Field.kind.rawValue, ReturnFacts.Kind.self)?.rawValue
    facts[.programme] = check.text(ReturnFacts.Field.programme.rawValue)
    facts[.reference] = check.text(ReturnFacts.Field.reference.rawValue, limit: 60)
    facts[.lateReason] = check.paragraph(ReturnFacts.Field.lateReason.rawValue, limit: 2_000)
    if let left = facts[.leftOn].flatMap({ Day($0) }), let returned = facts.returnedOn, left > returned {
      check.refuse(
        ReturnFacts.Field.leftOn.rawValue, say("The day of leaving lies after the day of the return."))
    }
    return facts
  }

  /// Nobody is sent away because of a date: whoever comes late is asked why.
  package static func askWhyLate(
    _ facts: ReturnFacts, on day: Day, _ usualMonths: Int?, _ check: inout FormCheck
  ) {
    guard CaseRules.isLate(returnedOn: facts.returnedOn, on: day, usualMonths: usualMonths),
      facts[.lateReason] == nil, let usualMonths
    else { return }
    check.refuse(
      ReturnFacts.Field.lateReason.rawValue,
      say(
        "The return was more than \(usualMonths) months ago. The person is welcome: write why she comes now.")
    )
  }

  /// - Parameter day: on which the person was received: lateness counts to then.
  static func correction(
    _ typed: Typed, today: Day, in territory: Territory, usualMonths: Int? = nil, receivedOn day: Day? = nil
  ) throws(Refusal) -> (facts: ReturnFacts, version: Int) {
    var check = FormCheck(typed)
    let facts = checked(&check, today: today, in: territory)
    askWhyLate(facts, on: day ?? today, usualMonths, &check)
    let version = check.number("version", in: 1...Int(Int32.max)) ?? 0
    try check.finish()
    return (facts, version)
  }
}

/// What is needed, how urgently.
enum NeedForm {
  static func checked(_ typed: Typed, today: Day) throws(Refusal) -> Need {
    var check = FormCheck(typed)
    let id: RecordID<Need> = check.newID()
    let kind = check.required(choice: "need", say("Choose what is needed.")) as Need.Kind?
    let urgency = check.required(choice: "urgency", say("Say how urgent it is.")) as Need.Urgency?
    let details = check.paragraph("details", limit: 2_000)
    try check.finish()
    guard let kind, let urgency else { throw .invalid(check.errors) }
    return Need(
      id: id, kind: kind, urgency: urgency, details: details, recordedOn: today, metOn: nil, whatWasDone: nil)
  }

  static func met(_ typed: Typed, today: Day) throws(Refusal) -> (day: Day, how: String) {
    var check = FormCheck(typed)
    let how = check.required("how", say("Say what was done."), limit: 2_000)
    let day = check.day("met-on", in: Day(number: today.number - 3_660)...today) ?? today
    try check.finish()
    return (day, how)
  }
}

enum NoteForm {
  static func checked(_ typed: Typed) throws(Refusal) -> (
    id: RecordID<Note>, section: Note.Section, text: String
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Note> = check.newID()
    let section = check.required(choice: "section", say("Choose the section of the file.")) as Note.Section?
    let text = check.required("text", say("Write the note."), limit: 10_000)
    try check.finish()
    guard let section else { throw .invalid(check.errors) }
    return (id, section, text)
  }
}

enum ClosureForm {
  static func checked(_ typed: Typed, today: Day) throws(Refusal) -> Closure {
    var check = FormCheck(typed)
    let id: RecordID<Closure> = check.newID()
    let outcome = check.required(choice: "outcome", say("Choose the outcome.")) as Closure.Outcome?
    let reason = check.required("reason", say("Say why the case is closed."), limit: 2_000)
    let day = check.day("closed-on", in: Day(number: today.number - 3_660)...today) ?? today
    try check.finish()
    guard let outcome else { throw .invalid(check.errors) }
    return Closure(
      id: id, outcome: outcome, reason: reason, closedOn: day, reopenedOn: nil, reopenReason: nil)
  }

  static func reopening(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("reopen-reason", say("Say why the case is opened again."), limit: 2_000)
    try check.finish()
    return reason
  }
}
