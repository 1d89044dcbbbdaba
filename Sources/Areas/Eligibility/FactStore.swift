import Basics
import Cases
import Foundation
import Storage

/// One file with what is known of it, and where it is: what money there is depends on that.
struct FileFacts: Sendable {
  let id: RecordID<CaseFile>
  var facts: Facts
  let antenna: AntennaCode
  let country: CountryCode?
  let returned: ReturnFacts.Kind?
}

/// What other areas tell of many files at once. Each answers for the files from the first to the last of a range of ids
/// and leaves out those of which nothing is known. Where none is given, its facts are not known.
package struct FactSources: Sendable {
  package typealias Files = ClosedRange<RecordID<CaseFile>>
  package typealias Bands =
    @Sendable (_ instrument: String, _ files: Files, _ day: Day, _ db: Connection) throws -> [RecordID<
      CaseFile
    >: String]
  package typealias EarlierAids =
    @Sendable (_ files: Files, _ day: Day, _ db: Connection) throws -> [RecordID<CaseFile>: [EarlierAid]]
  /// What is left for one kind of aid, in millimes; nil where no money is named for it.
  package typealias MoneyLeft =
    @Sendable (
      _ aid: String, _ country: CountryCode?, _ returned: ReturnFacts.Kind?, _ antenna: AntennaCode,
      _ day: Day,
      _ db: Connection
    ) throws -> Int64?
  package typealias Rate = @Sendable (_ day: Day, _ db: Connection) throws -> EuroRate?

  package var bands: Bands?
  package var aids: EarlierAids?
  package var moneyLeft: MoneyLeft?
  package var rate: Rate?
  package var names: (@Sendable (_ db: Connection) throws -> FactNames)?

  package init() {}
}

/// Every SQL statement that reads facts: fact views alone.
enum FactStore {
  /// Files that are read at once.
  static let batch = 2_000

  /// Files in the order of their ids, with what their own row, the person's and the household's tell on a day.
  /// - Parameter wanted: what is read of the household and the documents only where it is asked for.
  static func files(
    after last: RecordID<CaseFile>?, limit: Int = batch, wanted: Set<Fact>, on day: Day, in db: Connection
  ) throws -> [FileFacts] {
    let after: SQL = last.map { "AND f.case_file > \($0)" } ?? ""
    return try complete(rows("f.erased_on IS NULL \(after)", limit, on: day, in: db), wanted, on: day, in: db)
  }

  static func file(_ id: RecordID<CaseFile>, wanted: Set<Fact>, on day: Day, in db: Connection) throws
    -> FileFacts?
  {
    try complete(rows("f.case_file = \(id)", 1, on: day, in: db), wanted, on: day, in: db).first
  }

  private static func rows(_ condition: SQL, _ limit: Int, on day: Day, in db: Connection) throws
    -> [FileFacts]
  {
    try db.rows(
      """
      SELECT f.case_file, f.antenna, f.stage, f.received_on, f.returned_on, f.plan_agreed_on, f.return_country,
        f.return_kind, p.sex, p.birth_year, p.governorate
      FROM case_fact f LEFT JOIN person_fact p ON p.person = f.person
      WHERE \(condition) ORDER BY f.case_file LIMIT \(limit)
      """
    ) { row in
      var facts = Facts()
      let antenna: AntennaCode = try row[1]
      let stage: CaseFile.Stage = try row[2]
      let returned: Day? = try row[4]
      let country: CountryCode? = try row[6]
      let kind: ReturnFacts.Kind? = try row[7]
      facts[.antenna] = .code(antenna.rawValue)
      facts[.isOpen] = .flag(stage != .closed)
      facts[.receivedOn] = .day(try row[3])
      facts[.returnedOn] = returned.map(FactValue.day)
      facts[.daysSinceReturn] = returned.map { .number(max(0, day - $0)) }
      facts[.isPlanned] = .flag((try row[5] as Day?).map { $0 <= day } ?? false)
      facts[.returnCountry] = country.map { .code($0.rawValue) }
      facts[.returnKind] = kind.map { .code($0.rawValue) }
      facts[.sex] = (try row[8] as String?).map(FactValue.code)
      facts[.age] = (try row[9] as Int?).map { Self.age(bornIn: $0, on: day) }
      facts[.governorate] = (try row[10] as String?).map(FactValue.code)
      return FileFacts(id: try row[0], facts: facts, antenna: antenna, country: country, returned: kind)
    }
  }

  /// Of whom only the year of birth is known, one of two ages.
  private static func age(bornIn year: Int, on day: Day) -> FactValue {
    let most = Int64(max(0, day.year - year))
    return .number(max(0, most - 1)...most)
  }

  private static func complete(_ files: [FileFacts], _ wanted: Set<Fact>, on day: Day, in db: Connection)
    throws
    -> [FileFacts]
  {
    guard let first = files.first?.id, let last = files.last?.id else { return [] }
    var files = files
    if !wanted.isDisjoint(with: [.householdSize, .dependants, .children]) {
      let households = try households(first...last, in: db)
      for index in files.indices {
        guard let found = households[files[index].id] else { continue }
        files[index].facts[.householdSize] = .number(found.size)
        files[index].facts[.dependants] = .number(found.dependants)
        files[index].facts[.children] = .number(found.children)
      }
    }
    if wanted.contains(.papers) {
      let papers = try papers(first...last, on: day, in: db)
      for index in files.indices { files[index].facts[.papers] = .codes(papers[files[index].id] ?? []) }
    }
    return files
  }

  private struct Household {
    /// The person counted. A range where it is not known of every member; so below.
    let size: ClosedRange<Int64>
    let dependants: ClosedRange<Int64>
    let children: Int
  }

  /// Those of which something is recorded: a member, or that the person lives alone.
  private static func households(_ files: FactSources.Files, in db: Connection) throws
    -> [RecordID<CaseFile>: Household]
  {
    let rows = try db.rows(
      """
      SELECT case_file, size_least, size_most, dependants_least, dependants_most, children FROM household_fact
      WHERE case_file >= \(files.lowerBound) AND case_file <= \(files.upperBound)
      """
    ) { row in
      let household = Household(
        size: try (row[1] as Int64)...(row[2] as Int64),
        dependants: try (row[3] as Int64)...(row[4] as Int64), children: try row[5])
      return (file: try row[0] as RecordID<CaseFile>, household: household)
    }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.file, $0.household) })
  }

  /// Kinds of document that are in a file and valid on the day.
  private static func papers(_ files: FactSources.Files, on day: Day, in db: Connection) throws
    -> [RecordID<CaseFile>: Set<String>]
  {
    var found: [RecordID<CaseFile>: Set<String>] = [:]
    let rows = try db.rows(
      """
      SELECT DISTINCT case_file, kind FROM document_fact
      WHERE case_file >= \(files.lowerBound) AND case_file <= \(files.upperBound) AND withdrawn_at IS NULL
        AND (valid_until IS NULL OR valid_until >= \(day))
      """
    ) { (try $0[0] as RecordID<CaseFile>, try $0[1] as String) }
    for (file, kind) in rows { found[file, default: []].insert(kind) }
    return found
  }
}
