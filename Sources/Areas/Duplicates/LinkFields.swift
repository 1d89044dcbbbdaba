import Antennas
import Basics
import Linkage
import People

/// The fields by which persons are compared.
enum LinkField: String, CaseIterable, Sendable {
  case given, family, father, spouse, born, cin, passport, phones, email, governorate, delegation, sex

  private var kind: FieldKind {
    switch self {
    case .given: .givenName
    case .family: .familyName
    case .father, .spouse: .relative
    case .born: .date
    case .cin, .passport: .number
    case .phones: .phone
    case .email: .email
    case .governorate, .delegation: .place
    case .sex: .text
    }
  }

  private var columns: [String] {
    switch self {
    case .given: ["given latin", "given arabic"]
    case .family: ["family latin", "family arabic"]
    default: [rawValue]
    }
  }

  /// The fields of the identity that it is drawn from.
  var shown: [Identity.Field] {
    switch self {
    case .given: [.givenLatin, .givenArabic]
    case .family: [.familyLatin, .familyArabic]
    case .father: [.father]
    case .spouse: [.spouse]
    case .born: [.birthDate, .birthYear]
    case .cin: [.cin]
    case .passport: [.passport]
    case .phones: [.phones]
    case .email: [.email]
    case .governorate: [.governorate]
    case .delegation: [.delegation]
    case .sex: [.sex]
    }
  }

  static let mapping = LinkMapping(
    id: "id", fields: allCases.map { LinkMapping.Field($0.rawValue, $0.kind, columns: $0.columns) })

  /// A person as a row of the mapping. A place is known by its name; the governorate only where the delegation is not,
  /// since it says the same thing again.
  static func row(_ id: PersonID, _ identity: Identity, _ places: [GovernorateCode: String]) -> [String] {
    let governorate = identity.governorate.flatMap { places[$0] }
    return [
      id.text, identity[.givenLatin] ?? "", identity[.givenArabic] ?? "", identity[.familyLatin] ?? "",
      identity[.familyArabic] ?? "", identity[.father] ?? "", identity[.spouse] ?? "",
      identity.birthDate?.description ?? identity[.birthYear] ?? "",
      identity[.cin] ?? "", identity[.passport] ?? "", identity[.phones] ?? "", identity[.email] ?? "",
      governorate ?? "", governorate == nil ? identity[.delegation] ?? "" : "",
      // Two words that no letter makes alike.
      identity.sex.map { $0 == .female ? "wife" : "groom" } ?? "",
    ].map { $0.replacing("\u{FFFD}", with: "") }
  }
}
