import Basics
import Foundation

/// A partner's file as rows under titles, one row in memory at a time.
package protocol RowReader {
  /// The titles of the columns, in their order.
  var titles: [String] { get }
  /// The next row that is not empty; nil after the last.
  /// - Throws: `ImportFault` where what follows can no longer be understood.
  mutating func next() throws -> FileRow?
}

/// One row: as many cells as it has, without outer white space.
package struct FileRow: Equatable, Sendable {
  /// As a spreadsheet numbers it, 1 being the first line; in JSON the first entry is 1.
  package let number: Int
  package let cells: [String]
}

/// What is wrong with a file or a mapping as a whole, and the way out.
package struct ImportFault: Error, Equatable, CustomStringConvertible {
  package let phrase: Phrase
  package init(_ phrase: Phrase) { self.phrase = phrase }
  package var description: String { Reader(.english)(phrase) }
}

/// How much a file may hold. Beyond it a clear answer is better than a long wait.
enum ImportLimits {
  /// Bytes of a file as it lies on the disk: twenty times what 50,000 persons take.
  static let file = 200 << 20
  /// Rows under the titles: more than twice all whom phase I of the programme hoped to reach.
  static let rows = 100_000
  /// Bytes of a row: a longer one is no row of persons.
  static let row = 1 << 16
  static let columns = 300
  /// Bytes of a workbook's part once inflated, and how many times its packed size: real sheets stay under 40.
  static let part = 400 << 20
  static let ratio = 100
  /// Below this many bytes nothing is blown up, whatever the ratio.
  static let free = 4 << 20
}

/// Opens a partner's file as what it is, whatever its name says.
package enum PartnerFile {
  /// - Parameters:
  ///   - separator: what parts the columns of a text; found by itself when nil.
  ///   - sheet: the name of a workbook's sheet; the first when nil.
  /// - Throws: `ImportFault` for a file that cannot be read, is too large or is of another kind.
  package static func open(_ path: String, separator: Character? = nil, sheet: String? = nil) throws
    -> any RowReader
  {
    switch try FileKind.recognised(path) {
    case .text: try CSVReader(path: path, separator: separator)
    case .json: try JSONReader(path: path)
    case .workbook: try WorkbookReader(path: path, sheet: sheet)
    }
  }
}
