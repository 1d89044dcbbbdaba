import Basics
import Cases
import Storage

/// Every SQL statement by which a person is taken out of the reports on partners' files.
enum ImportErasureStore {
  /// By the proofs of a row another file would recognise her.
  static func forget(_ files: [PersonID], in db: Connection) throws {
    let rows = try db.rows(
      """
      SELECT file, number FROM import_row
      WHERE case_file IN (\(list: try Cases.ids(of: files, in: db)))
      """
    ) { (file: try $0[0] as String, number: try $0[1] as Int) }
    for row in rows {
      try db.run("DELETE FROM import_proof WHERE file = \(row.file) AND number = \(row.number)")
    }
    try db.run("UPDATE import_row SET same_as = NULL WHERE same_as IN (\(list: files.map(\.text)))")
  }
}
