import Basics

/// A name in the three languages of the pages.
package struct PlaceName: Equatable, Sendable {
  package let french: String
  package let arabic: String
  package let english: String

  package func text(in language: Language) -> String {
    switch language {
    case .french: french
    case .arabic: arabic
    case .english: english
    }
  }

  /// For a phrase that someone will read in her own language.
  package var words: [Language: String] { [.french: french, .arabic: arabic, .english: english] }
}

/// An office of the scheme where persons are received.
package struct Antenna: Identifiable, Sendable {
  package let id: AntennaCode
  package let name: PlaceName
  /// Nil while it is planned, or where the day is not known.
  package let openedOn: Day?
}

/// Which governorate an antenna serves, from when until when.
package struct Coverage: Equatable, Sendable {
  package let antenna: AntennaCode
  package let governorate: GovernorateCode
  package let from: Day
  /// The last day; nil while it lasts.
  package let until: Day?

  package func isInForce(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
}

/// The places of the scheme as they are now: small, read once, kept in memory.
package struct Territory: Sendable {
  package let antennas: [Antenna]
  package let governorates: [(id: GovernorateCode, name: PlaceName)]
  package let countries: [(id: CountryCode, name: PlaceName)]
  package let institutions: [(id: InstitutionCode, name: PlaceName)]
  package let coverage: [Coverage]

  /// The antenna that serves a governorate on a day; where none was entered, the one that stands there and bears its name.
  package func antenna(serving governorate: GovernorateCode, on day: Day) -> AntennaCode? {
    let entered = coverage.first { $0.governorate == governorate && $0.isInForce(on: day) }
    if let entered { return entered.antenna }
    let name = governorates.first { $0.id == governorate }?.name
    return antennas.first { $0.name == name }?.id
  }

  /// The code itself where nothing is known of it.
  package func name(of antenna: AntennaCode, in language: Language) -> String {
    antennas.first { $0.id == antenna }?.name.text(in: language) ?? antenna.rawValue
  }

  /// The same for a phrase that is read later, in any language.
  package func words(of antenna: AntennaCode) -> [Language: String] {
    let code = antenna.rawValue
    return antennas.first { $0.id == antenna }?.name.words
      ?? PlaceName(french: code, arabic: code, english: code).words
  }

  package func name(of governorate: GovernorateCode, in language: Language) -> String {
    governorates.first { $0.id == governorate }?.name.text(in: language) ?? governorate.rawValue
  }

  package func name(of country: CountryCode, in language: Language) -> String {
    countries.first { $0.id == country }?.name.text(in: language) ?? country.rawValue
  }

  package func name(of institution: InstitutionCode, in language: Language) -> String {
    institutions.first { $0.id == institution }?.name.text(in: language) ?? institution.rawValue
  }
}
