/// What went wrong in the database. Never shown to a reader; the log gets it with the request's number.
package enum StorageFault: Error, Equatable, CustomStringConvertible {
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

  /// One line, as the log and the console show it.
  package var description: String {
    let text =
      switch self {
      case .duplicate(let what): "there already: \(what)"
      case .constraint(let what): "refused by a constraint: \(what)"
      case .unavailable(let cause): "the database cannot be reached: \(cause)"
      case .full(let cause): "the disk of the database is full: \(cause)"
      case .timeout: "the statement ran into its timeout"
      case .serialization(let cause): "another transaction stood in the way: \(cause)"
      case .other(let cause): "the database refuses: \(cause)"
      }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
