import Basics
import Foundation
import Storage

/// Every SQL statement about cases of persons who were erased.
enum CaseErasureStore {
  /// Marks the cases, so that lists of what is due pass over them.
  static func mark(_ files: [PersonID], on day: Day, in db: Connection) throws {
    try db.run(
      "UPDATE case_file SET erased_on = \(day), version = version + 1 WHERE person IN (\(list: files))")
  }

  static func isErased(_ id: RecordID<CaseFile>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM case_file WHERE id = \(id) AND erased_on IS NOT NULL")
  }

  static func ids(of files: [PersonID], in db: Connection) throws -> [RecordID<CaseFile>] {
    try db.rows("SELECT id FROM case_file WHERE person IN (\(list: files)) LIMIT 1000") { try $0[0] }
  }

  static func endings(of files: [PersonID], in db: Connection) throws -> [CaseEndpoint] {
    try db.rows(
      """
      SELECT id, closed_on, CASE WHEN first_action_on IS NULL THEN 0 ELSE 1 END FROM case_file
      WHERE person IN (\(list: files)) LIMIT 200
      """
    ) { row in CaseEndpoint(id: try row[0], closedOn: try row[1], hadHelp: try row[2]) }
  }
}
