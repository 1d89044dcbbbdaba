import Basics
import Foundation

/// What stands around the sheets of a workbook: their names and places, how numbers are shown, the texts they share.
struct WorkbookIndex {
  /// Path of the sheet to be read.
  let sheet: String
  let styles: [NumberStyle]
  /// Days to add where the workbook counts from 1904 on, as Excel on old Macs does.
  let dayShift: Int
  let texts: SharedTexts

  /// - Parameter name: the sheet; the first that is not hidden when nil.
  init(_ parts: WorkbookParts, sheet name: String?) throws {
    let start = Relations(from: "")
    try parts.read("_rels/.rels", start)
    let book = start.target(ofType: "officeDocument") ?? "xl/workbook.xml"
    let folder = book.split(separator: "/").dropLast().joined(separator: "/")
    let file = book.split(separator: "/").last.map(String.init) ?? ""
    let relations = Relations(from: folder)
    try parts.read("\(folder)/_rels/\(file).rels", relations)
    let sheets = SheetList()
    try parts.read(book, sheets)
    sheet = try sheets.chosen(name, relations)
    dayShift = sheets.countsFrom1904 ? 1_462 : 0
    let styles = NumberStyles()
    try parts.read(relations.target(ofType: "styles") ?? "\(folder)/styles.xml", styles)
    self.styles = styles.styles
    let texts = SharedTextsHandler(try SharedTexts())
    try parts.read(relations.target(ofType: "sharedStrings") ?? "\(folder)/sharedStrings.xml", texts)
    self.texts = texts.texts
  }
}

/// Which part is meant by which id.
private final class Relations: XMLHandler {
  private let folder: String
  private var targets: [(id: String, type: String, path: String)] = []

  init(from folder: String) { self.folder = folder }

  override func start(_ name: String, _ attributes: XMLAttributes) {
    guard name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] else { return }
    let path = target.hasPrefix("/") || folder.isEmpty ? target : "\(folder)/\(target)"
    targets.append((id, attributes["Type"] ?? "", Self.plain(path)))
  }

  func target(id: String) -> String? { targets.first { $0.id == id }?.path }
  func target(ofType type: String) -> String? {
    targets.first { $0.type.split(separator: "/").last == type[...] }?.path
  }

  /// Without `.`, `..` and a first stroke: as parts are named in the zip.
  private static func plain(_ path: String) -> String {
    let steps = path.split(separator: "/").reduce(into: [Substring]()) { steps, step in
      if step == ".." { _ = steps.popLast() } else if step != "." { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }
}

private final class SheetList: XMLHandler {
  private var sheets: [(name: String, relation: String, isHidden: Bool)] = []
  private(set) var countsFrom1904 = false

  override func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "sheet":
      let state = attributes["state"] ?? "visible"
      sheets.append((attributes["name"] ?? "", attributes["id"] ?? "", state != "visible"))
    case "workbookPr": countsFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
    default: break
    }
  }

  func chosen(_ name: String?, _ relations: Relations) throws -> String {
    guard !sheets.isEmpty else { throw WorkbookParts.unreadable }
    let found = sheets.first { sheet in
      name.map { sheet.name.caseInsensitiveCompare($0) == .orderedSame } ?? !sheet.isHidden
    }
    guard let found else {
      let names = sheets.map(\.name).joined(separator: ", ")
      throw ImportFault(say("The workbook has no sheet “\(name ?? "")”. Sheets: \(names)."))
    }
    guard let path = relations.target(id: found.relation) else { throw WorkbookParts.unreadable }
    return path
  }
}

/// How a cell's number is to be read.
enum NumberStyle: Equatable {
  case plain, day
  /// Shown with at least so many digits: `00000000`, as for a CIN that begins with 0.
  case digits(Int)

  /// Source: ISO/IEC 29500-1, 18.8.30: the formats that have no code of their own in the file.
  init(builtIn id: Int) {
    switch id {
    case 14...22, 27...36, 45...47, 50...58: self = .day
    default: self = .plain
    }
  }

  /// - Parameter code: as Excel writes it: `dd/mm/yyyy;@`, `[$-F800]dddd`, `00000000`.
  init(code: String) {
    // What stands in quotation marks, in brackets or after a backslash is text, not a sign for a part of the day.
    let signs = code.lowercased().replacing(/"[^"]*"|\[[^\]]*\]|\\.|_./, with: "")
    let first = signs.prefix { $0 != ";" }
    if first.contains(where: { "dy".contains($0) }) {
      self = .day
    } else if !first.isEmpty, first.allSatisfy({ $0 == "0" }) {
      self = .digits(first.count)
    } else {
      self = .plain
    }
  }
}

private final class NumberStyles: XMLHandler {
  private(set) var styles: [NumberStyle] = []
  private var codes: [Int: NumberStyle] = [:]
  private var isInCells = false

  override func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "numFmt":
      guard let id = attributes["numFmtId"].flatMap({ Int($0) }) else { return }
      codes[id] = NumberStyle(code: attributes["formatCode"] ?? "")
    case "cellXfs": isInCells = true
    case "xf" where isInCells && styles.count < 65_536:
      let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
      styles.append(codes[id] ?? NumberStyle(builtIn: id))
    default: break
    }
  }

  override func end(_ name: String) {
    if name == "cellXfs" { isInCells = false }
  }
}
