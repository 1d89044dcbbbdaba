import Basics
import Foundation
import Storage

/// Every SQL statement of the open data: what is published and offered, and nothing else.
enum HSDSStore {
  /// A service at a place.
  struct Joined: Sendable {
    let id: RecordID<ServiceAtPlace>
    let service: RecordID<Service>
    let place: RecordID<ProviderPlace>
  }

  /// What a list is narrowed by.
  struct Filter: Sendable {
    var need: Service.Need?
    var provider: RecordID<Provider>?
    var after: Date?
    /// One word, folded.
    var word: String?
    /// What was asked for is none of ours: nothing is found.
    var isNothing = false
  }

  private static let published: SQL = "s.published IS NOT NULL AND s.state = 'active'"

  private static func conditions(_ filter: Filter) -> SQL {
    var conditions = [published]
    if filter.isNothing { conditions.append("1 = 0") }
    if let need = filter.need {
      conditions.append("s.id IN (SELECT service FROM service_reach WHERE place = '' AND need = \(need))")
    }
    if let provider = filter.provider { conditions.append("s.provider = \(provider)") }
    if let after = filter.after { conditions.append("s.changed_at >= \(after)") }
    if let word = filter.word {
      conditions.append(
        "s.id IN (SELECT service FROM service_word WHERE word >= \(word) AND word < \(word + "\u{10FFFF}"))")
    }
    return .all(conditions)
  }

  static func services(_ filter: Filter, limit: Int, offset: Int, in db: Connection) throws -> (
    ids: [RecordID<Service>], total: Int
  ) {
    let ids = try db.rows(
      "SELECT s.id FROM service s WHERE \(conditions(filter)) ORDER BY s.id LIMIT \(limit) OFFSET \(offset)"
    ) { row in try row[0] as RecordID<Service> }
    return (ids, try db.value("SELECT COUNT(*) FROM service s WHERE \(conditions(filter))") ?? 0)
  }

  static func joined(_ filter: Filter, limit: Int, offset: Int, in db: Connection) throws -> (
    pairs: [Joined], total: Int
  ) {
    let from: SQL = """
      FROM service_at_place j JOIN service s ON s.id = j.service JOIN provider_place l ON l.id = j.place
      WHERE l.closed = 0 AND \(conditions(filter))
      """
    let pairs = try db.rows(
      "SELECT j.id, j.service, j.place \(from) ORDER BY j.id LIMIT \(limit) OFFSET \(offset)"
    ) {
      row in Joined(id: try row[0], service: try row[1], place: try row[2])
    }
    return (pairs, try db.value("SELECT COUNT(*) \(from)") ?? 0)
  }

  static func joined(_ id: RecordID<ServiceAtPlace>, in db: Connection) throws -> Joined? {
    try db.first(
      """
      SELECT j.id, j.service, j.place FROM service_at_place j JOIN service s ON s.id = j.service
      JOIN provider_place l ON l.id = j.place WHERE j.id = \(id) AND l.closed = 0 AND \(published)
      """
    ) { row in Joined(id: try row[0], service: try row[1], place: try row[2]) }
  }

  static func joined(of service: RecordID<Service>, in db: Connection) throws -> [Joined] {
    try db.rows(
      "SELECT id, service, place FROM service_at_place WHERE service = \(service) ORDER BY place LIMIT 200"
    ) {
      row in Joined(id: try row[0], service: try row[1], place: try row[2])
    }
  }

  /// Providers with something that is published.
  private static func providing(_ word: String?) -> SQL {
    var conditions: [SQL] = [
      "p.state = 'active'", "EXISTS (SELECT 1 FROM service s WHERE s.provider = p.id AND \(published))",
    ]
    if let word {
      conditions.append(
        """
        p.id IN (SELECT s.provider FROM service_word w JOIN service s ON s.id = w.service
          WHERE w.word >= \(word) AND w.word < \(word + "\u{10FFFF}") AND \(published))
        """)
    }
    return .all(conditions)
  }

  static func providers(_ word: String?, limit: Int, offset: Int, in db: Connection) throws -> (
    ids: [RecordID<Provider>], total: Int
  ) {
    let ids = try db.rows(
      "SELECT p.id FROM provider p WHERE \(providing(word)) ORDER BY p.sort, p.id LIMIT \(limit) OFFSET \(offset)"
    ) { row in try row[0] as RecordID<Provider> }
    return (ids, try db.value("SELECT COUNT(*) FROM provider p WHERE \(providing(word))") ?? 0)
  }

  static func places(limit: Int, offset: Int, in db: Connection) throws -> (
    ids: [RecordID<ProviderPlace>], total: Int
  ) {
    let from: SQL = """
      FROM provider_place l JOIN provider p ON p.id = l.provider WHERE l.closed = 0 AND \(providing(nil))
      """
    let ids = try db.rows("SELECT l.id \(from) ORDER BY l.id LIMIT \(limit) OFFSET \(offset)") { row in
      try row[0] as RecordID<ProviderPlace>
    }
    return (ids, try db.value("SELECT COUNT(*) \(from)") ?? 0)
  }
}
