import Antennas
import Basics

/// The form that makes or changes an account.
struct AccountForm {
  let signInName: String
  let facts: AccountFacts
  let version: Int

  static func checked(_ typed: Typed, isNew: Bool, in territory: Territory) throws(Refusal) -> AccountForm {
    var check = FormCheck(typed)
    let name = check.required("name", say("Write the name as colleagues know it."), limit: 100)
    let signInName = isNew ? check.required("sign-in-name", say("Write the sign-in name."), limit: 100) : ""
    if isNew, check.errors.isEmpty, !signInName.allSatisfy({ $0.isASCII && !$0.isWhitespace }) {
      check.refuse(
        "sign-in-name", say("Use letters, digits and signs without spaces, such as an e-mail address."))
    }
    let roles = Set(typed.all("roles").compactMap { Role(rawValue: $0) })
    if roles.isEmpty { check.refuse("roles", say("Give at least one role.")) }
    let antenna = check.code("antenna", among: territory.antennas.lazy.map(\.id))
    if typed["antenna"].isEmpty, !roles.allSatisfy({ $0.isNational || $0.isOutside }) {
      check.refuse("antenna", say("Choose the antenna: only national roles have none."))
    }
    let institution = check.code("institution", among: territory.institutions.lazy.map(\.id))
    if isNew { checkPassword(&check, signInName: signInName) }
    let duties = Set(typed.all("duties").compactMap { Duty(rawValue: $0) })
    let version = check.number("version", in: 0...Int(Int32.max)) ?? 0
    try check.finish()
    let facts = AccountFacts(
      name: name, institution: institution ?? InstitutionCode(rawValue: "OTE"), antenna: antenna,
      roles: roles, duties: roles.reduce(duties) { $0.subtracting($1.duties) },
      seesAssignedOnly: typed.isChecked("assigned-only"))
    try DutyRules.check(facts)
    return AccountForm(signInName: signInName, facts: facts, version: version)
  }

  /// Said with everything else that is wrong, not once the rest is mended.
  private static func checkPassword(_ check: inout FormCheck, signInName: String) {
    let password = check.typed.values["new-password"]?.first ?? ""
    do {
      try PasswordRules.check(password, signInName: signInName)
    } catch .invalid(let errors) {
      for error in errors { check.refuse(error.field, error.message) }
    } catch {}
  }
}
