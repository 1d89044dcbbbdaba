import Basics
import Foundation
import People
import Storage

/// Every SQL statement about pairs. Callers bring the transaction, and ask whether the actor sees the files.
enum DuplicateStore {
  static let pageSize = 50

  private static let columns: SQL = """
    id, first, second, first_antenna, first_contact, second_antenna, second_contact, state, score, findings, version,
    found_at, merge, suggested_by
    """

  /// A page of the pairs in one state of which the actor may see a file, the likeliest first; one more than fits.
  static func page(
    _ state: DuplicatePair.State, after: DuplicateCursor?, for actor: Actor, in db: Connection
  ) throws -> [DuplicatePair] {
    var found: [RecordID<DuplicatePair>: DuplicatePair] = [:]
    for statement in statements(state, after: after, for: actor) {
      for pair in try db.rows(statement, { row in try DuplicatePair(row) }) { found[pair.id] = pair }
    }
    let sorted = found.values.sorted { ($1.score, $1.id) < ($0.score, $0.id) }
    return Array(sorted.prefix(pageSize + 1))
  }

  /// One for each side on which a file in sight may stand: each by an index of its own.
  static func statements(
    _ state: DuplicatePair.State, after: DuplicateCursor?, for actor: Actor
  ) -> [SQL] {
    let sides: [SQL] =
      switch (actor.scope, actor.antenna) {
      case (.nation, _): ["1 = 1"]
      case (.antenna, let antenna?): ["first_antenna = \(antenna)", "second_antenna = \(antenna)"]
      case (.antenna, nil): []
      case (.assigned, _): ["first_contact = \(actor.id)", "second_contact = \(actor.id)"]
      }
    return sides.map { side in
      var conditions: [SQL] = [side, "state = \(state)", "moot = 0"]
      if let after { conditions.append("(score, id) < (\(after.score), \(after.id))") }
      return """
        SELECT \(columns) FROM duplicate_pair WHERE \(.all(conditions)) ORDER BY score DESC, id DESC
        LIMIT \(pageSize + 1)
        """
    }
  }

  static func find(_ id: RecordID<DuplicatePair>, in db: Connection) throws -> DuplicatePair? {
    try db.first("SELECT \(columns) FROM duplicate_pair WHERE id = \(id)") { row in try DuplicatePair(row) }
  }

  static func find(_ first: PersonID, _ second: PersonID, in db: Connection) throws -> DuplicatePair? {
    let (first, second) = first < second ? (first, second) : (second, first)
    return try db.first("SELECT \(columns) FROM duplicate_pair WHERE first = \(first) AND second = \(second)")
    { row in
      try DuplicatePair(row)
    }
  }

  static func of(merge: RecordID<PersonMerge>, in db: Connection) throws -> DuplicatePair? {
    try db.first("SELECT \(columns) FROM duplicate_pair WHERE merge = \(merge)") { row in
      try DuplicatePair(row)
    }
  }

  /// The pairs of a person, the likeliest first.
  static func pairs(of person: PersonID, in db: Connection) throws -> [DuplicatePair] {
    var pairs: [DuplicatePair] = []
    for side in ["first", "second"] as [SQL] {
      pairs += try db.rows(
        "SELECT \(columns) FROM duplicate_pair WHERE \(side) = \(person) AND moot = 0 LIMIT 100"
      ) { row in try DuplicatePair(row) }
    }
    return pairs.sorted { ($1.score, $1.id) < ($0.score, $0.id) }
  }

  /// Locks the row until the transaction ends.
  static func hold(_ id: RecordID<DuplicatePair>, in db: Connection) throws {
    try db.run("UPDATE duplicate_pair SET version = version WHERE id = \(id)")
  }

  static func insert(_ pair: DuplicatePair, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO duplicate_pair (id, first, second, first_antenna, first_contact, second_antenna, second_contact, state,
        score, findings, version, found_at, suggested_by)
      VALUES (\(pair.id), \(pair.first), \(pair.second), \(pair.places.first.antenna), \(pair.places.first.contact),
        \(pair.places.second.antenna), \(pair.places.second.contact), \(pair.state), \(pair.score),
        \(pair.told.text), \(pair.version), \(pair.foundAt), \(pair.suggestedBy))
      ON CONFLICT (first, second) DO NOTHING
      """)
  }

  /// What a new comparison found of a pair that is known.
  static func update(_ id: RecordID<DuplicatePair>, like found: DuplicatePair, in db: Connection) throws {
    try db.run(
      """
      UPDATE duplicate_pair SET score = \(found.score), findings = \(found.told.text),
        first_antenna = \(found.places.first.antenna), first_contact = \(found.places.first.contact),
        second_antenna = \(found.places.second.antenna), second_contact = \(found.places.second.contact)
      WHERE id = \(id)
      """)
  }

  /// What a person's place is now, in the lists.
  static func place(
    _ person: PersonID, antenna: AntennaCode, contact: AccountID?, in db: Connection
  ) throws {
    for side in ["first", "second"] as [SQL] {
      try db.run(
        """
        UPDATE duplicate_pair SET \(side)_antenna = \(antenna), \(side)_contact = \(contact) WHERE \(side) = \(person)
        """)
    }
  }

  /// Forgets a pair that nobody has looked at, unless somebody put it there.
  static func forget(_ id: RecordID<DuplicatePair>, in db: Connection) throws {
    try db.run(
      "DELETE FROM duplicate_pair WHERE id = \(id) AND state = 'open' AND version = 1 AND suggested_by IS NULL"
    )
  }

  static func set(
    _ state: DuplicatePair.State, of id: RecordID<DuplicatePair>, merge: RecordID<PersonMerge>? = nil,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE duplicate_pair SET state = \(state), version = version + 1, decided_score = score, merge = \(merge)
      WHERE id = \(id)
      """)
  }

  static func decidedScore(of id: RecordID<DuplicatePair>, in db: Connection) throws -> Int? {
    try db.value("SELECT decided_score FROM duplicate_pair WHERE id = \(id)")
  }

  /// Takes the pairs of files out of the lists while another file stands for them.
  static func setMoot(pairsOf files: [PersonID], but id: RecordID<DuplicatePair>, in db: Connection) throws {
    for side in ["first", "second"] as [SQL] {
      try db.run("UPDATE duplicate_pair SET moot = 1 WHERE \(side) IN (\(list: files)) AND id <> \(id)")
    }
  }

  /// Puts the pairs of files back into the lists where both stand for themselves.
  static func setAlive(pairsOf files: [PersonID], in db: Connection) throws {
    for side in ["first", "second"] as [SQL] {
      try db.run(
        """
        UPDATE duplicate_pair SET moot = 0 WHERE \(side) IN (\(list: files))
          AND EXISTS (SELECT 1 FROM person_fact f WHERE f.person = duplicate_pair.first)
          AND EXISTS (SELECT 1 FROM person_fact f WHERE f.person = duplicate_pair.second)
        """)
    }
  }

  static func hasAct(_ id: RecordID<DuplicateAct>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM duplicate_act WHERE id = \(id)")
  }

  static func insert(_ act: DuplicateAct, keys: (SealingKey, SealingKey), in db: Connection) throws {
    let place = context(act.id)
    let reason = try act.reason.map { try keys.1.seal(keys.0.seal(Array($0.utf8), as: place), as: place) }
    try db.run(
      """
      INSERT INTO duplicate_act (id, pair, kind, at, by, antenna, reason, joining)
      VALUES (\(act.id), \(act.pair), \(act.kind), \(act.at), \(act.by), \(act.antenna), \(reason),
        \(act.joining?.text))
      """)
  }

  /// What was done about a pair, newest first.
  /// - Parameter keys: those of both persons; nil where one was erased.
  static func acts(
    of pair: RecordID<DuplicatePair>, keys: (SealingKey, SealingKey)?, in db: Connection
  ) throws -> [DuplicateAct] {
    try db.rows(
      """
      SELECT id, pair, kind, at, by, antenna, reason, joining FROM duplicate_act WHERE pair = \(pair)
      ORDER BY at DESC, id DESC LIMIT 100
      """
    ) { row in
      let id: RecordID<DuplicateAct> = try row[0]
      let sealed: [UInt8]? = try row[6]
      let place = context(id)
      let reason = try keys.flatMap { keys in
        try sealed.map {
          String(decoding: try keys.0.open(keys.1.open($0, as: place), as: place), as: UTF8.self)
        }
      }
      let joining: String? = try row[7]
      return DuplicateAct(
        id: id, pair: try row[1], kind: try row[2], at: try row[3], by: try row[4], antenna: try row[5],
        reason: reason, joining: joining.flatMap { Joining(text: $0) })
    }
  }

  private static func context(_ id: RecordID<DuplicateAct>) -> String { "duplicate_act.reason:\(id)" }
}

extension DuplicatePair {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    first = try row[1]
    second = try row[2]
    places = (
      Place(antenna: try row[3], contact: try row[4]), Place(antenna: try row[5], contact: try row[6])
    )
    state = try row[7]
    score = try row[8]
    told = ToldFindings(text: try row[9])
    version = try row[10]
    foundAt = try row[11]
    merge = try row[12]
    suggestedBy = try row[13]
  }
}

/// Where a page of the queue ended; it travels in the URL.
package struct DuplicateCursor: Equatable, Sendable {
  let score: Int
  let id: RecordID<DuplicatePair>

  init(after pair: DuplicatePair) { (score, id) = (pair.score, pair.id) }

  package init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let score = Int(parts[0]), let id = RecordID<DuplicatePair>(parts[1]) else {
      return nil
    }
    (self.score, self.id) = (score, id)
  }

  package var text: String { "\(score)~\(id)" }
}
