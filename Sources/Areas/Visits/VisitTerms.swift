import Basics
import Plans
import Storage

/// The numbers that follow-up goes by, each from a day on: data that the office changes, not code.
package struct VisitTerms: Sendable {
  package enum Name: String, Storable, CaseIterable, Sendable {
    /// Months after the start at which a track asks for a visit.
    case social, employment, project
    /// Where the ranges of income begin, in dinars a month.
    case income
    /// Days for which the author of a report may correct it.
    case correction

    package init(_ track: Plan.Track) {
      switch track {
      case .social: self = .social
      case .employment: self = .employment
      case .project: self = .project
      }
    }

    /// How large each number may be, and how many there may be.
    package var limits: (numbers: ClosedRange<Int>, count: Int) {
      switch self {
      case .social, .employment, .project: (1...120, 12)
      case .income: (0...100_000, 12)
      case .correction: (0...366, 1)
      }
    }
  }

  /// The same numbers until the next begin.
  package struct Term: Equatable, Sendable {
    package let name: Name
    package let from: Day
    /// Each larger than the one before.
    package let numbers: [Int]

    package init(name: Name, from: Day, numbers: [Int]) {
      self.name = name
      self.from = from
      self.numbers = numbers
    }
  }

  /// How the journal names a term.
  struct Reference: Code {
    let rawValue: String
  }

  package let terms: [Term]

  package init(_ terms: [Term]) { self.terms = terms.sorted { $0.from < $1.from } }

  /// The numbers in force on a day; none before the first began.
  package func numbers(_ name: Name, on day: Day) -> [Int] {
    terms.last { $0.name == name && $0.from <= day }?.numbers ?? []
  }

  /// When visits are due for these tracks, each month once.
  package func months(of tracks: Set<Plan.Track>, on day: Day) -> [Int] {
    Set(tracks.flatMap { numbers(Name($0), on: day) }).sorted()
  }

  package func incomeRanges(on day: Day) -> [Visit.IncomeRange] {
    let limits = numbers(.income, on: day)
    return zip(limits, limits.dropFirst().map { $0 } + [nil]).map { Visit.IncomeRange(lower: $0, upper: $1) }
  }

  package func daysToCorrect(on day: Day) -> Int { numbers(.correction, on: day).first ?? 0 }
}
