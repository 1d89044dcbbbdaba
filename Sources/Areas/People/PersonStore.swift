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
    _ person: Person, label: PersonLabel, wrapped: [UInt8], key: SealingKey, in db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO person (id, antenna, contact, version, sealing_key, identity, label, sex, birth_year, governorate)
      VALUES (\(person.id), \(person.antenna), \(person.contact), \(person.version), \(wrapped),
        \(try sealed(person.identity, of: person.id, key)), \(try sealed(label, of: person.id, key)),
        \(person.identity.sex), \(person.identity.birthYear), \(person.identity.governorate))
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

  static func labels(of ids: [PersonID], in db: Connection) throws -> [PersonID: PersonLabel] {
    let labels = try db.rows(
      "SELECT id, antenna, sealing_key, label FROM person WHERE id IN (\(list: ids)) AND sealing_key IS NOT NULL"
    ) { row in
      let id: PersonID = try row[0]
      let key = try db.vault.unwrap(try row[2])
      return (id, try PersonLabel(sealed: try row[3], of: id, antenna: try row[1], key: key))
    }
    return Dictionary(uniqueKeysWithValues: labels)
  }

  static func replaceTokens(of id: PersonID, with tokens: [Int64], in db: Connection) throws {
    try db.run("DELETE FROM person_token WHERE person = \(id)")
    try addTokens(of: id, tokens, in: db)
  }

  static func addTokens(of id: PersonID, _ tokens: [Int64], in db: Connection) throws {
    for token in tokens { try db.run("INSERT INTO person_token (token, person) VALUES (\(token), \(id))") }
  }

  /// Persons found under one of the alternatives of every word, at most `limit`, the seen ones first.
  static func search(_ words: [[Int64]], for actor: Actor, limit: Int, in db: Connection) throws
    -> [SearchHit]
  {
    guard let first = words.first else { return [] }
    let others = words.dropFirst().map { tokens in
      " AND EXISTS (SELECT 1 FROM person_token o WHERE o.person = p.id AND o.token IN (\(list: tokens)))"
        as SQL
    }
    let condition = others.reduce("" as SQL, +)
    return try db.rows(
      """
      SELECT DISTINCT p.id, p.antenna, p.birth_year, CASE WHEN \(visible(to: actor)) THEN 1 ELSE 0 END AS seen
      FROM person_token t JOIN person p ON p.id = t.person
      WHERE t.token IN (\(list: first)) AND p.sealing_key IS NOT NULL\(condition)
      ORDER BY seen DESC, p.id LIMIT \(limit)
      """
    ) { row in
      SearchHit(id: try row[0], antenna: try row[1], birthYear: try row[2], isVisible: try row[3])
    }
  }

  /// True when one person is found under every token.
  static func hasAll(_ tokens: [Int64], in db: Connection) throws -> Bool {
    guard let first = tokens.first else { return false }
    let others = tokens.dropFirst().map { token in
      " AND EXISTS (SELECT 1 FROM person_token o WHERE o.person = t.person AND o.token = \(token))" as SQL
    }
    return try db.exists(
      "SELECT 1 FROM person_token t WHERE t.token = \(first)\(others.reduce("" as SQL, +)) LIMIT 1")
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

  private static func visible(to actor: Actor) -> SQL {
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
}

/// A person a search came upon, seen or not.
struct SearchHit {
  let id: PersonID
  let antenna: AntennaCode
  let birthYear: Int?
  let isVisible: Bool
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

extension PersonLabel {
  fileprivate init(sealed: [UInt8], of id: PersonID, antenna: AntennaCode, key: SealingKey) throws {
    let names = try key.openText(sealed, as: "person.label:\(id)").split(
      separator: "\n", omittingEmptySubsequences: false)
    latin = names.first.flatMap { $0.isEmpty ? nil : String($0) }
    arabic = names.dropFirst().first.flatMap { $0.isEmpty ? nil : String($0) }
    self.antenna = antenna
  }
}
