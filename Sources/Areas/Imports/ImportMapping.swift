import Basics

/// How the columns of a partner's file become fields of a person and her return.
package struct ImportMapping: Sendable, Equatable {
  /// The antenna that receives the persons, when no column names it.
  package let antenna: AntennaCode?
  /// The sign in front of which the columns part; found from the first line when nil.
  package let separator: Character?
  /// The title of the column for each field.
  package let columns: [String: String]
  /// What the partner writes, and what it means here, by field.
  package let values: [String: [String: String]]

  package init(
    antenna: AntennaCode?, separator: Character?, columns: [String: String],
    values: [String: [String: String]]
  ) {
    self.antenna = antenna
    self.separator = separator
    self.columns = columns
    self.values = values
  }
}

/// What became of one row.
package enum ImportResult: Sendable, Equatable {
  case new
  /// A person or a case that is here already, and by what it was recognised.
  case known(by: String)
  case refused([Problem])

  /// A column and what is wrong in it.
  package struct Problem: Sendable, Equatable {
    package let column: String
    package let message: Phrase
  }
}
