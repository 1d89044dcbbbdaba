import Basics
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TestDatabase.server != nil, "bin/test starts the server"))
struct `A connection to PostgreSQL` {
  @Test func `that was cut while idle is made anew`() async throws {
    try await TestDatabase.with(.postgres, migrations: Sample.migrations) { database in
      for round in 0..<3 {
        try await kill(try await database.read { db in try Self.number(of: db) })
        try await database.write { db in try Sample.insert("\(round)", in: db) }
      }
      #expect(try await Sample.ids(in: database) == ["0", "1", "2"])
    }
  }

  @Test func `that was cut in the middle of a transaction costs nothing: it is run again`() async throws {
    try await TestDatabase.with(.postgres, migrations: Sample.migrations) { database in
      let numbers = Shared<[Int]>([])
      let (hasBegun, isCut) = (Gate(), Gate())
      async let writing: Void = database.write { db in
        try Sample.insert("a", in: db)
        let number = try Self.number(of: db)
        numbers.update { $0.append(number) }
        hasBegun.open()
        try isCut.wait()
        try Sample.insert("b", in: db)
      }
      try await hasBegun.passed()
      try await kill(try #require(numbers.value.first))
      isCut.open()
      try await writing
      #expect(numbers.value.count == 2)
      #expect(try await Sample.ids(in: database) == ["a", "b"])
    }
  }

  @Test func `that was cut while committing is reported and not repeated`() async throws {
    try await TestDatabase.with(.postgres, migrations: Sample.migrations) { database in
      let numbers = Shared<[Int]>([])
      let (hasWritten, isCut) = (Gate(), Gate())
      let writing = Task {
        try await database.write { db in
          try Sample.insert("a", in: db)
          let number = try Self.number(of: db)
          numbers.update { $0.append(number) }
          hasWritten.open()
          try isCut.wait()
        }
      }
      try await hasWritten.passed()
      try await kill(try #require(numbers.value.first))
      isCut.open()
      let fault = await #expect(throws: StorageFault.self) { try await writing.value }
      guard case .unavailable = fault else {
        Issue.record("\(String(describing: fault))")
        return
      }
      #expect(numbers.value.count == 1)
      #expect(try await Sample.ids(in: database) == [])
    }
  }

  @Test func `is made with the next host when the first does not answer`() async throws {
    try await TestDatabase.withAddress(.postgres) { address in
      let hosts = address.replacing("@127.0.0.1:", with: "@127.0.0.1:1,127.0.0.1:")
      #expect(hosts != address)
      let database = try Database.postgres(hosts, vault: Vault(TestDatabase.keys), connections: 1)
      try await database.migrate(Sample.migrations)
      try await database.write { db in try Sample.insert("a", in: db) }
      #expect(try await Sample.ids(in: database) == ["a"])
      try await database.close()
    }
  }

  @Test func `is made from libpq's other way of writing an address`() async throws {
    let server = try #require(TestDatabase.server.flatMap { URLComponents(string: $0) })
    let port = try #require(server.port)
    let address = "host=127.0.0.1 port=\(port) user=tounesna dbname=postgres connect_timeout=2"
    let database = try Database.postgres(address, vault: Vault(TestDatabase.keys), connections: 1)
    #expect(
      try await database.read { db in try db.value("SHOW application_name", as: String.self) } == "tounesna")
    try await database.close()
  }

  @Test func `to a server that does not take writes is not made`() async throws {
    try await TestDatabase.withAddress(.postgres) { address in
      let readOnly = address + "%20-cdefault_transaction_read_only%3Don"
      let database = try Database.postgres(readOnly, vault: Vault(TestDatabase.keys), connections: 1)
      let fault = await #expect(throws: StorageFault.self) {
        try await database.write { db in try db.run("SELECT 1") }
      }
      guard case .unavailable = fault else {
        Issue.record("\(String(describing: fault))")
        return
      }
      try await database.close()
    }
  }

  // Its patience is five seconds; a machine full of other tests may take its time to say so.
  @Test(.timeLimit(.minutes(10)))
  func `to a server that is not there is given up, with the cause`() async throws {
    let database = try Database.postgres(
      "postgresql://tounesna:hunter2@127.0.0.1:1/postgres", vault: Vault(TestDatabase.keys), connections: 1)
    let fault = await #expect(throws: StorageFault.self) {
      try await database.read { db in try db.exists("SELECT 1") }
    }
    guard case .unavailable(let cause) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(cause.contains("refused") && !cause.contains("hunter2"))
    try await database.close()
  }

  private static func number(of db: Connection) throws -> Int {
    try #require(try db.value("SELECT pg_backend_pid()", as: Int.self))
  }

  /// Ends the server's side of one connection and waits until it is gone.
  private func kill(_ number: Int) async throws {
    let server = try #require(TestDatabase.server)
    let database = try Database.postgres(server, vault: Vault(TestDatabase.keys), connections: 1)
    try await database.write { db in
      _ = try db.exists("SELECT pg_terminate_backend(CAST(\(number) AS INTEGER))")
    }
    func isThere() async throws -> Bool {
      try await database.read { db in
        try db.exists("SELECT 1 FROM pg_stat_activity WHERE pid = CAST(\(number) AS INTEGER)")
      }
    }
    while try await isThere() { try await Task.sleep(for: .milliseconds(5)) }
    try await database.close()
  }
}
