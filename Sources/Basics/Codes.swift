/// A short stable code that people also read: the key of an antenna, an institution, a governorate, a country.
package protocol Code: RawRepresentable<String>, Hashable, Sendable, Codable, CustomStringConvertible {
  init(rawValue: String)
}

extension Code {
  package var description: String { rawValue }
}

/// An antenna, by three capital letters that also open its case numbers: `TUN`.
package struct AntennaCode: Code {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

/// An institution of the scheme: `OTE`, `PS`, `ANETI`.
package struct InstitutionCode: Code {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

/// A governorate by ISO 3166-2: `TN-11`.
package struct GovernorateCode: Code {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

/// A country by ISO 3166-1 alpha-2: `FR`.
package struct CountryCode: Code {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}
