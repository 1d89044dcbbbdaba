import Basics
import Testing

@testable import Assessments

@Suite struct `Counting answers` {
  private func scoring(_ answers: [String: Answer], _ text: String = Sample.text) throws -> Scoring {
    AssessmentScoring.scoring(try Sample.instrument(text), answers)
  }

  /// (0.75 × 0.5 + 0.25 × 1) × 0.6 + 1 × 0.4 = 0.775, by a pocket calculator.
  @Test func `gives the weighted mean of dimensions, and the band by it`() throws {
    let found = try scoring([
      "income": .value("some"), "debts": .value("0"), "housed": .value("yes"),
      "rooms": .value("kitchen bath"),
    ])
    #expect(found.composite == .score(Score(thousandths: 775)) && found.band == "high")
    #expect(found.dimensions.map(\.outcome.score) == [Score(thousandths: 625), Score(thousandths: 1_000)])
    #expect(found.answered == 3 && found.concerned == 3)
  }

  @Test func `leaves out what is missing, and never counts it as nothing`() throws {
    for missing in [nil, Answer.refused, .notApplicable] {
      var answers: [String: Answer] = [
        "income": .value("enough"), "housed": .value("yes"), "rooms": .value("bath kitchen"),
      ]
      answers["debts"] = missing
      let found = try scoring(answers)
      #expect(found.composite == .score(.highest) && found.answered == 2)
      #expect(found.concerned == (missing == .notApplicable ? 2 : 3))
      #expect(
        (found.refused, found.notApplicable, found.notAsked) == (
          missing == .refused ? 1 : 0, missing == .notApplicable ? 1 : 0, missing == nil ? 1 : 0
        ))
    }
  }

  @Test func `withholds the score under the minimum, and where a dimension has none`() throws {
    #expect(
      try scoring(["income": .value("some")]).composite == .withheld(.tooFew(answered: 1, needed: 2)))
    let found = try scoring([
      "income": .value("some"), "debts": .value("3"), "housed": .value("yes"), "rooms": .refused,
    ])
    #expect(found.composite == .withheld(.dimension("home")) && found.band == nil)
  }

  @Test func `leaves a dimension out that does not concern the person`() throws {
    let found = try scoring(["income": .value("some"), "debts": .value("3"), "housed": .value("no")])
    #expect(found.dimensions.last?.outcome == .withheld(.notConcerned))
    #expect(found.composite == .score(Score(thousandths: 375)))
    let none = try scoring(["income": .notApplicable, "debts": .notApplicable, "housed": .value("no")])
    #expect(none.composite == .withheld(.notConcerned))
  }

  @Test func `without weights gives answers and no score`() throws {
    let risk = try #require(InstrumentShipped.all.first { $0.instrument.code == "risk" }).instrument
    let found = AssessmentScoring.scoring(risk, ["safe-now": .value("no"), "threats": .refused])
    #expect(found.composite == .withheld(.weightsNotLoaded) && found.refused == 1)
  }

  @Test func `ignores an answer to what is not to be asked`() throws {
    let with = try scoring(["income": .value("some"), "debts": .value("0"), "rooms": .value("bath")])
    let without = try scoring(["income": .value("some"), "debts": .value("0")])
    #expect(with == without)
  }

  @Test func `rounds half up to thousandths, and exactly`() throws {
    // Of three equal dimensions: (1 + 0 + 0.5) / 3 and thirds of thirds.
    let follow = try #require(InstrumentShipped.all.first { $0.instrument.code == "follow-up" }).instrument
    let answers: [String: Answer] = [
      "work": .value("regular"), "needs": .value("always"), "home": .value("no"), "care": .value("never"),
      "place": .value("often"), "support": .value("one"), "worry": .value("always"),
      "future": .value("unsure"),
    ]
    let found = AssessmentScoring.scoring(follow, answers)
    // Psychosocial: (0.667 + 0.5 + 0 + 0.5) / 4 = 0.41675; all: 1.41675 / 3 = 0.47225.
    #expect(found.dimensions.map(\.outcome.score?.thousandths) == [1_000, 0, 417])
    #expect(found.composite == .score(Score(thousandths: 472)))
  }
}

/// Whatever is answered.
@Suite struct `Of any answers` {
  private static let instruments = InstrumentShipped.all.map(\.instrument).filter { !$0.isFrame }

  private func answers(_ instrument: Instrument, _ dice: inout Dice) -> [String: Answer] {
    instrument.items.reduce(into: [:]) { answers, item in
      switch dice.next(below: 6) {
      case 0: break
      case 1: answers[item.code] = .refused
      case 2: answers[item.code] = .notApplicable
      default: answers[item.code] = value(item, &dice)
      }
    }
  }

  private func value(_ item: Item, _ dice: inout Dice) -> Answer? {
    switch item.kind {
    case .oneOf(let options), .yesNo(let options): .value(options[dice.next(below: options.count)].code)
    case .severalOf(let options):
      .value(options.filter { _ in dice.next(below: 2) == 0 }.map(\.code).joined(separator: " "))
    case .number(let range, _): .value(String(range.lowerBound + dice.next(below: range.count)))
    case .text: .value("words")
    case .date: .value("2026-05-01")
    }
  }

  private func shuffled(_ instrument: Instrument, _ dice: inout Dice) -> Instrument {
    Instrument(
      code: instrument.code, version: instrument.version, name: instrument.name, purpose: instrument.purpose,
      section: instrument.section, from: instrument.from, until: instrument.until, source: instrument.source,
      rule: instrument.rule, checkedBy: nil, checkedOn: nil, weights: instrument.weights,
      scale: instrument.scale,
      minimum: instrument.minimum, dimensions: instrument.dimensions.shuffled(using: &dice),
      bands: instrument.bands,
      // What a condition goes by stays before it: those without come first.
      items: instrument.items.filter { $0.condition == nil }.shuffled(using: &dice)
        + instrument.items.filter { $0.condition != nil }.shuffled(using: &dice), isFrame: false)
  }

  @Test func `the score does not depend on the order of items and dimensions`() {
    var dice = Dice(seed: 7)
    for _ in 0..<400 {
      for instrument in Self.instruments {
        let answers = answers(instrument, &dice)
        let (one, other) = (
          AssessmentScoring.scoring(instrument, answers),
          AssessmentScoring.scoring(shuffled(instrument, &dice), answers)
        )
        #expect(one.band == other.band && one.answered == other.answered && one.concerned == other.concerned)
        #expect(one.composite.score == other.composite.score)
      }
    }
  }

  @Test func `a score lies between 0 and 1, and in a band where there are bands`() {
    var (dice, scored) = (Dice(seed: 11), 0)
    for _ in 0..<400 {
      for instrument in Self.instruments {
        let found = AssessmentScoring.scoring(instrument, answers(instrument, &dice))
        guard let score = found.composite.score else {
          #expect(found.band == nil)
          continue
        }
        scored += 1
        #expect((Score.lowest...Score.highest).contains(score) && found.answered >= instrument.minimum)
        #expect(instrument.bands.isEmpty == (found.band == nil))
      }
    }
    #expect(scored > 100)
  }

  /// Taking an answer away moves a dimension's score to the mean of what is left: below it only if what went was above.
  @Test func `what is missing is never counted as nothing`() throws {
    var dice = Dice(seed: 13)
    for _ in 0..<300 {
      for instrument in Self.instruments where instrument.weights != .none {
        var answers = answers(instrument, &dice)
        let scored = instrument.items.filter {
          AssessmentScoring.score(of: answers[$0.code], to: $0) != nil
            && AssessmentScoring.asked(instrument, answers).contains($0.code)
        }
        guard let gone = scored.randomElement(using: &dice),
          !instrument.items.contains(where: { $0.condition?.items.contains(gone.code) ?? false }),
          let its = AssessmentScoring.score(of: answers[gone.code], to: gone)
        else { continue }
        let before = dimension(gone, instrument, answers)
        answers[gone.code] = [Answer.refused, .notApplicable, nil][dice.next(below: 3)]
        let after = dimension(gone, instrument, answers)
        guard let before, let after else { continue }
        if its <= before { #expect(after >= before) } else { #expect(after <= before) }
      }
    }
  }

  private func dimension(_ item: Item, _ instrument: Instrument, _ answers: [String: Answer]) -> Score? {
    AssessmentScoring.scoring(instrument, answers).dimensions.first { $0.code == item.dimension }?.outcome
      .score
  }
}

@Suite struct `Two assessors` {
  @Test func `agree by Cohen's kappa, and by a share where there is nothing to choose`() {
    // 20 pairs, 15 the same; expected by chance 0.5: kappa 0.5.
    let counts = [
      AgreementCount(first: "yes", second: "yes", pairs: 8),
      AgreementCount(first: "yes", second: "no", pairs: 2),
      AgreementCount(first: "no", second: "yes", pairs: 3),
      AgreementCount(first: "no", second: "no", pairs: 7),
      AgreementCount(first: "yes", second: Agreement.missing, pairs: 4),
    ]
    let found = Agreement(counts, hasOptions: true)
    #expect((found.pairs, found.same, found.incomplete, found.kappa) == (20, 15, 4, 500))
    #expect(Agreement(counts, hasOptions: false).kappa == nil)
    let alike = Agreement([AgreementCount(first: "yes", second: "yes", pairs: 9)], hasOptions: true)
    #expect(alike.kappa == nil && alike.same == 9)
    #expect(Agreement([], hasOptions: true).pairs == 0)
  }
}
