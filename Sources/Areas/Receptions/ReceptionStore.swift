import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about receptions. Callers bring the transaction.
enum ReceptionStore {
  /// Shown at most, of an author and of an antenna.
  static let most = 50

  private static let columns: SQL = """
    id, person, antenna, author, state, version, steps_done, begun_at, saved_at, sealing_key, told
    """

  /// A begun or opened reception in the actor's sight with its key; the key is nil once the person has it.
  /// - Parameter limit: a draft that was last saved before is gone, whether it was destroyed yet or not.
  static func require(
    _ id: RecordID<ReceptionDraft>, visibleTo actor: Actor, after limit: Date, in db: Connection
  ) throws -> (draft: ReceptionDraft, key: SealingKey?) {
    let found = try db.first(
      """
      SELECT \(columns) FROM reception_draft WHERE id = \(id) AND \(visible(to: actor))
        AND (state = 'opened' OR state = 'begun' AND saved_at > \(limit))
      """
    ) { row in try read(row, db.vault) }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// Locks the row until the transaction ends, in a way that both engines know.
  static func hold(_ id: RecordID<ReceptionDraft>, in db: Connection) throws {
    try db.run("UPDATE reception_draft SET version = version WHERE id = \(id)")
  }

  /// - Returns: false when one with this id is there already: whoever comes second waits for the first.
  static func insert(_ draft: ReceptionDraft, wrapped: [UInt8], key: SealingKey, in db: Connection) throws
    -> Bool
  {
    try db.run(
      """
      INSERT INTO reception_draft (id, person, antenna, author, state, version, steps_done, sealing_key, told,
        begun_at, saved_at)
      VALUES (\(draft.id), \(draft.person), \(draft.antenna), \(draft.author), \(draft.state), \(draft.version),
        \(codes(draft.done)), \(wrapped), \(try sealed(draft, key)), \(draft.begunAt), \(draft.savedAt))
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  static func update(_ draft: ReceptionDraft, key: SealingKey, in db: Connection) throws {
    try db.run(
      """
      UPDATE reception_draft SET version = \(draft.version), steps_done = \(codes(draft.done)),
        told = \(try sealed(draft, key)), saved_at = \(draft.savedAt), author = \(draft.author)
      WHERE id = \(draft.id)
      """)
  }

  /// The key as it is stored, for the person who takes it along.
  static func wrappedKey(of id: RecordID<ReceptionDraft>, in db: Connection) throws -> [UInt8]? {
    try db.first("SELECT sealing_key FROM reception_draft WHERE id = \(id)") { row in
      try row[0] as [UInt8]?
    } ?? nil
  }

  /// The person has her key now, and what was told stays sealed under it.
  static func setOpened(_ id: RecordID<ReceptionDraft>, in db: Connection) throws {
    try db.run("UPDATE reception_draft SET state = 'opened', sealing_key = NULL WHERE id = \(id)")
  }

  /// Destroys key and words.
  static func destroy(
    _ id: RecordID<ReceptionDraft>, as state: ReceptionDraft.State, why: ReceptionDraft.Discarding?,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE reception_draft SET state = \(state), discarded = \(why), sealing_key = NULL, told = NULL
      WHERE id = \(id)
      """)
  }

  /// Why a reception was discarded; nil where it was not.
  static func discarding(_ id: RecordID<ReceptionDraft>, by actor: Actor, in db: Connection) throws
    -> ReceptionDraft.Discarding?
  {
    try db.first(
      """
      SELECT discarded FROM reception_draft
      WHERE id = \(id) AND state = 'discarded' AND \(visible(to: actor))
      """
    ) { row in try row[0] as ReceptionDraft.Discarding? } ?? nil
  }

  /// Receptions begun: of the actor herself; for the head of an antenna those of all its staff. The last saved first.
  static func begun(for actor: Actor, ofAntenna: Bool, after limit: Date, in db: Connection) throws
    -> [ReceptionDraft]
  {
    let whose: SQL
    if ofAntenna, let antenna = actor.antenna {
      whose = "antenna = \(antenna)"
    } else {
      whose = "author = \(actor.id)"
    }
    return try db.rows(
      """
      SELECT \(columns) FROM reception_draft WHERE \(whose) AND state = 'begun' AND saved_at > \(limit)
      ORDER BY saved_at DESC LIMIT \(most)
      """
    ) { row in try read(row, db.vault).draft }
  }

  /// Drafts that were last saved before `limit`, some at a time.
  static func old(before limit: Date, in db: Connection) throws -> [(
    id: RecordID<ReceptionDraft>, antenna: AntennaCode
  )] {
    try db.rows(
      """
      SELECT id, antenna FROM reception_draft WHERE state = 'begun' AND saved_at <= \(limit)
      ORDER BY saved_at LIMIT 100
      """
    ) { row in (id: try row[0], antenna: try row[1]) }
  }

  /// What was told when the person of a case was received in steps, and who asked; nil where she was not.
  static func told(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> (
    fields: Fields, author: AccountID
  )? {
    try db.first(
      "SELECT told, author FROM reception_draft WHERE id = \(file) AND state = 'opened' AND told IS NOT NULL"
    ) { row in
      let bytes = try key.open(try row[0], as: "reception.told:\(file)")
      return (fields: Fields(bytes: bytes) ?? Fields(), author: try row[1])
    }
  }

  /// Seals what was told anew, when the case goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    try CaseMoveStore.reseal(
      "told", of: "reception_draft", where: "id = \(file) AND state = 'opened'", as: "reception.told",
      from: old, to: new, in: db)
  }

  /// Wraps a batch of drafts' keys by the newest master key.
  static func rewrap(after id: String, limit: Int, in db: Connection) throws -> (done: Int, last: String?) {
    let rows = try db.rows(
      """
      SELECT id, sealing_key FROM reception_draft WHERE id > \(id) AND sealing_key IS NOT NULL
      ORDER BY id LIMIT \(limit)
      """
    ) { (id: try $0[0] as RecordID<ReceptionDraft>, wrapped: try $0[1] as [UInt8]) }
    for row in rows {
      guard let wrapped = try db.vault.rewrap(row.wrapped) else { continue }
      try db.run("UPDATE reception_draft SET sealing_key = \(wrapped) WHERE id = \(row.id)")
    }
    return (rows.count, rows.last?.id.text)
  }

  /// Her own, and for the head of an antenna those of its staff.
  private static func visible(to actor: Actor) -> SQL {
    guard let antenna = actor.antenna, actor.may(.assignCases) else { return "author = \(actor.id)" }
    return "(author = \(actor.id) OR antenna = \(antenna))"
  }

  private static func codes(_ steps: [ReceptionDraft.Step]) -> String {
    steps.map(\.rawValue).joined(separator: " ")
  }

  private static func sealed(_ draft: ReceptionDraft, _ key: SealingKey) throws -> [UInt8] {
    try key.seal(draft.fields.bytes, as: "reception.told:\(draft.id)")
  }

  private static func read(_ row: borrowing Row, _ vault: Vault) throws -> (
    draft: ReceptionDraft, key: SealingKey?
  ) {
    let id: RecordID<ReceptionDraft> = try row[0]
    let (wrapped, told): ([UInt8]?, [UInt8]?) = (try row[9], try row[10])
    let key = try wrapped.map { try vault.unwrap($0) }
    var fields = Fields()
    if let key, let told {
      fields = Fields(bytes: try key.open(told, as: "reception.told:\(id)")) ?? Fields()
    }
    let steps: String = try row[6]
    let draft = ReceptionDraft(
      id: id, person: try row[1], antenna: try row[2], author: try row[3], state: try row[4],
      version: try row[5],
      done: steps.split(separator: " ").compactMap { ReceptionDraft.Step(rawValue: String($0)) },
      begunAt: try row[7], savedAt: try row[8], fields: fields)
    return (draft, key)
  }
}
