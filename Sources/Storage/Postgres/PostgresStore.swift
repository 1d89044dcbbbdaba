import Basics

final class PostgresStore: Store {
  init(connection: String, vault: Vault, connections: Int) throws { throw StorageFault.other("not yet") }
  func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
    throw StorageFault.other("not yet")
  }
  func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
    throw StorageFault.other("not yet")
  }
  func close() async throws {}
}
