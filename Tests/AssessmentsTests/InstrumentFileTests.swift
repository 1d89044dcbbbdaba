import Basics
import Foundation
import Testing

@testable import Assessments

@Suite struct `The file of a questionnaire` {
  @Test func `is read with its conditions, weights and bands`() throws {
    let instrument = try Sample.instrument()
    #expect(instrument.id.rawValue == "sample.1" && instrument.items.count == 4)
    #expect(instrument.dimensions.map(\.weight) == [600_000, 400_000])
    #expect(instrument.item("rooms")?.condition == .isOneOf(item: "housed", codes: ["yes"]))
    #expect(instrument.band(of: Score(thousandths: 499))?.code == "low")
    #expect(instrument.band(of: Score(thousandths: 500))?.code == "high")
    #expect(instrument.band(of: .highest)?.code == "high")
  }

  @Test(arguments: [
    ("item: housed, is: [yes]", "item: houzed, is: [yes]", "goes by “houzed”, which is not known here"),
    ("item: housed, is: [yes]", "item: housed, is: [maybe]", "“housed” has no answer “maybe”"),
    ("item: housed, is: [yes]", "item: housed, at-least: 1", "“housed” is no number"),
    ("item: housed, is: [yes]", "item: rooms, is: [bath]", "go round in a circle: “rooms” goes by “rooms”"),
    ("weight: 0.6,", "weight: 0.5,", "The weights of the dimensions add up to 0.9 and not to 1."),
    ("weight: 0.25", "weight: 0.2", "The weights of the items of “money” add up to 0.95 and not to 1."),
    ("weight: 0.25", "weight: 2", "“2” is no weight"),
    ("weight: 0.75", "dimensions: 3", "“dimensions” is no word that may stand here."),
    ("fr: Revenu, ar: الدخل, en: Income", "fr: Revenu, en: Income", "“text” is missing in ar."),
    ("from: 0.5, to: 1,", "from: 0.6, to: 1,", "The bands have a hole: nothing stands from 0.500 to 0.600."),
    ("from: 0.5, to: 1,", "from: 0.4, to: 1,", "The bands overlap: this one begins before 0.500."),
    (
      "from: 0.5, to: 1,", "from: 0.5, to: 0.9,", "The bands have a hole: nothing stands from 0.900 to 1.000."
    ),
    ("score: 0.75", "score: 1.5", "“1.5” is no score"),
    ("to: 100, score: 0", "to: 99, score: 0", "The steps must end where the numbers end: at 100."),
    ("kind: yes-no", "kind: perhaps", "“perhaps” is not known here"),
    ("code: bath", "code: kitchen", "The code “kitchen” stands here twice."),
    ("code: debts", "code: income", "The code “income” stands here twice."),
    ("dimension: home", "dimension: house", "There is no dimension “house”."),
    ("minimum: 2", "minimum: 9", "More items are needed than are counted: 3."),
    ("valid-from: 2020-01-01", "valid-from: tomorrow", "“tomorrow” is no day"),
    ("valid-from: 2020-01-01", "valid-from: 2020-01-01\nchecked-by: OTE", "stand together, or neither"),
    ("version: 1", "version: one", "Write a whole number from 1 to 9999."),
    ("section: none", "section: bank", "write one of none, social, employment, health"),
    ("weights: loaded", "weights: equal", "“weights” does not say that weights are loaded"),
    ("instrument: sample", "instrument: \"a b\"", "A code is of small letters"),
  ])
  func `is refused with the line and the reason`(part: String, other: String, reason: String) {
    let text = Sample.text.replacing(part, with: other, maxReplacements: 1)
    let faults = Sample.faults(text)
    #expect(faults.contains { $0.contains(reason) }, "\(faults)")
    let told = faults.first { $0.contains(reason) }.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
    #expect((1...text.split(separator: "\n").count).contains(told))
  }

  @Test func `names the very line`() {
    for (part, other) in [
      ("section: none", "section: bank"), ("score: 0.75", "score: 7"), ("kind: yes-no", "kind: perhaps"),
      ("from: 0.5, to: 1,", "from: 0.6, to: 1,"), ("minimum: 2", "minimum: 9"),
    ] {
      let text = Sample.text.replacing(part, with: other, maxReplacements: 1)
      #expect(Sample.faults(text).contains { $0.hasPrefix("\(Sample.line(other, in: text)): ") }, "\(other)")
    }
  }

  @Test func `says where what it goes by leads in a circle or comes later`() {
    let circle = Sample.text
      .replacing("kind: yes-no\n", with: "kind: yes-no\n    if: {item: rooms, is: [bath]}\n")
    #expect(Sample.faults(circle).contains { $0.contains("go round in a circle: “housed” goes by “rooms”") })
    let later = Sample.text.replacing(
      "kind: number\n", with: "kind: number\n    if: {item: housed, is: [yes]}\n")
    #expect(
      Sample.faults(later).contains { $0.contains("“debts” goes by “housed”, which is asked after it.") })
  }

  @Test func `is told as a whole: every fault at once, in the order of lines`() {
    let text = Sample.text.replacing("section: none", with: "section: bank").replacing(
      "score: 0.75", with: "score: 7")
    let lines = Sample.faults(text).compactMap { Int($0.prefix { $0.isNumber }) }
    #expect(lines.count >= 2 && lines == lines.sorted())
  }

  @Test(arguments: [
    "", "just words", "- a\n- b", "a: [b", "items: {", "\u{1}", "instrument: sample\ninstrument: other",
    String(repeating: "a: &x [1]\nb: *x\n", count: 3), "items: 3", "items:\n  - 3\n  - [4]\n",
  ])
  func `that is none is refused in words`(text: String) {
    #expect(!Sample.faults(text).isEmpty)
  }

  @Test func `stands for itself: what stands for another place is refused before it is unfolded`() {
    var text = "a: &a {x: 1}\n"
    for step in 1...40 { text += "b\(step): &b\(step) {? *a : [*a, *a], y: *a}\n" }
    #expect(Sample.faults(text).first == "1: “&a” stands for another place: write out what is meant.")
    #expect(Sample.faults(Sample.text.replacing("en: Money", with: "en: R&D *and* more")).isEmpty)
  }

  @Test func `that is too large, or of too many items, is not read`() {
    #expect(Sample.faults(String(repeating: "#", count: 200_001)).first?.contains("200 kB") == true)
    let many = Sample.text + String(repeating: "\n  - {code: x, kind: text}", count: 200)
    #expect(Sample.faults(many).contains { $0.contains("at most 120") })
  }

  @Test func `in the documentation is one, and counts as it says there`() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../docs/assessments.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let example = try #require(text.firstMatch(of: /```yaml\n([\s\S]*?)```/)).1
    let instrument = try Sample.instrument(String(example))
    var answers: [String: Answer] = [
      "income": .value("some"), "debts": .value("0"), "housed": .value("yes"),
      "rooms": .value("kitchen bath"),
    ]
    func score() -> Score? { AssessmentScoring.scoring(instrument, answers).composite.score }
    #expect(score() == Score(thousandths: 775))
    answers["income"] = .refused
    #expect(score() == .highest)
    (answers["income"], answers["housed"]) = (.value("some"), .value("no"))
    #expect(score() == Score(thousandths: 625))
  }

  @Test func `without weights has no band, and needs no minimum`() {
    let text = Sample.text.replacing("weights: loaded", with: "weights: none")
    #expect(Sample.faults(text).contains { $0.contains("Without weights there is no score") })
  }
}

@Suite struct `What ships` {
  @Test(arguments: InstrumentShipped.codes) func `is read without a fault`(code: String) throws {
    let text = try #require(InstrumentShipped.text(code))
    #expect(Sample.faults(text) == [])
    let kept = try #require(InstrumentShipped.all.first { $0.instrument.code == code })
    #expect(kept.instrument.code == code && kept.instrument.checkedBy == nil)
    #expect(kept.state == (kept.instrument.isFrame ? .loaded : .inForce))
  }

  /// No weight is claimed that nobody has given, and no score but in equal steps.
  @Test func `has equal weights or none, and says that it is not validated`() {
    for instrument in InstrumentShipped.all.map(\.instrument) {
      #expect(instrument.weights != .loaded, "\(instrument.code)")
      let source = instrument.source[.english] ?? ""
      #expect(instrument.isFrame || source.contains("not validated. To be checked by"), "\(instrument.code)")
      for item in instrument.items where item.dimension != nil {
        guard case .oneOf(let options) = item.kind else { continue }
        let scores = options.compactMap { $0.score?.thousandths }
        let steps = (0..<scores.count).map { Int((Double(1_000 * $0) / Double(scores.count - 1)).rounded()) }
        #expect(scores == steps, "\(instrument.code) \(item.code)")
      }
    }
  }

  @Test func `holds the frame of the RSS, and nothing invented in it`() throws {
    let frame = try #require(InstrumentShipped.all.first { $0.instrument.isFrame }).instrument
    #expect(frame.dimensions.count == 3 && frame.items.count == 15 && frame.weights == .none)
    #expect(frame.items.allSatisfy { $0.text.isEmpty && $0.options.isEmpty && $0.dimension == nil })
  }

  @Test func `follows three dimensions alike`() throws {
    let instrument = try #require(InstrumentShipped.all.first { $0.instrument.code == "follow-up" })
      .instrument
    #expect(instrument.dimensions.map(\.code) == ["economic", "social", "psychosocial"])
    #expect(Set(instrument.dimensions.map(\.weight)) == [1] && instrument.weights == .equal)
  }
}
