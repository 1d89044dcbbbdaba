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
  static let antennas = ["TUN", "SFA"].map { code in
    Antenna(
      id: AntennaCode(rawValue: code), name: PlaceName(french: code, arabic: code, english: code),
      openedOn: nil)
  }
  static let sfax = (
    id: GovernorateCode(rawValue: "TN-61"), name: PlaceName(french: "Sfax", arabic: "صفاقس", english: "Sfax")
  )
  static let territory = Territory(
    antennas: antennas, governorates: [sfax], countries: [italy], institutions: [],
    coverage: [Coverage(antenna: "SFA", governorate: sfax.id, from: Day(number: 0), until: nil)])
  static let titles = ["Name", "First name", "Phone", "CIN", "Born", "Country", "Sex"]

  static func rules(_ mapping: ImportMapping = .plain, for actor: Actor = Staff.amel) -> ImportRules {
    ImportRules(mapping: mapping, actor: actor, today: Day(of: TestClock.start), territory: territory)
  }

  /// What a row with these cells comes to.
  static func checked(_ cells: [String]) throws -> ImportRules.Checked {
    let columns = try ImportColumns(.plain, titles: titles)
    return try rules().checked(columns.typed(FileRow(number: 2, cells: cells)))
  }

  @Test(arguments: [
    ("33040", "1990-06-16"), ("33040.0", "1990-06-16"), ("25569", "1970-01-01"), ("36526", "2000-01-01"),
    ("61", "61"), ("1990", "1990"), ("12/03/1990", "12/03/1990"), ("12.03.1990", "12.03.1990"), ("", ""),
    ("1990-06-15", "1990-06-15"), ("99999", "99999"),
  ]) func `may hold days as Excel counts them`(text: String, day: String) {
    #expect(ImportColumns.day(text) == day)
  }

  @Test func `is checked like a form, its days and words understood`() throws {
    let row = try Self.checked(["Ben Othman", "Salma", "20 123 456", "01234567", "33040", "Italy", "F"])
    #expect(row.identity.latinName == "Salma Ben Othman")
    #expect(row.identity[.phones] == "+21620123456" && row.identity[.birthDate] == "1990-06-16")
    #expect(row.identity[.sex] == "female")
    #expect(row.returned.country?.rawValue == "IT")
    #expect(row.antenna == "TUN")
  }

  @Test(arguments: [("1979", 1979), ("١٩٧٩", 1979), ("2999", nil)] as [(String, Int?)])
  func `may know the year of birth only`(typed: String, year: Int?) throws {
    let cells = ["Ben Othman", "Salma", "20 123 456", "", typed]
    guard let year else {
      #expect(throws: Refusal.self) { try Self.checked(cells) }
      return #expect(ImportMapping.plain.column(of: "birth-year") == "Born")
    }
    let identity = try Self.checked(cells).identity
    #expect(identity.birthYear == year && identity.birthDate == nil)
  }

  @Test(arguments: [
    (["", "", "20 123 456"], ["family-latin"]), (["A", "B", ""], ["phones"]), (["A"], ["phones"]),
    (["A", "B", "1", "1", "1/1", "Spain", "X"], ["phones", "cin", "birth-date", "return-country", "sex"]),
    (["A\u{FFFD}", "B", "20 123 456"], ["family-latin"]),
  ]) func `is refused with every field that is wrong, and nothing of what stands there`(
    cells: [String], fields: [String]
  ) throws {
    do {
      _ = try Self.checked(cells)
      Issue.record("taken")
    } catch Refusal.invalid(let errors) {
      #expect(Set(errors.map(\.field)) == Set(fields))
      for error in errors where error.field != "birth-date" {
        #expect(error.message.arguments.allSatisfy { argument in !cells.contains { argument == .text($0) } })
      }
    }
  }

  @Test func `stands under titles that are all there, once`() throws {
    let others = Self.titles.map { $0.uppercased() } + ["Other"]
    #expect(throws: Never.self) { try ImportColumns(.plain, titles: others) }
    for titles in [["Name"], Self.titles + ["name"], ["N\u{FFFD}m"], []] {
      #expect(throws: ImportFault.self) { try ImportColumns(.plain, titles: titles) }
    }
  }

  @Test func `is no person where it holds titles again`() throws {
    let columns = try ImportColumns(.plain, titles: Self.titles)
    func holds(_ cells: [String], isFirst: Bool) -> Bool {
      columns.holdsTitles(FileRow(number: 2, cells: cells), isFirst: isFirst)
    }
    #expect(holds(Self.titles.map { $0.uppercased() }, isFirst: false))
    let arabic = ["اللقب", "الاسم", "الهاتف", "رقم البطاقة", "تاريخ الولادة", "البلد", "الجنس"]
    #expect(holds(arabic, isFirst: true) && !holds(arabic, isFirst: false))
    #expect(!holds(["Ben Othman", "Salma", "20 123 456", "", "", "", ""], isFirst: true))
    #expect(!holds(["Ben Othman", "Salma", "", "", "", "", ""], isFirst: true))
  }
}

@Suite struct `The antenna that receives` {
  private static let centre = Actor(
    id: AccountID(), name: "Centre", institution: "OTE", antenna: nil, scope: .nation,
    duties: [.importPersons, .receivePersons])

  private static func receiver(
    _ typed: [String: String], default antenna: AntennaCode? = nil, by actor: Actor
  ) -> AntennaCode? {
    let mapping = ImportMapping(antenna: antenna, separator: nil, columns: [:], values: [:])
    let fields = Fields(typed.merging(["family-latin": "A", "phones": "20123456"]) { $1 })
    return try? `A row of a partner's file`.rules(mapping, for: actor).checked(Typed(fields)).antenna
  }

  @Test func `is one's own, and whom a row sends elsewhere is refused`() {
    #expect(Self.receiver([:], by: Staff.amel) == "TUN")
    #expect(Self.receiver([:], default: "SFA", by: Staff.amel) == "TUN")
    #expect(Self.receiver(["governorate": "TN-61"], by: Staff.amel) == "TUN")
    #expect(Self.receiver(["antenna": "TUN"], by: Staff.bilel) == "TUN")
    #expect(Self.receiver(["antenna": "SFA"], by: Staff.amel) == nil)
    #expect(Self.receiver(["antenna": "XXX"], by: Staff.amel) == nil)
  }

  @Test func `is told by the row, the mapping, then the governorate, for one who sees the nation`() {
    #expect(Self.receiver(["antenna": "SFA"], default: "TUN", by: Self.centre) == "SFA")
    #expect(Self.receiver(["governorate": "TN-61"], default: "TUN", by: Self.centre) == "TUN")
    #expect(Self.receiver(["governorate": "TN-61"], by: Self.centre) == "SFA")
    #expect(Self.receiver([:], by: Self.centre) == nil)
    #expect(Self.receiver([:], default: "XXX", by: Self.centre) == nil)
  }
}
