import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: brings a partner's file in, all of it or nothing.
package struct Imports: Sendable {
  let cases: Cases
  let antennas: Antennas
  let now: @Sendable () -> Date

  package init(cases: Cases, antennas: Antennas, now: @escaping @Sendable () -> Date = { Date() }) {
    self.cases = cases
    self.antennas = antennas
    self.now = now
  }

  /// What the file came to.
  package struct Summary: Sendable, Equatable {
    package var new = 0
    package var known = 0
    package var refused = 0
  }

  /// Says of each row what it is, and writes nothing.
  package func tryOut(
    _ path: String, _ mapping: ImportMapping, by actor: Actor,
    result: @escaping @Sendable (Int, ImportResult) -> Void
  ) async throws -> Summary {
    try actor.must(.importPersons)
    let territory = try await antennas.territory()
    let today = Day(of: now())
    return try await cases.database.read { db in
      try eachRow(path, mapping, territory, today: today, in: db, result: result) { _ in }
    }
  }

  /// Receives every new person of the file in one transaction. Known ones are passed over; one refused row refuses all.
  /// - Throws: `ImportFault` when a row is refused: nothing has been written.
  package func bringIn(
    _ path: String, _ mapping: ImportMapping, by actor: Actor,
    result: @escaping @Sendable (Int, ImportResult) -> Void
  ) async throws -> Summary {
    try actor.must(.importPersons)
    let territory = try await antennas.territory()
    let now = now()
    return try await cases.database.write { db in
      // One file after the other: of two at once neither would know the persons of the other.
      try InstallationKeys.mark("last import", Day(of: now).description, in: db)
      let summary = try eachRow(
        path, mapping, territory, today: Day(of: now), in: db, result: result
      ) { row in
        try cases.receive(
          Reception(
            id: RecordID(), person: RecordID(), identity: row.identity, antenna: row.antenna,
            contact: actor.id,
            channel: .memberState, receivedAt: now, returned: row.returned), by: actor, in: db)
      }
      guard summary.refused == 0 else {
        throw ImportFault(
          "\(summary.refused) rows are refused, so nothing was brought in. Mend the file and try again.")
      }
      try Journal.append(
        "import.persons", on: RecordReference("import", RecordID<Imports>()), by: actor, at: now,
        changes: [FieldChange(field: "new", before: nil, after: String(summary.new))], in: db)
      return summary
    }
  }

  private struct Checked {
    let identity: Identity
    let returned: ReturnFacts
    let antenna: AntennaCode
  }

  /// Goes through the file row by row; only the numbers seen so far are kept.
  private func eachRow(
    _ path: String, _ mapping: ImportMapping, _ territory: Territory, today: Day, in db: Connection,
    result: (Int, ImportResult) -> Void, new: (Checked) throws -> Void
  ) throws -> Summary {
    var rows = try CSVReader(path: path, separator: mapping.separator).rows()
    guard let header = try rows.next() else { throw ImportFault("\(path) is empty.") }
    let rules = try ImportRules(mapping, header: header.cells, today: today, in: territory)
    var summary = Summary()
    var seen = Set<Int64>()
    while let row = try rows.next() {
      let outcome = try outcome(of: row, rules, &seen, in: db)
      switch outcome.result {
      case .new: summary.new += 1
      case .known: summary.known += 1
      case .refused: summary.refused += 1
      }
      result(row.number, outcome.result)
      if let checked = outcome.checked, summary.refused == 0 { try new(checked) }
    }
    return summary
  }

  private func outcome(
    of row: CSVReader.Row, _ rules: ImportRules, _ seen: inout Set<Int64>, in db: Connection
  ) throws -> (result: ImportResult, checked: Checked?) {
    do {
      let (identity, returned, antenna) = try rules.identityAndReturn(of: row)
      guard let antenna, rules.territory.antennas.contains(where: { $0.id == antenna }) else {
        let problem = ImportResult.Problem(
          column: rules.column(of: "antenna"), message: say("This is no antenna of the scheme."))
        return (.refused([problem]), nil)
      }
      if let what = try cases.people.recognise(identity, noting: &seen, in: db) {
        return (.known(by: what), nil)
      }
      return (.new, Checked(identity: identity, returned: returned, antenna: antenna))
    } catch Refusal.invalid(let errors) {
      return (.refused(errors.map { .init(column: rules.column(of: $0.field), message: $0.message) }), nil)
    }
  }
}
