import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about funders, agreements and budget lines. Callers bring the transaction.
enum AgreementStore {
  static let mostFunders = 500
  /// Of one agreement.
  static let mostLines = 200

  static func funders(in db: Connection) throws -> [Funder] {
    try db.rows("SELECT id, name FROM funder ORDER BY name, id LIMIT \(mostFunders)") { row in
      Funder(id: try row[0], name: try row[1])
    }
  }

  /// Those of some agreements, by their ids.
  static func funders(of agreements: [Agreement], in db: Connection) throws -> [RecordID<Funder>: Funder] {
    let ids = Array(Set(agreements.map(\.funder)))
    let found = try db.rows("SELECT id, name FROM funder WHERE id IN (\(list: ids))") { row in
      Funder(id: try row[0], name: try row[1])
    }
    return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
  }

  static func funder(_ id: RecordID<Funder>, in db: Connection) throws -> Funder? {
    try db.first("SELECT id, name FROM funder WHERE id = \(id)") { row in
      Funder(id: try row[0], name: try row[1])
    }
  }

  static func funder(named name: String, in db: Connection) throws -> RecordID<Funder>? {
    try db.value("SELECT id FROM funder WHERE name = \(name)")
  }

  static func insert(_ funder: Funder, in db: Connection) throws -> Bool {
    try db.run("INSERT INTO funder (id, name) VALUES (\(funder.id), \(funder.name)) ON CONFLICT DO NOTHING")
      == 1
  }

  static func insert(_ agreement: Agreement, in db: Connection) throws -> Bool {
    let isNew =
      try db.run(
        """
        INSERT INTO agreement (id, funder, title, amount, currency, from_day, until_day, pay_until, purpose,
          basis, profiles, version)
        VALUES (\(agreement.id), \(agreement.funder), \(agreement.title), \(agreement.amount.minorUnits),
          \(agreement.currency), \(agreement.from), \(agreement.until), \(agreement.payUntil),
          \(agreement.purpose), \(agreement.basis), \(agreement.profiles), 1) ON CONFLICT DO NOTHING
        """) == 1
    if isNew { try set(agreement.earmark, of: agreement.id.text, in: db) }
    return isNew
  }

  static func update(_ agreement: Agreement, in db: Connection) throws {
    try db.run(
      """
      UPDATE agreement SET title = \(agreement.title), amount = \(agreement.amount.minorUnits),
        from_day = \(agreement.from), until_day = \(agreement.until), pay_until = \(agreement.payUntil),
        basis = \(agreement.basis), profiles = \(agreement.profiles), version = \(agreement.version)
      WHERE id = \(agreement.id)
      """)
    try set(agreement.earmark, of: agreement.id.text, in: db)
  }

  static func agreement(_ id: RecordID<Agreement>, in db: Connection) throws -> Agreement? {
    try agreements("id = \(id)", limit: 1, in: db).first
  }

  /// Whoever comes second waits here until the first is done.
  static func hold(_ id: RecordID<Agreement>, in db: Connection) throws -> Agreement {
    try db.run("UPDATE agreement SET version = version WHERE id = \(id)")
    guard let agreement = try agreement(id, in: db) else { throw Refusal.notFound }
    return agreement
  }

  /// - Parameter condition: about the columns of `agreement`.
  static func agreements(_ condition: SQL, limit: Int, in db: Connection) throws -> [Agreement] {
    let found = try db.rows(
      """
      SELECT id, funder, title, amount, currency, from_day, until_day, pay_until, purpose, basis, profiles,
        version FROM agreement WHERE \(condition) ORDER BY until_day, id LIMIT \(limit)
      """
    ) { row in
      Agreement(
        id: try row[0], funder: try row[1], title: try row[2], amount: Money(try row[3], try row[4]),
        from: try row[5], until: try row[6], payUntil: try row[7], purpose: try row[8], basis: try row[9],
        profiles: try row[10], version: try row[11])
    }
    let earmarks = try earmarks(of: found.map(\.id.text), in: db)
    return found.map { agreement in
      Agreement(
        id: agreement.id, funder: agreement.funder, title: agreement.title, amount: agreement.amount,
        from: agreement.from, until: agreement.until, payUntil: agreement.payUntil,
        purpose: agreement.purpose, basis: agreement.basis,
        earmark: earmarks[agreement.id.text] ?? Earmark(), profiles: agreement.profiles,
        version: agreement.version)
    }
  }

  static func insert(_ line: BudgetLine, in db: Connection) throws -> Bool {
    let isNew =
      try db.run(
        """
        INSERT INTO budget_line (id, agreement, name, amount, version)
        VALUES (\(line.id), \(line.agreement), \(line.name), \(line.amount.minorUnits), 1)
        ON CONFLICT DO NOTHING
        """) == 1
    if isNew { try set(line.earmark, of: line.id.text, in: db) }
    return isNew
  }

  static func update(_ line: BudgetLine, in db: Connection) throws {
    try db.run(
      """
      UPDATE budget_line SET name = \(line.name), amount = \(line.amount.minorUnits),
        version = \(line.version) WHERE id = \(line.id)
      """)
    try set(line.earmark, of: line.id.text, in: db)
  }

  static func line(_ id: RecordID<BudgetLine>, in db: Connection) throws -> BudgetLine? {
    try lines("l.id = \(id)", limit: 1, in: db).first
  }

  /// Whoever reserves waits here for whoever changes the earmark, and the other way round.
  static func hold(_ id: RecordID<BudgetLine>, in db: Connection) throws -> BudgetLine {
    try db.run("UPDATE budget_line SET version = version WHERE id = \(id)")
    guard let line = try line(id, in: db) else { throw Refusal.notFound }
    return line
  }

  static func lines(of agreements: [RecordID<Agreement>], in db: Connection) throws -> [BudgetLine] {
    try lines(
      "l.agreement IN (\(list: agreements))", limit: max(1, agreements.count) * mostLines, in: db)
  }

  static func lines(_ ids: [RecordID<BudgetLine>], in db: Connection) throws -> [BudgetLine] {
    try ids.isEmpty ? [] : lines("l.id IN (\(list: ids))", limit: ids.count, in: db)
  }

  private static func lines(_ condition: SQL, limit: Int, in db: Connection) throws -> [BudgetLine] {
    let found = try db.rows(
      """
      SELECT l.id, l.agreement, l.name, l.amount, g.currency, l.version
      FROM budget_line l JOIN agreement g ON g.id = l.agreement
      WHERE \(condition) ORDER BY l.agreement, l.id LIMIT \(limit)
      """
    ) { row in
      BudgetLine(
        id: try row[0], agreement: try row[1], name: try row[2], amount: Money(try row[3], try row[4]),
        version: try row[5])
    }
    let earmarks = try earmarks(of: found.map(\.id.text), in: db)
    return found.map { line in
      BudgetLine(
        id: line.id, agreement: line.agreement, name: line.name, amount: line.amount,
        earmark: earmarks[line.id.text] ?? Earmark(), version: line.version)
    }
  }

  private static func earmarks(of owners: [String], in db: Connection) throws -> [String: Earmark] {
    var found: [String: Earmark] = [:]
    _ = try db.rows("SELECT owner, what, code FROM fund_earmark WHERE owner IN (\(list: owners))") { row in
      let (owner, what, code): (String, String, String) = (try row[0], try row[1], try row[2])
      switch what {
      case "country": found[owner, default: Earmark()].countries.insert(CountryCode(rawValue: code))
      case "antenna": found[owner, default: Earmark()].antennas.insert(AntennaCode(rawValue: code))
      case "return":
        if let kind = ReturnFacts.Kind(rawValue: code) {
          found[owner, default: Earmark()].returns.insert(kind)
        }
      default: found[owner, default: Earmark()].kinds.insert(AidKindCode(rawValue: code))
      }
    }
    return found
  }

  private static func set(_ earmark: Earmark, of owner: String, in db: Connection) throws {
    try db.run("DELETE FROM fund_earmark WHERE owner = \(owner)")
    let rows =
      earmark.countries.map { ("country", $0.rawValue) } + earmark.antennas.map { ("antenna", $0.rawValue) }
      + earmark.kinds.map { ("kind", $0.rawValue) } + earmark.returns.map { ("return", $0.rawValue) }
    for (what, code) in rows {
      try db.run("INSERT INTO fund_earmark (owner, what, code) VALUES (\(owner), \(what), \(code))")
    }
  }
}
