import Basics
import Foundation

/// What a file is, recognised by its first bytes.
enum FileKind: Equatable {
  case text, json, workbook

  /// - Throws: `ImportFault` naming what the file is instead, and how to make of it one that can be read.
  static func recognised(_ path: String) throws -> FileKind {
    guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd(),
      (try? file.seek(toOffset: 0)) != nil
    else { throw ImportFault(say("The file cannot be read.")) }
    guard size <= ImportLimits.file else {
      throw ImportFault(
        say(
          "The file has \(size >> 20) MB; at most \(ImportLimits.file >> 20) are read. Send it in several parts."
        ))
    }
    let read = try file.read(upToCount: sample) ?? Data()
    return try kind(of: Array(read), isWhole: size <= sample)
  }

  /// - Parameter isWhole: false when the file goes on after `start`.
  static func kind(of start: [UInt8], isWhole: Bool) throws(ImportFault) -> FileKind {
    if let other = foreign(start) { throw ImportFault(other) }
    if start.starts(with: zip) { return .workbook }
    let first = start.drop { $0 <= 32 || [0xEF, 0xBB, 0xBF].contains($0) }.first
    if first == UInt8(ascii: "<") {
      throw ImportFault(
        say("This is a web page or XML, whatever its name says: open it in Excel and save it as .xlsx."))
    }
    if let fault = TextEncoding.fault(in: start, isWhole: isWhole) { throw ImportFault(fault) }
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{") ? .json : .text
  }

  private static let zip: [UInt8] = [0x50, 0x4B, 3, 4]

  /// So much of a file is looked at: letters may come late, in a row far below.
  private static let sample = 1 << 20

  private static func foreign(_ start: [UInt8]) -> Phrase? {
    if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return say(
        "This is an old Excel workbook, or one with a password: save it as .xlsx, without a password.")
    }
    if start.starts(with: [0x25, 0x50, 0x44, 0x46]) {
      return say("This is a PDF: ask for the table itself.")
    }
    if start.starts(with: zip),
      start.prefix(200).firstRange(of: Array("opendocument.spreadsheet".utf8)) != nil
    {
      return say("This is an OpenDocument table: save it as .xlsx or as CSV (UTF-8).")
    }
    return nil
  }
}
