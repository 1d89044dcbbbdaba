import Basics
import CXlsxWriter
import Foundation
import NIOPosix
import Storage

/// An Excel workbook of one sheet, written row by row. Memory does not grow with the rows; what is written lies in files
/// without names, which are gone with the workbook. Nothing written is calculated: text stays text.
package actor Workbook {
  /// What a cell holds.
  package enum Cell: Sendable, Equatable {
    /// At most 32,767 characters, as Excel has it; what is longer is cut.
    case text(String)
    case number(Double)
    /// A date that can be sorted and counted with; one before March 1900, which Excel cannot count, is text.
    case day(Day)
    case empty

    /// As a file of plain text has it; days as in ISO 8601.
    package var text: String {
      switch self {
      case .text(let text): text
      case .number(let number): number == number.rounded() ? String(format: "%.0f", number) : "\(number)"
      case .day(let day): day.description
      case .empty: ""
      }
    }
  }

  /// A column: its title in the first row, and how many characters wide it is.
  package struct Column: Sendable {
    package let title: String
    package let width: Double

    package init(_ title: String, width: Double) { (self.title, self.width) = (title, width) }
  }

  package enum Fault: Error, Equatable {
    /// A sheet has 1,048,576 rows, one of them for the titles.
    case full
    /// By the library's number.
    case failed(UInt32)
    case finished
  }

  private let writing: WorkbookWriting
  /// Writing waits for the disk, and closing compresses all: neither is work for an event loop.
  private let threads = NIOThreadPool.singleton

  /// - Parameters:
  ///   - name: of the sheet; what Excel does not allow in it is left out.
  ///   - isRightToLeft: its first column stands on the right.
  package init(name: String, columns: [Column], isRightToLeft: Bool) throws {
    writing = try WorkbookWriting(name: name, columns: columns, isRightToLeft: isRightToLeft)
  }

  /// Writes rows below those that are there.
  package func append(_ rows: [[Cell]]) async throws {
    let writing = writing
    try await threads.runIfActive { try writing.append(rows) }
  }

  /// Closes the workbook; nothing can be appended after.
  package func finish() async throws -> WorkbookFile {
    let writing = writing
    return try await threads.runIfActive { try writing.finish() }
  }

  /// The name as Excel allows it: at most 31 characters, none of them `[]:*?/\`, no apostrophe at its ends.
  static func sheetName(_ name: String) -> String {
    let allowed = String(
      String.UnicodeScalarView(
        name.unicodeScalars.filter { !"[]:*?/\\".unicodeScalars.contains($0) }.prefix(31)))
    let trimmed = allowed.trimmingCharacters(in: CharacterSet(charactersIn: "'").union(.whitespaces))
    return trimmed.isEmpty ? "1" : trimmed
  }

  /// Days as Excel counts them; nil before March 1900: it takes 1900 for a leap year.
  static func serial(_ day: Day) -> Double? {
    let serial = day.number + 25_569
    return serial > 60 ? Double(serial) : nil
  }
}

/// A finished workbook, to be read in pieces.
package struct WorkbookFile: @unchecked Sendable {
  // Only read, with `pread`, once it is here.
  private let scratch: ScratchFile

  init(_ scratch: ScratchFile) { self.scratch = scratch }

  package static let mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  /// In bytes.
  package var count: Int { scratch.count }

  /// The pieces in their order, of 64 KiB at most, each read off the event loops.
  package func forEachPiece(_ body: ([UInt8]) async throws -> Void) async throws {
    for start in stride(from: 0, to: count, by: 1 << 16) {
      let range = start..<min(count, start + (1 << 16))
      try await body(NIOThreadPool.singleton.runIfActive { try scratch.read(range) })
    }
  }
}
