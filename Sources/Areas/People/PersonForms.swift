import Antennas
import Basics

/// The identity as typed, made into an `Identity`: numbers normalised, every error named at its field.
package enum IdentityForm {
  package static func checked(_ check: inout FormCheck, today: Day, in territory: Territory) -> Identity {
    var identity = Identity()
    let names: [Identity.Field] = [.familyLatin, .givenLatin, .familyArabic, .givenArabic]
    for field in names + [.father, .spouse, .address, .delegation, .languages, .safeWay, .wordsToAvoid] {
      identity[field] = check.text(field.rawValue, limit: field == .safeWay ? 500 : 120)
    }
    identity[.unsafeWay] = check.choice(Identity.Field.unsafeWay.rawValue, Identity.UnsafeWay.self)?.rawValue
    identity[.sex] = check.choice("sex", Person.Sex.self)?.rawValue
    identity[.governorate] =
      check.code(Identity.Field.governorate.rawValue, among: territory.governorates.lazy.map(\.id))?.rawValue
    checkBirth(&identity, &check, today: today)
    checkNumbers(&identity, &check)
    return identity
  }

  private static func checkBirth(_ identity: inout Identity, _ check: inout FormCheck, today: Day) {
    let oldest = Day(number: today.number - 120 * 366)
    identity[.birthDate] = check.day(Identity.Field.birthDate.rawValue, in: oldest...today)?.description
    let year = check.number(Identity.Field.birthYear.rawValue, in: oldest.year...today.year)
    identity[.birthYear] = identity[.birthDate] == nil ? year.map(String.init) : nil
  }

  private static func checkNumbers(_ identity: inout Identity, _ check: inout FormCheck) {
    var phones: [String] = []
    for line in check.typed["phones"].split(whereSeparator: { $0.isNewline || $0 == "," || $0 == ";" }) {
      if let phone = PersonRules.phone(String(line)) {
        phones.append(phone)
      } else {
        check.refuse(
          "phones",
          say(
            "“\(line.prefix(30))” is not a phone number. Write 8 digits, or + and the country's number for a foreign one."
          ))
      }
    }
    identity[.phones] = phones.joined(separator: "\n")
    normalise(.cin, in: &identity, &check, by: PersonRules.cin, say("A CIN has 8 digits."))
    normalise(
      .passport, in: &identity, &check, by: PersonRules.passport,
      say("A passport number has 5 to 12 letters and digits."))
    normalise(
      .email, in: &identity, &check, by: PersonRules.email, say("Write the e-mail as name@example.tn."))
  }

  private static func normalise(
    _ field: Identity.Field, in identity: inout Identity, _ check: inout FormCheck,
    by rule: (String) -> String?,
    _ message: Phrase
  ) {
    let before = check.errors.count
    guard let text = check.text(field.rawValue), check.errors.count == before else { return }
    identity[field] = rule(text)
    if identity[field] == nil { check.refuse(field.rawValue, message) }
  }
}

/// The correction form: the identity, and the version it was typed on.
struct CorrectionForm {
  let identity: Identity
  let version: Int

  static func checked(_ typed: Typed, today: Day, in territory: Territory) throws(Refusal) -> CorrectionForm {
    var check = FormCheck(typed)
    let identity = IdentityForm.checked(&check, today: today, in: territory)
    if check.errors.isEmpty {
      for error in PersonRules.missing(in: identity) { check.refuse(error.field, error.message) }
    }
    let version = check.number("version", in: 1...Int(Int32.max)) ?? 0
    try check.finish()
    return CorrectionForm(identity: identity, version: version)
  }
}

/// The consent form: for what, how, when, in which language it was read.
package enum ConsentForm {
  package static func checked(_ typed: Typed, of person: PersonID, today: Day) throws(Refusal) -> Consent {
    var check = FormCheck(typed)
    let id: RecordID<Consent> = check.newID()
    let purpose =
      check.required(choice: "purpose", say("Choose what the person agrees to.")) as Consent.Purpose?
    let way = check.required(choice: "way", say("Say how the consent was given.")) as Consent.Way?
    let language = check.choice("consent-language", Language.self) ?? .arabic
    let day = check.day("given-on", in: Day(number: today.number - 366 * 5)...today) ?? today
    try check.finish()
    guard let purpose, let way else { throw .invalid(check.errors) }
    return Consent(
      id: id, person: person, purpose: purpose, textVersion: Consent.currentTextVersion, language: language,
      givenOn: day, way: way, withdrawnAt: nil)
  }
}
