import Basics
import Foundation
import Storage

/// A member of staff who may sign in.
package struct Account: Identifiable, Sendable {
  package let id: AccountID
  /// What she types to sign in: lower case, unique.
  package let signInName: String
  package let name: String
  package let institution: InstitutionCode
  /// Nil at the centre.
  package let antenna: AntennaCode?
  package let roles: Set<Role>
  /// Given to this account beyond its roles.
  package let duties: Set<Duty>
  /// Sees only the files of which she is the contact person.
  package let seesAssignedOnly: Bool
  package let language: Language
  package let mustChangePassword: Bool
  package let hasSecondFactor: Bool
  package let disabledAt: Date?
  package let version: Int

  package var actor: Actor {
    Actor(
      id: id, name: name, institution: institution, antenna: antenna, scope: scope, duties: facts.allDuties)
  }

  package var facts: AccountFacts {
    AccountFacts(
      name: name, institution: institution, antenna: antenna, roles: roles, duties: duties,
      seesAssignedOnly: seesAssignedOnly)
  }

  private var scope: Actor.Scope {
    if roles.contains(where: \.isNational) { return .nation }
    return seesAssignedOnly ? .assigned : .antenna
  }

  static func reference(_ id: AccountID) -> RecordReference { RecordReference("account", id) }
}

/// What those who manage accounts change of one, field by field.
package struct AccountFacts: Equatable, Sendable {
  package var name: String
  package var institution: InstitutionCode
  package var antenna: AntennaCode?
  package var roles: Set<Role>
  /// Given beyond the roles.
  package var duties: Set<Duty>
  package var seesAssignedOnly: Bool

  /// Whether the account has a duty, by a role or beyond its roles.
  package func has(_ duty: Duty) -> Bool {
    duties.contains(duty) || roles.contains { $0.duties.contains(duty) }
  }

  /// What the account may do: by its roles, and beyond them.
  package var allDuties: Set<Duty> { roles.reduce(into: duties) { $0.formUnion($1.duties) } }

  package init(
    name: String, institution: InstitutionCode = InstitutionCode(rawValue: "OTE"), antenna: AntennaCode?,
    roles: Set<Role>, duties: Set<Duty> = [], seesAssignedOnly: Bool = false
  ) {
    self.name = name
    self.institution = institution
    self.antenna = antenna
    self.roles = roles
    self.duties = duties
    self.seesAssignedOnly = seesAssignedOnly
  }

  init(_ fields: Fields) {
    self.init(
      name: fields["name"] ?? "", institution: InstitutionCode(rawValue: fields["institution"] ?? ""),
      antenna: fields["antenna"].map { AntennaCode(rawValue: $0) },
      roles: Role.listed(in: fields["roles"] ?? ""),
      duties: Duty.listed(in: fields["duties"] ?? ""), seesAssignedOnly: fields["assigned-only"] != nil)
  }

  /// By the names of the form's fields.
  var fields: Fields {
    var fields = Fields()
    fields["name"] = name
    fields["institution"] = institution.rawValue
    fields["antenna"] = antenna?.rawValue
    fields["roles"] = Role.list(roles)
    fields["duties"] = duties.isEmpty ? nil : Duty.list(duties)
    fields["assigned-only"] = seesAssignedOnly ? "yes" : nil
    return fields
  }
}

/// What makes a new account.
package struct NewAccount: Sendable {
  package let id: AccountID
  package let signInName: String
  package let name: String
  package let institution: InstitutionCode
  package let antenna: AntennaCode?
  package let roles: Set<Role>
  package let duties: Set<Duty>
  package let language: Language
  package let password: String
  package let mustChangePassword: Bool

  package init(
    id: AccountID = AccountID(), signInName: String, name: String, institution: InstitutionCode,
    antenna: AntennaCode?,
    roles: Set<Role>, duties: Set<Duty> = [], language: Language = .french, password: String,
    mustChangePassword: Bool = true
  ) {
    self.id = id
    self.signInName = signInName.lowercased()
    self.name = name
    self.institution = institution
    self.antenna = antenna
    self.roles = roles
    self.duties = duties
    self.language = language
    self.password = password
    self.mustChangePassword = mustChangePassword
  }

  var facts: AccountFacts {
    AccountFacts(name: name, institution: institution, antenna: antenna, roles: roles, duties: duties)
  }
}

extension RawRepresentable where Self: Hashable, RawValue == String {
  /// As a set of them stands in the database, in the journal and in a form: by commas, in the order of the letters.
  static func list(_ all: Set<Self>) -> String { all.map(\.rawValue).sorted().joined(separator: ",") }

  /// What is not known any more is left out.
  static func listed(in text: String) -> Set<Self> {
    Set(text.split(separator: ",").compactMap { Self(rawValue: String($0)) })
  }
}

/// An account of the demonstration, as the sign-in page shows it.
package struct DemoAccount: Sendable {
  package let signInName: String
  package let role: Role
  package let antenna: AntennaCode?
  package let password: String
  /// The secret of the second factor, in base 32; nil where none is asked for.
  package let secret: String?

  package init(signInName: String, role: Role, antenna: AntennaCode?, password: String, secret: String?) {
    self.signInName = signInName
    self.role = role
    self.antenna = antenna
    self.password = password
    self.secret = secret
  }
}
