import Basics
import Cases
import Foundation
import People

/// Which column of a file holds which field: a partner's row becomes what one would have typed into the form.
struct ImportColumns: Sendable {
  let mapping: ImportMapping
  private let titles: [String]
  /// The column number of each field.
  private let positions: [String: Int]

  /// - Throws: `ImportFault` when a mapped column is missing from the titles, or stands there twice.
  init(_ mapping: ImportMapping, titles: [String]) throws {
    guard !titles.contains(where: { $0.contains("\u{FFFD}") }) else {
      throw ImportFault(say("The titles of the columns are not UTF-8: save the file as CSV (UTF-8) first."))
    }
    let all = titles.filter { !$0.isEmpty }.joined(separator: ", ")
    var positions: [String: Int] = [:]
    for (field, title) in mapping.columns {
      let found = titles.indices.filter { Self.isSame(titles[$0], title) }
      guard let position = found.first else {
        throw ImportFault(say("The column “\(title)” is not in the file. Its columns: \(all)."))
      }
      guard found.count == 1 else {
        throw ImportFault(say("The column “\(title)” stands \(found.count) times in the file: keep one."))
      }
      positions[field] = position
    }
    self.mapping = mapping
    self.titles = titles
    self.positions = positions
  }

  /// Opens a file and finds the columns in it.
  ///
  /// Where the titles stand further down, under the heading of the list or under another line of titles, it says in
  /// which row: what lies above is not ours to drop.
  static func open(_ path: String, _ mapping: ImportMapping) throws -> (reader: any RowReader, columns: Self)
  {
    var reader = try PartnerFile.open(path, separator: mapping.separator, sheet: mapping.sheet)
    do {
      return (reader, try ImportColumns(mapping, titles: reader.titles))
    } catch let fault as ImportFault {
      for _ in 0..<10 {
        guard let row = try reader.next() else { break }
        if (try? ImportColumns(mapping, titles: row.cells)) != nil {
          throw ImportFault(
            say(
              "The titles of the columns stand in row \(row.number): remove the rows above, and send it again."
            ))
        }
      }
      throw fault
    }
  }

  /// The fields of a row, its days and the partner's words understood; columns that are not mapped are left behind.
  func typed(_ row: FileRow) -> Typed {
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

  /// True for the titles once more, as where two lists were put together, and for a second line of titles in other
  /// words: under the first one, words stand where days and numbers belong.
  func holdsTitles(_ row: FileRow, isFirst: Bool) -> Bool {
    let mapped = positions.values.filter { $0 < row.cells.count }
    if mapped.count == positions.count, mapped.allSatisfy({ Self.isSame(row.cells[$0], titles[$0]) }) {
      return true
    }
    guard isFirst else { return false }
    let numbers = positions.filter { Self.numbers.contains($0.key) && $0.value < row.cells.count }
    let words = numbers.values.map { row.cells[$0] }.filter { !$0.isEmpty }
    return words.count > 1 && words.allSatisfy { !$0.contains(where: \.isNumber) }
  }

  private static func isSame(_ a: String, _ b: String) -> Bool { a.caseInsensitiveCompare(b) == .orderedSame }

  private static let days: Set<String> = [
    Identity.Field.birthDate.rawValue, ReturnFacts.Field.returnedOn.rawValue,
    ReturnFacts.Field.leftOn.rawValue,
  ]

  private static let numbers = days.union(
    [Identity.Field.birthYear, .cin, .passport, .phones].map(\.rawValue))

  /// A whole number from 10,000 to 80,000 is a day as Excel counts them: 1 is 1 January 1900, and 1900 was no leap year.
  static func day(_ text: String) -> String {
    guard let serial = Int(text.split(separator: ".").first ?? ""), (10_000...80_000).contains(serial) else {
      return text
    }
    return Day(number: serial - 25_569).description
  }
}
