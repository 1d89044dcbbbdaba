import Antennas
import Basics
import Cases
import Foundation
import People

/// From a row of a partner's file to a reception: no database, no clock.
struct ImportRules: Sendable {
  let mapping: ImportMapping
  /// The column number of each field.
  private let positions: [String: Int]
  let today: Day
  let territory: Territory

  /// - Throws: `ImportFault` when a mapped column is missing from the header, or the header stands twice.
  init(_ mapping: ImportMapping, header: [String], today: Day, in territory: Territory) throws {
    guard !header.contains(where: { $0.contains("\u{FFFD}") }) else {
      throw ImportFault("The titles of the columns are not UTF-8: save the file as CSV (UTF-8) first.")
    }
    var positions: [String: Int] = [:]
    for (field, title) in mapping.columns {
      let found = header.indices.filter { header[$0].caseInsensitiveCompare(title) == .orderedSame }
      guard found.count == 1, let position = found.first else {
        let problem = found.isEmpty ? "is not in the file" : "stands \(found.count) times in the file"
        throw ImportFault("The column “\(title)” \(problem). Columns: \(header.joined(separator: ", ")).")
      }
      positions[field] = position
    }
    self.mapping = mapping
    self.positions = positions
    self.today = today
    self.territory = territory
  }

  /// What a row says, checked like a form; the file's own words for the errors.
  func identityAndReturn(of row: CSVReader.Row) throws(Refusal) -> (
    identity: Identity, returned: ReturnFacts, antenna: AntennaCode?
  ) {
    var check = FormCheck(typed(row))
    let identity = IdentityForm.checked(&check, today: today, in: territory)
    let returned = ReturnForm.checked(&check, today: today, in: territory)
    for (field, value) in check.typed.values where value.contains(where: { $0.contains("\u{FFFD}") }) {
      check.refuse(field, say("This is not UTF-8 text: save the file as CSV (UTF-8)."))
    }
    if check.errors.isEmpty {
      for error in People.missing(in: identity) { check.refuse(error.field, error.message) }
    }
    let antenna = check.text("antenna").map { AntennaCode(rawValue: $0) } ?? mapping.antenna
    try check.finish()
    return (identity, returned, antenna)
  }

  /// The title of the column that a field came from; the field itself where none is mapped.
  func column(of field: String) -> String {
    let asDate = field == Identity.Field.birthYear.rawValue ? Identity.Field.birthDate.rawValue : field
    return mapping.columns[field] ?? mapping.columns[asDate] ?? field
  }

  private func typed(_ row: CSVReader.Row) -> Typed {
    var typed = Typed()
    for (field, position) in positions where position < row.cells.count {
      let text = row.cells[position]
      let meant = mapping.values[field]?[text] ?? (Self.days.contains(field) ? Self.day(text) : text)
      // Many papers know the year of birth only.
      let isYear =
        field == Identity.Field.birthDate.rawValue && meant.count == 4 && Int(meant.westernDigits) != nil
      typed[isYear ? Identity.Field.birthYear.rawValue : field] = meant
    }
    return typed
  }

  private static let days: Set<String> = [
    Identity.Field.birthDate.rawValue, ReturnFacts.Field.returnedOn.rawValue,
    ReturnFacts.Field.leftOn.rawValue,
  ]

  /// A whole number from 10,000 to 80,000 is a day as Excel counts them: 1 is 1 January 1900, and 1900 was no leap year.
  static func day(_ text: String) -> String {
    guard let serial = Int(text.split(separator: ".").first ?? ""), (10_000...80_000).contains(serial) else {
      return text
    }
    return Day(number: serial - 25_569).description
  }
}
