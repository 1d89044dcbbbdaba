import Basics
import CXlsxWriter
import Foundation
import NIOConcurrencyHelpers
import Storage

/// The library's side of a workbook. Its calls block, and one waits for the other.
final class WorkbookWriting: @unchecked Sendable {
  private let lock = NIOLock()
  private let scratch: ScratchFile
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private let dayFormat: UnsafeMutablePointer<lxw_format>
  private let columns: Int
  /// Nil once it is closed: closing frees it, even when it fails.
  private var book: UnsafeMutablePointer<lxw_workbook>?
  private var rows = 1

  /// Where files are memory, so that no name of a person reaches the disk; nil where there is no such place.
  private static let memory: String? = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : nil

  private static let rowsAtMost = 1_048_576
  private static let charactersAtMost = 32_767

  init(name: String, columns: [Workbook.Column], isRightToLeft: Bool) throws {
    scratch = try ScratchFile(in: Self.memory)
    var options = lxw_workbook_options()
    options.constant_memory = 1
    // The library keeps a copy of its own.
    options.tmpdir = Self.memory.flatMap { strdup($0) }
    defer { free(options.tmpdir) }
    guard let book = workbook_new_opt(scratch.path, &options) else { throw Workbook.Fault.failed(1) }
    guard let sheet = workbook_add_worksheet(book, Workbook.sheetName(name)),
      let bold = workbook_add_format(book), let dayFormat = workbook_add_format(book)
    else {
      lxw_workbook_free(book)
      throw Workbook.Fault.failed(1)
    }
    (self.book, self.sheet, self.dayFormat, self.columns) = (book, sheet, dayFormat, columns.count)
    format_set_bold(bold)
    format_set_num_format(dayFormat, "yyyy-mm-dd")
    if isRightToLeft { worksheet_right_to_left(sheet) }
    worksheet_freeze_panes(sheet, 1, 0)
    for (index, column) in columns.enumerated() {
      worksheet_set_column(sheet, UInt16(index), UInt16(index), column.width, nil)
      try write(.text(column.title), 0, UInt16(index), bold)
    }
  }

  deinit {
    if let book { lxw_workbook_free(book) }
  }

  func append(_ added: [[Workbook.Cell]]) throws {
    try lock.withLock {
      guard book != nil else { throw Workbook.Fault.finished }
      guard rows + added.count <= Self.rowsAtMost else { throw Workbook.Fault.full }
      for row in added {
        for (column, cell) in row.enumerated() { try write(cell, UInt32(rows), UInt16(column), nil) }
        rows += 1
      }
    }
  }

  func finish() throws -> WorkbookFile {
    try lock.withLock {
      guard let book else { throw Workbook.Fault.finished }
      if columns > 0 {
        try check(worksheet_autofilter(sheet, 0, 0, UInt32(rows - 1), UInt16(columns - 1)))
      }
      self.book = nil
      try check(workbook_close(book))
      try scratch.takeWritten()
      return WorkbookFile(scratch)
    }
  }

  private func write(
    _ cell: Workbook.Cell, _ row: UInt32, _ column: UInt16, _ format: UnsafeMutablePointer<lxw_format>?
  ) throws {
    switch cell {
    case .text(let text):
      guard !text.isEmpty else { return }
      let cut = text.utf8.count > Self.charactersAtMost ? Self.cut(text) : text
      try check(worksheet_write_string(sheet, row, column, cut, format))
    case .number(let number):
      // Excel has no such number, and does not open a file that holds one.
      guard number.isFinite else { return }
      try check(worksheet_write_number(sheet, row, column, number, format))
    case .day(let day):
      guard let serial = Workbook.serial(day) else {
        return try write(.text(day.description), row, column, format)
      }
      try check(worksheet_write_number(sheet, row, column, serial, dayFormat))
    case .empty: return
    }
  }

  private static func cut(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(charactersAtMost)))
  }

  private func check(_ error: lxw_error) throws {
    guard error == LXW_NO_ERROR else { throw Workbook.Fault.failed(error.rawValue) }
  }
}
