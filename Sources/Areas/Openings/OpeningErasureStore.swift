import Basics
import Cases
import Storage

/// Every SQL statement about openings of files of persons who are to be erased.
enum OpeningErasureStore {
  static func isWaiting(of files: [PersonID], in db: Connection) throws -> Bool {
    try db.exists(
      """
      SELECT 1 FROM opening WHERE verdict IS NULL
        AND case_file IN (\(list: try Cases.ids(of: files, in: db))) LIMIT 1
      """)
  }
}
