/// What a field holds, which decides how two values of it are read and compared.
package enum FieldKind: String, CaseIterable, Sendable {
  /// Compared across scripts and spellings by area Names. A given and a family name may have changed places.
  case givenName = "given-name"
  case familyName = "family-name"
  /// A whole name.
  case name
  /// The name of a father, a mother, a spouse: brothers share it.
  case relative
  /// Compared as names are: صفاقس and Sfax are one.
  case place
  /// `14/03/1991`, `1991-03-14`, `19910314`, or the year alone.
  case date
  /// A number that one person bears: CIN, passport, social security.
  case number
  /// Shared in families: never identity by itself.
  case phone
  case email
  /// Anything else: an address, a postcode, a profession.
  case text

  /// Read by area Names.
  var isName: Bool {
    switch self {
    case .givenName, .familyName, .name, .relative, .place: true
    case .date, .number, .phone, .email, .text: false
    }
  }

  /// What one person of a family has and the others have not: it says nothing about being of one family.
  var isPersonal: Bool {
    switch self {
    case .givenName, .name, .date, .number: true
    case .familyName, .relative, .place, .phone, .email, .text: false
    }
  }

  var isContact: Bool { self == .phone || self == .email }
}
