import Basics
import Cases
import Documents
import Foundation
import Funding
import Storage

/// Every SQL statement about aids and what was decided on them. Callers bring the transaction.
enum AidStore {
  static let listed: SQL =
    """
    id, case_file, antenna, kind, currency, cost, asked, own_part, other_part, prepared_at, prepared_by, state,
    version, reservation, granted, decided_on, signed_on, paid, proven, track, is_outside
    """

  static func paid(among files: [RecordID<CaseFile>], in db: Connection) throws -> Set<RecordID<CaseFile>> {
    Set(
      try db.rows("SELECT DISTINCT case_file FROM aid WHERE case_file IN (\(list: files)) AND paid > 0") {
        try $0[0]
      })
  }

  /// What was granted by a day to files, and not given up; of what has ended, what was paid of it.
  /// - Parameter files: a condition on `case_file`.
  static func granted(_ files: SQL, by day: Day, in db: Connection) throws -> [GrantedAid] {
    let over: [Aid.State] = [.prepared, .submitted, .postponed, .refused, .givenUp]
    return try db.rows(
      """
      SELECT case_file, kind, track, CASE WHEN state = \(Aid.State.ended) THEN paid ELSE granted END, currency,
        reservation, id FROM aid
      WHERE \(files) AND granted IS NOT NULL AND decided_on <= \(day) AND state NOT IN (\(list: over)) ORDER BY case_file, decided_on, id
      """
    ) { row in
      let kind: AidKindCode = try row[1]
      let track: AidKind.Track = try row[2]
      return GrantedAid(
        id: try row[6], file: try row[0], kind: kind.rawValue, track: track.rawValue,
        amount: Money(try row[3], try row[4]),
        reservation: try row[5])
    }
  }

  /// The case of an aid; whoever may not see the case does not find it.
  static func caseFile(of id: RecordID<Aid>, in db: Connection) throws -> RecordID<CaseFile>? {
    try db.value("SELECT case_file FROM aid WHERE id = \(id)")
  }

  /// Whoever comes second waits here until the first is done.
  static func hold(_ id: RecordID<Aid>, in db: Connection) throws {
    try db.run("UPDATE aid SET version = version WHERE id = \(id)")
  }

  static func lines(of file: RecordID<CaseFile>, in db: Connection) throws -> [AidLine] {
    try db.rows("SELECT \(listed) FROM aid WHERE case_file = \(file) ORDER BY id DESC LIMIT 50") {
      try AidLine($0)
    }
  }

  static func lines(_ ids: [RecordID<Aid>], in db: Connection) throws -> [RecordID<Aid>: AidLine] {
    guard !ids.isEmpty else { return [:] }
    let found = try db.rows("SELECT \(listed) FROM aid WHERE id IN (\(list: ids))") { try AidLine($0) }
    return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
  }

  /// From where the persons of cases returned, where that is known.
  static func returns(of files: [RecordID<CaseFile>], in db: Connection) throws -> [RecordID<CaseFile>:
    (country: CountryCode?, kind: ReturnFacts.Kind?)]
  {
    guard !files.isEmpty else { return [:] }
    let found = try db.rows(
      "SELECT case_file, return_country, return_kind FROM case_fact WHERE case_file IN (\(list: files))"
    ) {
      (
        try $0[0] as RecordID<CaseFile>,
        (country: try $0[1] as CountryCode?, kind: try $0[2] as ReturnFacts.Kind?)
      )
    }
    return Dictionary(uniqueKeysWithValues: found)
  }

  /// On which days the person was visited since the contract, the last first.
  static func visits(of aid: AidLine, in db: Connection) throws -> [Day] {
    guard let signed = aid.signedOn else { return [] }
    return try db.rows(
      """
      SELECT DISTINCT made_on FROM visit_fact
      WHERE case_file = \(aid.file) AND state = 'done' AND made_on >= \(signed)
      ORDER BY made_on DESC LIMIT 50
      """
    ) { try $0[0] }
  }

  /// Whether something of a case is asked for, promised or unproven.
  static func isOpen(_ file: RecordID<CaseFile>, in db: Connection) throws -> Bool {
    let open: [Aid.State] = [.prepared, .submitted, .postponed, .granted, .contracted, .running]
    return try db.value(
      "SELECT 1 FROM aid WHERE case_file = \(file) AND state IN (\(list: open)) LIMIT 1") as Int? != nil
  }

  static func line(_ id: RecordID<Aid>, in db: Connection) throws -> AidLine? {
    try db.first("SELECT \(listed) FROM aid WHERE id = \(id)") { try AidLine($0) }
  }

  /// - Parameter key: nil for the key of a person who was erased.
  static func read(_ id: RecordID<Aid>, key: SealingKey?, in db: Connection) throws -> Aid {
    guard let line = try line(id, in: db) else { throw Refusal.notFound }
    let found = try db.first(
      """
      SELECT purpose, other_words, signed_on, signed_by, signed_for, follow_months, clauses, signed_scan, end_words,
        exception
      FROM aid WHERE id = \(id)
      """
    ) { row in
      let contract = try (row[2] as Day?).map { day in
        AidContract(
          signedOn: day, signedBy: try opened(row[3], "signed-by", id, key),
          representative: try opened(row[4], "signed-for", id, key), followMonths: try row[5] ?? 0,
          clauses: try row[6] ?? 0, scan: try row[7])
      }
      return (
        purpose: try opened(row[0], "purpose", id, key), other: try opened(row[1], "other", id, key),
        contract: contract, end: try opened(row[8], "end", id, key),
        exception: try opened(row[9], "exception", id, key)
      )
    }
    guard let found else { throw Refusal.notFound }
    return Aid(
      line: line, purpose: found.purpose, otherWords: found.other, exception: found.exception,
      decisions: try decisions(on: id, key: key, in: db), contract: found.contract,
      instalments: try AidInstalmentStore.parts(of: id, key: key, in: db), endWords: found.end)
  }

  /// Nil for what was erased, or was never there.
  static func opened<Record>(
    _ bytes: [UInt8]?, _ place: String, _ id: RecordID<Record>, _ key: SealingKey?, of table: String = "aid"
  ) throws -> String? {
    guard let key, let bytes, !bytes.isEmpty else { return nil }
    return try key.openText(bytes, as: "\(table).\(place):\(id)")
  }

  /// - Returns: whether it was written: the same form may have been first.
  static func insert(
    _ id: RecordID<Aid>, _ request: Aid.Request, of file: CaseFile, key: SealingKey, by actor: Actor,
    at now: Date, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO aid (id, case_file, antenna, contact, kind, track, currency, cost, asked, own_part, other_part, purpose,
        other_words, prepared_at, prepared_by, version, state, changed_at, is_outside, paid, proven)
      VALUES (\(id), \(file.id), \(file.antenna), \(file.contact), \(request.kind), \(request.track),
        \(request.cost.currency), \(request.cost.minorUnits), \(request.asked.minorUnits),
        \(request.own.minorUnits), \(request.other.minorUnits),
        \(try key.seal(request.purpose, as: "aid.purpose:\(id)")),
        \(try request.otherWords.map { try key.seal($0, as: "aid.other:\(id)") }), \(now), \(actor.id), 1,
        'prepared', \(now), 0, 0, 0)
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: false where somebody corrected it since `version`.
  static func correct(
    _ id: RecordID<Aid>, to request: Aid.Request, from version: Int, key: SealingKey, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE aid SET kind = \(request.kind), track = \(request.track), currency = \(request.cost.currency),
        cost = \(request.cost.minorUnits), asked = \(request.asked.minorUnits),
        own_part = \(request.own.minorUnits), other_part = \(request.other.minorUnits),
        purpose = \(try key.seal(request.purpose, as: "aid.purpose:\(id)")),
        other_words = \(try request.otherWords.map { try key.seal($0, as: "aid.other:\(id)") }),
        version = version + 1
      WHERE id = \(id) AND version = \(version)
      """) == 1
  }

  static func set(_ state: Aid.State, of id: RecordID<Aid>, at now: Date, in db: Connection) throws {
    try db.run(
      "UPDATE aid SET state = \(state), changed_at = \(now) WHERE id = \(id) AND state <> \(state)")
  }

  static func submit(
    _ id: RecordID<Aid>, isOutside: Bool, although exception: String?, key: SealingKey, at now: Date,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE aid SET state = \(Aid.State.submitted), changed_at = \(now), is_outside = \(isOutside),
        exception = \(try exception.map { try key.seal($0, as: "aid.exception:\(id)") })
      WHERE id = \(id)
      """)
  }

  static func set(reservation: RecordID<Reservation>?, of id: RecordID<Aid>, in db: Connection) throws {
    try db.run("UPDATE aid SET reservation = \(reservation) WHERE id = \(id)")
  }

  static func end(
    _ id: RecordID<Aid>, _ state: Aid.State, _ words: String, key: SealingKey, at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE aid SET state = \(state), changed_at = \(now),
        end_words = \(try key.seal(words, as: "aid.end:\(id)")) WHERE id = \(id)
      """)
  }

  static func set(
    _ contract: AidContract, of id: RecordID<Aid>, key: SealingKey, at now: Date, in db: Connection
  )
    throws
  {
    try db.run(
      """
      UPDATE aid SET signed_on = \(contract.signedOn),
        signed_by = \(try contract.signedBy.map { try key.seal($0, as: "aid.signed-by:\(id)") }),
        signed_for = \(try contract.representative.map { try key.seal($0, as: "aid.signed-for:\(id)") }),
        follow_months = \(contract.followMonths), clauses = \(contract.clauses),
        state = \(Aid.State.contracted), changed_at = \(now)
      WHERE id = \(id)
      """)
  }

  static func set(scan: RecordID<Document>, of id: RecordID<Aid>, in db: Connection) throws {
    try db.run("UPDATE aid SET signed_scan = \(scan) WHERE id = \(id)")
  }

  /// What the parts come to, beside the aid, so that lists and figures need not add them up.
  static func setTotals(of id: RecordID<Aid>, paid: Int64, proven: Int64, in db: Connection) throws {
    try db.run("UPDATE aid SET paid = \(paid), proven = \(proven) WHERE id = \(id)")
  }

  /// - Returns: whether it was written: the same decision may have been first.
  static func insert(
    _ decision: Aid.Decision, on aid: AidLine, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Bool {
    let isNew =
      try db.run(
        """
        INSERT INTO aid_decision (id, aid, case_file, outcome, amount, decided_on, body, words, recorded_at,
          recorded_by)
        VALUES (\(decision.id), \(aid.id), \(aid.file), \(decision.outcome), \(decision.amount?.minorUnits),
          \(decision.on), \(decision.body),
          \(try decision.words.map { try key.seal($0, as: "aid_decision.words:\(decision.id)") }), \(now),
          \(actor.id))
        ON CONFLICT DO NOTHING
        """) == 1
    guard isNew else { return false }
    let state: Aid.State =
      switch decision.outcome {
      case .granted: .granted
      case .postponed: .postponed
      case .refused: .refused
      }
    try db.run(
      """
      UPDATE aid SET state = \(state), changed_at = \(now), granted = \(decision.amount?.minorUnits),
        decided_on = \(decision.on) WHERE id = \(aid.id)
      """)
    return true
  }

  private static func decisions(on id: RecordID<Aid>, key: SealingKey?, in db: Connection) throws -> [Aid
    .Decision]
  {
    try db.rows(
      """
      SELECT d.id, d.outcome, d.amount, d.decided_on, d.body, d.words, a.currency
      FROM aid_decision d JOIN aid a ON a.id = d.aid WHERE d.aid = \(id) ORDER BY d.recorded_at, d.id LIMIT 50
      """
    ) { row in
      let decision: RecordID<Aid.Decision> = try row[0]
      let currency: Money.Currency = try row[6]
      return Aid.Decision(
        id: decision, outcome: try row[1], amount: try (row[2] as Int64?).map { Money($0, currency) },
        on: try row[3], body: try row[4],
        words: try opened(row[5], "words", decision, key, of: "aid_decision"))
    }
  }

  static func follow(_ file: RecordID<CaseFile>, to place: CasePlace, in db: Connection) throws {
    for table in ["aid", "aid_instalment"] as [SQL] {
      try db.run(
        "UPDATE \(table) SET antenna = \(place.antenna), contact = \(place.contact) WHERE case_file = \(file)"
      )
    }
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    let columns: [(SQL, SQL, String)] = [
      ("aid", "purpose", "aid.purpose"), ("aid", "other_words", "aid.other"),
      ("aid", "signed_by", "aid.signed-by"), ("aid", "signed_for", "aid.signed-for"),
      ("aid", "end_words", "aid.end"), ("aid", "exception", "aid.exception"),
      ("aid_decision", "words", "aid_decision.words"),
      ("aid_instalment", "words", "aid_instalment.words"), ("aid_order", "payee", "aid_order.payee"),
      ("aid_order", "rib", "aid_order.rib"), ("aid_order", "reference", "aid_order.reference"),
      ("aid_order", "returned_words", "aid_order.returned"), ("aid_proof", "words", "aid_proof.words"),
      ("aid_proof", "reason", "aid_proof.reason"),
    ]
    for (table, column, context) in columns {
      try CaseMoveStore.reseal(
        column, of: table, where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension AidLine {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    file = try row[1]
    antenna = try row[2]
    kind = try row[3]
    let currency: Money.Currency = try row[4]
    cost = Money(try row[5], currency)
    asked = Money(try row[6], currency)
    own = Money(try row[7], currency)
    other = Money(try row[8], currency)
    preparedAt = try row[9]
    preparedBy = try row[10]
    state = try row[11]
    version = try row[12]
    reservation = try row[13]
    granted = try (row[14] as Int64?).map { Money($0, currency) }
    decidedOn = try row[15]
    signedOn = try row[16]
    paid = Money(try row[17], currency)
    proven = Money(try row[18], currency)
    track = try row[19]
    isOutside = try row[20]
  }
}
