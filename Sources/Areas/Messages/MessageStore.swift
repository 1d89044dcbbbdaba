import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about messages. Callers bring the transaction.
enum MessageStore {
  static let pageSize = 50

  private static let listed: SQL =
    """
    id, kind, recipient, what, language, case_file, state, queued_at, queued_by, changed_at, next_at, tries, problem,
      settled
    """

  static func id(ofKey key: String, in db: Connection) throws -> RecordID<Message>? {
    try db.value("SELECT id FROM message WHERE once = \(key)")
  }

  static func states(ofKeys keys: [String], in db: Connection) throws -> [String: Message] {
    let found = try db.rows("SELECT \(listed), once FROM message WHERE once IN (\(list: keys))") { row in
      (try row[14] as String, try Message(row))
    }
    return Dictionary(found) { first, _ in first }
  }

  /// - Returns: false when another form of the same was quicker.
  static func insert(
    _ id: RecordID<Message>, _ new: NewMessage, antenna: AntennaCode?, contact: AccountID?,
    state: Message.State,
    key: SealingKey, by actor: Actor, at now: Date, in db: Connection
  ) throws -> Bool {
    let words = try key.seal(new.cleanText.fields.bytes, as: "message.words:\(id)")
    let link = try new.link.map { try key.seal($0, as: "message.link:\(id)") }
    let next = state == .waiting ? new.from ?? now : nil
    return try db.run(
      """
      INSERT INTO message (id, once, kind, recipient, what, language, case_file, antenna, contact, words, link, state, shelf,
        queued_at, queued_by, changed_at, next_at, until_at, tries)
      VALUES (\(id), \(new.key), \(new.kind), \(new.recipient), \(new.what.key), \(new.language), \(new.about), \(antenna),
        \(contact), \(words), \(link), \(state), \(Message.shelf(of: state)), \(now), \(actor.id), \(now), \(next),
        \(new.until), 0)
      ON CONFLICT (once) DO NOTHING
      """) == 1
  }

  /// What `actor` may not see is not found.
  static func require(_ id: RecordID<Message>, visibleTo actor: Actor, in db: Connection) throws -> Message {
    let found = try db.first("SELECT \(listed) FROM message WHERE id = \(id) AND \(visible(to: actor))") {
      row in
      try Message(row)
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  private static func visible(to actor: Actor) -> SQL {
    switch (actor.scope, actor.antenna) {
    case (.nation, _): "1 = 1"
    case (.antenna, let antenna?): "(antenna = \(antenna) OR contact = \(actor.id))"
    case (.assigned, _), (.antenna, nil): "contact = \(actor.id)"
    }
  }

  static func words(of id: RecordID<Message>, key: SealingKey, in db: Connection) throws -> (
    text: MessageText, link: String?
  ) {
    let found = try db.first("SELECT words, link FROM message WHERE id = \(id)") { row in
      let (words, link): ([UInt8], [UInt8]?) = (try row[0], try row[1])
      let text = words.isEmpty ? [] : try key.open(words, as: "message.words:\(id)")
      return (
        text: MessageText(Fields(bytes: text) ?? Fields()),
        link: try link.map { try key.openText($0, as: "message.link:\(id)") }
      )
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// A page of a shelf, the newest first; one more than a page shows where there are more.
  static func shelf(
    _ shelf: Message.Shelf, for actor: Actor, after: RecordID<Message>?, limit: Int = pageSize + 1,
    in db: Connection
  ) throws -> [Message] {
    var conditions: [SQL] = ["shelf = \(shelf)"]
    switch (actor.scope, actor.antenna) {
    case (.nation, _): break
    case (.antenna, let antenna?): conditions.append("antenna = \(antenna)")
    case (.assigned, _), (.antenna, nil): conditions.append("contact = \(actor.id)")
    }
    return try page(conditions, after: after, limit: limit, in: db)
  }

  /// Messages that did not go and are the matter of `actor` herself.
  static func failed(ofContact actor: Actor, limit: Int, in db: Connection) throws -> [Message] {
    try page(["contact = \(actor.id)", "shelf = 'failed'"], after: nil, limit: limit, in: db)
  }

  /// Callers have found the case, and so may see it.
  static func ofCase(_ file: RecordID<CaseFile>, after: RecordID<Message>?, in db: Connection) throws
    -> [Message]
  {
    try page(["case_file = \(file)"], after: after, limit: pageSize + 1, in: db)
  }

  /// Messages to the person of a case that went, or may have, the newest first.
  static func gone(aboutPersonOf file: RecordID<CaseFile>, in db: Connection) throws -> [Message] {
    try page(
      ["case_file = \(file)", "recipient = 'person'", "state IN ('sent', 'unclear')"], after: nil, limit: 200,
      in: db)
  }

  private static func page(_ conditions: [SQL], after: RecordID<Message>?, limit: Int, in db: Connection)
    throws
    -> [Message]
  {
    var conditions = conditions
    if let after { conditions.append("id < \(after)") }
    return try db.rows(
      "SELECT \(listed) FROM message WHERE \(.all(conditions)) ORDER BY id DESC LIMIT \(limit)"
    ) { row in try Message(row) }
  }

  static func follow(_ file: RecordID<CaseFile>, to place: CasePlace, in db: Connection) throws {
    try db.run(
      "UPDATE message SET antenna = \(place.antenna), contact = \(place.contact) WHERE case_file = \(file)")
  }

  static func settle(
    _ id: RecordID<Message>, _ how: Message.Settlement, by actor: Actor, at now: Date, in db: Connection
  )
    throws
  {
    try db.run(
      """
      UPDATE message SET settled = \(how), settled_at = \(now), settled_by = \(actor.id), shelf = 'over', link = NULL
      WHERE id = \(id)
      """)
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [("words", "message.words"), ("link", "message.link")] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "message", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension Message {
  init(_ row: borrowing Row) throws {
    let (state, settled): (State, Settlement?) = (try row[6], try row[13])
    self.init(
      id: try row[0], kind: try row[1], recipient: try row[2],
      what: Phrase(Fields(["key": try row[3]])) ?? say("Message"), language: try row[4], file: try row[5],
      state: state,
      queuedAt: try row[7], queuedBy: try row[8], changedAt: try row[9], nextAt: try row[10],
      tries: try row[11],
      problem: try row[12], settled: settled)
  }
}
