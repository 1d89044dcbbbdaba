import Basics

/// A connection within one transaction. It cannot leave the closure it is lent to.
///
/// Public where the compiler must see into it from another module: it then reads rows without generic calls.
public final class Connection {
  /// The keys of the installation: what a row holds sealed is opened here.
  package let vault: Vault
  package let engine: Database.Engine
  package let session: any StoreSession

  package init(vault: Vault, engine: Database.Engine, session: any StoreSession) {
    self.vault = vault
    self.engine = engine
    self.session = session
  }

  /// Runs a statement that returns no rows.
  /// - Returns: the number of rows it changed.
  @discardableResult
  package func run(_ sql: SQL) throws -> Int {
    try session.run(sql.text, sql.values)
  }

  /// Every row of an answer that is known to be short; lists are paged by their callers.
  @inlinable public func rows<Value>(_ sql: SQL, _ read: (borrowing Row) throws -> Value) throws -> [Value] {
    var values: [Value] = []
    try each(sql) { row in values.append(try read(row)) }
    return values
  }

  @inlinable public func first<Value>(_ sql: SQL, _ read: (borrowing Row) throws -> Value) throws -> Value? {
    var value: Value?
    try each(sql) { row in if value == nil { value = try read(row) } }
    return value
  }

  @usableFromInline func each(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws {
    try session.each(sql.text, sql.values, body)
  }

  /// The first column of the first row.
  @inlinable public func value<Value: Storable>(_ sql: SQL, as _: Value.Type = Value.self) throws -> Value? {
    try first(sql) { row in try row[0] as Value? } ?? nil
  }

  package func exists(_ sql: SQL) throws -> Bool {
    try first(sql) { _ in true } ?? false
  }
}

/// What an engine must do for a connection.
package protocol StoreSession: AnyObject {
  func run(_ text: String, _ values: [StoredValue]) throws -> Int
  func each(_ text: String, _ values: [StoredValue], _ body: (borrowing Row) throws -> Void) throws
  /// Several statements without values: migrations only.
  func script(_ text: String) throws
}
