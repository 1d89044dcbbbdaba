import Antennas
import Basics
import Cases
import Duplicates
import Foundation
import People
import Storage

/// The door of the area: brings partners' files in, at the console all of a file or nothing, on the pages row by row.
package struct Imports: Sendable {
  let cases: Cases
  let antennas: Antennas
  let duplicates: Duplicates
  let now: @Sendable () -> Date

  var database: Database { cases.database }

  package init(
    cases: Cases, antennas: Antennas, duplicates: Duplicates, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.cases = cases
    self.antennas = antennas
    self.duplicates = duplicates
    self.now = now
  }

  /// What the file came to.
  package struct Summary: Sendable, Equatable {
    package var new = 0
    /// Of the new ones, those who may be here already.
    package var perhaps = 0
    package var known = 0
    package var refused = 0

    package init(new: Int = 0, perhaps: Int = 0, known: Int = 0, refused: Int = 0) {
      self.new = new
      self.perhaps = perhaps
      self.known = known
      self.refused = refused
    }

    mutating func count(_ finding: ImportFinding) {
      switch finding {
      case .new: new += 1
      case .perhaps: (new, perhaps) = (new + 1, perhaps + 1)
      case .known, .twice: known += 1
      case .refused: refused += 1
      }
    }
  }

  /// Is told of each row.
  package typealias Report = @Sendable (_ row: Int, ImportFinding) -> Void

  /// Says of each row what it is, and writes nothing.
  package func tryOut(_ path: String, _ mapping: ImportMapping, by actor: Actor, report: @escaping Report)
    async throws -> Summary
  {
    let rules = try await rules(mapping, for: actor)
    return try await database.read { db in
      try eachRow(path, rules, looksForPerhaps: true, in: db, report: report) { _ in }
    }
  }

  /// Receives every new person of the file in one transaction. Known ones are passed over; one refused row refuses all.
  /// - Throws: `ImportFault` when a row is refused: nothing has been written.
  package func bringIn(_ path: String, _ mapping: ImportMapping, by actor: Actor, report: @escaping Report)
    async throws -> Summary
  {
    let rules = try await rules(mapping, for: actor)
    let now = now()
    return try await database.write { db in
      try holdTheDoor(at: now, in: db)
      let summary = try eachRow(path, rules, looksForPerhaps: false, in: db, report: report) { checked in
        try receive(checked, through: mapping.channel, by: actor, at: now, in: db)
      }
      guard summary.refused == 0 else {
        throw ImportFault(
          say(
            "\(summary.refused) rows are refused, so nothing was brought in. Mend the file and try again."))
      }
      try Journal.append(
        "import.persons", on: ImportFile.reference(RecordID()), by: actor, at: now,
        changes: [FieldChange(field: "new", before: nil, after: String(summary.new))], in: db)
      return summary
    }
  }

  func rules(_ mapping: ImportMapping, for actor: Actor) async throws -> ImportRules {
    try actor.must(.importPersons)
    return ImportRules(
      mapping: mapping, actor: actor, today: Day(of: now()), territory: try await antennas.territory())
  }

  /// One file after the other: of two at once neither would know the persons of the other.
  func holdTheDoor(at now: Date, in db: Connection) throws {
    try InstallationKeys.mark("last import", Day(of: now).description, in: db)
  }

  @discardableResult
  func receive(
    _ checked: ImportRules.Checked, through channel: CaseFile.Channel, by actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Reception {
    let reception = Reception(
      id: RecordID(), person: RecordID(), identity: checked.identity, antenna: checked.antenna,
      contact: actor.id, channel: channel, receivedAt: now, returned: checked.returned)
    try cases.receive(reception, by: actor, in: db)
    return reception
  }

  /// Goes through the file row by row; only the proofs seen so far are kept.
  private func eachRow(
    _ path: String, _ rules: ImportRules, looksForPerhaps: Bool, in db: Connection, report: Report,
    new: (ImportRules.Checked) throws -> Void
  ) throws -> Summary {
    var (reader, columns) = try ImportColumns.open(path, rules.mapping)
    var (summary, seen, count) = (Summary(), [Int64: Int](), 0)
    while let row = try reader.next() {
      count += 1
      guard count <= ImportLimits.rows else { throw ImportFault(Self.tooManyRows) }
      let check = ImportCheck(
        rules: rules, people: cases.people, duplicates: looksForPerhaps ? duplicates : nil
      ) {
        proof, row in
        // A name in both scripts may prove the same twice.
        let first = seen[proof, default: row]
        seen[proof] = first
        return first == row ? nil : first
      }
      let (finding, checked) =
        columns.holdsTitles(row, isFirst: count == 1)
        ? (ImportCheck.titlesAgain, nil) : try check.find(columns.typed(row), row: row.number, in: db)
      summary.count(finding)
      report(row.number, finding)
      if case .new = finding, summary.refused == 0, let checked { try new(checked) }
    }
    return summary
  }

  static var tooManyRows: Phrase {
    say("The file has more than \(ImportLimits.rows) rows. Send it in several parts.")
  }
}
