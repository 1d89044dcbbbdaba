import Basics
import CPostgres
import Foundation

/// One connection to PostgreSQL. Used by one thread at a time.
final class PostgresSession: StoreSession, @unchecked Sendable {
  private let connection: OpaquePointer
  /// Prepared statements by their text.
  private var prepared: [String: String] = [:]

  /// More than the program has; a program that makes texts without end must not fill the server's memory.
  private static let preparedLimit = 500

  /// - Throws: `StorageFault.unavailable` when no server that takes writes answers.
  init(address: String, isBulk: Bool) throws {
    guard let connection = PQconnectdb(Self.completed(address)) else {
      throw StorageFault.unavailable("libpq has no memory for a connection")
    }
    guard PQstatus(connection) == CONNECTION_OK else {
      let cause = String(cString: PQerrorMessage(connection))
      PQfinish(connection)
      throw StorageFault.unavailable(cause.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    self.connection = connection
    try script(
      """
      SET statement_timeout = 15000; SET lock_timeout = 10000; SET idle_in_transaction_session_timeout = 60000;
      SET client_min_messages = warning; SET TIME ZONE 'UTC'; SET synchronous_commit = \(isBulk ? "off" : "on")
      """)
  }

  deinit { PQfinish(connection) }

  var isAlive: Bool { PQstatus(connection) == CONNECTION_OK }
  /// A statement of the transaction failed: nothing of it can be kept any more.
  var hasFailed: Bool { PQtransactionStatus(connection) == PQTRANS_INERROR }
  var isInTransaction: Bool { PQtransactionStatus(connection) != PQTRANS_IDLE }

  func run(_ text: String, _ values: [StoredValue]) throws -> Int {
    let result = try execute(text, values)
    defer { PQclear(result) }
    return Int(String(cString: PQcmdTuples(result))) ?? 0
  }

  func each(_ text: String, _ values: [StoredValue], _ body: (borrowing Row) throws -> Void) throws {
    let result = try execute(text, values)
    defer { PQclear(result) }
    let columns = (0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) }
    for line in 0..<PQntuples(result) {
      try body(
        Row(
          columns: columns, value: { Self.value(in: result, line, Int32($0)) },
          letters: { Self.letters(in: result, line, Int32($0)) }))
    }
  }

  func script(_ text: String) throws {
    let result = PQexec(connection, text)
    defer { PQclear(result) }
    try check(result)
  }

  private func execute(_ text: String, _ values: [StoredValue]) throws -> OpaquePointer {
    let name = try prepare(text)
    let result = try PostgresParameters(values).withPointers { values, lengths, formats in
      PQexecPrepared(connection, name, Int32(values.count), values, lengths, formats, 1)
    }
    do {
      try check(result)
    } catch {
      PQclear(result)
      throw error
    }
    guard let result else { throw StorageFault.unavailable("no answer") }
    return result
  }

  private func prepare(_ text: String) throws -> String {
    if let name = prepared[text] { return name }
    if prepared.count >= Self.preparedLimit {
      try script("DEALLOCATE ALL")
      prepared.removeAll()
    }
    let name = "s\(prepared.count)"
    let result = PQprepare(connection, name, Self.numbered(text), 0, nil)
    defer { PQclear(result) }
    try check(result)
    prepared[text] = name
    return name
  }

  /// Every `?` by its number, `$1`, `$2` …
  private static func numbered(_ text: String) -> String {
    let pieces = text.split(separator: "?", omittingEmptySubsequences: false)
    return pieces.dropFirst().enumerated().reduce(into: String(pieces[0])) { text, next in
      text += "$\(next.offset + 1)\(next.element)"
    }
  }

  private func check(_ result: OpaquePointer?) throws {
    let status = PQresultStatus(result)
    guard status != PGRES_COMMAND_OK, status != PGRES_TUPLES_OK else { return }
    throw StorageFault(
      state: Self.field(result, "C"), message: Self.field(result, "M"), constraint: Self.field(result, "n"),
      connection: String(cString: PQerrorMessage(connection)))
  }

  /// A part of an error. Never its DETAIL: that holds values.
  private static func field(_ result: OpaquePointer?, _ code: Unicode.Scalar) -> String {
    PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) } ?? ""
  }

  private static func value(in result: OpaquePointer, _ line: Int32, _ column: Int32) -> StoredValue {
    guard PQgetisnull(result, line, column) == 0, let start = PQgetvalue(result, line, column) else {
      return .null
    }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, line, column)))
    switch PQftype(result, column) {
    case 20: return .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
    case 23: return .integer(Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
    case 21: return .integer(Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
    case 16: return .integer(bytes[0] == 0 ? 0 : 1)
    case 17: return .bytes(Array(bytes))
    default: return .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  private static func letters(in result: OpaquePointer, _ line: Int32, _ column: Int32)
    -> UnsafeBufferPointer<UInt8>?
  {
    guard ![20, 23, 21, 16, 17].contains(PQftype(result, column)), PQgetisnull(result, line, column) == 0,
      let start = PQgetvalue(result, line, column)
    else { return nil }
    return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, line, column)))
      .assumingMemoryBound(to: UInt8.self)
  }

  /// The address with what the house expects of every connection, unless it says otherwise itself.
  private static func completed(_ address: String) -> String {
    let wishes = [
      ("target_session_attrs", "read-write"), ("connect_timeout", "3"), ("keepalives_idle", "10"),
      ("application_name", "tounesna"),
    ].filter { !address.contains($0.0) }
    if address.contains("://") {
      let query = wishes.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
      return address + (address.contains("?") ? "&" : "?") + query
    }
    return address + wishes.map { " \($0.0)=\($0.1)" }.joined()
  }
}

extension StorageFault {
  /// SQLSTATE. Source: PostgreSQL 15, appendix A.
  init(state: String, message: String, constraint: String, connection: String) {
    switch (state, state.prefix(2)) {
    case ("23505", _): self = .duplicate(constraint)
    case (_, "23"): self = .constraint("\(message) \(constraint)")
    // Its message holds the value.
    case (_, "22"): self = .constraint("a value does not fit its column (\(state))")
    case ("40001", _), ("40P01", _): self = .serialization(message)
    case ("53100", _): self = .full(message)
    case ("57014", _), ("55P03", _): self = .timeout
    case ("", _), (_, "08"), (_, "53"), (_, "57"), ("25006", _):
      self = .unavailable(
        message.isEmpty ? connection.trimmingCharacters(in: .whitespacesAndNewlines) : message)
    default: self = .other("PostgreSQL \(state): \(message)")
    }
  }
}
