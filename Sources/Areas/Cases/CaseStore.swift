import Basics
import Foundation
import Storage

/// Every SQL statement about case files. Callers bring the transaction.
enum CaseStore {
  /// In the order in which `CaseFile` and `Milestones` read them.
  private static let columns: SQL = """
    id, number, person, antenna, contact, channel, received_at, version, received_on, returned_on, plan_agreed_on,
    first_action_on, first_visit_on, next_action_on, next_visit_on, closed_on, stage, due_on, due_what, return_facts
    """

  /// What `actor` may not see is not found.
  static func find(
    _ id: RecordID<CaseFile>, visibleTo actor: Actor, subject: (PersonID) throws -> Subject, in db: Connection
  ) throws -> CaseFile? {
    try db.first(
      "SELECT \(columns) FROM case_file WHERE id = \(id) AND \(visible(to: actor))"
    ) { row in try CaseFile(row, key: try subject(try row[2]).key) }
  }

  /// Locks the row until the transaction ends, in a way that both engines know.
  static func hold(_ id: RecordID<CaseFile>, in db: Connection) throws {
    try db.run("UPDATE case_file SET version = version WHERE id = \(id)")
  }

  static func find(number: String, visibleTo actor: Actor, in db: Connection) throws -> RecordID<CaseFile>? {
    try db.value("SELECT id FROM case_file WHERE number = \(number) AND \(visible(to: actor))")
  }

  static func exists(_ id: RecordID<CaseFile>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM case_file WHERE id = \(id)")
  }

  /// The next number of an antenna's year; the row is locked until the transaction ends, so no number is lost.
  static func nextNumber(antenna: AntennaCode, year: Int, in db: Connection) throws -> Int {
    let number: Int? = try db.value(
      """
      INSERT INTO case_counter (antenna, year, last) VALUES (\(antenna), \(year), 1)
      ON CONFLICT (antenna, year) DO UPDATE SET last = case_counter.last + 1 RETURNING last
      """)
    guard let number else { throw StorageFault.other("the counter gave no number") }
    return number
  }

  static func insert(_ file: CaseFile, key: SealingKey, by actor: Actor, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO case_file (id, number, person, antenna, contact, channel, received_at, received_by, version,
        received_on, returned_on, stage, due_on, due_what, return_country, return_kind, return_facts)
      VALUES (\(file.id), \(file.number), \(file.person), \(file.antenna), \(file.contact), \(file.channel),
        \(file.receivedAt), \(actor.id), \(file.version), \(file.milestones.receivedOn), \(file.milestones.returnedOn),
        \(file.stage), \(file.due?.on), \(file.due?.what), \(file.returned.country), \(file.returned.kind),
        \(try sealed(file.returned, of: file.id, key)))
      """)
  }

  /// Writes the milestones, and beside them the stage and the due day that follow.
  /// - Returns: false when the version is no longer the one of `file`.
  static func update(
    _ file: CaseFile, to milestones: Milestones, daysToPlan: Int, in db: Connection
  ) throws -> Bool {
    let due = CaseRules.due(for: milestones, daysToPlan: daysToPlan)
    return try db.run(
      """
      UPDATE case_file SET version = version + 1, returned_on = \(milestones.returnedOn),
        plan_agreed_on = \(milestones.planAgreedOn), first_action_on = \(milestones.firstActionOn),
        first_visit_on = \(milestones.firstVisitOn), next_action_on = \(milestones.nextActionOn),
        next_visit_on = \(milestones.nextVisitOn), closed_on = \(milestones.closedOn),
        stage = \(CaseRules.stage(of: milestones)), due_on = \(due?.on), due_what = \(due?.what)
      WHERE id = \(file.id) AND version = \(file.version)
      """) == 1
  }

  /// A case that waits for its plan, with what its due day follows from.
  struct Undecided: Sendable {
    let id: RecordID<CaseFile>
    let receivedAt: Date
    let version: Int
    let milestones: Milestones
    let due: Due?
  }

  /// The next of those, by the moment of their reception.
  static func undecided(after last: Undecided?, in db: Connection) throws -> [Undecided] {
    let later: SQL = last.map { "(received_at, id) > (\($0.receivedAt), \($0.id))" } ?? "1 = 1"
    return try db.rows(
      """
      SELECT id, received_at, version, received_on, returned_on, due_on, due_what FROM case_file
      WHERE stage = \(CaseFile.Stage.received) AND \(later) ORDER BY received_at, id LIMIT 200
      """
    ) { row in
      Undecided(
        id: try row[0], receivedAt: try row[1], version: try row[2],
        milestones: Milestones(receivedOn: try row[3], returnedOn: try row[4]),
        due: try Due(what: row[6], on: row[5]))
    }
  }

  /// Leaves a case alone that was changed meanwhile: then its due day is new already.
  static func set(_ due: Due?, of file: Undecided, in db: Connection) throws {
    try db.run(
      """
      UPDATE case_file SET due_on = \(due?.on), due_what = \(due?.what)
      WHERE id = \(file.id) AND version = \(file.version)
      """)
  }

  static func update(_ id: RecordID<CaseFile>, returned: ReturnFacts, key: SealingKey, in db: Connection)
    throws
  {
    try db.run(
      """
      UPDATE case_file SET return_country = \(returned.country), return_kind = \(returned.kind),
        return_facts = \(try sealed(returned, of: id, key)) WHERE id = \(id)
      """)
  }

  static func assign(_ file: CaseFile, to contact: AccountID, in db: Connection) throws -> Bool {
    try db.run(
      "UPDATE case_file SET version = version + 1, contact = \(contact) WHERE id = \(file.id) AND version = \(file.version)"
    ) == 1
  }

  static func ofPerson(_ files: [PersonID], for actor: Actor, in db: Connection) throws -> [CaseLine] {
    let lines = try files.flatMap { person in
      try db.rows(
        """
        SELECT id, number, person, antenna, contact, stage, received_at, due_on, due_what FROM case_file
        WHERE person = \(person) AND \(visible(to: actor)) ORDER BY received_at DESC LIMIT 50
        """
      ) { row in try CaseLine(row) }
    }
    return lines.sorted { $0.receivedAt > $1.receivedAt }
  }

  /// The numbers of cases of this person that are not closed; two where files were joined that both had one.
  static func openNumbers(of files: [PersonID], in db: Connection) throws -> [String] {
    try db.rows(
      "SELECT number FROM case_file WHERE person IN (\(list: files)) AND closed_on IS NULL LIMIT 20"
    ) { try $0[0] as String }.sorted()
  }

  /// How the journal remembers where a sealed text of a case stands.
  static func sealed(_ returned: ReturnFacts, of id: RecordID<CaseFile>, _ key: SealingKey) throws -> [UInt8]
  {
    try key.seal(returned.fields.bytes, as: "case.return:\(id)")
  }

  static func visible(to actor: Actor) -> SQL {
    switch (actor.scope, actor.antenna) {
    case (.nation, _): "1 = 1"
    case (.antenna, let antenna?): "antenna = \(antenna)"
    case (.assigned, _): "contact = \(actor.id)"
    case (.antenna, nil): "1 = 0"
    }
  }
}

extension CaseFile {
  fileprivate init(_ row: borrowing Row, key: SealingKey) throws {
    id = try row[0]
    number = try row[1]
    person = try row[2]
    antenna = try row[3]
    contact = try row[4]
    channel = try row[5]
    receivedAt = try row[6]
    version = try row[7]
    milestones = try Milestones(row)
    stage = try row[16]
    due = try Due(what: row[18], on: row[17])
    let facts = Fields(bytes: try key.open(try row[19], as: "case.return:\(id)"))
    returned = ReturnFacts(facts ?? Fields())
  }
}

extension Milestones {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(receivedOn: try row[8], returnedOn: try row[9])
    planAgreedOn = try row[10]
    firstActionOn = try row[11]
    firstVisitOn = try row[12]
    nextActionOn = try row[13]
    nextVisitOn = try row[14]
    closedOn = try row[15]
  }
}

extension Due {
  /// Nil where nothing is due.
  init?(what: What?, on: Day?) {
    guard let what, let on else { return nil }
    self.init(what: what, on: on)
  }
}
