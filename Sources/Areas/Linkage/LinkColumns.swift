import Foundation

/// Where the fields of a mapping stand in a file.
package struct LinkColumns: Sendable, Equatable {
  let id: Int
  /// For each field the numbers of its columns.
  let fields: [[Int]]

  /// - Parameter isSecond: the file's columns may have names of their own.
  /// - Throws: `LinkFault` when a column is missing from the header or stands there twice.
  package init(_ mapping: LinkMapping, header: [String], of path: String, isSecond: Bool) throws(LinkFault) {
    guard !header.contains(where: { $0.contains("\u{FFFD}") }) else {
      throw LinkFault("The column titles of \(path) are not UTF-8: save the file as CSV (UTF-8) first.")
    }
    func place(_ column: String) throws(LinkFault) -> Int {
      let title = isSecond ? mapping.second[column] ?? column : column
      let found = header.indices.filter { header[$0].caseInsensitiveCompare(title) == .orderedSame }
      if found.count == 1 { return found[0] }
      let problem = found.isEmpty ? "is not in \(path)" : "stands \(found.count) times in \(path)"
      throw LinkFault("The column “\(title)” \(problem). Columns: \(header.joined(separator: ", ")).")
    }
    id = try place(mapping.id)
    var fields: [[Int]] = []
    for field in mapping.fields {
      var places: [Int] = []
      for column in field.columns { places.append(try place(column)) }
      fields.append(places)
    }
    self.fields = fields
  }
}
