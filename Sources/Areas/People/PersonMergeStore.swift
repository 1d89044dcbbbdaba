import Basics
import Foundation
import Storage

/// Every SQL statement about files that were joined. Callers bring the transaction.
enum PersonMergeStore {
  private static let columns: SQL =
    "id, kept, other, position, choices, settled, merged_at, merged_by, undone_at, undone_by"

  /// The person with what the files that were joined with hers know.
  static func composed(_ person: Person, in db: Connection) throws -> Person {
    var identities = Dictionary(uniqueKeysWithValues: try parts(of: person.id, in: db))
    identities[person.id] = person.identity
    for merge in try inForce(of: person.id, in: db) {
      guard let kept = identities[merge.kept], let other = identities[merge.other] else { continue }
      identities[merge.kept] = kept.joined(with: other, merge.choices, settled: merge.settled)
    }
    return Person(
      id: person.id, antenna: person.antenna, contact: person.contact, version: person.version,
      identity: identities[person.id] ?? person.identity, joined: person.joined)
  }

  /// The files that `person` stands for, each with its own identity.
  private static func parts(of person: PersonID, in db: Connection) throws -> [(PersonID, Identity)] {
    try db.rows(
      "SELECT id, sealing_key, identity FROM person WHERE merged_into = \(person) AND sealing_key IS NOT NULL"
    ) { row in
      let id: PersonID = try row[0]
      let key = try db.vault.unwrap(try row[1])
      return (id, Identity(Fields(bytes: try key.open(try row[2], as: "person.identity:\(id)")) ?? Fields()))
    }
  }

  /// The person who stands for `id` first, then all whom she stands for.
  static func files(of id: PersonID, in db: Connection) throws -> [PersonID] {
    let whole: PersonID? = try db.value("SELECT COALESCE(merged_into, id) FROM person WHERE id = \(id)")
    guard let whole else { throw Refusal.notFound }
    return try [whole] + db.rows("SELECT id FROM person WHERE merged_into = \(whole)") { try $0[0] }
  }

  /// The merges that hold together the files of `person`, in the order in which they were made.
  static func inForce(of person: PersonID, in db: Connection) throws -> [PersonMerge] {
    try db.rows(
      """
      SELECT \(columns) FROM person_merge WHERE undone_at IS NULL
        AND other IN (SELECT part.id FROM person part WHERE part.merged_into = \(person))
      """
    ) { row in try PersonMerge(row) }
    .sorted { ($0.position, $0.id) < ($1.position, $1.id) }
  }

  static func find(_ id: RecordID<PersonMerge>, in db: Connection) throws -> PersonMerge? {
    try db.first("SELECT \(columns) FROM person_merge WHERE id = \(id)") { row in try PersonMerge(row) }
  }

  /// Every merge that these files took part in, undone or not, newest first.
  static func all(of files: [PersonID], in db: Connection) throws -> [PersonMerge] {
    var merges: [RecordID<PersonMerge>: PersonMerge] = [:]
    for file in files {
      for side in ["kept", "other"] as [SQL] {
        let rows = try db.rows(
          "SELECT \(columns) FROM person_merge WHERE \(side) = \(file) ORDER BY merged_at DESC LIMIT 50"
        ) { row in try PersonMerge(row) }
        for merge in rows { merges[merge.id] = merge }
      }
    }
    return merges.values.sorted { ($1.mergedAt, $1.position) < ($0.mergedAt, $0.position) }
  }

  /// The kept person's own identity as it was before.
  static func identityBefore(_ merge: PersonMerge, key: SealingKey, in db: Connection) throws -> Identity {
    let sealed: [UInt8]? = try db.value("SELECT kept_identity FROM person_merge WHERE id = \(merge.id)")
    guard let sealed else { throw Refusal.notFound }
    return Identity(Fields(bytes: try key.open(sealed, as: context(merge.id))) ?? Fields())
  }

  static func insert(_ merge: PersonMerge, before own: Identity, key: SealingKey, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO person_merge (id, kept, other, position, choices, settled, kept_identity, merged_at, merged_by)
      VALUES (\(merge.id), \(merge.kept), \(merge.other), \(merge.position), \(Self.text(merge.choices)), '',
        \(try key.seal(own.fields.bytes, as: context(merge.id))), \(merge.mergedAt), \(merge.mergedBy))
      """)
  }

  /// - Returns: false when it was undone already.
  static func undo(_ id: RecordID<PersonMerge>, by actor: Actor, at now: Date, in db: Connection) throws
    -> Bool
  {
    try db.run(
      "UPDATE person_merge SET undone_at = \(now), undone_by = \(actor.id) WHERE id = \(id) AND undone_at IS NULL"
    ) == 1
  }

  static func setSettled(_ fields: Set<Identity.Field>, of id: RecordID<PersonMerge>, in db: Connection)
    throws
  {
    let text = fields.map(\.rawValue).sorted().joined(separator: " ")
    try db.run("UPDATE person_merge SET settled = \(text) WHERE id = \(id)")
  }

  /// Locks the rows until the transaction ends, always in the same order.
  static func hold(_ ids: [PersonID], in db: Connection) throws {
    for id in ids.sorted() {
      try db.run("UPDATE person SET version = version WHERE id = \(id)")
    }
  }

  /// Who stands for `id`; herself where nobody does.
  static func whole(of id: PersonID, in db: Connection) throws -> PersonID? {
    try db.value("SELECT COALESCE(merged_into, id) FROM person WHERE id = \(id) AND sealing_key IS NOT NULL")
  }

  /// From now on `whole` stands for `files`; for themselves where it is nil.
  static func set(_ whole: PersonID?, for files: [PersonID], in db: Connection) throws {
    try db.run("UPDATE person SET merged_into = \(whole) WHERE id IN (\(list: files))")
  }

  /// Counts anew for how many files each stands; whatever was typed on the former shape is out of date.
  static func count(_ ids: [PersonID], in db: Connection) throws {
    try db.run(
      """
      UPDATE person SET version = version + 1, compared = NULL,
        joined = (SELECT count(*) FROM person part WHERE part.merged_into = person.id)
      WHERE id IN (\(list: ids))
      """)
  }

  private static func context(_ id: RecordID<PersonMerge>) -> String { "person_merge.kept:\(id)" }

  private static func text(_ choices: PersonMerge.Choices) -> String {
    choices.map { "\($0.key.rawValue)=\($0.value.rawValue)" }.sorted().joined(separator: " ")
  }
}

extension PersonMerge {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    kept = try row[1]
    other = try row[2]
    position = try row[3]
    let choices: String = try row[4]
    let settled: String = try row[5]
    self.choices = Dictionary(
      choices.split(separator: " ").compactMap { entry in
        let parts = entry.split(separator: "=").map(String.init)
        guard parts.count == 2, let field = Identity.Field(rawValue: parts[0]),
          let choice = Choice(rawValue: parts[1])
        else { return nil }
        return (field, choice)
      }, uniquingKeysWith: { first, _ in first })
    self.settled = Set(settled.split(separator: " ").compactMap { Identity.Field(rawValue: String($0)) })
    mergedAt = try row[6]
    mergedBy = try row[7]
    undoneAt = try row[8]
    undoneBy = try row[9]
  }
}
