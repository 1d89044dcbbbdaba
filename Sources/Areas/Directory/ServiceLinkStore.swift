import Basics
import Foundation
import Storage

/// Every SQL statement about the links by which services are confirmed, and the answers.
enum ServiceLinkStore {
  static func insert(_ link: ServiceLink, by actor: Actor, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO service_link (id, service, made_at, made_by, expires_at)
      VALUES (\(link.id), \(link.service), \(link.madeAt), \(actor.id), \(link.expiresAt))
      """)
  }

  static func find(_ id: RecordID<ServiceLink>, in db: Connection) throws -> ServiceLink? {
    try db.first(
      "SELECT id, service, made_at, expires_at, revoked_at, used_at FROM service_link WHERE id = \(id)"
    ) { row in try ServiceLink(row) }
  }

  /// So many owners are asked at a time.
  static let mostAsked = 50

  /// Services that nobody confirmed for so long, whose owner has an address and got no link lately.
  static func toAsk(at now: Date, in db: Connection) throws -> [RecordID<Service>] {
    try db.rows(
      """
      SELECT s.id FROM service s JOIN provider p ON p.id = s.provider WHERE \(isDue(at: now))
      ORDER BY s.id LIMIT \(mostAsked)
      """
    ) { row in try row[0] }
  }

  static func isToAsk(_ id: RecordID<Service>, at now: Date, in db: Connection) throws -> Bool {
    try db.exists(
      "SELECT 1 FROM service s JOIN provider p ON p.id = s.provider WHERE s.id = \(id) AND \(isDue(at: now))")
  }

  private static func isDue(at now: Date) -> SQL {
    let (stale, lately) = (
      Day(of: now).adding(months: -Service.monthsFresh),
      now.addingTimeInterval(Double(-ServiceLink.daysValid) * 86_400)
    )
    return """
      s.state = 'active' AND p.state = 'active' AND COALESCE(s.contact_email, p.email) IS NOT NULL
      AND (s.confirmed_on IS NULL OR s.confirmed_on < \(stale))
      AND NOT EXISTS (SELECT 1 FROM service_link l WHERE l.service = s.id AND l.made_at > \(lately))
      """
  }

  /// Links of a service, the newest first.
  static func of(_ service: RecordID<Service>, in db: Connection) throws -> [ServiceLink] {
    try db.rows(
      """
      SELECT id, service, made_at, expires_at, revoked_at, used_at FROM service_link WHERE service = \(service)
      ORDER BY made_at DESC LIMIT 20
      """
    ) { row in try ServiceLink(row) }
  }

  static func revoke(_ id: RecordID<ServiceLink>, at now: Date, in db: Connection) throws {
    try db.run("UPDATE service_link SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL")
  }

  /// Whether it had not been used: of two at the same second one is the first.
  static func use(_ id: RecordID<ServiceLink>, at now: Date, in db: Connection) throws -> Bool {
    try db.run(
      """
      UPDATE service_link SET used_at = \(now)
      WHERE id = \(id) AND used_at IS NULL AND revoked_at IS NULL AND expires_at > \(now)
      """) == 1
  }

  static func insert(_ answer: ServiceAnswer, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO service_answer (id, service, link, at, by, kind, words, done_at)
      VALUES (\(answer.id), \(answer.service), \(answer.link), \(answer.at), \(answer.by), \(answer.kind),
        \(answer.words), \(answer.doneAt))
      """)
  }

  static func answer(_ id: RecordID<ServiceAnswer>, in db: Connection) throws -> ServiceAnswer? {
    try db.first("SELECT \(columns) FROM service_answer WHERE id = \(id)") { row in try ServiceAnswer(row) }
  }

  static func answer(by link: RecordID<ServiceLink>, of service: RecordID<Service>, in db: Connection) throws
    -> ServiceAnswer?
  {
    try db.first(
      "SELECT \(columns) FROM service_answer WHERE service = \(service) AND link = \(link) ORDER BY at LIMIT 1"
    ) { row in try ServiceAnswer(row) }
  }

  /// What was said of a service, the newest first.
  static func answers(of service: RecordID<Service>, in db: Connection) throws -> [ServiceAnswer] {
    try db.rows(
      "SELECT \(columns) FROM service_answer WHERE service = \(service) ORDER BY at DESC LIMIT 20"
    ) { row in try ServiceAnswer(row) }
  }

  static func take(_ id: RecordID<ServiceAnswer>, at now: Date, in db: Connection) throws {
    try db.run("UPDATE service_answer SET done_at = \(now) WHERE id = \(id) AND done_at IS NULL")
  }

  /// Answers that nobody has taken in, the oldest first, at most 100.
  static func waiting(in db: Connection) throws -> [ServiceAnswer] {
    try db.rows(
      "SELECT \(columns) FROM service_answer WHERE done_at IS NULL ORDER BY at, id LIMIT 100"
    ) { row in try ServiceAnswer(row) }
  }

  private static let columns: SQL = "id, service, link, at, by, kind, words, done_at"
}

extension ServiceLink {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], service: try row[1], madeAt: try row[2], expiresAt: try row[3], revokedAt: try row[4],
      usedAt: try row[5])
  }
}

extension ServiceAnswer {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], service: try row[1], link: try row[2], at: try row[3], by: try row[4], kind: try row[5],
      words: try row[6], doneAt: try row[7])
  }
}
