import Basics
import NIOConcurrencyHelpers
import Storage

/// How the engine runs what a door asks of it: every statement is explained before it is run.
package final class QueryPlans: Sendable {
  package struct Step: Sendable {
    package let statement: String
    /// As the engine tells it, one line a step.
    package let plan: String
  }

  private let noted = NIOLockedValueBox<[Step]>([])

  package init() {}

  package var steps: [Step] { noted.withLockedValue { $0 } }

  /// The same database, watched.
  package func watching(_ database: Database) -> Database {
    let store = WatchedStore(database: database) { [noted] step in noted.withLockedValue { $0.append(step) } }
    return Database(engine: database.engine, vault: database.vault, store: store)
  }

  /// Statements that read or sort a whole table to find a little, with their plans.
  /// - Parameter small: tables of a few dozen rows, which may be read whole.
  package func offences(small: Set<String> = []) -> [String] {
    steps.filter { $0.readsWholeTable(except: small) || $0.sortsEverything(except: small) }.map {
      "\($0.statement)\n\($0.plan)"
    }
  }
}

extension QueryPlans.Step {
  fileprivate func readsWholeTable(except small: Set<String>) -> Bool {
    plan.split(separator: "\n").contains { line in
      // SQLite: `SCAN case_file`; with an index it goes through in order and stops at the limit.
      // PostgreSQL: `Seq Scan on case_file`.
      let words = line.split(whereSeparator: { " ->()".contains($0) }).map(String.init)
      // A part of the statement that is read to its end is no table.
      let isPart = words.count > 1 && plan.contains("CO-ROUTINE \(words[1])")
      let isScan = words.first == "SCAN" && !words.contains("INDEX") || words.starts(with: ["Seq", "Scan"])
      return isScan && !isPart && small.isDisjoint(with: words) && !words.contains("CONSTANT")
    }
  }

  fileprivate func sortsEverything(except small: Set<String>) -> Bool {
    plan.contains("USE TEMP B-TREE FOR ORDER BY") && !small.contains { plan.contains("SCAN \($0)\n") }
  }
}

private struct WatchedStore: Store {
  let database: Database
  let note: @Sendable (QueryPlans.Step) -> Void

  func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
    try await database.read { db in try body(watched(db)) }
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value
  {
    try await database.write { db in try body(watched(db)) }
  }

  func backUp(to folder: CopyFolder) async throws -> String { throw StorageFault.other("only watched") }

  func close() async throws {}

  private func watched(_ db: Connection) throws -> Connection {
    // On a few rows PostgreSQL would always read the whole table.
    if db.engine == .postgres { try db.session.script("SET LOCAL enable_seqscan = off") }
    let session = WatchedSession(inner: db.session, engine: db.engine, note: note)
    return Connection(vault: db.vault, engine: db.engine, session: session)
  }
}

private final class WatchedSession: StoreSession {
  private let inner: any StoreSession
  private let engine: Database.Engine
  private let note: (QueryPlans.Step) -> Void

  init(inner: any StoreSession, engine: Database.Engine, note: @escaping (QueryPlans.Step) -> Void) {
    self.inner = inner
    self.engine = engine
    self.note = note
  }

  func run(_ text: String, _ values: [StoredValue]) throws -> Int {
    try explain(text, values)
    return try inner.run(text, values)
  }

  func each(_ text: String, _ values: [StoredValue], _ body: (borrowing Row) throws -> Void) throws {
    try explain(text, values)
    try inner.each(text, values, body)
  }

  func script(_ text: String) throws { try inner.script(text) }

  private func explain(_ text: String, _ values: [StoredValue]) throws {
    var lines: [String] = []
    switch engine {
    case .sqlite:
      try inner.each("EXPLAIN QUERY PLAN \(text)", values) { row in lines.append(try row["detail"]) }
    case .postgres: try inner.each("EXPLAIN \(text)", values) { row in lines.append(try row[0]) }
    }
    note(QueryPlans.Step(statement: text, plan: lines.joined(separator: "\n")))
  }
}
