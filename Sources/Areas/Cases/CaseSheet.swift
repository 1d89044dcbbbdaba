import Antennas
import Basics
import Pages
import People
import Sheets

/// A list of cases as a file for a spreadsheet: what the list shows, and no more.
enum CaseSheet {
  /// What kind of file it is, as the link and the journal name it.
  enum Kind: String, Sendable {
    case csv, xlsx
  }

  /// The columns of the file, each with that of the list it belongs to; nil: there in every file.
  private static let places: [CaseColumn?] = [
    nil, nil, nil, .antenna, .contact, .stage, .received, .next, .next,
  ]

  /// Everything, as long as nobody chose what to see.
  private static func chosen<T>(_ all: [T], _ filter: CaseFilter) -> [T] {
    guard filter.columns != CaseColumn.usual else { return all }
    return zip(places, all).compactMap { place, it in place.map(filter.columns.contains) ?? true ? it : nil }
  }

  static func columns(_ filter: CaseFilter, _ page: Page) -> [Workbook.Column] {
    chosen(
      [
        Workbook.Column(page("Case"), width: 18), Workbook.Column(page("Name"), width: 28),
        Workbook.Column(page("Name in Arabic"), width: 28), Workbook.Column(page("Antenna"), width: 16),
        Workbook.Column(page("Contact person"), width: 24), Workbook.Column(page("Stage"), width: 16),
        Workbook.Column(page("Received"), width: 14), Workbook.Column(page("Next"), width: 28),
        Workbook.Column(page("Due"), width: 14),
      ], filter)
  }

  static func cells(
    _ line: CaseLine, _ label: PersonLabel?, contact: String?, _ antennas: [AntennaCode: String],
    _ filter: CaseFilter, _ page: Page
  ) -> [Workbook.Cell] {
    chosen(
      [
        .text(line.number), .text(label?.latin ?? ""), .text(label?.arabic ?? ""),
        .text(antennas[line.antenna] ?? line.antenna.rawValue), .text(contact ?? ""),
        .text(page(line.stage.label)), .day(Day(of: line.receivedAt)),
        line.due.map { .text(page($0.what.label)) } ?? .empty, line.due.map { .day($0.on) } ?? .empty,
      ], filter)
  }
}
