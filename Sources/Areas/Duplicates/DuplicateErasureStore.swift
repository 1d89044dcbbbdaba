import Basics
import Storage

/// Every SQL statement about pairs of persons who were erased.
enum DuplicateErasureStore {
  /// Nobody is asked any more whether she is somebody else.
  static func passOver(_ files: [PersonID], in db: Connection) throws {
    for side in ["first", "second"] as [SQL] {
      try db.run("UPDATE duplicate_pair SET moot = 1 WHERE \(side) IN (\(list: files))")
    }
  }
}
