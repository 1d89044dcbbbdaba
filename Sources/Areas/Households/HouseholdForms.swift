import Basics
import People
import Storage

/// What was typed about a member, made into what is meant.
enum HouseholdForm {
  static func member(_ typed: Typed, today: Day) throws(Refusal) -> HouseholdMember {
    var check = FormCheck(typed)
    let id: RecordID<HouseholdMember> = check.newID()
    let relation =
      check.required(choice: "relation", say("Choose the relation.")) as HouseholdMember.Relation?
    let (latin, arabic) = (check.text("name-latin"), check.text("name-arabic"))
    if latin == nil, arabic == nil, typed["name-latin"].isEmpty, typed["name-arabic"].isEmpty {
      check.refuse("name-latin", say("Write the name in at least one script."))
    }
    let year = check.number("birth-year", in: (today.year - 120)...today.year)
    let sex = check.choice("sex") as Person.Sex?
    let living = check.choice("living") as HouseholdMember.Living?
    let dependent = check.choice("dependent") as HouseholdMember.Answer?
    let school = check.choice("school") as HouseholdMember.Answer?
    try check.finish()
    guard let relation else { throw .invalid(check.errors) }
    return HouseholdMember(
      id: id, relation: relation, latinName: latin, arabicName: arabic, birthYear: year, sex: sex,
      living: living, dependent: dependent, school: school)
  }

  /// What a member is to be, and the version it was typed on.
  static func correction(_ typed: Typed, today: Day) throws(Refusal) -> (fields: Fields, version: Int) {
    let member = try Self.member(typed, today: today)
    var check = FormCheck(typed)
    let version = check.number("version", in: 1...Int(Int32.max)) ?? 0
    try check.finish()
    return (member.fields, version)
  }

  /// Whether the person lives alone.
  static func alone(_ typed: Typed) throws(Refusal) -> Bool {
    var check = FormCheck(typed)
    let answer =
      check.required(choice: "alone", say("Choose one of the answers offered.")) as HouseholdMember.Answer?
    try check.finish()
    return answer == .yes
  }

  static func reason(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("reason", say("Write why."), limit: 500)
    try check.finish()
    return reason
  }
}
