import Basics
import Yams

/// The dimensions and items of the file.
struct InstrumentItems {
  let faults: InstrumentNodes.Faults
  let weights: Instrument.Weights
  let isFrame: Bool

  private enum Kind: String, CaseIterable {
    case oneOf = "one-of"
    case severalOf = "several-of"
    case yesNo = "yes-no"
    case number, text, date
  }

  init(_ faults: InstrumentNodes.Faults, weights: Instrument.Weights, isFrame: Bool) {
    (self.faults, self.weights, self.isFrame) = (faults, weights, isFrame)
  }

  func dimensions(_ nodes: InstrumentNodes) -> [(dimension: Instrument.Dimension, line: Int)] {
    nodes.list("dimensions", most: Instrument.mostDimensions, isNeeded: false).map { node, line in
      let told = InstrumentNodes(node, known: ["code", "name", "weight", "minimum"], line: line, faults)
      let minimum = told.has("minimum") ? told.number("minimum", in: 1...Instrument.mostItems) : nil
      let dimension = Instrument.Dimension(
        code: told.code() ?? "", name: told.words("name"), weight: weight(told), minimum: minimum ?? 1)
      return (dimension, told.line)
    }
  }

  /// 1 where all weigh the same.
  private func weight(_ told: InstrumentNodes) -> Int {
    if weights == .loaded {
      if !told.has("weight") { faults.note(told.line, say("“\("weight")” is missing.")) }
      return told.weight() ?? 0
    }
    if told.has("weight") {
      told.note("weight", say("A weight stands here, and “weights” does not say that weights are loaded."))
    }
    return 1
  }

  func items(_ nodes: InstrumentNodes) -> [(item: Item, line: Int)] {
    nodes.list("items", most: Instrument.mostItems).map { node, line in
      let told = InstrumentNodes(
        node,
        known: [
          "code", "text", "hint", "kind", "dimension", "weight", "if", "options", "least", "most", "steps",
        ], line: line, faults)
      return (item(told), told.line)
    }
  }

  private func item(_ told: InstrumentNodes) -> Item {
    let dimension = told.optional("dimension")
    if dimension == nil, told.has("weight") {
      told.note("weight", say("An item that is counted into no dimension has no weight."))
    }
    return Item(
      code: told.code() ?? "", text: told.words("text", isNeeded: !isFrame),
      hint: told.words("hint", isNeeded: false), kind: kind(told), dimension: dimension,
      weight: dimension == nil ? 1 : weight(told),
      condition: told.node("if").flatMap { condition($0, told.line(of: "if")) })
  }

  private func kind(_ told: InstrumentNodes) -> Item.Kind {
    if isFrame, !told.has("kind") { return .text }
    guard let kind = told.choice("kind", Kind.self) else { return .text }
    if told.has("options"), ![.oneOf, .severalOf, .yesNo].contains(kind) {
      told.note("options", say("“\("options")” may not stand at an item of this kind."))
    }
    for name in ["least", "most", "steps"] where told.has(name) && kind != .number {
      told.note(name, say("“\(name)” may not stand at an item of this kind."))
    }
    switch kind {
    case .oneOf: return .oneOf(options(told))
    case .severalOf: return .severalOf(options(told))
    case .yesNo: return .yesNo(yesNo(told))
    case .number: return number(told)
    case .text: return .text
    case .date: return .date
    }
  }

  private func options(_ told: InstrumentNodes) -> [Item.Option] {
    let options = told.list("options", most: Instrument.mostOptions).map { node, line in
      let option = InstrumentNodes(node, known: ["code", "text", "score", "alone"], line: line, faults)
      return Item.Option(
        code: option.code() ?? "", text: option.words("text"), score: option.score("score"),
        isAlone: option.flag("alone"))
    }
    if told.has("options"), options.count < 2 {
      told.note("options", say("At least two options are needed."))
    }
    for (index, option) in options.enumerated()
    where options[..<index].contains(where: { $0.code == option.code }) {
      told.note("options", say("The code “\(option.code)” stands here twice."))
    }
    return options
  }

  /// `yes` and `no` have the words of the pages: only what they score may be said.
  private func yesNo(_ told: InstrumentNodes) -> [Item.Option] {
    guard told.has("options") else {
      return ["yes", "no"].map { Item.Option(code: $0, text: [:], score: nil, isAlone: false) }
    }
    var scores: [String: Score] = [:]
    for (node, line) in told.list("options", most: 2) {
      let option = InstrumentNodes(node, known: ["code", "score"], line: line, faults)
      guard let code = option.code(), ["yes", "no"].contains(code) else {
        option.note("code", say("Write yes or no."))
        continue
      }
      scores[code] = option.score("score")
    }
    return ["yes", "no"].map { Item.Option(code: $0, text: [:], score: scores[$0], isAlone: false) }
  }

  private func number(_ told: InstrumentNodes) -> Item.Kind {
    let bounds = -1_000_000_000...1_000_000_000
    guard let least = told.number("least", in: bounds), let most = told.number("most", in: bounds) else {
      return .number(0...0, steps: [])
    }
    guard least <= most else {
      told.note("most", say("“\("most")” must not be less than “\("least")”."))
      return .number(least...least, steps: [])
    }
    guard told.has("steps") else { return .number(least...most, steps: []) }
    var (steps, next): ([Item.Step], Int) = ([], least)
    for (node, line) in told.list("steps", most: Instrument.mostOptions) {
      let step = InstrumentNodes(node, known: ["to", "score"], line: line, faults)
      guard let to = step.number("to", in: bounds), let score = step.score("score") else {
        if !step.has("score") { faults.note(step.line, say("“\("score")” is missing.")) }
        continue
      }
      guard to >= next else {
        step.note("to", say("The steps go upwards: this one ends before \(next)."))
        continue
      }
      steps.append(Item.Step(range: next...to, score: score))
      next = to + 1
    }
    if next != most + 1 { told.note("steps", say("The steps must end where the numbers end: at \(most).")) }
    return .number(least...most, steps: steps)
  }

  private func condition(_ node: Node, _ line: Int, depth: Int = 1) -> Condition? {
    let told = InstrumentNodes(
      node, known: ["item", "is", "at-least", "at-most", "all", "any"], line: line, faults)
    guard node.mapping != nil else { return nil }
    for name in ["all", "any"] where told.has(name) {
      guard depth < 4 else {
        told.note(name, say("Conditions stand within each other too deeply."))
        return nil
      }
      let parts = told.list(name, most: 20).compactMap { condition($0.node, $0.line, depth: depth + 1) }
      guard !parts.isEmpty else {
        told.note(name, say("“\(name)” needs a value."))
        return nil
      }
      return name == "all" ? .all(parts) : .any(parts)
    }
    guard let item = told.text("item") else { return nil }
    if let node = told.node("is") {
      let codes =
        node.scalar.map { [$0.string] } ?? told.list("is", most: 40).compactMap { $0.node.scalar?.string }
      if let long = codes.first(where: { $0.count > 40 }) {
        told.note("is", say("“\(String(long.prefix(40)))” is no word that may stand here."))
        return nil
      }
      if codes.isEmpty { told.note("is", say("“\("is")” needs a value.")) }
      return .isOneOf(item: item, codes: codes)
    }
    let bounds = -1_000_000_000...1_000_000_000
    if told.has("at-least") { return told.number("at-least", in: bounds).map { .atLeast(item: item, $0) } }
    if told.has("at-most") { return told.number("at-most", in: bounds).map { .atMost(item: item, $0) } }
    faults.note(told.line, say("A condition says what was answered: is, at-least or at-most."))
    return nil
  }
}
