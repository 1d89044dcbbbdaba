import Basics

/// The coverage form: which governorate, from which day, until which.
enum CoverageForm {
  static func checked(_ typed: Typed, of antenna: AntennaCode, in territory: Territory) throws(Refusal)
    -> Coverage
  {
    var check = FormCheck(typed)
    let governorate = check.required("governorate", say("Choose a governorate."), limit: 6)
    if !territory.governorates.contains(where: { $0.id.rawValue == governorate }), check.errors.isEmpty {
      check.refuse("governorate", say("Choose one of the answers offered."))
    }
    let from = check.day("from")
    if from == nil, typed["from"].isEmpty { check.refuse("from", say("Write the first day.")) }
    let until = check.day("until")
    try check.finish()
    guard let from else { throw .invalid(check.errors) }
    return Coverage(
      antenna: antenna, governorate: GovernorateCode(rawValue: governorate), from: from, until: until)
  }
}
