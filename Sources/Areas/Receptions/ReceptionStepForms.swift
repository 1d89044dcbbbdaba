import Antennas
import Basics
import Cases
import Foundation
import People

/// From what was typed in a step to what is meant, and from the whole to what other rooms keep.
enum ReceptionStepForm {
  static func checked(
    _ step: ReceptionDraft.Step, _ typed: Typed, today: Day, in territory: Territory, usualMonths: Int?
  ) throws(Refusal) -> Fields {
    var check = FormCheck(typed)
    var fields = Fields()
    switch step {
    case .who: fields = who(&check, today: today, in: territory)
    case .consent: fields = consent(&check, today: today)
    case .returning:
      let returned = ReturnForm.checked(&check, today: today, in: territory)
      ReturnForm.askWhyLate(returned, on: today, usualMonths, &check)
      fields = returned.fields
      for question in step.questions { fields[question.name] = answer(question, &check) }
    case .household, .wishes:
      for question in step.questions { fields[question.name] = answer(question, &check) }
    case .needs: fields = needs(&check, today: today)
    }
    try check.finish()
    if step == .household { try ReceptionRules.check(household: fields) }
    return fields
  }

  private static func who(_ check: inout FormCheck, today: Day, in territory: Territory) -> Fields {
    let identity = IdentityForm.checked(&check, today: today, in: territory)
    if check.errors.isEmpty, identity.latinName == nil, identity.arabicName == nil {
      check.refuse(
        Identity.Field.familyLatin.rawValue, say("Write a name, in Latin or in Arabic letters."))
    }
    var fields = identity.fields
    fields["channel"] = (check.choice("channel", CaseFile.Channel.self) ?? .walkIn).rawValue
    for name in ReceptionDraft.apartNames {
      fields[name] = check.typed.all(name).joined(separator: " ").prefix(2_000).description
    }
    return fields
  }

  private static func consent(_ check: inout FormCheck, today: Day) -> Fields {
    var fields = Fields()
    for question in ReceptionDraft.Step.consent.questions { fields[question.name] = answer(question, &check) }
    let way = check.choice("consent-way", Consent.Way.self)
    if fields["consents"] != nil, way == nil, check.typed["consent-way"].isEmpty {
      check.refuse("consent-way", say("Say how the consent was given."))
    }
    fields["consent-way"] = way?.rawValue
    fields["consent-language"] = check.choice("consent-language", Language.self)?.rawValue
    fields["given-on"] = check.day("given-on", in: (today + -366)...today)?.description
    return fields
  }

  private static func needs(_ check: inout FormCheck, today: Day) -> Fields {
    var fields = Fields()
    for number in 1...ReceptionRules.mostNeeds {
      func name(_ part: String) -> String { "\(part)-\(number)" }
      let kind = check.choice(name("need"), Need.Kind.self)
      let urgency = check.choice(name("urgency"), Need.Urgency.self)
      let (details, done) = (
        check.paragraph(name("details"), limit: 2_000), check.text(name("done"), limit: 2_000)
      )
      let day = check.day(name("done-on"), in: (today + -366)...today)
      let isNamed = kind != nil || !check.typed[name("need")].isEmpty
      if !isNamed, urgency != nil || details != nil || done != nil || day != nil {
        check.refuse(name("need"), say("Choose what is needed."))
      }
      if isNamed, urgency == nil, check.typed[name("urgency")].isEmpty {
        check.refuse(name("urgency"), say("Say how urgent it is."))
      }
      if day != nil, done == nil { check.refuse(name("done"), say("Say what was done.")) }
      (fields[name("need")], fields[name("urgency")]) = (kind?.rawValue, urgency?.rawValue)
      (fields[name("details")], fields[name("done")]) = (details, done)
      fields[name("done-on")] = day?.description
    }
    return fields
  }

  private static func answer(_ question: StepQuestion, _ check: inout FormCheck) -> String? {
    switch question.kind {
    case .line: return check.text(question.name)
    case .paragraph: return check.paragraph(question.name, limit: 4_000)
    case .yes: return check.typed.isChecked(question.name) ? "yes" : nil
    case .number(let range): return check.number(question.name, in: range).map(String.init)
    case .one(let known), .many(let known):
      let chosen = check.typed.all(question.name)
      if chosen.contains(where: { !known.contains($0) }) {
        check.refuse(question.name, say("Choose one of the answers offered."))
      }
      return known.filter(chosen.contains).joined(separator: " ")
    }
  }

  /// What stands in the form of a step again.
  static func typed(_ fields: Fields) -> Typed {
    let many: Set = ["consents", "wants", "apart-from", "apart-at"]
    return Typed(
      Dictionary(
        uniqueKeysWithValues: fields.values.map { name, value in
          (name, many.contains(name) ? value.split(separator: " ").map(String.init) : [value])
        }))
  }

  /// The reception as the rooms of persons and cases know it.
  /// - Throws: `Refusal.invalid` for what is compulsory: a name, a way to reach the person, why she comes late.
  static func reception(
    _ draft: ReceptionDraft, by actor: Actor, at now: Date, usualMonths: Int?
  ) throws(Refusal) -> Reception {
    let returned = ReturnFacts(draft.fields.only(ReturnFacts.Field.allCases.map(\.rawValue)))
    var check = FormCheck(typed(draft.fields))
    for error in ReceptionRules.missing(in: draft) { check.refuse(error.field, error.message) }
    ReturnForm.askWhyLate(returned, on: Day(of: now), usualMonths, &check)
    try check.finish()
    return preview(draft, by: actor, at: now)
  }

  /// The same whatever is missing: to ask who is alike.
  static func preview(_ draft: ReceptionDraft, by actor: Actor, at now: Date) -> Reception {
    Reception(
      id: draft.file, person: draft.person,
      identity: Identity(draft.fields.only(Identity.Field.allCases.map(\.rawValue))),
      antenna: draft.antenna, contact: actor.id,
      channel: draft.fields["channel"].flatMap { CaseFile.Channel(rawValue: $0) } ?? .walkIn,
      receivedAt: now,
      returned: ReturnFacts(draft.fields.only(ReturnFacts.Field.allCases.map(\.rawValue))))
  }

  static func consents(_ draft: ReceptionDraft, on today: Day) -> [Consent] {
    let fields = draft.fields
    guard let way = fields["consent-way"].flatMap({ Consent.Way(rawValue: $0) }) else { return [] }
    let chosen = fields["consents"]?.split(separator: " ").map(String.init) ?? []
    return Consent.Purpose.allCases.filter { chosen.contains($0.rawValue) }.map { purpose in
      Consent(
        id: RecordID(), person: draft.person, purpose: purpose, textVersion: Consent.currentTextVersion,
        language: fields["consent-language"].flatMap { Language(rawValue: $0) } ?? .arabic,
        givenOn: fields["given-on"].flatMap { Day($0) } ?? today, way: way, withdrawnAt: nil)
    }
  }

  /// The needs that were named; what was done about one was done on its day, or today.
  static func needs(in fields: Fields, on today: Day) -> [Need] {
    (1...ReceptionRules.mostNeeds).compactMap { number in
      guard let kind = fields["need-\(number)"].flatMap({ Need.Kind(rawValue: $0) }),
        let urgency = fields["urgency-\(number)"].flatMap({ Need.Urgency(rawValue: $0) })
      else { return nil }
      let done = fields["done-\(number)"]
      return Need(
        id: RecordID(), kind: kind, urgency: urgency, details: fields["details-\(number)"],
        recordedOn: today,
        metOn: done == nil ? nil : fields["done-on-\(number)"].flatMap { Day($0) } ?? today,
        whatWasDone: done)
    }
  }
}
