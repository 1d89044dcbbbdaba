import Basics
import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite struct `A sealed text` {
  private let vault = Vault(KeyRing([MasterKey()]))

  @Test func `may be a key, which opens what it sealed`() throws {
    let (key, own) = (try vault.newKey().key, SealingKey())
    let sealed = try key.seal(own, as: "document.key:1")
    let text = try own.seal("Salma", as: "x")
    #expect(try key.openKey(sealed, as: "document.key:1").openText(text, as: "x") == "Salma")
    #expect(throws: KeyFault.wrongKey) { try key.openKey(sealed, as: "document.key:2") }
    #expect(throws: KeyFault.wrongKey) { try key.openText(text, as: "x") }
  }

  @Test(arguments: ["", "Salma Ben Othman", "سلمى بن عثمان", "\0", String(repeating: "👩🏽‍🦱", count: 5_000)])
  func `is opened by its key in its place`(text: String) throws {
    let key = try vault.newKey().key
    let sealed = try key.seal(text, as: "person.name:1")
    #expect(try key.openText(sealed, as: "person.name:1") == text)
    // Nonce, text, tag.
    #expect(sealed.count == 12 + text.utf8.count + 16)
  }

  @Test func `shows nothing of itself, and is never the same twice`() throws {
    let key = try vault.newKey().key
    let sealed = try (0..<100).map { _ in try key.seal("Salma Ben Othman", as: "x") }
    #expect(Set(sealed).count == 100)
    #expect(sealed.allSatisfy { Data($0).range(of: Data("Salma".utf8)) == nil })
  }

  @Test func `is refused to another key`() throws {
    let sealed = try vault.newKey().key.seal("Salma", as: "x")
    #expect(throws: KeyFault.wrongKey) { try vault.newKey().key.open(sealed, as: "x") }
  }

  @Test func `is refused in another place`() throws {
    let key = try vault.newKey().key
    let sealed = try key.seal("Salma", as: "person.name:1")
    for place in ["person.name:2", "person.phone:1", "", "person.name:1 "] {
      #expect(throws: KeyFault.wrongKey) { try key.open(sealed, as: place) }
    }
  }

  @Test func `is refused when one bit of it is another, or a byte is missing`() throws {
    let key = try vault.newKey().key
    let sealed = try key.seal("Salma", as: "x")
    for index in sealed.indices {
      for bit in 0..<8 {
        var altered = sealed
        altered[index] ^= 1 << bit
        #expect(throws: KeyFault.wrongKey) { try key.open(altered, as: "x") }
      }
      #expect(throws: KeyFault.wrongKey) { try key.open(Array(sealed.prefix(index)), as: "x") }
    }
    #expect(throws: KeyFault.wrongKey) { try key.open(sealed + [0], as: "x") }
  }

  @Test func `can be found by a token that differs from one installation to the next`() throws {
    let (one, other) = (try vault.newKey().key, try vault.newKey().key)
    let names = (0..<5_000).map { "name \($0)" }
    #expect(one.blindToken("سلمى") == one.blindToken("سلمى"))
    #expect(one.blindToken("سلمى") != other.blindToken("سلمى"))
    #expect(Set(names.map { one.blindToken($0) }).count == names.count)
    #expect(Set(names.map { one.blindToken($0) }).isDisjoint(with: names.map { other.blindToken($0) }))
  }

  @Test func `signs links that are good for their id and kind, here, and as they were made`() throws {
    let (one, other) = (try vault.newKey().key, try vault.newKey().key)
    let (id, second) = (RecordID<MasterKey>(), RecordID<MasterKey>())
    let token = one.linkToken(id, of: "a")
    #expect(one.linkID(in: token, of: "a") == id)
    let code = token.dropFirst(id.text.count)
    #expect(code.count == 33)
    for (key, text, kind) in [
      (other, token, "a"), (one, token, "b"), (one, "\(second)\(code)", "a"),
      (one, String(token.dropLast()), "a"),
      (one, token + "0", "a"), (one, id.text, "a"), (one, "\(id)-", "a"), (one, token.uppercased(), "a"),
      (one, "", "a"),
    ] {
      let found: RecordID<MasterKey>? = key.linkID(in: text, of: kind)
      #expect(found == nil, "\(text)")
    }
    for index in token.indices {
      var altered = token
      altered.replaceSubrange(index...index, with: token[index] == "1" ? "2" : "1")
      let found: RecordID<MasterKey>? = one.linkID(in: altered, of: "a")
      #expect(found == nil, "\(altered)")
    }
  }
}

@Suite struct `A wrapped key` {
  private let old = MasterKey()
  private let new = MasterKey()

  @Test func `is unwrapped by the master key that wrapped it`() throws {
    let (key, wrapped) = try Vault(KeyRing([old])).newKey()
    let sealed = try key.seal("Salma", as: "x")
    #expect(try Vault(KeyRing([old])).unwrap(wrapped).openText(sealed, as: "x") == "Salma")
    #expect(try Vault(KeyRing([new, old])).unwrap(wrapped).openText(sealed, as: "x") == "Salma")
    #expect(throws: KeyFault.wrongKey) { try Vault(KeyRing([new])).unwrap(wrapped) }
  }

  @Test func `is refused when a bit of it is another, or it was cut`() throws {
    let vault = Vault(KeyRing([old]))
    let wrapped = try vault.newKey().wrapped
    for index in wrapped.indices {
      var altered = wrapped
      altered[index] ^= 1
      #expect(throws: KeyFault.wrongKey) { try vault.unwrap(altered) }
      #expect(throws: KeyFault.wrongKey) { try vault.unwrap(Array(wrapped.prefix(index))) }
    }
  }

  @Test func `wrapped anew is the same key, and is left alone when it already is`() throws {
    let (key, wrapped) = try Vault(KeyRing([old])).newKey()
    let sealed = try key.seal("Salma", as: "x")
    let turning = Vault(KeyRing([new, old]))
    let again = try #require(try turning.rewrap(wrapped))
    #expect(try Vault(KeyRing([new])).unwrap(again).openText(sealed, as: "x") == "Salma")
    #expect(throws: KeyFault.wrongKey) { try Vault(KeyRing([old])).unwrap(again) }
    #expect(try turning.rewrap(again) == nil)
    #expect(throws: KeyFault.wrongKey) { try Vault(KeyRing([new])).rewrap(wrapped) }
  }

  @Test func `needs a master key`() {
    #expect(throws: KeyFault.malformed) { try Vault(KeyRing([])).newKey() }
  }

  @Test(arguments: TestDatabase.engines)
  func `of the installation says at once when the master key is another`(engine: Database.Engine) async throws
  {
    try await TestDatabase.withAddress(engine) { address in
      let database = try TestDatabase.open(engine, at: address, keys: KeyRing([old]))
      try await database.migrate(InstallationKeys.migrations)
      try await InstallationKeys.check(database)
      let token = try await database.read { db in
        try InstallationKeys.key(for: .search, in: db).blindToken("x")
      }
      try await database.close()

      let stranger = try TestDatabase.open(engine, at: address, keys: KeyRing([new]))
      await #expect(throws: KeyFault.wrongKey) { try await InstallationKeys.check(stranger) }
      try await stranger.close()

      let again = try TestDatabase.open(engine, at: address, keys: KeyRing([new, old]))
      try await InstallationKeys.check(again)
      #expect(
        try await again.read { db in try InstallationKeys.key(for: .search, in: db).blindToken("x") } == token
      )
      try await again.close()
    }
  }
}
