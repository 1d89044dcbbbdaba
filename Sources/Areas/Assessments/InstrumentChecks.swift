import Basics

/// What can only be seen of the whole instrument: weights that do not add up, conditions that lead nowhere.
struct InstrumentChecks {
  let faults: InstrumentNodes.Faults
  let instrument: Instrument
  let nodes: InstrumentNodes

  init(_ faults: InstrumentNodes.Faults, _ instrument: Instrument, _ nodes: InstrumentNodes) {
    (self.faults, self.instrument, self.nodes) = (faults, instrument, nodes)
  }

  func check(itemLines: [Int], dimensionLines: [Int]) {
    dates()
    codes(itemLines, dimensionLines)
    scores(itemLines)
    dimensions(dimensionLines)
    conditions(itemLines)
    if instrument.weights == .none, !instrument.bands.isEmpty {
      nodes.note("bands", say("Without weights there is no score, and no band."))
    }
    if instrument.minimum > instrument.scoredItems.count {
      nodes.note("minimum", say("More items are needed than are counted: \(instrument.scoredItems.count)."))
    }
    if instrument.items.isEmpty, nodes.has("items") {
      nodes.note("items", say("“\("items")” needs a value."))
    }
  }

  private func dates() {
    if let until = instrument.until, until < instrument.from {
      nodes.note("valid-until", say("The last day is before the first."))
    }
    if (instrument.checkedBy == nil) != (instrument.checkedOn == nil) {
      nodes.note(
        instrument.checkedBy == nil ? "checked-on" : "checked-by",
        say("Who checked it and on which day stand together, or neither."))
    }
  }

  private func codes(_ itemLines: [Int], _ dimensionLines: [Int]) {
    func repeated(_ codes: [String], _ lines: [Int]) {
      for (index, code) in codes.enumerated() where !code.isEmpty && codes[..<index].contains(code) {
        faults.note(lines[index], say("The code “\(code)” stands here twice."))
      }
    }
    repeated(instrument.items.map(\.code), itemLines)
    repeated(instrument.dimensions.map(\.code), dimensionLines)
  }

  private func scores(_ lines: [Int]) {
    for (item, line) in zip(instrument.items, lines) {
      let hasScores: Bool =
        switch item.kind {
        case .oneOf(let options), .severalOf(let options), .yesNo(let options):
          options.contains { $0.score != nil }
        case .number(_, let steps): !steps.isEmpty
        case .text, .date: false
        }
      guard let dimension = item.dimension else {
        if hasScores { faults.note(line, say("“\(item.code)” has scores and is counted into no dimension.")) }
        continue
      }
      if instrument.dimension(dimension) == nil {
        faults.note(line, say("There is no dimension “\(dimension)”."))
      }
      if !hasScores, instrument.weights != .none {
        faults.note(line, say("“\(item.code)” is counted into a dimension and has no scores."))
      }
    }
  }

  private func dimensions(_ lines: [Int]) {
    guard instrument.weights != .none else { return }
    if instrument.dimensions.isEmpty {
      return faults.note(nodes.line, say("“\("dimensions")” is missing."))
    }
    for (dimension, line) in zip(instrument.dimensions, lines) {
      let items = instrument.items.filter { $0.dimension == dimension.code }
      if items.isEmpty { faults.note(line, say("No item is counted into “\(dimension.code)”.")) }
      if dimension.minimum > items.count, !items.isEmpty {
        faults.note(line, say("More items are needed than are counted: \(items.count)."))
      }
      addUp(items.map(\.weight), line, say("The weights of the items of “\(dimension.code)”"))
    }
    addUp(
      instrument.dimensions.map(\.weight), nodes.line(of: "dimensions"), say("The weights of the dimensions"))
  }

  private func addUp(_ weights: [Int], _ line: Int, _ what: Phrase) {
    // A weight of 0 was told as missing or wrong already.
    guard instrument.weights == .loaded, !weights.contains(0), !weights.isEmpty else { return }
    let sum = weights.reduce(0, +)
    guard sum != 1_000_000 else { return }
    let words = Language.allCases.reduce(into: [:]) { $0[$1] = Reader($1)(what) }
    faults.note(line, say("\(words) add up to \(Decimals.text(millionths: sum)) and not to 1."))
  }

  private func conditions(_ lines: [Int]) {
    for (index, item) in instrument.items.enumerated() {
      guard let condition = item.condition else { continue }
      check(condition, of: item, at: lines[index], before: index)
    }
  }

  private func check(_ condition: Condition, of item: Item, at line: Int, before index: Int) {
    switch condition {
    case .all(let parts), .any(let parts):
      for part in parts { check(part, of: item, at: line, before: index) }
    case .isOneOf(let code, let codes):
      guard let other = find(code, of: item, at: line, before: index) else { return }
      for option in codes where other.option(option) == nil {
        faults.note(line, say("“\(code)” has no answer “\(option)”."))
      }
    case .atLeast(let code, _), .atMost(let code, _):
      guard let other = find(code, of: item, at: line, before: index) else { return }
      guard case .number = other.kind else {
        return faults.note(line, say("“\(code)” is no number: say which of its answers."))
      }
    }
  }

  private func find(_ code: String, of item: Item, at line: Int, before index: Int) -> Item? {
    guard let place = instrument.items.firstIndex(where: { $0.code == code }) else {
      faults.note(line, say("The condition of “\(item.code)” goes by “\(code)”, which is not known here."))
      return nil
    }
    if leads(from: code, to: item.code) {
      faults.note(
        line, say("The conditions go round in a circle: “\(item.code)” goes by “\(code)”, and that by it."))
    } else if place >= index {
      faults.note(line, say("“\(item.code)” goes by “\(code)”, which is asked after it."))
    }
    return instrument.items[place]
  }

  /// Whether the condition of one item goes by another, itself or by way of others.
  private func leads(from start: String, to target: String) -> Bool {
    var (waiting, seen): ([String], Set<String>) = ([start], [])
    while let code = waiting.popLast() {
      if code == target { return true }
      guard seen.insert(code).inserted, let condition = instrument.item(code)?.condition else { continue }
      waiting += condition.items
    }
    return false
  }
}
