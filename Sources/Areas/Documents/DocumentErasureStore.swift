import Basics
import Cases
import Storage

/// Every SQL statement by which documents are destroyed with their person.
enum DocumentErasureStore {
  static func extent(of files: [PersonID], in db: Connection) throws -> (count: Int, bytes: Int) {
    try db.first(
      """
      SELECT count(*), CAST(SUM(size) AS BIGINT) FROM document
      WHERE case_file IN (\(list: try Cases.ids(of: files, in: db)))
      """
    ) { row in (try row[0] as Int, try row[1] as Int? ?? 0) } ?? (0, 0)
  }

  /// The files are gone; that there were such documents stays for the counts.
  static func destroy(of files: [PersonID], in db: Connection) throws {
    let cases = try Cases.ids(of: files, in: db)
    try db.run(
      """
      DELETE FROM document_chunk WHERE document IN (SELECT id FROM document WHERE case_file IN (\(list: cases)))
      """)
    try db.run("UPDATE document SET expires_on = NULL WHERE case_file IN (\(list: cases))")
  }
}
