import Basics
import Cases
import Foundation
import Funding
import Storage

/// The lists of aids: paged by key, each by an index of its own.
enum AidListStore {
  static let pageSize = 50

  static func page(
    _ filter: AidFilter, today: Day, after cursor: AidCursor?, for actor: Actor, in db: Connection
  ) throws -> [AidListed] {
    filter.show.isOfParts
      ? try parts(filter, today: today, after: cursor, for: actor, in: db)
      : try aids(filter, after: cursor, for: actor, in: db)
  }

  private static let columns: SQL =
    """
    a.id, a.case_file, a.antenna, a.kind, a.currency, a.cost, a.asked, a.own_part, a.other_part, a.prepared_at,
    a.prepared_by, a.state, a.version, a.reservation, a.granted, a.decided_on, a.signed_on, a.paid, a.proven, a.track,
    a.is_outside
    """

  private static func scope(_ table: SQL, of actor: Actor, narrowedBy filter: AidFilter) -> [SQL] {
    let place: SQL? =
      switch (actor.scope, actor.antenna) {
      case (.nation, _): filter.antenna.map { "\(table).antenna = \($0)" }
      case (.antenna, let antenna?): "\(table).antenna = \(antenna)"
      case (.assigned, _): "\(table).contact = \(actor.id)"
      case (.antenna, nil): "1 = 0"
      }
    return [place].compactMap { $0 } + (filter.kind.map { ["a.kind = \($0)"] } ?? [])
  }

  private static func parts(
    _ filter: AidFilter, today: Day, after cursor: AidCursor?, for actor: Actor, in db: Connection
  ) throws -> [AidListed] {
    var conditions = scope("i", of: actor, narrowedBy: filter) + ["i.due IS NOT NULL"]
    if let step = filter.show.step {
      conditions.append("i.step = \(step)")
    } else {
      conditions.append("i.due < \(today)")
    }
    if let cursor { conditions.append("(i.due, i.id) > (\(cursor.place), \(cursor.id))") }
    return try db.rows(
      """
      SELECT \(columns), i.id, i.number, i.way, i.amount, i.step, i.due
      FROM aid_instalment i JOIN aid a ON a.id = i.aid
      WHERE \(.all(conditions)) ORDER BY i.due, i.id LIMIT \(pageSize + 1)
      """
    ) { row in
      let (aid, due): (AidLine, Day) = (try AidLine(row), try row[26])
      let part = AidListed.Part(
        number: try row[22], way: try row[23], amount: Money(try row[24], aid.currency), step: try row[25],
        due: due)
      return AidListed(aid: aid, part: part, cursor: AidCursor(place: due.description, id: try row[21]))
    }
  }

  private static func aids(
    _ filter: AidFilter, after cursor: AidCursor?, for actor: Actor, in db: Connection
  ) throws -> [AidListed] {
    var conditions = scope("a", of: actor, narrowedBy: filter)
    if let state = filter.show.state {
      conditions.append("a.state = \(state)")
    } else {
      conditions.append("a.granted IS NOT NULL")
    }
    if let cursor, let at = Int64(cursor.place) {
      conditions.append("(a.changed_at, a.id) < (\(at), \(cursor.id))")
    }
    return try db.rows(
      """
      SELECT \(columns), a.changed_at FROM aid a
      WHERE \(.all(conditions)) ORDER BY a.changed_at DESC, a.id DESC LIMIT \(pageSize + 1)
      """
    ) { row in
      let (aid, at): (AidLine, Date) = (try AidLine(row), try row[21])
      return AidListed(
        aid: aid, part: nil, cursor: AidCursor(place: String(at.milliseconds), id: aid.id.text))
    }
  }

  /// How many parts wait in a step, and of which term; at most `AidCounts.most`.
  static func counts(on today: Day, for actor: Actor, in db: Connection) throws -> AidCounts {
    func count(_ condition: SQL) throws -> Int {
      let conditions = scope("i", of: actor, narrowedBy: AidFilter()) + ["i.due IS NOT NULL", condition]
      return try db.value(
        """
        SELECT COUNT(*) FROM (SELECT 1 FROM aid_instalment i WHERE \(.all(conditions)) LIMIT \(AidCounts.most)) AS few
        """) ?? 0
    }
    let steps: [AidInstalment.Step] = [.prepared, .approved, .checking]
    let counted = try steps.map { step in (step, try count("i.step = \(step)")) }
    let submitted = scope("a", of: actor, narrowedBy: AidFilter()) + ["a.state = 'submitted'"]
    return AidCounts(
      late: try count("i.due < \(today)"), steps: Dictionary(uniqueKeysWithValues: counted),
      submitted: try db.value(
        "SELECT COUNT(*) FROM (SELECT 1 FROM aid a WHERE \(.all(submitted)) LIMIT \(AidCounts.most)) AS few")
        ?? 0)
  }

  /// Running totals stand beside each aid: no part is read. A few hundred rows at most: antennas, kinds, currencies.
  static func figures(for actor: Actor, in db: Connection) throws -> [AidFigure] {
    try db.rows(
      """
      SELECT a.antenna, a.kind, a.currency, COUNT(a.granted),
        COUNT(CASE WHEN a.state = 'refused' THEN 1 END), COUNT(CASE WHEN a.state = 'postponed' THEN 1 END),
        CAST(SUM(CASE WHEN a.state = 'given-up' THEN 0 ELSE COALESCE(a.granted, 0) END) AS BIGINT),
        CAST(SUM(a.paid) AS BIGINT), CAST(SUM(a.proven) AS BIGINT)
      FROM aid a WHERE \(.all(scope("a", of: actor, narrowedBy: AidFilter())))
      GROUP BY a.antenna, a.kind, a.currency ORDER BY a.antenna, a.kind, a.currency LIMIT 1000
      """
    ) { row in
      let currency: Money.Currency = try row[2]
      return AidFigure(
        antenna: try row[0], kind: try row[1], currency: currency, granted: try row[3], refused: try row[4],
        postponed: try row[5], promised: Money(try row[6], currency), paid: Money(try row[7], currency),
        proven: Money(try row[8], currency))
    }
  }
}
