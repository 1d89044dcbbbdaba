/// How two values of a field stand to each other, from worst to best; what each says is learned from the files.
package enum Agreement: UInt8, CaseIterable, Sendable {
  /// One of them is not known: says nothing.
  case missing
  case different
  /// At most two letters in five differ; of dates, the years are near or the same.
  case distant
  /// What is known agrees, but less is known on one side: the year of a date, some words of a text.
  case partial
  /// At most one letter in four differs; of dates, one of year, month and day; of numbers, two digits.
  case near
  /// A letter or two differ; of dates and numbers, one digit or two that changed places.
  case close
  /// Given and family name, or day and month, have changed places.
  case swapped
  /// The same name in another spelling or script.
  case alike
  case equal

  /// In plain English, for the command line.
  package var words: String {
    switch self {
    case .alike: "sounds alike"
    case .partial: "agrees in part"
    case .swapped: "changed places"
    default: "\(self)"
    }
  }
}
