import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about visits. Callers have found the case first, and so may see it.
enum VisitStore {
  /// Every visit of a case, by the planned day; there are never more (`VisitRules.most`).
  static func visits(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [Visit] {
    let moves = try moves(of: file, key: key, in: db)
    return try db.rows(
      """
      SELECT id, planned_on, state, month, why_missed, missed_told, made_on, made_by, made_at, version, activity, seen,
        next_step, next_on, way, income, income_from, income_to, jobs_kept_women, jobs_kept_men, jobs_created_women,
        jobs_created_men, difficulties, wish, told, called_off_on
      FROM visit WHERE case_file = \(file) ORDER BY planned_on LIMIT 100
      """
    ) { row in try Visit(row, moves: moves, key: key) }
  }

  /// How the visits of a case were moved, the first time first.
  private static func moves(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws
    -> [RecordID<Visit>: [Visit.Move]]
  {
    let moves = try db.rows(
      """
      SELECT visit, id, from_day, to_day, why, told, by FROM visit_move WHERE case_file = \(file) ORDER BY at LIMIT 500
      """
    ) { row in
      let id: RecordID<Visit.Move> = try row[1]
      let told = try key.openText(row[5] as [UInt8]?, as: "visit_move.told:\(id)")
      return (
        visit: try row[0] as RecordID<Visit>,
        move: Visit.Move(
          id: id, from: try row[2], to: try row[3], why: Visit.Hindrance(try row[4], told: told),
          by: try row[6])
      )
    }
    return Dictionary(grouping: moves, by: \.visit).mapValues { $0.map(\.move) }
  }

  static func exists(_ id: RecordID<Visit>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM visit WHERE id = \(id)")
  }

  static func insert(
    _ id: RecordID<Visit>, plannedOn day: Day, month: Int? = nil, of file: RecordID<CaseFile>,
    in db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO visit (id, case_file, planned_on, state, month)
      VALUES (\(id), \(file), \(day), 'planned', \(month))
      """)
  }

  /// A planned visit of the schedule on its new day.
  static func plan(_ id: RecordID<Visit>, on day: Day, in db: Connection) throws {
    try db.run("UPDATE visit SET planned_on = \(day) WHERE id = \(id)")
  }

  static func move(
    _ visit: RecordID<Visit>, _ move: Visit.Move, of file: RecordID<CaseFile>, key: SealingKey, at now: Date,
    in db: Connection
  ) throws {
    let told = try move.why.told.map { try key.seal($0, as: "visit_move.told:\(move.id)") }
    try db.run(
      """
      INSERT INTO visit_move (id, visit, case_file, from_day, to_day, why, told, at, by)
      VALUES (\(move.id), \(visit), \(file), \(move.from), \(move.to), \(move.why.kind), \(told), \(now), \(move.by))
      """)
    try plan(visit, on: move.to, in: db)
  }

  static func miss(
    _ id: RecordID<Visit>, _ why: Visit.Hindrance, key: SealingKey, in db: Connection
  ) throws {
    let told = try why.told.map { try key.seal($0, as: "visit.missed:\(id)") }
    try db.run(
      "UPDATE visit SET state = 'missed', why_missed = \(why.kind), missed_told = \(told) WHERE id = \(id)")
  }

  /// Calls off what was planned and not made.
  /// - Returns: the days for which it was planned, in their order.
  static func callOff(_ file: RecordID<CaseFile>, on day: Day, in db: Connection) throws -> [Day] {
    try db.rows(
      """
      UPDATE visit SET called_off_on = \(day) WHERE case_file = \(file) AND state = 'planned' AND called_off_on IS NULL
      RETURNING planned_on
      """
    ) { try $0[0] as Day }.sorted()
  }

  /// Writes a report, the first time or corrected.
  static func report(
    _ id: RecordID<Visit>, _ report: Visit.Report, key: SealingKey, in db: Connection
  ) throws {
    let range: Visit.IncomeRange? = if case .range(let range) = report.income { range } else { nil }
    let income: String? = report.income.map { $0 == .refused ? "refused" : "told" }
    var told = Fields()
    (told["other-difficulty"], told["wish-why"]) = (report.otherDifficulty, report.wishReason)
    let sealed = told.values.isEmpty ? nil : try key.seal(told.bytes, as: "visit.told:\(id)")
    try db.run(
      """
      UPDATE visit SET state = 'done', version = version + 1, made_on = \(report.on), activity = \(report.activity),
        seen = \(try key.seal(report.seen, as: "visit.seen:\(id)")),
        next_step = \(try report.nextStep.map { try key.seal($0, as: "visit.next:\(id)") }), next_on = \(report.nextOn),
        way = \(report.way), income = \(income), income_from = \(range?.lower), income_to = \(range?.upper),
        jobs_kept_women = \(report.jobs[.keptByWomen]), jobs_kept_men = \(report.jobs[.keptByMen]),
        jobs_created_women = \(report.jobs[.createdForWomen]), jobs_created_men = \(report.jobs[.createdForMen]),
        difficulties = \(report.difficulties?.text), wish = \(report.wish), told = \(sealed)
      WHERE id = \(id)
      """)
  }

  /// Who made a visit, when it was recorded and for which antenna: that never changes.
  static func sign(
    _ id: RecordID<Visit>, by actor: Actor, at now: Date, antenna: AntennaCode, in db: Connection
  ) throws {
    try db.run(
      "UPDATE visit SET made_by = \(actor.id), made_at = \(now), antenna = \(antenna) WHERE id = \(id)")
  }

  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (table, column, context) in [
      ("visit", "seen", "visit.seen"), ("visit", "next_step", "visit.next"), ("visit", "told", "visit.told"),
      ("visit", "missed_told", "visit.missed"), ("visit_move", "told", "visit_move.told"),
      ("visit_look", "told", "visit_look.told"),
      ("visit_handover", "goods", "visit_handover.goods"),
      ("visit_handover", "giver", "visit_handover.giver"),
    ] as [(SQL, SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: table, where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

/// Every SQL statement about what visits are counted from, and the numbers they go by.
enum VisitTermStore {
  /// When the activity began; nil where that is not known.
  static func start(of file: RecordID<CaseFile>, in db: Connection) throws -> Day? {
    try db.value("SELECT started_on FROM visit_start WHERE case_file = \(file)")
  }

  static func setStart(
    _ day: Day?, of file: RecordID<CaseFile>, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    guard let day else {
      try db.run("DELETE FROM visit_start WHERE case_file = \(file)")
      return
    }
    try db.run(
      """
      INSERT INTO visit_start (case_file, started_on, recorded_at, recorded_by)
      VALUES (\(file), \(day), \(now), \(actor.id))
      ON CONFLICT (case_file) DO UPDATE SET started_on = excluded.started_on, recorded_at = excluded.recorded_at,
        recorded_by = excluded.recorded_by
      """)
  }

  /// A few dozen rows at most.
  static func terms(in db: Connection) throws -> VisitTerms {
    VisitTerms(
      try db.rows("SELECT name, from_day, numbers FROM visit_term ORDER BY name, from_day LIMIT 1000") {
        row in
        let numbers: String = try row[2]
        return VisitTerms.Term(
          name: try row[0], from: try row[1], numbers: numbers.split(separator: " ").compactMap { Int($0) })
      })
  }

  static func set(_ term: VisitTerms.Term, in db: Connection) throws {
    let numbers = term.numbers.map(String.init).joined(separator: " ")
    try db.run(
      """
      INSERT INTO visit_term (name, from_day, numbers) VALUES (\(term.name), \(term.from), \(numbers))
      ON CONFLICT (name, from_day) DO UPDATE SET numbers = excluded.numbers
      """)
  }
}

extension SealingKey {
  /// A sealed text that may be missing.
  fileprivate func openText(_ sealed: [UInt8]?, as place: String) throws -> String? {
    try sealed.map { try openText($0, as: place) }
  }
}

extension Visit {
  fileprivate init(_ row: borrowing Row, moves: [RecordID<Visit>: [Move]], key: SealingKey) throws {
    let id: RecordID<Visit> = try row[0]
    let why: Hindrance.Kind? = try row[4]
    let told = try key.openText(row[5] as [UInt8]?, as: "visit.missed:\(id)")
    let by: AccountID? = try row[7]
    let (at, version): (Date?, Int) = (try row[8], try row[9])
    let calledOffOn: Day? = try row[25]
    self.init(
      id: id, plannedOn: try row[1], state: calledOffOn == nil ? try row[2] : .calledOff, month: try row[3],
      moves: moves[id] ?? [], missed: why.map { Hindrance($0, told: told) }, calledOffOn: calledOffOn,
      report: try Report(row, of: id, key: key),
      author: by.map { Author(by: $0, at: at, version: version) })
  }
}

extension Visit.Report {
  fileprivate init?(_ row: borrowing Row, of id: RecordID<Visit>, key: SealingKey) throws {
    guard let on: Day = try row[6], let activity: Visit.Activity = try row[10],
      let seen = try key.openText(row[11] as [UInt8]?, as: "visit.seen:\(id)")
    else { return nil }
    self.init(
      on: on, activity: activity, seen: seen,
      nextStep: try key.openText(row[12] as [UInt8]?, as: "visit.next:\(id)"))
    (nextOn, way) = (try row[13], try row[14])
    let income: String? = try row[15]
    let (lower, upper): (Int?, Int?) = (try row[16], try row[17])
    self.income =
      income == "refused" ? .refused : lower.map { .range(Visit.IncomeRange(lower: $0, upper: upper)) }
    for (index, kind) in Visit.Jobs.allCases.enumerated() { jobs[kind] = try row[18 + index] as Int? }
    let difficulties: String? = try row[22]
    self.difficulties = difficulties.map { Set(text: $0) }
    wish = try row[23]
    let sealed: [UInt8]? = try row[24]
    let told = try sealed.flatMap { Fields(bytes: try key.open($0, as: "visit.told:\(id)")) }
    (otherDifficulty, wishReason) = (told?["other-difficulty"], told?["wish-why"])
  }
}
