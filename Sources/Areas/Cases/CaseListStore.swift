import Basics
import Foundation
import Storage

/// The lists of cases: paged by key, each by an index of its own (the plan tests hold them to it).
enum CaseListStore {
  static let pageSize = 50

  /// A page of the cases that `filter` shows, newest reception first, or longest due first.
  /// - Parameter after: the last line of the page before.
  static func page(
    _ filter: CaseFilter, today: Day, after: CaseCursor?, for actor: Actor, in db: Connection
  ) throws -> [CaseLine] {
    try db.rows(statement(filter, today: today, after: after, for: actor)) { row in try CaseLine(row) }
  }

  /// The statement itself, for the tests that ask the engine how it would run it.
  static func statement(_ filter: CaseFilter, today: Day, after: CaseCursor?, for actor: Actor) -> SQL {
    var conditions = scope(of: actor, narrowedBy: filter)
    let order: SQL
    if filter.isLate {
      conditions.append("due_on IS NOT NULL AND due_on < \(today)")
      if case .due(let on, let id) = after { conditions.append("(due_on, id) > (\(on), \(id))") }
      order = "due_on, id"
    } else {
      if let stage = filter.stage { conditions.append("stage = \(stage)") }
      if case .received(let at, let id) = after { conditions.append("(received_at, id) < (\(at), \(id))") }
      order = "received_at DESC, id DESC"
    }
    return """
      SELECT id, number, person, antenna, contact, stage, received_at, due_on, due_what FROM case_file
      WHERE \(.all(conditions)) ORDER BY \(order) LIMIT \(pageSize + 1)
      """
  }

  static func lines(of ids: [RecordID<CaseFile>], for actor: Actor, in db: Connection) throws -> [CaseLine] {
    try db.rows(
      """
      SELECT id, number, person, antenna, contact, stage, received_at, due_on, due_what FROM case_file
      WHERE id IN (\(list: ids)) AND \(CaseStore.visible(to: actor))
      """
    ) { row in try CaseLine(row) }
  }

  static func others(of files: ClosedRange<RecordID<CaseFile>>, in db: Connection) throws -> [(
    file: RecordID<CaseFile>, other: RecordID<CaseFile>
  )] {
    let within = "f.id >= \(files.lowerBound) AND f.id <= \(files.upperBound)" as SQL
    // Each way by its own index: the same file of a person, the files joined with it, the one that stands for it, and
    // those that stand behind the same.
    return try db.rows(
      """
      SELECT f.id, o.id FROM case_file f JOIN case_file o ON o.person = f.person
      WHERE \(within) AND o.id <> f.id
      UNION
      SELECT f.id, o.id FROM case_file f JOIN person q ON q.merged_into = f.person
        JOIN case_file o ON o.person = q.id
      WHERE \(within)
      UNION
      SELECT f.id, o.id FROM case_file f JOIN person p ON p.id = f.person
        JOIN case_file o ON o.person = p.merged_into
      WHERE \(within)
      UNION
      SELECT f.id, o.id FROM case_file f JOIN person p ON p.id = f.person
        JOIN person q ON q.merged_into = p.merged_into JOIN case_file o ON o.person = q.id
      WHERE \(within) AND o.id <> f.id
      """
    ) { (file: try $0[0], other: try $0[1]) }
  }

  static func numbers(of ids: [RecordID<CaseFile>], in db: Connection) throws -> [RecordID<CaseFile>: String]
  {
    let rows = try db.rows("SELECT id, number FROM case_file WHERE id IN (\(list: ids))") {
      (try $0[0] as RecordID<CaseFile>, try $0[1] as String)
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Open cases of which the actor is the contact person and whose due day is in `days`.
  static func due(_ days: ClosedRange<Day>, for actor: Actor, limit: Int, in db: Connection) throws
    -> [CaseLine]
  {
    try db.rows(
      """
      SELECT id, number, person, antenna, contact, stage, received_at, due_on, due_what FROM case_file
      WHERE contact = \(actor.id) AND due_on IS NOT NULL AND due_on >= \(days.lowerBound) AND due_on <= \(days.upperBound)
      ORDER BY due_on, id LIMIT \(limit)
      """
    ) { row in try CaseLine(row) }
  }

  /// Cases of the actor in which no plan has been agreed, the longest waiting first.
  static func waiting(for actor: Actor, limit: Int, in db: Connection) throws -> [CaseLine] {
    try db.rows(
      """
      SELECT id, number, person, antenna, contact, stage, received_at, due_on, due_what FROM case_file
      WHERE contact = \(actor.id) AND stage = 'received' ORDER BY received_at, id LIMIT \(limit)
      """
    ) { row in try CaseLine(row) }
  }

  private static func scope(of actor: Actor, narrowedBy filter: CaseFilter) -> [SQL] {
    let antenna: [SQL] = filter.antenna.map { ["antenna = \($0)"] } ?? []
    if filter.whose == .mine || actor.scope == .assigned { return ["contact = \(actor.id)"] + antenna }
    let contact: [SQL] = filter.contact.map { ["contact = \($0)"] } ?? []
    return contact + (actor.scope == .nation ? antenna : [CaseStore.visible(to: actor)])
  }
}

/// Where a page of a list ended; it travels in the URL.
package enum CaseCursor: Equatable, Sendable {
  case received(Date, RecordID<CaseFile>)
  case due(Day, RecordID<CaseFile>)

  package init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let id = RecordID<CaseFile>(parts[1]) else { return nil }
    if let milliseconds = Int64(parts[0]) {
      self = .received(Date(timeIntervalSince1970: Double(milliseconds) / 1_000), id)
    } else if let day = Day(parts[0]) {
      self = .due(day, id)
    } else {
      return nil
    }
  }

  package var text: String {
    switch self {
    case .received(let at, let id): "\(Int64((at.timeIntervalSince1970 * 1_000).rounded()))~\(id)"
    case .due(let on, let id): "\(on)~\(id)"
    }
  }
}

extension CaseLine {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    number = try row[1]
    person = try row[2]
    antenna = try row[3]
    contact = try row[4]
    stage = try row[5]
    receivedAt = try row[6]
    due = try Due(what: row[8], on: row[7])
  }
}

/// Views of the list that somebody keeps.
extension CaseListStore {
  static func views(of account: AccountID, in db: Connection) throws -> [String] {
    try db.rows(
      "SELECT query FROM case_view WHERE account = \(account) ORDER BY query LIMIT \(Cases.mostViews)"
    ) { try $0[0] }
  }

  static func keep(view: String, of account: AccountID, at now: Date, in db: Connection) throws {
    try db.run("INSERT INTO case_view (account, query, kept_at) VALUES (\(account), \(view), \(now))")
  }

  static func drop(view: String, of account: AccountID, in db: Connection) throws {
    try db.run("DELETE FROM case_view WHERE account = \(account) AND query = \(view)")
  }
}
