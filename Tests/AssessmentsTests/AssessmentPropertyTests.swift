import Basics
import Testing

@testable import Assessments

/// Whatever is tried in whatever order.
@Suite struct `Of any row of assessments` {
  private func made(_ fields: Fields) -> Assessment {
    Assessment(
      id: RecordID(), instrument: InstrumentID(code: "sample", version: 1), secondOf: nil, version: 1,
      fields: fields, editions: [], begunBy: AccountID(), withdrawn: nil)
  }

  @Test func `there is one a quarter, one first and one last, and the first and last stand at the ends`()
    throws
  {
    var taken = 0
    for seed in 1...200 {
      var dice = Dice(seed: UInt64(seed))
      var row: [Assessment] = []
      for _ in 0..<30 {
        let day = try #require(Day(year: 2026, month: 1, day: 1)) + dice.next(below: 1_200)
        let wave = Assessment.Wave.allCases[dice.next(below: 3)]
        let fields = Fields(["on": day.description, "wave": wave.rawValue])
        do throws(Refusal) {
          try AssessmentRules.mustFit(fields, beside: row)
        } catch {
          continue
        }
        row.append(made(fields))
        taken += 1
      }
      row.sort { ($0.givenOn ?? Day(number: 0)) < ($1.givenOn ?? Day(number: 0)) }
      let quarters = row.compactMap { $0.givenOn.map(AssessmentRules.quarter(of:)) }
      #expect(Set(quarters).count == row.count)
      let waves = row.compactMap(\.wave)
      for (index, wave) in waves.enumerated() {
        if wave == .baseline { #expect(index == 0) }
        if wave == .end { #expect(index == waves.count - 1) }
      }
    }
    #expect(taken > 500)
  }

  @Test func `a quarter is three months of a year`() throws {
    for (month, quarter) in [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4)] {
      let day = try #require(Day(year: 2026, month: month, day: 28))
      #expect(AssessmentRules.quarter(of: day) == "2026-\(quarter)")
    }
  }
}

/// A file that somebody spoiled.
@Suite struct `Of any text` {
  /// It is an instrument whose answers can be counted, or what is wrong is told with lines that are there.
  @Test func `the reading ends with an instrument or with faults`() throws {
    let lines = Sample.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let other = [
      "", "- ", "{", "x: [", "\u{0}", "weight: 0.5", "    if: {any: [{item: rooms, is: [bath]}]}", "\t", "é",
    ]
    var (dice, read) = (Dice(seed: 3), 0)
    for _ in 0..<600 {
      var spoiled = lines
      for _ in 0...dice.next(below: 3) {
        let place = dice.next(below: spoiled.count)
        switch dice.next(below: 4) {
        case 0: spoiled.remove(at: place)
        case 1: spoiled.insert(spoiled[dice.next(below: spoiled.count)], at: place)
        case 2: spoiled[place] = other[dice.next(below: other.count)]
        default: spoiled[place] = String(spoiled[place].shuffled(using: &dice))
        }
      }
      switch Instrument.read(spoiled.joined(separator: "\n")) {
      case .instrument(let instrument):
        read += 1
        let found = AssessmentScoring.scoring(instrument, ["income": .value("some"), "debts": .value("3")])
        #expect(found.composite.score.map { (Score.lowest...Score.highest).contains($0) } ?? true)
      case .faults(let faults):
        #expect(!faults.isEmpty)
        #expect(faults.allSatisfy { $0.line >= 1 && $0.line <= spoiled.count + 1 })
      }
    }
    #expect(read > 10)
  }
}
