import Basics
import Cases
import People
import TestSupport
import Testing

@testable import Antennas
@testable import Imports

@Suite struct `A mapping` {
  static func fault(_ yaml: String) -> String {
    do {
      _ = try ImportMapping(yaml: yaml)
      return ""
    } catch let fault as ImportFault { return fault.description } catch {
      Issue.record(error)
      return ""
    }
  }

  @Test func `says which column is which field, and what the partner's words mean`() throws {
    let mapping = try ImportMapping(
      yaml: """
        antenna: SFA
        separator: ","
        columns:
          family-latin: Nom
          phones: Téléphone
          return-country: Pays
        values:
          return-country:
            Italie: IT
          sex:
            1: male
        """)
    #expect(
      mapping
        == ImportMapping(
          antenna: "SFA", separator: ",",
          columns: ["family-latin": "Nom", "phones": "Téléphone", "return-country": "Pays"],
          values: ["return-country": ["Italie": "IT"], "sex": ["1": "male"]]))
  }

  @Test func `that is wrong is refused with the key that is`() {
    #expect(Self.fault("").contains("no `columns`"))
    #expect(Self.fault("columns: {}").contains("no `columns`"))
    #expect(Self.fault("columns: Nom").contains("no `columns`"))
    #expect(Self.fault("- a\n- b").contains("no `columns`"))
    #expect(Self.fault("columns:\n  surname: Nom\n  shoe: Pointure\n").contains("shoe, surname"))
    #expect(Self.fault("columns:\n  phones: X\nseparator: ;;\n").contains("`separator`"))
    #expect(Self.fault("columns: {a: [").contains("not YAML"))
    #expect(Self.fault("columns:\n  phones: X\nvalues:\n  sex: F\n").contains("`values`"))
    #expect(Self.fault("columns:\n  phones: X\nvalues:\n  shoe:\n    a: b\n").contains("shoe"))
    #expect(Self.fault("columns:\n  phones: X\ncolums: x\n").contains("colums"))
  }
}

@Suite struct `A row of a partner's file` {
  static let italy = (
    id: CountryCode(rawValue: "IT"), name: PlaceName(french: "Italie", arabic: "إيطاليا", english: "Italy")
  )
  static let territory = Territory(
    antennas: [], governorates: [], countries: [italy], institutions: [], coverage: [])
  static let header = ["Name", "First name", "Phone", "CIN", "Born", "Country", "Sex"]

  static func rules(_ header: [String] = header) throws -> ImportRules {
    try ImportRules(.plain, header: header, today: Day(of: TestClock.start), in: territory)
  }

  @Test(arguments: [
    ("33040", "1990-06-16"), ("33040.0", "1990-06-16"), ("25569", "1970-01-01"), ("36526", "2000-01-01"),
    ("61", "61"), ("1990", "1990"), ("12/03/1990", "12/03/1990"), ("12.03.1990", "12.03.1990"), ("", ""),
    ("1990-06-15", "1990-06-15"), ("99999", "99999"),
  ]) func `may hold days as Excel counts them`(text: String, day: String) {
    #expect(ImportRules.day(text) == day)
  }

  @Test func `is checked like a form, its days and words understood`() throws {
    let row = CSVReader.Row(
      number: 2, cells: ["Ben Othman", "Salma", "20 123 456", "01234567", "33040", "Italy", "F"])
    let (identity, returned, antenna) = try Self.rules().identityAndReturn(of: row)
    #expect(identity.latinName == "Salma Ben Othman")
    #expect(identity[.phones] == "+21620123456" && identity[.birthDate] == "1990-06-16")
    #expect(identity[.sex] == "female")
    #expect(returned.country?.rawValue == "IT")
    #expect(antenna == "TUN")
  }

  @Test(arguments: [("1979", 1979), ("١٩٧٩", 1979), ("2999", nil)] as [(String, Int?)])
  func `may know the year of birth only`(typed: String, year: Int?) throws {
    let rules = try Self.rules()
    let row = CSVReader.Row(number: 2, cells: ["Ben Othman", "Salma", "20 123 456", "", typed])
    guard let year else {
      #expect(throws: Refusal.self) { try rules.identityAndReturn(of: row) }
      return #expect(rules.column(of: "birth-year") == "Born")
    }
    let identity = try rules.identityAndReturn(of: row).identity
    #expect(identity.birthYear == year && identity.birthDate == nil)
  }

  @Test(arguments: [
    (["", "", "20 123 456"], ["family-latin"]), (["A", "B", ""], ["phones"]), (["A"], ["phones"]),
    (["A", "B", "1", "1", "1/1", "Spain", "X"], ["phones", "cin", "birth-date", "return-country", "sex"]),
    (["A\u{FFFD}", "B", "20 123 456"], ["family-latin"]),
  ]) func `is refused with every column that is wrong`(cells: [String], fields: [String]) throws {
    do {
      _ = try Self.rules().identityAndReturn(of: CSVReader.Row(number: 2, cells: cells))
      Issue.record("taken")
    } catch Refusal.invalid(let errors) { #expect(Set(errors.map(\.field)) == Set(fields)) }
  }

  @Test func `stands under titles that are all there, once`() throws {
    #expect(throws: Never.self) { try Self.rules(Self.header.map { $0.uppercased() } + ["Other"]) }
    for header in [["Name"], Self.header + ["name"], ["N\u{FFFD}m"], []] {
      #expect(throws: ImportFault.self) { try Self.rules(header) }
    }
  }
}
