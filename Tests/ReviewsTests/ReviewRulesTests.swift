import Basics
import Foundation
import TestSupport
import Testing

@testable import Reviews

@Suite struct `Reviews by their rules` {
  @Test func `the same seed and size give the same places, each once`() {
    let first = ReviewRules.places(seed: 41, size: 100, count: 30)
    #expect(first == ReviewRules.places(seed: 41, size: 100, count: 30))
    #expect(Set(first).count == 30 && first.allSatisfy { (0..<100).contains($0) })
    #expect(first != ReviewRules.places(seed: 42, size: 100, count: 30))
    #expect(ReviewRules.places(seed: 1, size: 3, count: 30).sorted() == [0, 1, 2])
    #expect(Array(first.prefix(5)) == ReviewRules.places(seed: 41, size: 100, count: 5))
  }

  @Test func `each place is drawn about as often as any other`() {
    var counts = Array(repeating: 0, count: 10)
    for seed in 0..<2_000 {
      for place in ReviewRules.places(seed: seed, size: 10, count: 3) { counts[place] += 1 }
    }
    // 600 expected; five standard deviations of 2,000 draws of three in ten are about 102.
    #expect(counts.allSatisfy { abs($0 - 600) < 103 }, "\(counts)")
  }

  /// 25 grant proposals read by two: 20 yes and yes, 5 yes and no, 10 no and yes, 15 no and no.
  @Test func `kappa is that of the textbooks`() throws {
    let pairs =
      Array(repeating: (first: "yes", second: "yes"), count: 20)
      + Array(repeating: (first: "yes", second: "no"), count: 5)
      + Array(repeating: (first: "no", second: "yes"), count: 10)
      + Array(repeating: (first: "no", second: "no"), count: 15)
    let agreement = Agreement(pairs)
    #expect(agreement.pairs == 50 && agreement.same == 35 && agreement.share == 70)
    #expect(abs(try #require(agreement.kappa) - 0.4) < 0.000_1)
    #expect(agreement.isEnough)
  }

  @Test
  func
    `kappa is one for raters who always agree, below nothing for those who never do, and unknown for one answer`()
    throws
  {
    let agreeing = Agreement([(first: 1, second: 1), (first: 2, second: 2)])
    #expect(agreeing.kappa == 1 && agreeing.share == 100 && !agreeing.isEnough)
    let opposed = Agreement([(first: 1, second: 2), (first: 2, second: 1)])
    #expect(opposed.kappa == -1 && opposed.share == 0)
    let single = Agreement(Array(repeating: (first: 1, second: 1), count: 40))
    #expect(single.kappa == nil && single.isEnough)
    let none = Agreement([(first: Int, second: Int)]())
    #expect(none.kappa == nil && none.share == 0 && !none.isEnough)
  }

  @Test func `too few pairs are said to be too few, in every language`() {
    let few = Agreement([(first: 1, second: 1)])
    #expect(ReviewWords.told(few, Reader(.english)) == "not enough to tell (1 pairs)")
    let reader = Reader(.french)
    #expect(ReviewWords.decimal(0.4, reader) == "0,40" && ReviewWords.decimal(-0.125, reader) == "−0,13")
    #expect(ReviewWords.decimal(0.4, Reader(.english)) == "0.40")
    let enough = Agreement(Array(repeating: (first: 1, second: 1), count: 20) + [(first: 2, second: 2)])
    #expect(ReviewWords.told(enough, reader).contains("kappa 1,00"))
    #expect(ReviewWords.told(enough, Reader(.arabic)).contains("1,00"))
  }

  @Test func `opening, reading and printing are not having in hand; writing is`() {
    for act in [
      "case.open", "case.open-outside", "person.open", "document.read", "document.read-outside", "plan.print",
      "rights.copy", "review.done", "review.finding", "task.give", "person.found-elsewhere", "meeting.item",
    ] { #expect(!ReviewRules.isByHand(act), "\(act)") }
    for act in ["case.receive", "case.assign", "note.write", "plan.agree", "case.reopen", "visit.look"] {
      #expect(ReviewRules.isByHand(act), "\(act)")
    }
  }

  @Test func `a reading is done with an answer to each question and words to each no`() {
    let items = ["a", "b"]
    let draft = ReviewDraft(answers: ["a": .no], isDone: false)
    #expect(throws: Never.self) { try ReviewRules.mustBeDone(draft, items: items) }
    let half = ReviewDraft(answers: ["a": .no], isDone: true)
    #expect(
      throws: Refusal.invalid([
        FieldError("words-a", say("Say what is missing.")),
        FieldError("answer-b", say("Answer this question, or leave the draft open.")),
      ])
    ) { try ReviewRules.mustBeDone(half, items: items) }
    let whole = ReviewDraft(answers: ["a": .no, "b": .apart], words: ["a": "No plan"], isDone: true)
    #expect(throws: Never.self) { try ReviewRules.mustBeDone(whole, items: items) }
  }

  @Test func `a period that is not over, a size or raters out of range are refused`() throws {
    let today = try #require(Day("2026-03-12"))
    func new(until day: Day, count: Int = 5, raters: Int = 2) -> NewReviewRound {
      let criteria = ReviewRound.Criteria(antenna: "TUN", basis: .received, days: (day + -9)...day)
      return NewReviewRound(criteria, count: count, raters: raters)
    }
    #expect(throws: Never.self) { try ReviewRules.mustBeWhole(new(until: today), today: today) }
    for wrong in [
      new(until: today + 1), new(until: today, count: 0), new(until: today, count: 31),
      new(until: today, raters: 3),
    ] { #expect(throws: Refusal.self) { try ReviewRules.mustBeWhole(wrong, today: today) } }
  }

  @Test func `quarters go back from the one of today`() throws {
    let today = try #require(Day("2026-11-29"))
    #expect(
      ReviewRules.quarters(4, until: today).map(\.description)
        == ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"])
  }

  @Test func `figures count yes among yes and no, in the quarter of the reading`() throws {
    let quarters = ReviewRules.quarters(2, until: try #require(Day("2026-11-29")))
    let figures = ReviewFigures(
      [
        (day: try #require(Day("2026-10-02")), answers: ["a": .yes, "b": .apart]),
        (day: try #require(Day("2026-11-02")), answers: ["a": .no]),
        (day: try #require(Day("2026-09-30")), answers: ["a": .yes]),
        (day: try #require(Day("2026-06-30")), answers: ["a": .yes]),
      ], items: ["a", "b"], quarters: quarters)
    #expect(figures.lines.map(\.item) == ["a"])
    #expect(figures.lines[0].shares == [.init(yes: 1, answered: 1), .init(yes: 1, answered: 2)])
  }

  @Test func `the checklist that goes out is whole, and faults are named`() throws {
    let known = ReviewKnowledge.own
    #expect(known.checklists.count == 1 && (known.checklist(1)?.items.count ?? 0) >= 10)
    #expect(known.checklists.joinedItems.allSatisfy { $0.name.count == Language.allCases.count })
    func fault(_ yaml: String) -> String? {
      do {
        _ = try ReviewKnowledge(yaml: yaml)
        return nil
      } catch { return "\(error)" }
    }
    #expect(fault("checklists: []") == "there is no checklist, or two of one version")
    let item = "      - {code: a, source: proposal, name: {fr: A, ar: ب}}"
    #expect(
      fault("checklists:\n  - version: 1\n    from: 2026-01-01\n    items:\n\(item)")
        == "question “a”: no name in en")
    #expect(
      fault("checklists:\n  - version: 1\n    from: soon\n    items:\n\(item)")?.contains("not a day") == true
    )
  }

  @Test func `a round takes the version of its day`() throws {
    func part(_ version: Int, _ from: String) -> String {
      "  - {version: \(version), from: \(from), items: [{code: a, source: proposal, name: {fr: A, ar: A, en: A}}]}\n"
    }
    let known = try ReviewKnowledge(yaml: "checklists:\n" + part(2, "2026-06-01") + part(1, "2026-01-01"))
    #expect(known.checklist(on: try #require(Day("2026-05-31")))?.version == 1)
    #expect(known.checklist(on: try #require(Day("2026-06-01")))?.version == 2)
    #expect(known.name(of: "gone", in: 1, .french) == "gone")
  }
}

extension [ReviewChecklist] {
  fileprivate var joinedItems: [ReviewChecklist.Item] { flatMap(\.items) }
}
