import Basics
import Foundation
import People

/// A request, as typed.
enum RightsForm {
  /// Requests may be recorded some time after they were received; never before they were.
  private static func received(_ today: Day) -> ClosedRange<Day> { Day(number: today.number - 3_660)...today }

  static func request(_ typed: Typed, of person: PersonID, today: Day) throws(Refusal) -> RightsRequest {
    var check = FormCheck(typed)
    let id: RecordID<RightsRequest> = check.newID()
    let kind: RightsRequest.Kind? = check.required(choice: "kind", say("Say what is asked."))
    let asker: RightsRequest.Asker? = check.required(choice: "asked-by", say("Say who asks."))
    let proof: RightsRequest.Proof? = check.required(
      choice: "proof", say("Say how you know who asks."))
    let day = check.day("received-on", in: received(today)) ?? today
    let words = check.paragraph("words", limit: 2_000)
    try check.finish()
    guard let kind, let asker, let proof else { throw .invalid(check.errors) }
    return RightsRequest(
      id: id, person: person, antenna: AntennaCode(rawValue: ""), kind: kind, receivedOn: day, asker: asker,
      proof: proof, words: words, answer: nil)
  }

  static func answer(_ typed: Typed, today: Day) throws(Refusal) -> RightsRequest.Answer {
    var check = FormCheck(typed)
    let outcome: RightsRequest.Outcome? = check.required(
      choice: "outcome", say("Say what became of the request."))
    let day = check.day("answered-on", in: received(today)) ?? today
    let words = check.required("answer", say("Write what was answered."), limit: 2_000)
    try check.finish()
    guard let outcome else { throw .invalid(check.errors) }
    return RightsRequest.Answer(outcome: outcome, on: day, words: words)
  }

  static func hold(_ typed: Typed, today: Day) throws(Refusal) -> RightsHold {
    var check = FormCheck(typed)
    let id: RecordID<RightsHold> = check.newID()
    let kind: RightsHold.Kind? = check.required(choice: "hold-kind", say("Say what keeps the data."))
    let until = check.day("until", in: today...Day(number: today.number + 36_525))
    if kind == .longer, until == nil, check.typed["until"].isEmpty {
      check.refuse("until", say("Say until which day."))
    }
    let reason = check.required("why-kept", say("Write why they are kept."), limit: 2_000)
    try check.finish()
    guard let kind else { throw .invalid(check.errors) }
    return RightsHold(
      id: id, kind: kind, until: until, reason: reason, setAt: .distantPast, liftedAt: nil)
  }

  static func erasure(_ typed: Typed) throws(Refusal) -> (
    id: RecordID<Erasure>, ground: Erasure.Ground, reason: String
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Erasure> = check.newID()
    let ground: Erasure.Ground? = check.required(choice: "ground", say("Say on which ground."))
    let reason = check.required("why-erase", say("Write why the data are to be destroyed."), limit: 2_000)
    try check.finish()
    guard let ground else { throw .invalid(check.errors) }
    return (id, ground, reason)
  }

  static func decline(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let words = check.required("why-not", say("Write why the data stay."), limit: 2_000)
    try check.finish()
    return words
  }

  static func rule(_ typed: Typed) throws(Refusal) -> RetentionRule {
    var check = FormCheck(typed)
    let id: RecordID<RetentionRule> = check.newID()
    let category: RetentionRule.Category? = check.required(choice: "category", say("Choose the category."))
    let years = check.number("years", in: 1...100)
    if years == nil, check.typed["years"].isEmpty { check.refuse("years", say("Write how many years.")) }
    let source = check.required("source", say("Write which text says so."))
    let from = check.day("valid-from")
    if from == nil, check.typed["valid-from"].isEmpty {
      check.refuse("valid-from", say("Say from which day on."))
    }
    try check.finish()
    guard let category, let years, let from else { throw .invalid(check.errors) }
    return RetentionRule(id: id, category: category, years: years, source: source, from: from, until: nil)
  }

  static func end(_ typed: Typed) throws(Refusal) -> Day {
    var check = FormCheck(typed)
    let day = check.day("valid-until")
    if day == nil, check.typed["valid-until"].isEmpty {
      check.refuse("valid-until", say("Say until which day."))
    }
    try check.finish()
    guard let day else { throw .invalid(check.errors) }
    return day
  }
}
