import Basics
import Foundation
import Storage

/// Every SQL statement about persons. Callers bring the transaction.
enum PersonStore {
  /// In the order in which `Person` reads them.
  private static let columns: SQL = "id, antenna, contact, version, joined, sealing_key, identity"

  /// The person, or who stands for her since files were joined, with what all of them know. What `actor` may not see is
  /// not found.
  static func require(_ id: PersonID, visibleTo actor: Actor, in db: Connection) throws -> Person {
    let person = try db.first(
      """
      SELECT \(columns) FROM person
      WHERE id = (SELECT COALESCE(one.merged_into, one.id) FROM person one WHERE one.id = \(id))
        AND sealing_key IS NOT NULL AND \(seen(by: actor))
      """
    ) { row in try Person(row, db.vault) }
    guard let person else { throw try PersonErasureStore.refusal(for: id, actor, in: db) }
    return person.joined == 0 ? person : try PersonMergeStore.composed(person, in: db)
  }

  /// The person as her own row tells of her, whatever was joined.
  static func own(_ id: PersonID, in db: Connection) throws -> Person {
    let person = try db.first(
      """
      SELECT \(columns) FROM person
      WHERE id = \(id) AND sealing_key IS NOT NULL
      """
    ) { row in try Person(row, db.vault) }
    guard let person else { throw try PersonErasureStore.refusal(for: id, .program, in: db) }
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
  ///
  /// - Parameter shown: the identity with what joined files know: figures go by it.
  static func update(
    _ id: PersonID, from version: Int, to own: Identity, shown: Identity, label: PersonLabel, key: SealingKey,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE person SET version = version + 1, identity = \(try sealed(own, of: id, key)),
        label = \(try sealed(label, of: id, key)), sex = \(shown.sex), birth_year = \(shown.birthYear),
        governorate = \(shown.governorate), compared = NULL
      WHERE id = \(id) AND version = \(version)
      """) == 1
  }

  /// What figures go by.
  static func setFacts(of id: PersonID, to shown: Identity, in db: Connection) throws {
    try db.run(
      """
      UPDATE person SET sex = \(shown.sex), birth_year = \(shown.birthYear), governorate = \(shown.governorate)
      WHERE id = \(id)
      """)
  }

  static func place(_ id: PersonID, antenna: AntennaCode, contact: AccountID?, in db: Connection) throws {
    try PersonTokenStore.move(id, to: antenna, in: db)
    try db.run(
      "UPDATE person SET antenna = \(antenna), contact = \(contact), compared = NULL WHERE id = \(id)")
  }

  static func exists(_ id: PersonID, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM person WHERE id = \(id)")
  }

  static func key(of id: PersonID, in db: Connection) throws -> SealingKey {
    guard
      let wrapped: [UInt8] = try db.value(
        "SELECT sealing_key FROM person WHERE id = \(id) AND sealing_key IS NOT NULL")
    else { throw try PersonErasureStore.refusal(for: id, .program, in: db) }
    return try db.vault.unwrap(wrapped)
  }

  static func ids(after id: PersonID?, limit: Int, in db: Connection) throws -> [PersonID] {
    try db.rows(
      """
      SELECT id FROM person WHERE id > \(id?.text ?? "") AND sealing_key IS NOT NULL ORDER BY id LIMIT \(limit)
      """
    ) { try $0[0] }
  }

  static func labels(of ids: [PersonID], kept: KeptNames, in db: Connection) throws -> [PersonID:
    PersonLabel]
  {
    var joined: [PersonID] = []
    let labels = try db.rows(
      """
      SELECT id, antenna, sealing_key, label, CASE WHEN joined > 0 OR merged_into IS NOT NULL THEN 1 ELSE 0 END
      FROM person WHERE id IN (\(list: ids)) AND sealing_key IS NOT NULL
      """
    ) { row in
      let id: PersonID = try row[0]
      if try row[4] { joined.append(id) }
      let sealed: [UInt8] = try row[3]
      let names = try kept.names(of: id, sealed) {
        try opened(sealed, of: id, key: db.vault.unwrap(try row[2]))
      }
      return (id, PersonLabel(latin: names.latin, arabic: names.arabic, antenna: try row[1]))
    }
    var found = Dictionary(uniqueKeysWithValues: labels)
    // Few: their names are drawn from several files.
    for id in joined {
      let person = try require(id, visibleTo: .program, in: db)
      found[id] = PersonLabel(
        latin: person.identity.latinName, arabic: person.identity.arabicName, antenna: person.antenna)
    }
    return found
  }

  /// Those of `ids` whom the actor may see.
  static func seen(_ ids: [PersonID], for actor: Actor, in db: Connection) throws -> [PersonID] {
    try db.rows("SELECT id FROM person WHERE id IN (\(list: ids)) AND \(seen(by: actor))") { try $0[0] }
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

  /// Persons who were not compared since they changed; files that were joined are compared as one.
  static func toCompare(limit: Int, in db: Connection) throws -> [PersonID] {
    try db.rows(
      """
      SELECT id FROM person WHERE compared IS NULL AND merged_into IS NULL AND sealing_key IS NOT NULL
      ORDER BY id LIMIT \(limit)
      """
    ) { try $0[0] }
  }

  static func noteCompared(_ id: PersonID, version: Int, in db: Connection) throws {
    try db.run("UPDATE person SET compared = version WHERE id = \(id) AND version = \(version)")
  }

  /// By her number, which is all chance: ids begin with time.
  static func first(afterNumber number: Int64, in db: Connection) throws -> PersonID? {
    try db.value(
      """
      SELECT id FROM person WHERE number > \(number) AND sealing_key IS NOT NULL AND merged_into IS NULL
      ORDER BY number LIMIT 1
      """)
  }

  static func count(in db: Connection) throws -> Int {
    try db.value("SELECT count(*) FROM person WHERE merged_into IS NULL") ?? 0
  }

  private static func visible(to actor: Actor, _ table: SQL = "person") -> SQL {
    switch (actor.scope, actor.antenna) {
    case (.nation, _): "1 = 1"
    case (.antenna, let antenna?): "\(table).antenna = \(antenna)"
    case (.assigned, _): "\(table).contact = \(actor.id)"
    case (.antenna, nil): "1 = 0"
    }
  }

  /// Whoever sees one of the files that were joined sees the person.
  static func seen(by actor: Actor) -> SQL {
    if actor.scope == .nation { return "1 = 1" }
    return """
      (\(visible(to: actor))
        OR person.joined > 0 AND EXISTS (
          SELECT 1 FROM person part WHERE part.merged_into = person.id AND \(visible(to: actor, "part")))
        OR person.merged_into IS NOT NULL AND (
          EXISTS (SELECT 1 FROM person whole WHERE whole.id = person.merged_into AND \(visible(to: actor, "whole")))
          OR EXISTS (
            SELECT 1 FROM person part WHERE part.merged_into = person.merged_into AND \(visible(to: actor, "part")))))
      """
  }

  static func sealed(_ identity: Identity, of id: PersonID, _ key: SealingKey) throws -> [UInt8] {
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
    id = try row[0]
    antenna = try row[1]
    contact = try row[2]
    version = try row[3]
    joined = try row[4]
    let key = try vault.unwrap(try row[5])
    let fields = Fields(bytes: try key.open(try row[6], as: "person.identity:\(id)"))
    identity = Identity(fields ?? Fields())
  }
}
