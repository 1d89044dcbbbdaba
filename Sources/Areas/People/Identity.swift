import Basics

/// Who a person is and how to reach her, field by field; every field may be empty.
package struct Identity: Equatable, Sendable {
  /// The fields in the order in which a conversation goes.
  package enum Field: String, CaseIterable, Sendable {
    case familyLatin = "family-latin"
    case givenLatin = "given-latin"
    case familyArabic = "family-arabic"
    case givenArabic = "given-arabic"
    /// Of her father and of her spouse, in either script.
    case father
    case spouse
    case sex
    case birthDate = "birth-date"
    case birthYear = "birth-year"
    case cin
    case passport
    case phones
    case email
    case address
    case delegation
    case governorate
    case languages
    case safeWay = "safe-way"
    case unsafeWay = "unsafe-way"
    case wordsToAvoid = "words-to-avoid"

    package var label: Phrase {
      switch self {
      case .familyLatin: say("Family name, Latin letters")
      case .givenLatin: say("Given name, Latin letters")
      case .familyArabic: say("Family name, Arabic letters")
      case .givenArabic: say("Given name, Arabic letters")
      case .father: say("Father’s name")
      case .spouse: say("Spouse’s name")
      case .sex: say("Sex")
      case .birthDate: say("Date of birth")
      case .birthYear: say("Year of birth")
      case .cin: say("Identity card (CIN)")
      case .passport: say("Passport")
      case .phones: say("Phones")
      case .email: say("E-mail")
      case .address: say("Address")
      case .delegation: say("Delegation")
      case .governorate: say("Governorate")
      case .languages: say("Languages spoken")
      case .safeWay: say("A safe way to reach the person")
      case .unsafeWay: say("Nothing is sent by")
      case .wordsToAvoid: say("Words not to use")
      }
    }
  }

  /// By which nothing is sent, whatever she agreed to: others would read it.
  package enum UnsafeWay: String, CaseIterable, Sendable {
    case sms, email, both

    package var label: Phrase {
      switch self {
      case .sms: say("SMS")
      case .email: say("E-mail")
      case .both: say("SMS and e-mail")
      }
    }

    package func covers(_ way: UnsafeWay) -> Bool { self == way || self == .both }
  }

  package var fields: Fields

  package init(_ fields: Fields = Fields()) { self.fields = fields }

  package subscript(field: Field) -> String? {
    get { fields[field.rawValue] }
    set { fields[field.rawValue] = newValue }
  }

  package var latinName: String? { Self.joined(self[.givenLatin], self[.familyLatin]) }
  package var arabicName: String? { Self.joined(self[.givenArabic], self[.familyArabic]) }
  package var sex: Person.Sex? { self[.sex].flatMap { Person.Sex(rawValue: $0) } }
  package var birthDate: Day? { self[.birthDate].flatMap { Day($0) } }
  package var birthYear: Int? { birthDate?.year ?? self[.birthYear].flatMap { Int($0) } }
  package var unsafeWay: UnsafeWay? { self[.unsafeWay].flatMap { UnsafeWay(rawValue: $0) } }
  package var governorate: GovernorateCode? { self[.governorate].map { GovernorateCode(rawValue: $0) } }
  /// In the international form, one a line: the first is tried first.
  package var phones: [String] { self[.phones]?.split(separator: "\n").map(String.init) ?? [] }

  /// Age in whole years on `day`; from the year alone it is the larger of the two it may be.
  package func age(on day: Day) -> Int? {
    guard let birthDate else { return birthYear.map { day.year - $0 } }
    let (year, month, dayOfMonth) = birthDate.parts
    let today = day.parts
    return today.year - year - ((today.month, today.day) < (month, dayOfMonth) ? 1 : 0)
  }

  private static func joined(_ given: String?, _ family: String?) -> String? {
    let name = [given, family].compactMap { $0 }.joined(separator: " ")
    return name.isEmpty ? nil : name
  }
}
