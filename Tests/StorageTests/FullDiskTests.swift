import Basics
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct `A full disk` {
  @Test func `loses nothing that was kept, and what was refused is not there`() async throws {
    try await TestDatabase.with(.sqlite, migrations: Sample.migrations) { database in
      let pages = try await database.write { db in
        try #require(try db.value("PRAGMA page_count", as: Int.self))
      }
      // The engine's own limit: the same fault as that of a disk.
      let limit = SQL(stringLiteral: "PRAGMA max_page_count = \(pages + 40)")
      try await database.write { db in _ = try db.value(limit, as: Int.self) }
      let kept = try await fill(database)
      #expect(kept.count > 5 && kept.count < 100)
      #expect(try await Sample.ids(in: database) == kept.sorted())
      try await database.write { db in _ = try db.value("PRAGMA max_page_count = 100000", as: Int.self) }
      try await database.write { db in try Sample.insert("z", in: db) }
      #expect(try await Sample.ids(in: database) == kept.sorted() + ["z"])
      #expect(
        try await database.read { db in try db.value("PRAGMA integrity_check", as: String.self) } == "ok")
    }
  }

  /// A file system of two megabytes, which only root may make; elsewhere the test above stands for it.
  @Test(.enabled(if: SmallDisk.isPossible, "only root can mount a small file system"))
  func `of its own works again when there is room`() async throws {
    try await SmallDisk.with(megabytes: 2) { folder in
      let ballast = "\(folder)/ballast"
      try Data(count: 1_200_000).write(to: URL(filePath: ballast))
      let database = try TestDatabase.open(.sqlite, at: "\(folder)/test.db")
      try await database.migrate(Sample.migrations)
      let kept = try await fill(database)
      #expect(kept.count > 5 && kept.count < 100)
      #expect(try await Sample.ids(in: database) == kept.sorted())

      try FileManager.default.removeItem(atPath: ballast)
      try await database.write { db in try Sample.insert("z", in: db) }
      try await database.close()
      let again = try TestDatabase.open(.sqlite, at: "\(folder)/test.db")
      #expect(try await Sample.ids(in: again) == kept.sorted() + ["z"])
      #expect(try await again.read { db in try db.value("PRAGMA integrity_check", as: String.self) } == "ok")
      try await again.close()
    }
  }

  /// Writes, eight at a time, until the database says it is full.
  /// - Returns: what was acknowledged.
  private func fill(_ database: Database) async throws -> [String] {
    let kept = Shared<[String]>([])
    let faults = Shared<[StorageFault]>([])
    for round in 100..<200 where faults.value.isEmpty {
      try await withThrowingTaskGroup { group in
        for n in 0..<8 {
          group.addTask {
            let id = "\(round)-\(n)"
            do {
              try await database.write { db in
                try db.run(
                  "INSERT INTO sample (id, bytes) VALUES (\(id), \([UInt8](repeating: 1, count: 10_000)))")
              }
              kept.update { $0.append(id) }
            } catch let fault as StorageFault {
              faults.update { $0.append(fault) }
            }
          }
        }
        try await group.waitForAll()
      }
    }
    #expect(!faults.value.isEmpty)
    for fault in faults.value {
      guard case .full = fault else {
        Issue.record("\(fault)")
        continue
      }
    }
    return kept.value
  }
}

private enum SmallDisk {
  static let isPossible: Bool = {
    guard getuid() == 0 else { return false }
    let folder = FileManager.default.temporaryDirectory.appending(path: "tounesna-disk-\(RecordID<Never>())")
      .path
    guard
      (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil,
      run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder])
    else { return false }
    return run("umount", [folder])
  }()

  static func with(megabytes: Int, _ body: (String) async throws -> Void) async throws {
    try await TestDatabase.withFolder { folder in
      try #require(run("mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder]))
      defer { #expect(run("umount", ["--lazy", folder])) }
      try await body(folder)
    }
  }

  private static func run(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/\(program)")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
