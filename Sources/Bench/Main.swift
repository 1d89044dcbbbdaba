import Basics
import Foundation
import Storage

/// How many commits a second reach the disk, one writer after the other and many at once: for `bin/bench`.
///
///     bench FOLDER
///     bench ledger FOLDER
///
/// The database is made in FOLDER, so that a slow disk can be named. Prints lines of a word and its numbers. The second
/// form measures a ledger of a million movements.
@main
struct Bench {
  static let writers = [1, 16, 64]
  static let rounds = 3
  static let lengthOfRound = 1.5

  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let isLedger = arguments.first == "ledger" && arguments.count == 2
    guard let place = arguments.last, isLedger || arguments.count == 1 else {
      FileHandle.standardError.write(Data("usage: bench [ledger] FOLDER\n".utf8))
      exit(1)
    }
    let folder = URL(fileURLWithPath: place).appendingPathComponent("bench-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    if isLedger { return try await LedgerBench.run(in: folder, say: say) }

    say("fsync_ms \(try millisecondsOfFsync(in: folder))")
    let database = try Database.sqlite(
      folder.appendingPathComponent("bench.db").path, vault: Vault(KeyRing([MasterKey()])))
    try await database.migrate([Self.table])
    // As the writing connection itself knows it: 2 is FULL.
    say("synchronous \(try await database.write { db in try db.value("PRAGMA synchronous") ?? -1 } as Int)")
    for _ in 0..<rounds {
      for count in writers { say("commits \(count) \(try await commitsASecond(database, writers: count))") }
    }
    try await database.close()
  }

  private static let table = Migration(
    "2026-11-25 bench: create", "CREATE TABLE entry (\n  number BIGINT PRIMARY KEY,\n  body BLOB NOT NULL\n)")

  /// Each writer waits for its own commit before it begins the next.
  private static func commitsASecond(_ database: Database, writers: Int) async throws -> Double {
    let body = [UInt8](repeating: 7, count: 400)
    let start = ContinuousClock.now
    let end = start + .seconds(lengthOfRound)
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<writers {
        group.addTask {
          var count = 0
          while ContinuousClock.now < end {
            try await database.write { db in try db.run("INSERT INTO entry (body) VALUES (\(body))") }
            count += 1
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    return Double(count) / seconds(ContinuousClock.now - start)
  }

  /// The mean of 200 appends of a page, each forced to the disk.
  private static func millisecondsOfFsync(in folder: URL) throws -> Double {
    let place = folder.appendingPathComponent("fsync")
    try Data().write(to: place)
    let file = try FileHandle(forWritingTo: place)
    let page = Data(repeating: 7, count: 4_096)
    let start = ContinuousClock.now
    for _ in 0..<200 {
      try file.write(contentsOf: page)
      try file.synchronize()
    }
    try file.close()
    return seconds(ContinuousClock.now - start) / 200 * 1_000
  }

  private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
