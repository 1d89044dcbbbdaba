import Basics
import Cases

/// How the columns of a partner's file become fields of a person and her return.
package struct ImportMapping: Sendable, Equatable {
  /// Whose files they are, as it is chosen in the list.
  package let partner: String
  /// How these persons came to the scheme.
  package let channel: CaseFile.Channel
  /// The antenna that receives the persons, when no column names it and the one who brings them in sees the nation.
  package let antenna: AntennaCode?
  /// The sign in front of which the columns part; found from the first line when nil.
  package let separator: Character?
  /// The sheet of a workbook; the first that is not hidden when nil.
  package let sheet: String?
  /// The title of the column for each field.
  package let columns: [String: String]
  /// What the partner writes, and what it means here, by field.
  package let values: [String: [String: String]]

  package init(
    partner: String = "", channel: CaseFile.Channel = .memberState, antenna: AntennaCode?,
    separator: Character?, sheet: String? = nil, columns: [String: String], values: [String: [String: String]]
  ) {
    self.partner = partner
    self.channel = channel
    self.antenna = antenna
    self.separator = separator
    self.sheet = sheet
    self.columns = columns
    self.values = values
  }

  /// The title of the column that a field came from; the field itself where none is mapped.
  package func column(of field: String) -> String {
    let asDate = field == "birth-year" ? "birth-date" : field
    return columns[field] ?? columns[asDate] ?? field
  }
}
