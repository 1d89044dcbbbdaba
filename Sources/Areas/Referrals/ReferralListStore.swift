import Basics
import Cases
import Directory
import Foundation
import People
import Storage

/// The SQL of lists, clocks and figures.
enum ReferralListStore {
  static let pageSize = 50

  /// What a line of a list shows.
  private static let listed: SQL = "id, case_file, service, sent_at, stage, clock, answer_by, outcome"

  private static func scope(_ actor: Actor) -> SQL? {
    if actor.isOutside { return ReferralDeskStore.visible(to: actor) }
    return switch (actor.scope, actor.antenna) {
    case (.nation, _): nil
    case (.antenna, let antenna?): "antenna = \(antenna)"
    case (.assigned, _), (.antenna, nil): "contact = \(actor.id)"
    }
  }

  /// Referrals in one of these stages, the newest first; one more than a page shows where there are more.
  static func inStages(
    _ stages: [Referral.Stage], for actor: Actor, after: RecordID<Referral>?, in db: Connection
  ) throws -> [ReferralLine] {
    // One stage after the other: each is read in its own order, from its index alone, and nothing is sorted by the engine.
    let found = try stages.flatMap { stage in
      var conditions: [SQL] = ["stage = \(stage)"]
      if let scope = scope(actor) { conditions.append(scope) }
      if let after { conditions.append("id < \(after)") }
      return try ids("\(.all(conditions))", limit: pageSize + 1, in: db)
    }
    return try newest(found, limit: pageSize + 1, in: db)
  }

  private static func ids(_ condition: SQL, limit: Int, in db: Connection) throws -> [RecordID<Referral>] {
    try db.rows("SELECT id FROM referral WHERE \(condition) ORDER BY id DESC LIMIT \(limit)") { row in
      try row[0] as RecordID<Referral>
    }
  }

  /// The newest of these, whole.
  private static func newest(_ ids: [RecordID<Referral>], limit: Int, in db: Connection) throws
    -> [ReferralLine]
  {
    let chosen = Array(Set(ids).sorted { $1 < $0 }.prefix(limit))
    guard !chosen.isEmpty else { return [] }
    let found = try db.rows("SELECT \(listed) FROM referral WHERE id IN (\(list: chosen))") {
      row in try ReferralLine(row)
    }
    return found.sorted { $1.id < $0.id }
  }

  /// Those whose clock rang so often, for whoever is told of it.
  static func late(
    _ clock: Int, for actor: Actor, ofContact: Bool = false, after: RecordID<Referral>?, limit: Int,
    in db: Connection
  ) throws -> [ReferralLine] {
    let found = try (clock...3).flatMap { clock in
      var conditions: [SQL] = ["clock = \(clock)"]
      if ofContact {
        conditions.append("contact = \(actor.id)")
      } else if let scope = scope(actor) {
        conditions.append(scope)
      }
      if let after { conditions.append("id < \(after)") }
      return try ids("\(.all(conditions))", limit: limit, in: db)
    }
    return try newest(found, limit: limit, in: db)
  }

  /// Those that wait for the contact person's own act.
  static func mine(_ actor: Actor, limit: Int, in db: Connection) throws -> [ReferralLine] {
    try [Referral.Stage.asked, .declined, .reported].flatMap { stage in
      try db.rows(
        """
        SELECT \(listed) FROM referral WHERE contact = \(actor.id) AND stage = \(stage)
        ORDER BY id DESC LIMIT \(limit)
        """
      ) { row in try ReferralLine(row) }
    }
  }

  static func ofCase(_ file: RecordID<CaseFile>, in db: Connection) throws -> [ReferralLine] {
    try db.rows(
      "SELECT \(listed) FROM referral WHERE case_file = \(file) ORDER BY id DESC LIMIT 100"
    ) { row in try ReferralLine(row) }
  }

  /// Referrals of a case, the newest first, whole.
  static func sent(of file: RecordID<CaseFile>, in db: Connection) throws -> [Referral] {
    try db.rows(
      "SELECT \(ReferralStore.listed) FROM referral WHERE case_file = \(file) ORDER BY id DESC LIMIT 100"
    ) { row in try Referral(row) }
  }

  /// Those whose next clock rings by this day.
  static func due(by day: Day, in db: Connection) throws -> [Referral] {
    try db.rows(
      """
      SELECT \(ReferralStore.listed) FROM referral WHERE clock_on IS NOT NULL AND clock_on <= \(day)
      ORDER BY clock_on, id LIMIT 50
      """
    ) { row in try Referral(row) }
  }

  /// Referrals that stand on a consent and have not heard that it is gone.
  static func standing(on consent: RecordID<Consent>, in db: Connection) throws -> [Referral] {
    try db.rows(
      """
      SELECT \(ReferralStore.listed) FROM referral WHERE consent IS NOT NULL AND consent = \(consent)
        AND revoked_at IS NULL
      """
    ) { row in try Referral(row) }
  }

  static func terms(_ kind: Provider.Kind, in db: Connection) throws -> ReferralRules.Terms {
    let found = try db.first(
      "SELECT answer, outcome, step, head, centre FROM referral_term WHERE kind = \(kind)"
    ) { row in
      ReferralRules.Terms(
        answer: try row[0], outcome: try row[1], step: try row[2], head: try row[3], centre: try row[4])
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  static func set(_ terms: ReferralRules.Terms, of kind: Provider.Kind, in db: Connection) throws {
    try db.run(
      """
      UPDATE referral_term SET answer = \(terms.answer), outcome = \(terms.outcome), step = \(terms.step),
        head = \(terms.head), centre = \(terms.centre), version = version + 1
      WHERE kind = \(kind)
      """)
  }

  /// What became of the referrals to each provider.
  struct Figures: Sendable {
    let provider: RecordID<Provider>
    let sent: Int
    let answered: Int
    /// Milliseconds until the answer, of all that were answered.
    let waited: Int
    let accepted: Int
    let declined: Int
    let takenOn: Int
    let helped: Int
    let ended: Int
  }

  /// - Parameter provider: of this one alone; of those sent for the actor's antenna otherwise.
  static func figures(
    since moment: Date, for actor: Actor, provider: RecordID<Provider>? = nil, in db: Connection
  ) throws -> [Figures] {
    var conditions: [SQL] = ["sent_at >= \(moment)"]
    if let provider {
      conditions.append("provider = \(provider)")
    } else if let scope = scope(actor) {
      conditions.append(scope)
    }
    return try db.rows(
      """
      SELECT provider, COUNT(*), COUNT(answered_at),
        CAST(SUM(CASE WHEN answered_at IS NULL THEN 0 ELSE answered_at - sent_at END) AS BIGINT), COUNT(accepted_on),
        COUNT(decline), COUNT(taken_on_at),
        CAST(SUM(CASE WHEN outcome IN ('helped', 'partly') THEN 1 ELSE 0 END) AS BIGINT), COUNT(outcome)
      FROM referral WHERE \(.all(conditions)) GROUP BY provider LIMIT 200
      """
    ) { row in
      Figures(
        provider: try row[0], sent: try row[1], answered: try row[2], waited: try row[3],
        accepted: try row[4],
        declined: try row[5], takenOn: try row[6], helped: try row[7], ended: try row[8])
    }
  }
}

extension ReferralLine {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], file: try row[1], service: try row[2], sentAt: try row[3], stage: try row[4],
      clock: try row[5],
      answerBy: try row[6], outcome: try row[7])
  }
}
