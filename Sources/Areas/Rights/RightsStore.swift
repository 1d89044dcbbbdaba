import Basics
import Foundation
import Storage

/// Every SQL statement about requests of persons and about what keeps their data. Callers bring the transaction.
enum RightsStore {
  static let pageSize = 50
  /// Of one person: more are a mistake.
  static let most = 200

  private static let listed: SQL =
    "id, person, antenna, kind, received_on, asked_by, proof, outcome, answered_on"

  static func requests(of files: [PersonID], keys: [PersonID: SealingKey], in db: Connection) throws
    -> [RightsRequest]
  {
    try db.rows(
      """
      SELECT \(listed), words, answer FROM rights_request WHERE person IN (\(list: files))
      ORDER BY received_on DESC, id DESC LIMIT \(most)
      """
    ) { row in try RightsRequest(row, keys: keys) }
  }

  /// Requests that wait for an answer, the oldest first; without their words.
  static func waiting(for actor: Actor, after cursor: RightsCursor?, in db: Connection) throws
    -> [RightsRequest]
  {
    var conditions: [SQL] = ["outcome IS NULL", visible(to: actor)]
    if let cursor, let day = cursor.day { conditions.append("(received_on, id) > (\(day), \(cursor.id))") }
    return try db.rows(
      """
      SELECT \(listed) FROM rights_request WHERE \(.all(conditions))
      ORDER BY received_on, id LIMIT \(pageSize + 1)
      """
    ) { row in try RightsRequest(row, keys: nil) }
  }

  static func visible(to actor: Actor) -> SQL {
    switch (actor.scope, actor.antenna) {
    case (.nation, _): "1 = 1"
    case (.antenna, let antenna?): "antenna = \(antenna)"
    case (.assigned, _), (.antenna, nil): "1 = 0"
    }
  }

  static func exists(_ id: RecordID<RightsRequest>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM rights_request WHERE id = \(id)")
  }

  static func insert(
    _ request: RightsRequest, key: SealingKey, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    let words = try request.words.map { try key.seal($0, as: "rights_request.words:\(request.id)") }
    try db.run(
      """
      INSERT INTO rights_request (id, person, antenna, kind, received_on, asked_by, proof, words, recorded_at,
        recorded_by)
      VALUES (\(request.id), \(request.person), \(request.antenna), \(request.kind), \(request.receivedOn),
        \(request.asker), \(request.proof), \(words), \(now), \(actor.id))
      """)
  }

  static func answer(
    _ id: RecordID<RightsRequest>, _ answer: RightsRequest.Answer, key: SealingKey, by actor: Actor,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE rights_request SET outcome = \(answer.outcome), answered_on = \(answer.on), answered_by = \(actor.id),
        answer = \(try key.seal(answer.words, as: "rights_request.answer:\(id)"))
      WHERE id = \(id) AND outcome IS NULL
      """)
  }

  static func holds(of files: [PersonID], keys: [PersonID: SealingKey], in db: Connection) throws
    -> [RightsHold]
  {
    try db.rows(
      """
      SELECT id, kind, until, reason, set_at, lifted_at, person FROM rights_hold WHERE person IN (\(list: files))
      ORDER BY set_at DESC, id DESC LIMIT \(most)
      """
    ) { row in
      let id: RecordID<RightsHold> = try row[0]
      let key = keys[try row[6]]
      return RightsHold(
        id: id, kind: try row[1], until: try row[2],
        reason: try key?.openText(try row[3], as: "rights_hold.reason:\(id)") ?? "",
        setAt: try row[4], liftedAt: try row[5])
    }
  }

  /// Whether anything keeps these files on a day.
  static func isHeld(_ files: [PersonID], on day: Day, in db: Connection) throws -> Bool {
    try db.exists(
      """
      SELECT 1 FROM rights_hold WHERE person IN (\(list: files)) AND lifted_at IS NULL
        AND (until IS NULL OR until >= \(day)) LIMIT 1
      """)
  }

  static func hasHold(_ id: RecordID<RightsHold>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM rights_hold WHERE id = \(id)")
  }

  static func insert(
    _ hold: RightsHold, of person: PersonID, key: SealingKey, by actor: Actor, in db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO rights_hold (id, person, kind, until, reason, set_at, set_by)
      VALUES (\(hold.id), \(person), \(hold.kind), \(hold.until),
        \(try key.seal(hold.reason, as: "rights_hold.reason:\(hold.id)")), \(hold.setAt), \(actor.id))
      """)
  }

  static func lift(_ id: RecordID<RightsHold>, by actor: Actor, at now: Date, in db: Connection) throws {
    try db.run(
      "UPDATE rights_hold SET lifted_at = \(now), lifted_by = \(actor.id) WHERE id = \(id) AND lifted_at IS NULL"
    )
  }
}

extension RightsRequest {
  /// - Parameter keys: of the files the request may stand in; nil for a list, which opens nothing.
  fileprivate init(_ row: borrowing Row, keys: [PersonID: SealingKey]?) throws {
    id = try row[0]
    person = try row[1]
    antenna = try row[2]
    kind = try row[3]
    receivedOn = try row[4]
    asker = try row[5]
    proof = try row[6]
    let (outcome, on): (Outcome?, Day?) = (try row[7], try row[8])
    let name = id
    var (asked, told): (String?, String) = (nil, "")
    if let key = keys?[person] {
      let (sealed, answered): ([UInt8]?, [UInt8]?) = (try row[9], try row[10])
      asked = try sealed.map { try key.openText($0, as: "rights_request.words:\(name)") }
      told = try answered.map { try key.openText($0, as: "rights_request.answer:\(name)") } ?? ""
    }
    words = asked
    if let outcome, let on { answer = Answer(outcome: outcome, on: on, words: told) } else { answer = nil }
  }
}
