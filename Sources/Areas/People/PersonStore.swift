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

  static func replaceTokens(of id: PersonID, with tokens: [Int64], in db: Connection) throws {
    try db.run("DELETE FROM person_token WHERE person = \(id)")
    try addTokens(of: id, tokens, in: db)
  }

  static func addTokens(of id: PersonID, _ tokens: [Int64], in db: Connection) throws {
    for token in tokens { try db.run("INSERT INTO person_token (token, person) VALUES (\(token), \(id))") }
  }

  /// Persons found under one of the alternatives of every word: those the actor may see, at most `limit`, and the
  /// antennas that hold others.
  static func search(_ words: [[Int64]], for actor: Actor, limit: Int, in db: Connection) throws
    -> (seen: [SearchHit], elsewhere: [AntennaCode])
  {
    let words = try rarestFirst(words, in: db)
    guard let first = words.first else { return ([], []) }
    let others = words.dropFirst().map { tokens in
      " AND EXISTS (SELECT 1 FROM person_token o WHERE o.person = t.person AND o.token IN (\(list: tokens)))"
        as SQL
    }
    let condition = others.reduce("p.id = t.person AND p.sealing_key IS NOT NULL" as SQL, +)
    // One token at a time: its persons lie in the order of their ids, so that nothing has to be sorted. CROSS JOIN
    // keeps SQLite from going through all persons of an antenna instead.
    let hits = try first.flatMap { token in
      try db.rows(
        """
        SELECT p.id, p.birth_year FROM person_token t CROSS JOIN person p
        WHERE t.token = \(token) AND \(condition) AND \(visible(to: actor)) ORDER BY t.person LIMIT \(limit)
        """
      ) { row in SearchHit(id: try row[0], birthYear: try row[1]) }
    }
    // A thousand hits out of sight name every antenna there is.
    let elsewhere: [AntennaCode] =
      actor.scope == .nation
      ? []
      : try db.rows(
        """
        SELECT DISTINCT antenna FROM (
          SELECT p.antenna FROM person_token t CROSS JOIN person p
          WHERE t.token IN (\(list: first)) AND \(condition) AND CASE WHEN \(visible(to: actor)) THEN 1 ELSE 0 END = 0
          LIMIT 1000) AS found
        """
      ) { row in try row[0] }
    let seen = Dictionary(hits.map { ($0.id, $0) }) { hit, _ in hit }.values.sorted {
      $0.id.text < $1.id.text
    }
    return (Array(seen.prefix(limit)), elsewhere)
  }

  /// The words in the order in which they narrow a search down, counted up to a thousand.
  private static func rarestFirst(_ words: [[Int64]], in db: Connection) throws -> [[Int64]] {
    let counted = try words.map { tokens in
      let count: Int? = try db.value(
        "SELECT count(*) FROM (SELECT 1 FROM person_token WHERE token IN (\(list: tokens)) LIMIT 1000) AS found"
      )
      return (tokens: tokens, count: count ?? 0)
    }
    return counted.sorted { $0.count < $1.count }.map(\.tokens)
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

  private static func opened(_ sealed: [UInt8], of id: PersonID, key: SealingKey) throws -> KeptNames.Names {
    let names = try key.open(sealed, as: "person.label:\(id)").split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    return (names.first ?? nil, names.dropFirst().first ?? nil)
  }
}

/// A person a search came upon.
struct SearchHit {
  let id: PersonID
  let birthYear: Int?
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
