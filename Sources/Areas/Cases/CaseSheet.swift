import Antennas
import Basics
import Pages
import People

/// A list of cases as a file for a spreadsheet: what the list shows, and no more.
enum CaseSheet {
  static func head(_ page: Page) -> String {
    SheetText.head([
      page("Case"), page("Name"), page("Name in Arabic"), page("Antenna"), page("Contact person"),
      page("Stage"),
      page("Received"), page("Next"), page("Due"),
    ])
  }

  static func line(
    _ line: CaseLine, _ label: PersonLabel?, contact: String?, _ antennas: [AntennaCode: String], _ page: Page
  ) -> String {
    SheetText.line([
      line.number, label?.latin ?? "", label?.arabic ?? "", antennas[line.antenna] ?? line.antenna.rawValue,
      contact ?? "", page(line.stage.label), Day(of: line.receivedAt).description,
      line.due.map { page($0.what.label) } ?? "", line.due?.on.description ?? "",
    ])
  }
}
