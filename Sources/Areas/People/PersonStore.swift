import Basics
import Foundation
import Storage

/// Every SQL statement about persons. Callers bring the transaction.
enum PersonStore {
  /// What `actor` may not see is not found.
  static func require(_ id: PersonID, visibleTo actor: Actor, in db: Connection) throws -> Person {
    let person = try db.first(
      """
      SELECT id, antenna, contact, version, sealing_key, identity FROM person
      WHERE id = \(id) AND sealing_key IS NOT NULL AND \(visible(to: actor))
      """
    ) { row in try Person(row, db.vault) }
    guard let person else { throw Refusal.notFound }
    return person
  }

  static func insert(
    _ person: Person, label: PersonLabel, wrapped: [UInt8], key: SealingKey, tokens: PersonTokens,
    in db: Connection
  ) throws {
    try PersonTokenStore.insert(tokens.values, of: person.id, antenna: person.antenna, in: db)
    try db.run(
      """
      INSERT INTO person (id, antenna, contact, version, sealing_key, identity, label, sex, birth_year, governorate,
        number, tokens, tokens_version)
      VALUES (\(person.id), \(person.antenna), \(person.contact), \(person.version), \(wrapped),
        \(try sealed(person.identity, of: person.id, key)), \(try sealed(label, of: person.id, key)),
        \(person.identity.sex), \(person.identity.birthYear), \(person.identity.governorate),
        \(person.id.shortNumber), \(tokens.bytes), \(tokens.version))
      """)
  }

  /// - Returns: false when the version is no longer `version`.
  static func update(
    _ id: PersonID, from version: Int, to identity: Identity, label: PersonLabel, key: SealingKey,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE person SET version = version + 1, identity = \(try sealed(identity, of: id, key)),
        label = \(try sealed(label, of: id, key)), sex = \(identity.sex), birth_year = \(identity.birthYear),
        governorate = \(identity.governorate)
      WHERE id = \(id) AND version = \(version)
      """) == 1
  }

  static func place(_ id: PersonID, antenna: AntennaCode, contact: AccountID?, in db: Connection) throws {
    try PersonTokenStore.move(id, to: antenna, in: db)
    try db.run("UPDATE person SET antenna = \(antenna), contact = \(contact) WHERE id = \(id)")
  }

  static func exists(_ id: PersonID, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM person WHERE id = \(id)")
  }

  static func key(of id: PersonID, in db: Connection) throws -> SealingKey {
    guard
      let wrapped: [UInt8] = try db.value(
        "SELECT sealing_key FROM person WHERE id = \(id) AND sealing_key IS NOT NULL")
    else { throw Refusal.notFound }
    return try db.vault.unwrap(wrapped)
  }

  static func labels(of ids: [PersonID], kept: KeptNames, in db: Connection) throws -> [PersonID:
    PersonLabel]
  {
    let labels = try db.rows(
      "SELECT id, antenna, sealing_key, label FROM person WHERE id IN (\(list: ids)) AND sealing_key IS NOT NULL"
    ) { row in
      let id: PersonID = try row[0]
      let sealed: [UInt8] = try row[3]
      let names = try kept.names(of: id, sealed) {
        try opened(sealed, of: id, key: db.vault.unwrap(try row[2]))
      }
      return (id, PersonLabel(latin: names.latin, arabic: names.arabic, antenna: try row[1]))
    }
    return Dictionary(uniqueKeysWithValues: labels)
  }

  /// Those of `ids` whom the actor may see.
  static func seen(_ ids: [PersonID], for actor: Actor, in db: Connection) throws -> [PersonID] {
    try db.rows("SELECT id FROM person WHERE id IN (\(list: ids)) AND \(visible(to: actor))") { try $0[0] }
  }

  /// Wraps at most `limit` keys anew that an older master key wrapped.
  /// - Returns: how many were done; 0 when all are.
  static func rewrap(after id: String, limit: Int, in db: Connection) throws -> (done: Int, last: String?) {
    let rows = try db.rows(
      "SELECT id, sealing_key FROM person WHERE id > \(id) AND sealing_key IS NOT NULL ORDER BY id LIMIT \(limit)"
    ) { (id: try $0[0] as PersonID, wrapped: try $0[1] as [UInt8]) }
    for row in rows {
      guard let wrapped = try db.vault.rewrap(row.wrapped) else { continue }
      try db.run("UPDATE person SET sealing_key = \(wrapped) WHERE id = \(row.id)")
    }
    return (rows.count, rows.last?.id.text)
  }

  static func count(in db: Connection) throws -> Int { try db.value("SELECT count(*) FROM person") ?? 0 }

  static func visible(to actor: Actor) -> SQL {
    switch (actor.scope, actor.antenna) {
    case (.nation, _): "1 = 1"
    case (.antenna, let antenna?): "antenna = \(antenna)"
    case (.assigned, _): "contact = \(actor.id)"
    case (.antenna, nil): "1 = 0"
    }
  }

  private static func sealed(_ identity: Identity, of id: PersonID, _ key: SealingKey) throws -> [UInt8] {
    try key.seal(identity.fields.bytes, as: "person.identity:\(id)")
  }

  private static func sealed(_ label: PersonLabel, of id: PersonID, _ key: SealingKey) throws -> [UInt8] {
    try key.seal("\(label.latin ?? "")\n\(label.arabic ?? "")", as: "person.label:\(id)")
  }

  static func opened(_ sealed: [UInt8], of id: PersonID, key: SealingKey) throws -> KeptNames.Names {
    let names = try key.open(sealed, as: "person.label:\(id)").split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    return (names.first ?? nil, names.dropFirst().first ?? nil)
  }
}

extension Person {
  fileprivate init(_ row: borrowing Row, _ vault: Vault) throws {
    id = try row["id"]
    antenna = try row["antenna"]
    contact = try row["contact"]
    version = try row["version"]
    let key = try vault.unwrap(try row["sealing_key"])
    let fields = Fields(bytes: try key.open(try row["identity"], as: "person.identity:\(id)"))
    identity = Identity(fields ?? Fields())
  }
}
