import Basics

/// The coverage form: which governorate, from which day, until which.
enum CoverageForm {
  static func checked(_ typed: Typed, of antenna: AntennaCode, in territory: Territory) throws(Refusal)
    -> Coverage
  {
    var check = FormCheck(typed)
    let governorate = check.code("governorate", among: territory.governorates.lazy.map(\.id))
    if typed["governorate"].isEmpty { check.refuse("governorate", say("Choose a governorate.")) }
    let from = check.day("from")
    if from == nil, typed["from"].isEmpty { check.refuse("from", say("Write the first day.")) }
    let until = check.day("until")
    try check.finish()
    guard let governorate, let from else { throw .invalid(check.errors) }
    return Coverage(antenna: antenna, governorate: governorate, from: from, until: until)
  }
}
