import Basics
import Cases
import Directory
import Foundation
import Plans
import Storage

/// The SQL of one referral. Callers bring the transaction.
enum ReferralStore {
  static let listed: SQL =
    """
    id, case_file, service, provider, antenna, contact, action, need, urgency, channel, language, ground, consent, sent_at,
      sent_by, answer_by, stage_at, clock, clock_on, questions, replies, opened_at, answered_at, accepted_on, decline,
      taken_on_at, outcome, lapsed_at, revoked_at, acknowledged_at, settled_at, effect, document
    """

  /// What `actor` may not see is not found.
  static func require(_ id: RecordID<Referral>, visibleTo actor: Actor, in db: Connection) throws -> Referral
  {
    let found = try db.first("SELECT \(listed) FROM referral WHERE id = \(id) AND \(visible(to: actor))") {
      row in
      try Referral(row)
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  private static func visible(to actor: Actor) -> SQL {
    if actor.isOutside { return ReferralDeskStore.visible(to: actor) }
    return switch (actor.scope, actor.antenna) {
    case (.nation, _): "1 = 1"
    case (.antenna, let antenna?): "antenna = \(antenna)"
    case (.assigned, _): "contact = \(actor.id)"
    case (.antenna, nil): "1 = 0"
    }
  }

  static func exists(_ id: RecordID<Referral>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM referral WHERE id = \(id)")
  }

  static func hasOpen(_ file: RecordID<CaseFile>, at service: RecordID<Service>, in db: Connection) throws
    -> Bool
  {
    try db.exists(
      """
      SELECT 1 FROM referral WHERE case_file = \(file) AND service = \(service)
        AND stage IN ('sent', 'asked', 'accepted', 'taken-on')
      """)
  }

  static func hasOpen(_ file: RecordID<CaseFile>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM referral WHERE case_file = \(file) AND stage <> 'ended'")
  }

  static func insert(
    _ draft: ReferralDraft, _ service: Service, of file: CaseFile, shared: Fields, answerBy: Day,
    clockOn: Day?,
    key: SealingKey, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    let words = try draft.groundWords.map { try key.seal($0, as: "referral.ground:\(draft.id)") }
    try db.run(
      """
      INSERT INTO referral (id, case_file, service, provider, antenna, contact, action, need, urgency, channel, language,
        ground, consent, ground_words, shared, sent_at, sent_by, answer_by, stage, stage_at, clock, clock_on, questions,
        replies, document)
      VALUES (\(draft.id), \(file.id), \(service.id), \(service.provider), \(file.antenna), \(file.contact), \(draft.action),
        \(draft.need), \(draft.urgency), \(draft.channel), \(draft.language), \(draft.ground), \(draft.consent), \(words),
        \(try key.seal(shared.bytes, as: "referral.shared:\(draft.id)")), \(now), \(actor.id), \(answerBy),
        'sent', \(now), 0, \(clockOn), 0, 0, \(draft.document))
      """)
  }

  static func words(of id: RecordID<Referral>, key: SealingKey, in db: Connection) throws -> ReferralWordsKept
  {
    let found = try db.first(
      """
      SELECT shared, ground_words, contact_words, decline_words, outcome_words, lapsed_words FROM referral WHERE id = \(id)
      """
    ) { row in
      let shared: [UInt8] = try row[0]
      let sealed: [[UInt8]?] = [try row[1], try row[2], try row[3], try row[4], try row[5]]
      let places = ["ground", "contact", "declined", "outcome", "lapsed"]
      let open = try zip(sealed, places).map { bytes, place in
        try bytes.map { try key.openText($0, as: "referral.\(place):\(id)") }
      }
      let fields = shared.isEmpty ? nil : Fields(bytes: try key.open(shared, as: "referral.shared:\(id)"))
      return ReferralWordsKept(
        shared: fields ?? Fields(), ground: open[0], contact: open[1], declined: open[2], outcome: open[3],
        lapsed: open[4])
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// The stage it is in from now on, with its first clock.
  static func set(
    _ referral: Referral, _ progress: Referral.Progress, clockOn: Day?, at now: Date, in db: Connection
  )
    throws
  {
    try db.run(
      """
      UPDATE referral SET stage = \(progress.stage), stage_at = \(now), clock = 0, clock_on = \(clockOn),
        questions = \(progress.questions), replies = \(progress.replies)
      WHERE id = \(referral.id)
      """)
  }

  static func note(
    _ answer: ReferralAnswer, of id: RecordID<Referral>, key: SealingKey, at now: Date, in db: Connection
  )
    throws
  {
    func sealed(_ words: String?, _ place: String) throws -> [UInt8]? {
      try words.map { try key.seal($0, as: "referral.\(place):\(id)") }
    }
    switch answer {
    case .accept(let on, let contact):
      try db.run(
        """
        UPDATE referral SET answered_at = \(now), accepted_on = \(on), contact_words = \(try sealed(contact, "contact"))
        WHERE id = \(id)
        """)
    case .decline(let why, let words):
      try db.run(
        """
        UPDATE referral SET answered_at = \(now), decline = \(why), decline_words = \(try sealed(words, "declined"))
        WHERE id = \(id)
        """)
    case .takeOn: try db.run("UPDATE referral SET taken_on_at = \(now) WHERE id = \(id)")
    case .report(let outcome, let words):
      try db.run(
        """
        UPDATE referral SET outcome = \(outcome), outcome_at = \(now), outcome_words = \(try sealed(words, "outcome"))
        WHERE id = \(id)
        """)
    case .acknowledge: try db.run("UPDATE referral SET acknowledged_at = \(now) WHERE id = \(id)")
    case .ask: return
    }
  }

  static func noteOpened(_ id: RecordID<Referral>, at now: Date, in db: Connection) throws {
    try db.run("UPDATE referral SET opened_at = \(now) WHERE id = \(id) AND opened_at IS NULL")
  }

  static func lapse(
    _ id: RecordID<Referral>, because why: String, key: SealingKey, at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE referral SET lapsed_at = \(now), lapsed_words = \(try key.seal(why, as: "referral.lapsed:\(id)"))
      WHERE id = \(id)
      """)
  }

  static func settle(_ id: RecordID<Referral>, _ effect: Referral.Effect, at now: Date, in db: Connection)
    throws
  {
    try db.run("UPDATE referral SET settled_at = \(now), effect = \(effect) WHERE id = \(id)")
  }

  static func revoke(_ id: RecordID<Referral>, isAcknowledged: Bool, at now: Date, in db: Connection) throws {
    let acknowledged = isAcknowledged ? now : nil
    try db.run(
      "UPDATE referral SET revoked_at = \(now), acknowledged_at = \(acknowledged) WHERE id = \(id)")
  }

  static func ring(_ id: RecordID<Referral>, clock: Int, next: Day?, in db: Connection) throws {
    try db.run("UPDATE referral SET clock = \(clock), clock_on = \(next) WHERE id = \(id)")
  }

  static func say(
    _ words: String, on id: RecordID<Referral>, of file: RecordID<CaseFile>, fromReceiver: Bool,
    key: SealingKey,
    at now: Date, in db: Connection
  ) throws {
    let word = RecordID<ReferralTalk>()
    try db.run(
      """
      INSERT INTO referral_word (id, referral, case_file, from_receiver, at, words)
      VALUES (\(word), \(id), \(file), \(fromReceiver), \(now), \(try key.seal(words, as: "referral_word.words:\(word)")))
      """)
  }

  /// What was asked and replied, in its order.
  static func talk(_ id: RecordID<Referral>, key: SealingKey, in db: Connection) throws -> [ReferralTalk] {
    try db.rows(
      "SELECT id, from_receiver, at, words FROM referral_word WHERE referral = \(id) ORDER BY id LIMIT 50"
    ) { row in
      let (word, words): (RecordID<ReferralTalk>, [UInt8]) = (try row[0], try row[3])
      return ReferralTalk(
        isFromReceiver: try row[1], at: try row[2],
        words: words.isEmpty ? "" : try key.openText(words, as: "referral_word.words:\(word)"))
    }
  }

  static func follow(_ file: RecordID<CaseFile>, to place: CasePlace, in db: Connection) throws {
    try db.run(
      "UPDATE referral SET antenna = \(place.antenna), contact = \(place.contact) WHERE case_file = \(file)")
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    let columns: [(SQL, String, String)] = [
      ("shared", "referral", "shared"), ("ground_words", "referral", "ground"),
      ("contact_words", "referral", "contact"),
      ("decline_words", "referral", "declined"), ("outcome_words", "referral", "outcome"),
      ("lapsed_words", "referral", "lapsed"), ("words", "referral_word", "words"),
    ]
    for (column, table, place) in columns {
      try CaseMoveStore.reseal(
        column, of: SQL(stringLiteral: table), where: "case_file = \(file)", as: "\(table).\(place)",
        from: old, to: new,
        in: db)
    }
  }
}

extension Referral {
  init(_ row: borrowing Row) throws {
    var progress = Progress()
    let (channel, accepted, decline): (Channel, Day?, Decline?) = (try row[9], try row[23], try row[24])
    let outcome: Outcome? = try row[26]
    let moments: [Date?] = [try row[21], try row[25], try row[27], try row[28], try row[29], try row[30]]
    progress.questions = try row[19]
    progress.replies = try row[20]
    progress.answer = decline != nil ? .declined : accepted != nil ? .accepted : nil
    progress.wasReceived = moments[0] != nil || channel == .print
    progress.isTakenOn = moments[1] != nil
    progress.hasOutcome = outcome != nil
    progress.isLapsed = moments[2] != nil
    progress.isRevoked = moments[3] != nil
    progress.isAcknowledged = moments[4] != nil
    progress.isSettled = moments[5] != nil
    self.init(
      id: try row[0], file: try row[1], service: try row[2], provider: try row[3], antenna: try row[4],
      contact: try row[5], action: try row[6], need: try row[7], urgency: try row[8], channel: channel,
      language: try row[10], ground: try row[11], consent: try row[12],
      document: try row[32], sentAt: try row[13],
      sentBy: try row[14],
      answerBy: try row[15], progress: progress, stageAt: try row[16], clock: try row[17],
      clockOn: try row[18],
      acceptedOn: accepted, decline: decline, outcome: outcome, effect: try row[31])
  }
}
