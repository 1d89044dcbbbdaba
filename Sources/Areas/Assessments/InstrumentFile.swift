import Basics
import Foundation
import Yams

extension Instrument {
  /// Bytes of a file at most.
  static let mostBytes = 200_000
  static let (mostItems, mostOptions, mostDimensions, mostBands) = (120, 40, 20, 12)

  package enum Reading: Sendable {
    case instrument(Instrument)
    /// In the order of their lines.
    case faults([InstrumentFault])
  }

  /// Reads the file of an instrument: everything that is wrong with it is found at once.
  package static func read(_ text: String) -> Reading {
    let faults = InstrumentNodes.Faults()
    guard text.utf8.count <= mostBytes else {
      faults.note(1, say("The file is too large: at most \(mostBytes / 1_000) kB."))
      return .faults(faults.list)
    }
    refuseAnchors(text, faults)
    guard faults.list.isEmpty else { return .faults(faults.list) }
    let instrument = compose(text, faults).flatMap { InstrumentFile(faults).instrument($0) }
    if let instrument, faults.list.isEmpty { return .instrument(instrument) }
    if faults.list.isEmpty { faults.note(1, say("There is no questionnaire in this file.")) }
    return .faults(faults.list.sorted { $0.line < $1.line })
  }

  /// What stands for another place of the file could be unfolded without an end.
  private static func refuseAnchors(_ text: String, _ faults: InstrumentNodes.Faults) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let found = line.firstMatch(of: /(?:^|[:\-?,\[{])[ \t]*([&*][^\s,\[\]{}]{1,40})/) else {
        continue
      }
      faults.note(index + 1, say("“\(found.1)” stands for another place: write out what is meant."))
    }
  }

  private static func compose(_ text: String, _ faults: InstrumentNodes.Faults) -> Node? {
    do {
      return try Yams.compose(yaml: text)
    } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _)
    {
      faults.note(mark.line, say("The file cannot be read from here on: \(problem)."))
    } catch YamlError.duplicatedKeysInMapping(let names, let context) {
      let list = names.sorted().joined(separator: ", ")
      faults.note(context.mark.line, say("“\(list)” stands here twice."))
    } catch {
      faults.note(1, say("The file cannot be read: it is no YAML in UTF-8."))
    }
    return nil
  }
}

/// From what stands in the file to an instrument.
struct InstrumentFile {
  let faults: InstrumentNodes.Faults

  init(_ faults: InstrumentNodes.Faults) { self.faults = faults }

  private static let words = [
    "instrument", "version", "name", "purpose", "section", "valid-from", "valid-until", "source", "rule",
    "checked-by", "checked-on", "weights", "scale", "minimum", "dimensions", "bands", "items", "frame",
  ]

  /// Nil where something is missing without which nothing can be made of it; the rest is told by the faults.
  func instrument(_ root: Node) -> Instrument? {
    let nodes = InstrumentNodes(root, known: Self.words, line: 1, faults)
    guard root.mapping != nil else { return nil }
    let (code, version) = (nodes.code("instrument"), nodes.number("version", in: 1...9_999))
    let (name, purpose) = (nodes.words("name"), nodes.words("purpose", limit: 2_000))
    let section = nodes.choice("section", Instrument.Section.self)
    let (from, until) = (nodes.day("valid-from"), nodes.day("valid-until"))
    if !nodes.has("valid-from") { faults.note(nodes.line, say("“\("valid-from")” is missing.")) }
    let (source, rule) = (nodes.words("source", limit: 2_000), nodes.words("rule", limit: 2_000))
    let weights = nodes.choice("weights", Instrument.Weights.self)
    let isFrame = nodes.flag("frame")
    let reading = InstrumentItems(faults, weights: weights ?? .none, isFrame: isFrame)
    let dimensions = reading.dimensions(nodes)
    let items = reading.items(nodes)
    let minimum =
      weights == Instrument.Weights.none ? 0 : nodes.number("minimum", in: 1...Instrument.mostItems)
    let instrument = Instrument(
      code: code ?? "", version: version ?? 0, name: name, purpose: purpose, section: section ?? .none,
      from: from ?? Day(number: 0), until: until, source: source, rule: rule,
      checkedBy: nodes.optional("checked-by"), checkedOn: nodes.day("checked-on"), weights: weights ?? .none,
      scale: scale(nodes, isNeeded: weights != Instrument.Weights.none), minimum: minimum ?? 0,
      dimensions: dimensions.map(\.dimension), bands: bands(nodes), items: items.map(\.item),
      isFrame: isFrame)
    InstrumentChecks(faults, instrument, nodes).check(
      itemLines: items.map(\.line), dimensionLines: dimensions.map(\.line))
    return instrument
  }

  private func scale(_ nodes: InstrumentNodes, isNeeded: Bool) -> Instrument.Scale? {
    guard let node = nodes.node("scale") else {
      if isNeeded { faults.note(nodes.line, say("“\("scale")” is missing.")) }
      return nil
    }
    let ends = InstrumentNodes(node, known: ["low", "high"], line: nodes.line(of: "scale"), faults)
    return Instrument.Scale(low: ends.words("low"), high: ends.words("high"))
  }

  private func bands(_ nodes: InstrumentNodes) -> [Instrument.Band] {
    let list = nodes.list("bands", most: Instrument.mostBands, isNeeded: false)
    var (bands, end): ([Instrument.Band], Score?) = ([], nil)
    for (node, line) in list {
      let band = InstrumentNodes(node, known: ["code", "name", "from", "to"], line: line, faults)
      let (code, name, from, to) = (band.code(), band.words("name"), band.score("from"), band.score("to"))
      for end in ["from", "to"] where !band.has(end) { faults.note(band.line, say("“\(end)” is missing.")) }
      guard let from, let to else { continue }
      if from >= to { band.note("to", say("A band ends above where it begins.")) }
      let expected = end ?? .lowest
      if from != expected {
        band.note(
          "from",
          from > expected
            ? say(
              "The bands have a hole: nothing stands from \(expected.text(for: .english)) to \(from.text(for: .english))."
            )
            : say("The bands overlap: this one begins before \(expected.text(for: .english))."))
      }
      if let code, bands.contains(where: { $0.code == code }) {
        band.note("code", say("The code “\(code)” stands here twice."))
      }
      end = to
      bands.append(Instrument.Band(code: code ?? "", name: name, from: from, to: to))
    }
    if let end, end != .highest {
      nodes.note(
        "bands", say("The bands have a hole: nothing stands from \(end.text(for: .english)) to \("1.000")."))
    }
    return bands
  }
}
