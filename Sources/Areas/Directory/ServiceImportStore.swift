import Basics
import Foundation
import Storage

/// Every SQL statement about files of services.
enum ServiceImportStore {
  static func insert(_ file: ServiceImport, in db: Connection) throws {
    let rows = Array(try JSONEncoder().encode(file.rows))
    try db.run(
      """
      INSERT INTO service_import (id, name, antenna, sent_at, sent_by, rows)
      VALUES (\(file.id), \(file.name), \(file.antenna), \(file.sentAt), \(file.sentBy), \(rows))
      """)
  }

  static func find(_ id: RecordID<ServiceImport>, in db: Connection) throws -> ServiceImport? {
    try db.first(
      """
      SELECT id, name, antenna, sent_at, sent_by, rows, done_at, added, changed FROM service_import WHERE id = \(id)
      """
    ) { row in
      let bytes: [UInt8] = try row[5]
      let done: Date? = try row[6]
      let (added, changed): (Int?, Int?) = (try row[7], try row[8])
      return ServiceImport(
        id: try row[0], name: try row[1], antenna: try row[2], sentAt: try row[3], sentBy: try row[4],
        rows: try JSONDecoder().decode([ServiceRow].self, from: Data(bytes)),
        done: done.map { ($0, added ?? 0, changed ?? 0) })
    }
  }

  /// Whether it had not been entered before: of two at the same second one is the first.
  static func finish(_ id: RecordID<ServiceImport>, at now: Date, in db: Connection) throws -> Bool {
    try db.run("UPDATE service_import SET done_at = \(now) WHERE id = \(id) AND done_at IS NULL") == 1
  }

  static func count(_ id: RecordID<ServiceImport>, added: Int, changed: Int, in db: Connection) throws {
    try db.run("UPDATE service_import SET added = \(added), changed = \(changed) WHERE id = \(id)")
  }
}
