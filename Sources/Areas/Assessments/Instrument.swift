import Basics
import Foundation
import Storage

/// What is asked in an assessment, and what is counted from the answers: data, read from a file of the format that
/// `docs/assessments.md` describes.
package struct Instrument: Sendable, Equatable {
  package typealias Words = [Language: String]

  /// Whose duty is needed to read what was answered.
  package enum Section: String, Sendable, CaseIterable {
    case none, social, employment, health

    /// Beside the duty to open files; nil where that is enough.
    package var duty: Duty? {
      switch self {
      case .none: nil
      case .social: .readSocialSection
      case .employment: .readEmploymentSection
      case .health: .readHealthSection
      }
    }
  }

  /// Where its weights come from.
  package enum Weights: String, Sendable, CaseIterable {
    /// Nobody has given them: there are answers, and no composite.
    case none
    /// Within a dimension every item weighs the same, and so does every dimension.
    case equal
    /// As the file says.
    case loaded
  }

  package struct Dimension: Sendable, Equatable {
    package let code: String
    package let name: Words
    /// In millionths of all; 1 where all weigh the same.
    package let weight: Int
    /// Items that must be answered before it has a score.
    package let minimum: Int
  }

  /// A part of the scale with a name: from its first score up to, without, the first of the next.
  package struct Band: Sendable, Equatable {
    package let code: String
    package let name: Words
    package let from: Score
    package let to: Score
  }

  /// What the ends of the scale mean.
  package struct Scale: Sendable, Equatable {
    package let low: Words
    package let high: Words
  }

  package let code: String
  package let version: Int
  package let name: Words
  package let purpose: Words
  package let section: Section
  /// The days on which it may be filled in.
  package let from: Day
  package let until: Day?
  /// Where its words come from.
  package let source: Words
  /// How its scores, weights and bands were made.
  package let rule: Words
  /// Who checked it, and when; nil while nobody has.
  package let checkedBy: String?
  package let checkedOn: Day?
  package let weights: Weights
  package let scale: Scale?
  /// Scored items that must be answered before there is a composite.
  package let minimum: Int
  package let dimensions: [Dimension]
  /// The lowest first; none where the file names none.
  package let bands: [Band]
  package let items: [Item]
  /// A frame has the places of its items and not their words: it cannot be used.
  package let isFrame: Bool

  package var id: InstrumentID { InstrumentID(code: code, version: version) }

  package func isValid(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
  package func item(_ code: String) -> Item? { items.first { $0.code == code } }
  package func dimension(_ code: String?) -> Dimension? { dimensions.first { $0.code == code } }
  package func band(of score: Score) -> Band? {
    bands.first { $0.from <= score && (score < $0.to || $0.to == .highest) }
  }

  var scoredItems: [Item] { items.filter { $0.dimension != nil } }

  /// The items as they stand together, in their order: one that is not counted stays with those around it where they are
  /// of one dimension.
  var groups: [(dimension: Dimension?, items: [Item])] {
    var groups: [(dimension: Dimension?, items: [Item])] = []
    for (index, item) in items.enumerated() {
      let next = items[index...].first { $0.dimension != nil }?.dimension
      let code = item.dimension ?? (groups.last?.dimension?.code == next ? next : nil)
      if let last = groups.last, last.dimension?.code == code {
        groups[groups.count - 1].items.append(item)
      } else {
        groups.append((dimension(code), [item]))
      }
    }
    return groups
  }
}

/// One question of an instrument.
package struct Item: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case oneOf([Option])
    case severalOf([Option])
    /// Two options, `yes` and `no`.
    case yesNo([Option])
    /// A whole number within bounds, and what it scores.
    case number(ClosedRange<Int>, steps: [Step])
    case text
    case date
  }

  package struct Option: Sendable, Equatable {
    package let code: String
    package let text: Instrument.Words
    package let score: Score?
    /// Chosen alone or not at all: "none of these".
    package let isAlone: Bool
  }

  /// What numbers of a range score.
  package struct Step: Sendable, Equatable {
    package let range: ClosedRange<Int>
    package let score: Score
  }

  package let code: String
  package let text: Instrument.Words
  package let hint: Instrument.Words
  package let kind: Kind
  /// Into which dimension it is counted; nil where it is not.
  package let dimension: String?
  /// In millionths of its dimension; 1 where all weigh the same.
  package let weight: Int
  /// When it is asked; nil: always.
  package let condition: Condition?

  package var options: [Option] {
    switch kind {
    case .oneOf(let options), .severalOf(let options), .yesNo(let options): options
    case .number, .text, .date: []
    }
  }

  func option(_ code: String) -> Option? { options.first { $0.code == code } }
}

/// When an item is asked: by what was answered to items before it.
package indirect enum Condition: Sendable, Equatable {
  /// One of these options was chosen.
  case isOneOf(item: String, codes: [String])
  case atLeast(item: String, Int)
  case atMost(item: String, Int)
  case all([Condition])
  case any([Condition])

  /// The items it goes by.
  var items: [String] {
    switch self {
    case .isOneOf(let item, _), .atLeast(let item, _), .atMost(let item, _): [item]
    case .all(let parts), .any(let parts): parts.flatMap(\.items)
    }
  }
}

/// A version of an instrument, as URLs, rows and the journal name it.
package struct InstrumentID: Code {
  package let code: String
  package let version: Int

  package init(code: String, version: Int) {
    self.code = code
    self.version = version
  }

  package init(rawValue: String) {
    let parts = rawValue.split(separator: ".", maxSplits: 1)
    // Sent by a form: no engine takes a zero byte in a text.
    let name = parts.first.map(String.init) ?? ""
    code = name.unicodeScalars.contains { $0.value <= 0x20 } ? "" : name
    version = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
  }

  package var rawValue: String { "\(code).\(version)" }
}

/// A version of an instrument as the installation keeps it: with what was decided about it.
package struct KeptInstrument: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    /// It can be tried, and not be used.
    case loaded
    case inForce
    case retired
  }

  package let instrument: Instrument
  /// The file it was read from, as it came.
  package let text: String
  /// Nil for what ships with the program.
  package let loadedAt: Date?
  package let forcedOn: Day?
  package let retiredOn: Day?
  package let retiredBecause: String?
  /// Whether it came with the program.
  package let isShipped: Bool

  package var state: State { retiredOn != nil ? .retired : forcedOn != nil ? .inForce : .loaded }

  /// Whether what was asked on a day may be recorded with it.
  package func isUsable(on day: Day) -> Bool {
    guard forcedOn != nil, instrument.isValid(on: day) else { return false }
    return retiredOn.map { day <= $0 } ?? true
  }

  static func reference(_ id: InstrumentID) -> RecordReference { RecordReference("instrument", code: id) }
}
