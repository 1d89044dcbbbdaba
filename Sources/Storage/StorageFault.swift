/// What went wrong in the database. Never shown to a reader; the log gets it with the request's number.
package enum StorageFault: Error, Equatable {
  /// A unique index said no; the name of the table or constraint, as the engine tells it.
  case duplicate(String)
  /// A foreign key, CHECK or NOT NULL said no.
  case constraint(String)
  /// Not reachable, or not within the time allowed: worth trying again later.
  case unavailable(String)
  /// No room left on the disk.
  case full(String)
  /// The statement ran longer than it may.
  case timeout
  /// Two transactions stood in each other's way; the whole transaction may be tried again.
  case serialization(String)
  case other(String)

  /// PostgreSQL cannot hold it, so SQLite does not either.
  static let zeroByte = StorageFault.other("text with a zero byte cannot be stored")
}
