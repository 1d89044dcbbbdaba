import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about draws. Callers bring the transaction.
enum VisitDrawStore {
  static let pageSize = 24

  private static let columns: SQL = "id, antenna, month, seed, size, at, by"

  /// The files visited in a month and reported by a moment, each with its first visit then, in a fixed order: what a
  /// draw is made from. Some thousands at most.
  static func list(_ antenna: AntennaCode, _ month: Day, reportedBy moment: Date, in db: Connection) throws
    -> [(file: RecordID<CaseFile>, visit: RecordID<Visit>)]
  {
    var seen: Set<RecordID<CaseFile>> = []
    return try db.rows(
      """
      SELECT case_file, id FROM visit
      WHERE antenna = \(antenna) AND state = 'done' AND made_on >= \(month) AND made_on < \(month.adding(months: 1))
        AND COALESCE(made_at, 0) <= \(moment)
      ORDER BY made_on, case_file, id LIMIT 100000
      """
    ) { (file: try $0[0] as RecordID<CaseFile>, visit: try $0[1] as RecordID<Visit>) }
    .filter { seen.insert($0.file).inserted }
  }

  static func find(_ antenna: AntennaCode, _ month: Day, in db: Connection) throws -> VisitDraw? {
    try db.first("SELECT \(columns) FROM visit_draw WHERE antenna = \(antenna) AND month = \(month)") { row in
      try VisitDraw(row)
    }
  }

  static func require(_ id: RecordID<VisitDraw>, visibleTo actor: Actor, in db: Connection) throws
    -> VisitDraw
  {
    let found = try db.first("SELECT \(columns) FROM visit_draw WHERE id = \(id) AND \(visible(to: actor))") {
      row in try VisitDraw(row)
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// A page of draws, the newest month first; one more than fits.
  static func page(after cursor: VisitDrawCursor?, for actor: Actor, in db: Connection) throws -> [VisitDraw]
  {
    var conditions = [visible(to: actor)]
    if let cursor { conditions.append("(month, antenna) < (\(cursor.month), \(cursor.antenna))") }
    return try db.rows(
      """
      SELECT \(columns) FROM visit_draw WHERE \(.all(conditions))
      ORDER BY month DESC, antenna DESC LIMIT \(pageSize + 1)
      """
    ) { row in try VisitDraw(row) }
  }

  private static func visible(to actor: Actor) -> SQL {
    switch (actor.scope, actor.antenna) {
    case (.nation, _): "1 = 1"
    case (.antenna, let antenna?): "antenna = \(antenna)"
    case (.assigned, _), (.antenna, nil): "1 = 0"
    }
  }

  /// Makes the draw of a month, if nobody has: whoever comes second waits, and finds the first one's.
  static func insert(_ draw: VisitDraw, in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO visit_draw (id, antenna, month, seed, size, at, by)
      VALUES (\(draw.id), \(draw.antenna), \(draw.month), \(draw.seed), \(draw.size), \(draw.at), \(draw.by))
      ON CONFLICT (antenna, month) DO NOTHING
      """) == 1
  }

  static func insert(_ look: VisitDraw.Look, of draw: RecordID<VisitDraw>, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO visit_look (id, draw, position, case_file, visit, version)
      VALUES (\(look.id), \(draw), \(look.position), \(look.file), \(look.visit), 1)
      """)
  }

  /// The files of a draw, and how many of them were looked at.
  /// - Parameter key: of the person of a file.
  static func looks(
    of draw: RecordID<VisitDraw>, key: (RecordID<CaseFile>) throws -> SealingKey, in db: Connection
  ) throws -> [VisitDraw.Look] {
    try db.rows(
      """
      SELECT id, position, case_file, visit, version, outcome, told FROM visit_look WHERE draw = \(draw)
      ORDER BY position LIMIT 100
      """
    ) { row in
      let id: RecordID<VisitDraw.Look> = try row[0]
      let file: RecordID<CaseFile> = try row[2]
      let outcome: VisitDraw.Look.Outcome? = try row[5]
      let sealed: [UInt8]? = try row[6]
      let told = try sealed.map { try key(file).openText($0, as: "visit_look.told:\(id)") }
      return VisitDraw.Look(
        id: id, position: try row[1], file: file, visit: try row[3],
        result: outcome.map { VisitDraw.Result($0, told: told) }, version: try row[4])
    }
  }

  /// Files drawn at an antenna that nobody has looked at again, the oldest draw first: at most a hundred.
  static func waiting(at antenna: AntennaCode, in db: Connection) throws -> [WaitingLook] {
    try db.rows(
      """
      SELECT d.id, d.month, d.at, l.case_file FROM visit_draw d JOIN visit_look l ON l.draw = d.id
      WHERE d.antenna = \(antenna) AND l.outcome IS NULL ORDER BY d.month, l.position LIMIT 100
      """
    ) { row in
      WaitingLook(draw: try row[0], month: try row[1], drawnAt: try row[2], file: try row[3])
    }
  }

  static func set(
    _ result: VisitDraw.Result, of look: VisitDraw.Look, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let told = try result.told.map { try key.seal($0, as: "visit_look.told:\(look.id)") }
    try db.run(
      """
      UPDATE visit_look SET outcome = \(result.outcome), told = \(told), looked_at = \(now), looked_by = \(actor.id),
        version = version + 1
      WHERE id = \(look.id)
      """)
  }
}

extension VisitDraw {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], antenna: try row[1], month: try row[2], seed: try row[3], size: try row[4],
      at: try row[5], by: try row[6])
  }
}

/// Where a page of draws ended; it travels in the URL.
package struct VisitDrawCursor: Equatable, Sendable {
  let month: Day
  let antenna: AntennaCode

  init(after draw: VisitDraw) { (month, antenna) = (draw.month, draw.antenna) }

  /// Nil for what is none: the page begins with the newest.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let month = Day(parts[0]) else { return nil }
    (self.month, antenna) = (month, AntennaCode(rawValue: String(parts[1])))
  }

  var text: String { "\(month)~\(antenna)" }
}
