import Basics
import Foundation
import Storage

/// Every SQL statement about services. Callers bring the transaction.
enum ServiceStore {
  static let pageSize = 50
  /// So many are looked at to be ranked for a person.
  static let mostRanked = 200

  private static let columns = SQL(
    stringLiteral: """
      s.id, s.provider, p.name_fr, p.name_ar, p.name_en, s.antenna, s.version, s.changed_at, s.confirmed_on, s.taken
      """ + Service.Field.allCases.map { ", s.\($0.column)" }.joined())

  static func find(_ id: RecordID<Service>, in db: Connection) throws -> Service? {
    try db.first(
      "SELECT \(columns) FROM service s JOIN provider p ON p.id = s.provider WHERE s.id = \(id)"
    ) { row in try Service(row) }
  }

  /// A few by their ids, in no order.
  static func find(_ ids: [RecordID<Service>], in db: Connection) throws -> [Service] {
    guard !ids.isEmpty else { return [] }
    return try db.rows(
      "SELECT \(columns) FROM service s JOIN provider p ON p.id = s.provider WHERE s.id IN (\(list: ids))"
    ) { row in try Service(row) }
  }

  static func names(of ids: [RecordID<Service>], in db: Connection) throws -> [RecordID<Service>: Texts] {
    guard !ids.isEmpty else { return [:] }
    let rows = try db.rows("SELECT id, name_fr, name_ar, name_en FROM service WHERE id IN (\(list: ids))") {
      row in
      (
        try row[0] as RecordID<Service>,
        Texts(french: try row[1], arabic: try row[2], english: try row[3])
      )
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  static func outside(_ key: String, in db: Connection) throws -> RecordID<Service>? {
    try db.value("SELECT id FROM service WHERE outside_key = \(key)")
  }

  /// Held against others until the transaction ends, where the engine runs several at once.
  static func hold(_ id: RecordID<Service>, in db: Connection) throws -> Service {
    try db.run("UPDATE service SET version = version WHERE id = \(id)")
    guard let service = try find(id, in: db) else { throw Refusal.notFound }
    return service
  }

  static func of(_ provider: RecordID<Provider>, in db: Connection) throws -> [Service] {
    try db.rows(
      """
      SELECT \(columns) FROM service s JOIN provider p ON p.id = s.provider WHERE s.provider = \(provider)
      ORDER BY s.id LIMIT 200
      """
    ) { row in try Service(row) }
  }

  /// What is found at a place for a need, by name; '' is every place, every need.
  static func reaching(
    _ place: String, _ need: String, limit: Int, in db: Connection
  ) throws -> [Service] {
    try reaching(columns, place, need, after: nil, limit: limit, in: db) { row in try Service(row) }
  }

  /// The same, page by page, and of each what a list shows.
  static func lines(
    _ place: String, _ need: String, after cursor: ServiceCursor?, limit: Int, in db: Connection
  ) throws -> [ServiceLine] {
    try reaching(ServiceLine.columns, place, need, after: cursor, limit: limit, in: db) { row in
      try ServiceLine(row)
    }
  }

  private static func reaching<Found>(
    _ columns: SQL, _ place: String, _ need: String, after cursor: ServiceCursor?, limit: Int,
    in db: Connection, _ read: (borrowing Row) throws -> Found
  ) throws -> [Found] {
    var conditions: [SQL] = ["r.place = \(place)", "r.need = \(need)"]
    if let cursor { conditions.append("(r.sort, r.service) > (\(cursor.sort), \(cursor.id))") }
    return try db.rows(
      """
      SELECT \(columns) FROM service_reach r JOIN service s ON s.id = r.service JOIN provider p ON p.id = s.provider
      WHERE \(.all(conditions)) ORDER BY r.sort, r.service LIMIT \(limit)
      """, read)
  }

  static func counts(in places: [GovernorateCode], _ need: String, in db: Connection) throws
    -> [GovernorateCode: Int]
  {
    let rows = try db.rows(
      """
      SELECT place, COUNT(*) FROM service_reach WHERE place IN (\(list: places)) AND need = \(need) GROUP BY place
      """
    ) { row in (try row[0] as GovernorateCode, try row[1] as Int) }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Those with a word that begins so, the word's order.
  static func withWord(_ word: String, limit: Int, in db: Connection) throws -> [RecordID<Service>] {
    try db.rows(
      """
      SELECT service FROM service_word WHERE word >= \(word) AND word < \(word + "\u{10FFFF}")
      ORDER BY word, service LIMIT \(limit)
      """
    ) { row in try row[0] }
  }

  static func insert(_ service: Service, outsideKey: String? = nil, in db: Connection) throws {
    let (names, values) = try values(service)
    try db.run(
      """
      INSERT INTO service (id, provider, antenna, version, changed_at, confirmed_on, taken, outside_key, sort, \(names))
      VALUES (\(service.id), \(service.provider), \(service.antenna), \(service.version), \(service.changedAt),
        \(service.confirmedOn), 0, \(outsideKey), \(service.sort), \(values))
      """)
    try index(service, in: db)
  }

  static func update(_ service: Service, in db: Connection) throws {
    let pairs = Service.Field.allCases.map { field -> SQL in
      SQL(stringLiteral: "\(field.column) = ") + value(of: field, service)
    }
    try db.run(
      """
      UPDATE service SET version = \(service.version), changed_at = \(service.changedAt), sort = \(service.sort),
        \(.joined(pairs)) WHERE id = \(service.id)
      """)
    try index(service, in: db)
  }

  static func confirm(_ id: RecordID<Service>, on day: Day?, in db: Connection) throws {
    try db.run("UPDATE service SET confirmed_on = \(day) WHERE id = \(id)")
  }

  private static func values(_ service: Service) throws -> (SQL, SQL) {
    let names = SQL(stringLiteral: Service.Field.allCases.map(\.column).joined(separator: ", "))
    return (names, .joined(Service.Field.allCases.map { value(of: $0, service) }))
  }

  private static func value(of field: Service.Field, _ service: Service) -> SQL {
    if field == .state { return "\(service.state)" }
    if service[field]?.isEmpty == true { return "NULL" }
    return field.isNumber ? "\(service[field].flatMap { Int($0) })" : "\(service[field])"
  }

  /// Where it is found, written anew. One that is not offered is found nowhere but at its provider.
  static func index(_ service: Service, in db: Connection) throws {
    try join(service, in: db)
    try db.run("DELETE FROM service_reach WHERE service = \(service.id)")
    try db.run("DELETE FROM service_word WHERE service = \(service.id)")
    guard service.state == .active else { return }
    // Where nobody said where it is offered, it is found everywhere, and asked.
    let places =
      service.isNationwide || service.areas.isEmpty
      ? try db.rows("SELECT code FROM governorate ORDER BY code LIMIT 100") { row in try row[0] as String }
      : Set(service.areas.map(\.governorate.rawValue)).sorted()
    let needs = Set(service.needs.map(\.rawValue)).sorted() + [""]
    let rows = (places + [""]).flatMap { place in
      needs.map { need -> SQL in "(\(place), \(need), \(service.sort), \(service.id))" }
    }
    try db.run("INSERT INTO service_reach (place, need, sort, service) VALUES \(.joined(rows))")
    let words = Folding.words((service.name.all + service.providerName.all).joined(separator: " "))
    guard !words.isEmpty else { return }
    let found = Set(words).sorted().map { word -> SQL in "(\(word), \(service.id))" }
    try db.run("INSERT INTO service_word (word, service) VALUES \(.joined(found))")
  }
}

extension ServiceStore {
  /// Where it is given, each pair under an id that stays.
  private static func join(_ service: Service, in db: Connection) throws {
    let places = try ProviderStore.places(service.places, in: db).filter { $0.provider == service.provider }
    let kept = try db.rows("SELECT place FROM service_at_place WHERE service = \(service.id) LIMIT 200") {
      row in
      try row[0] as RecordID<ProviderPlace>
    }
    for place in kept where !places.contains(where: { $0.id == place }) {
      try db.run("DELETE FROM service_at_place WHERE service = \(service.id) AND place = \(place)")
    }
    for place in places where !kept.contains(place.id) {
      try db.run(
        """
        INSERT INTO service_at_place (id, service, place) VALUES (\(RecordID<ServiceAtPlace>()), \(service.id), \(place.id))
        """)
    }
  }
}

/// A service where it is given.
package enum ServiceAtPlace {}

/// Where a page of services ended.
package struct ServiceCursor: Sendable, Equatable {
  package let sort: String
  package let id: RecordID<Service>

  package init(_ service: Service) {
    sort = service.sort
    id = service.id
  }

  /// As it stands in a URL: the id alone, from which the rest is read.
  init(sort: String, id: RecordID<Service>) {
    self.sort = sort
    self.id = id
  }
}

extension Service {
  /// By which lists are in order: the folded name, the Latin one first.
  var sort: String { Folding.words(name.text(in: .french)).joined(separator: " ") }

  fileprivate init(_ row: borrowing Row) throws {
    var fields = Fields()
    fields.values.reserveCapacity(Field.allCases.count)
    for (index, field) in Field.allCases.enumerated() {
      if field.isNumber {
        if let number: Int = try row[10 + index] as Int? { fields[field.rawValue] = String(number) }
      } else if let text: String = try row[10 + index] as String? {
        fields[field.rawValue] = text
      }
    }
    self.init(
      id: try row[0], provider: try row[1],
      providerName: Texts(french: try row[2], arabic: try row[3], english: try row[4]), antenna: try row[5],
      version: try row[6], changedAt: try row[7], confirmedOn: try row[8], taken: try row[9], fields: fields)
  }
}

/// Places taken in services.
enum SeatStore {
  static func exists(_ id: RecordID<Service.Seat>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM service_seat WHERE id = \(id)")
  }

  /// Whether there was a place: the row is changed only while one is left, so that the last goes to one alone.
  static func take(
    _ id: RecordID<Service.Seat>, in service: RecordID<Service>, by actor: Actor, at now: Date,
    _ db: Connection
  ) throws -> Bool {
    let changed = try db.run(
      """
      UPDATE service SET taken = taken + 1
      WHERE id = \(service) AND state = 'active' AND (capacity IS NULL OR taken < capacity)
      """)
    guard changed == 1 else { return false }
    try db.run(
      """
      INSERT INTO service_seat (id, service, taken_at, taken_by) VALUES (\(id), \(service), \(now), \(actor.id))
      """)
    return true
  }

  /// - Returns: the service whose place it was; nil where it was released before, or never taken.
  static func release(_ id: RecordID<Service.Seat>, at now: Date, in db: Connection) throws -> RecordID<
    Service
  >? {
    let service: RecordID<Service>? = try db.value(
      "UPDATE service_seat SET released_at = \(now) WHERE id = \(id) AND released_at IS NULL RETURNING service"
    )
    if let service { try db.run("UPDATE service SET taken = taken - 1 WHERE id = \(service)") }
    return service
  }
}

extension Service {
  /// A place that somebody has taken; a referral makes it under an id of its own.
  package enum Seat {}
}
