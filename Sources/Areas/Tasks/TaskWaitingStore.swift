import Accounts
import Basics
import Storage

extension Tasks {
  /// For the board: tasks that are late, of an antenna, its roles and its people; where there is none, of the centre.
  package func late(at antenna: AntennaCode?, on today: Day, in db: Connection) throws -> Waiting? {
    try TaskWaitingStore.late(of: codes(at: antenna, in: db), on: today, in: db)
  }

  private func codes(at antenna: AntennaCode?, in db: Connection) throws -> [String] {
    guard let antenna else { return [OfficeTask.Receiver.centre.code] }
    let people = try accounts.staff(of: antenna, in: db)
    let all: [OfficeTask.Receiver] =
      [.antenna(antenna)] + Role.ofAntennas.map { .role($0, at: antenna) } + people.map { .person($0) }
    return all.map(\.code)
  }

  /// The same one by one, for those who have the work of an antenna in charge: for whom and since when, and nothing of
  /// what they are about. At most 50.
  /// - Throws: `Refusal.notFound` for another antenna than the actor's.
  func late(at antenna: AntennaCode, after cursor: TaskCursor?, for actor: Actor) async throws -> TasksFound {
    try actor.must(.assignCases)
    guard actor.scope == .nation || (actor.scope == .antenna && actor.antenna == antenna) else {
      throw Refusal.notFound
    }
    let today = Day(of: now())
    return try await database.read { db in
      var kept = try codes(at: antenna, in: db).flatMap {
        try TaskStore.open(of: $0, before: today, after: cursor, limit: TaskStore.listSize + 1, in: db)
      }
      kept.sort { ($0.due, $0.id.text) < ($1.due, $1.id.text) }
      let shown = kept.prefix(TaskStore.listSize)
      return TasksFound(
        tasks: try shown.map { try OfficeTask($0) },
        next: kept.count > shown.count ? shown.last?.cursor : nil)
    }
  }
}

/// The statement by which the board counts tasks.
enum TaskWaitingStore {
  static func late(of receivers: [String], on today: Day, in db: Connection) throws -> Waiting? {
    // The first of each receiver stands in the index; to put all in one order would be to read them all.
    let firsts = receivers.map {
      "SELECT MIN(due) AS due FROM task WHERE receiver = \($0) AND state = 'open'" as SQL
    }
    let found = try db.first(
      """
      SELECT (
        SELECT COUNT(*) FROM (
          SELECT 1 FROM task WHERE receiver IN (\(list: receivers)) AND state = 'open' AND due < \(today)
          LIMIT \(Waiting.most + 1)) AS late
        ), MIN(due)
      FROM (\(SQL.joined(firsts, by: " UNION ALL "))) AS first
      """
    ) { row in (counted: try row[0] as Int, since: try row[1] as Day?) }
    guard let found, let since = found.since, found.counted > 0 else { return nil }
    return Waiting(found.counted, since: since)
  }
}
