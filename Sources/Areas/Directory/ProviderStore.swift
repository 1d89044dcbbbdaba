import Basics
import Foundation
import Storage

/// Every SQL statement about providers and their places. Callers bring the transaction.
enum ProviderStore {
  static let pageSize = 50
  private static let columns: SQL = """
    id, antenna, version, unconfirmed, changed_at, kind, name_fr, name_ar, name_en, about_fr, about_ar, about_en, url,
    email, phone, state
    """
  private static let placeColumns: SQL =
    "id, provider, name, governorate, delegation, address, phone, access, closed"

  static func find(_ id: RecordID<Provider>, in db: Connection) throws -> Provider? {
    try db.first("SELECT \(columns) FROM provider WHERE id = \(id)") { row in try Provider(row) }
  }

  static func find(_ ids: [RecordID<Provider>], in db: Connection) throws -> [Provider] {
    guard !ids.isEmpty else { return [] }
    return try db.rows("SELECT \(columns) FROM provider WHERE id IN (\(list: ids))") { row in
      try Provider(row)
    }
  }

  static func outside(_ key: String, in db: Connection) throws -> RecordID<Provider>? {
    try db.value("SELECT id FROM provider WHERE outside_key = \(key)")
  }

  /// One that goes by this folded name.
  static func named(_ sort: String, in db: Connection) throws -> Provider? {
    try db.first(
      "SELECT \(columns) FROM provider WHERE sort = \(sort) AND state = 'active' ORDER BY id LIMIT 1"
    ) {
      row in try Provider(row)
    }
  }

  static func hold(_ id: RecordID<Provider>, in db: Connection) throws -> Provider {
    try db.run("UPDATE provider SET version = version WHERE id = \(id)")
    guard let provider = try find(id, in: db) else { throw Refusal.notFound }
    return provider
  }

  /// A page by name.
  static func page(after id: RecordID<Provider>?, limit: Int, in db: Connection) throws -> [Provider] {
    var conditions: [SQL] = []
    if let id, let sort = try db.value("SELECT sort FROM provider WHERE id = \(id)", as: String.self) {
      conditions.append("(sort, id) > (\(sort), \(id))")
    }
    return try db.rows(
      "SELECT \(columns) FROM provider WHERE \(.all(conditions)) ORDER BY sort, id LIMIT \(limit)"
    ) { row in try Provider(row) }
  }

  static func insert(_ provider: Provider, outsideKey: String? = nil, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO provider (id, antenna, version, unconfirmed, changed_at, outside_key, sort, kind, name_fr, name_ar,
        name_en, about_fr, about_ar, about_en, url, email, phone, state)
      VALUES (\(provider.id), \(provider.antenna), \(provider.version), \(provider.isUnconfirmed),
        \(provider.changedAt), \(outsideKey), \(provider.sort), \(provider.kind), \(provider.name.french),
        \(provider.name.arabic), \(provider.name.english), \(provider.about.french), \(provider.about.arabic),
        \(provider.about.english), \(provider.url), \(provider.email), \(provider.phone), \(provider.state))
      """)
  }

  static func update(_ provider: Provider, in db: Connection) throws {
    try db.run(
      """
      UPDATE provider SET version = \(provider.version), unconfirmed = \(provider.isUnconfirmed),
        changed_at = \(provider.changedAt), sort = \(provider.sort), kind = \(provider.kind),
        name_fr = \(provider.name.french), name_ar = \(provider.name.arabic), name_en = \(provider.name.english),
        about_fr = \(provider.about.french), about_ar = \(provider.about.arabic),
        about_en = \(provider.about.english), url = \(provider.url), email = \(provider.email),
        phone = \(provider.phone), state = \(provider.state)
      WHERE id = \(provider.id)
      """)
  }

  static func places(of provider: RecordID<Provider>, in db: Connection) throws -> [ProviderPlace] {
    try db.rows(
      "SELECT \(placeColumns) FROM provider_place WHERE provider = \(provider) ORDER BY id LIMIT 200"
    ) { row in try ProviderPlace(row) }
  }

  static func places(_ ids: [RecordID<ProviderPlace>], in db: Connection) throws -> [ProviderPlace] {
    guard !ids.isEmpty else { return [] }
    return try db.rows("SELECT \(placeColumns) FROM provider_place WHERE id IN (\(list: ids))") { row in
      try ProviderPlace(row)
    }
  }

  static func place(_ id: RecordID<ProviderPlace>, in db: Connection) throws -> ProviderPlace? {
    try places([id], in: db).first
  }

  static func outsidePlace(_ key: String, in db: Connection) throws -> RecordID<ProviderPlace>? {
    try db.value("SELECT id FROM provider_place WHERE outside_key = \(key)")
  }

  static func insert(_ place: ProviderPlace, outsideKey: String? = nil, in db: Connection) throws {
    let access = place.access.map(\.rawValue).joined(separator: " ")
    try db.run(
      """
      INSERT INTO provider_place (id, provider, outside_key, name, governorate, delegation, address, phone, access,
        closed)
      VALUES (\(place.id), \(place.provider), \(outsideKey), \(place.name), \(place.governorate),
        \(place.delegation), \(place.address), \(place.phone), \(access), \(place.isClosed))
      """)
  }

  static func close(_ id: RecordID<ProviderPlace>, in db: Connection) throws {
    try db.run("UPDATE provider_place SET closed = 1 WHERE id = \(id)")
  }
}

extension Provider {
  var sort: String { Folding.words(name.text(in: .french)).joined(separator: " ") }

  fileprivate init(_ row: borrowing Row) throws {
    var fields = Fields()
    for (index, field) in Field.allCases.enumerated() {
      fields[field.rawValue] = try row[5 + index] as String?
    }
    self.init(
      id: try row[0], antenna: try row[1], version: try row[2], isUnconfirmed: try row[3],
      changedAt: try row[4], fields: fields)
  }
}

extension ProviderPlace {
  fileprivate init(_ row: borrowing Row) throws {
    let access: String = try row[7]
    self.init(
      id: try row[0], provider: try row[1], name: try row[2], governorate: try row[3],
      delegation: try row[4], address: try row[5], phone: try row[6],
      access: access.split(separator: " ").compactMap { Service.Access(rawValue: String($0)) },
      isClosed: try row[8])
  }
}
