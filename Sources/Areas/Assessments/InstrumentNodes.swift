import Basics
import Foundation
import Yams

/// What is wrong with the file of an instrument, and where.
package struct InstrumentFault: Error, Equatable, Sendable {
  /// Counts from 1.
  package let line: Int
  package let reason: Phrase
}

/// A mapping of the file that is being read: what is wrong is noted with its line, and reading goes on, so that all is
/// said at once.
struct InstrumentNodes {
  /// Notes what is wrong; one for the whole file.
  final class Faults {
    private(set) var list: [InstrumentFault] = []
    /// More are of no use to whoever mends the file.
    private static let most = 50

    func note(_ line: Int, _ reason: Phrase) {
      let fault = InstrumentFault(line: line, reason: reason)
      if list.count < Self.most, !list.contains(fault) { list.append(fault) }
    }
  }

  let line: Int
  let faults: Faults
  private let values: [String: Node]
  private let lines: [String: Int]

  /// - Parameter known: the words that may stand here.
  /// - Parameter line: of what the mapping stands in, where it has none of its own.
  init(_ node: Node, known: [String], line: Int, _ faults: Faults) {
    self.faults = faults
    self.line = node.mark?.line ?? line
    var (values, lines): ([String: Node], [String: Int]) = ([:], [:])
    if let mapping = node.mapping {
      for (key, value) in mapping {
        let place = key.mark?.line ?? self.line
        guard let name = key.scalar?.string, known.contains(name) else {
          let name = String((key.scalar?.string ?? "").prefix(40))
          faults.note(place, say("“\(name)” is no word that may stand here."))
          continue
        }
        (values[name], lines[name]) = (value, place)
      }
    } else {
      faults.note(self.line, say("Names with values are expected here."))
    }
    (self.values, self.lines) = (values, lines)
  }

  func has(_ name: String) -> Bool { values[name] != nil }
  func line(of name: String) -> Int { lines[name] ?? line }
  func node(_ name: String) -> Node? { values[name] }

  func note(_ name: String, _ reason: Phrase) { faults.note(line(of: name), reason) }

  /// The text of a scalar; nil where it is not there.
  func optional(_ name: String, limit: Int = 200) -> String? {
    guard let node = values[name] else { return nil }
    guard let text = node.scalar?.string.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
      note(name, say("“\(name)” needs a value."))
      return nil
    }
    guard text.unicodeScalars.count <= limit else {
      note(name, say("This is too long: write at most \(limit) characters."))
      return nil
    }
    return text
  }

  func text(_ name: String, limit: Int = 200) -> String? {
    guard has(name) else {
      faults.note(line, say("“\(name)” is missing."))
      return nil
    }
    return optional(name, limit: limit)
  }

  /// Small letters, digits and dashes.
  func code(_ name: String = "code") -> String? {
    guard let text = text(name) else { return nil }
    guard text.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,39}/) != nil else {
      note(name, say("A code is of small letters, digits and dashes, at most 40."))
      return nil
    }
    return text
  }

  func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      note(name, say("Write a whole number from \(range.lowerBound) to \(range.upperBound)."))
      return nil
    }
    return number
  }

  func day(_ name: String) -> Day? {
    guard let text = optional(name) else { return nil }
    guard let day = Day(text) else {
      note(name, say("“\(text)” is no day: write it as 2026-01-31."))
      return nil
    }
    return day
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String, _: Choice.Type) -> Choice? {
    guard let text = text(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      note(
        name,
        say(
          "“\(text)” is not known here: write one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))."
        )
      )
      return nil
    }
    return choice
  }

  /// From 0 to 1 with at most three decimals.
  func score(_ name: String) -> Score? {
    guard let text = optional(name) else { return nil }
    guard let score = Score(text) else {
      note(
        name,
        say("“\(text)” is no score: write a number from 0 to 1 with at most three decimals after a point."))
      return nil
    }
    return score
  }

  /// In millionths.
  func weight(_ name: String = "weight") -> Int? {
    guard let text = optional(name) else { return nil }
    guard let weight = Decimals.millionths(text), weight > 0 else {
      note(name, say("“\(text)” is no weight: write a number above 0 and up to 1 with a point."))
      return nil
    }
    return weight
  }

  func flag(_ name: String) -> Bool {
    guard let text = optional(name) else { return false }
    guard ["true", "yes", "false", "no"].contains(text) else {
      note(name, say("Write yes or no."))
      return false
    }
    return text == "true" || text == "yes"
  }

  /// The same words in each language of the pages.
  /// - Parameter isNeeded: whether they must be there at all; a language that is missing always is a fault.
  func words(_ name: String, isNeeded: Bool = true, limit: Int = 600) -> Instrument.Words {
    guard let node = values[name] else {
      if isNeeded { faults.note(line, say("“\(name)” is missing.")) }
      return [:]
    }
    let texts = InstrumentNodes(
      node, known: Language.allCases.map(\.rawValue), line: line(of: name), faults)
    guard node.mapping != nil else { return [:] }
    return Language.allCases.reduce(into: [:]) { words, language in
      guard texts.has(language.rawValue) else {
        return faults.note(line(of: name), say("“\(name)” is missing in \(language.rawValue)."))
      }
      words[language] = texts.optional(language.rawValue, limit: limit)
    }
  }

  /// The mappings of a list; more than `most` are refused before they are read.
  func list(_ name: String, most: Int, isNeeded: Bool = true) -> [(node: Node, line: Int)] {
    guard let node = values[name] else {
      if isNeeded { faults.note(line, say("“\(name)” is missing.")) }
      return []
    }
    guard let sequence = node.sequence else {
      note(name, say("A list is expected here."))
      return []
    }
    guard sequence.count <= most else {
      note(name, say("This list is too long: at most \(most) may stand here."))
      return []
    }
    return sequence.map { ($0, $0.mark?.line ?? line(of: name)) }
  }
}
