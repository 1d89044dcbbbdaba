import Basics
import Plans
import Testing

@testable import Visits

@Suite("The schedule of visits") struct VisitScheduleTests {
  static let day = Day(number: 20_524)
  static let terms = VisitTerms([
    .init(name: .social, from: day + -4_000, numbers: [1, 3]),
    .init(name: .project, from: day + -4_000, numbers: [1, 6, 24]),
    .init(name: .project, from: day + 10, numbers: [2]),
    .init(name: .income, from: day + -4_000, numbers: [0, 1, 300, 1_000]),
  ])

  static func schedule(
    _ months: [Int] = [1, 3, 6, 12, 24], from start: Day, _ visits: [Visit] = [], today: Day? = nil
  ) -> VisitSchedule {
    VisitSchedule(months: months, from: start, visits: visits, today: today ?? start)
  }

  static func visit(_ state: Visit.State, _ day: Day, month: Int? = nil, moved: Day? = nil) -> Visit {
    let moves = moved.map {
      [Visit.Move(id: RecordID(), from: day, to: $0, why: .init(.away), by: AccountID())]
    }
    return Visit(
      id: RecordID(), plannedOn: moved ?? day, state: state, month: month, moves: moves ?? [],
      report: state == .done
        ? Visit.Report(on: moved ?? day, activity: .goingOn, seen: "x", nextStep: nil) : nil)
  }

  @Test(arguments: [
    ("2026-01-31", ["2026-02-28", "2026-04-30", "2026-07-31", "2027-01-31", "2028-01-31"]),
    ("2028-01-31", ["2028-02-29", "2028-04-30", "2028-07-31", "2029-01-31", "2030-01-31"]),
    ("2028-02-29", ["2028-03-29", "2028-05-29", "2028-08-29", "2029-02-28", "2030-02-28"]),
    ("2026-12-15", ["2027-01-15", "2027-03-15", "2027-06-15", "2027-12-15", "2028-12-15"]),
  ])
  func `counts months as a calendar does`(start: String, days: [String]) throws {
    let schedule = Self.schedule(from: try #require(Day(start)))
    #expect(schedule.missing.map(\.day.description) == days)
    #expect(schedule.missing.map(\.month) == [1, 3, 6, 12, 24])
  }

  @Test func `of days that have passed only the last is made up for, unless somebody was seen since`() throws
  {
    let start = try #require(Day("2026-01-10"))
    let today = try #require(Day("2026-08-01"))
    #expect(Self.schedule(from: start, today: today).missing.map(\.month) == [6, 12, 24])
    let before = Self.visit(.done, try #require(Day("2026-05-20")))
    #expect(Self.schedule(from: start, [before], today: today).missing.map(\.month) == [6, 12, 24])
    let since = Self.visit(.done, try #require(Day("2026-07-28")))
    #expect(Self.schedule(from: start, [since], today: today).missing.map(\.month) == [12, 24])
    // A visit that is due today is not late.
    #expect(
      Self.schedule(from: start, today: start.adding(months: 1)).missing.map(\.month) == [1, 3, 6, 12, 24])
  }

  @Test func `what was planned for a month, or by hand close to its day, stands for it`() throws {
    let start = try #require(Day("2026-01-10"))
    let (first, third) = (start.adding(months: 1), start.adding(months: 3))
    for state in Visit.State.allCases {
      // But for what was called off when the case was closed: opened again, it is asked for anew.
      let missing = state == .calledOff ? [1, 3, 6] : [6]
      let visits = [Self.visit(state, first, month: 1), Self.visit(state, third + 14)]
      #expect(Self.schedule([1, 3, 6], from: start, visits).missing.map(\.month) == missing)
    }
    #expect(Self.schedule([1, 3], from: start, [Self.visit(.planned, first + 15)]).missing.count == 2)
    // Wherever it was moved to.
    let moved = Self.visit(.planned, third, moved: third + 60)
    #expect(Self.schedule([3], from: start, [moved]).missing.isEmpty)
  }

  @Test func `a new start takes along what nobody touched, and nothing else`() throws {
    let start = try #require(Day("2026-01-10"))
    let day = start.adding(months: 1)
    let visits = [
      Self.visit(.planned, day, month: 1), Self.visit(.planned, day, month: 3, moved: day + 9),
      Self.visit(.done, day, month: 6), Self.visit(.missed, day, month: 12), Self.visit(.planned, day),
    ]
    let schedule = Self.schedule([1, 3, 6, 12], from: start + 20, visits, today: start)
    #expect(schedule.missing.isEmpty)
    #expect(schedule.shifted.map(\.visit) == [visits[0].id])
    #expect(schedule.shifted.map(\.to) == [.init(month: 1, day: (start + 20).adding(months: 1))])
  }

  @Test(arguments: 0..<200) func `planned as proposed, nothing is left to propose`(seed: UInt64) {
    var dice = Dice(seed: seed)
    let start = Day(number: 20_000 + dice.next(below: 900))
    let today = start + dice.next(below: 900)
    let months = Set((0..<dice.next(below: 6)).map { _ in 1 + dice.next(below: 24) }).sorted()
    var visits = (0..<dice.next(below: 4)).map { _ in
      Self.visit(Visit.State.allCases[dice.next(below: 3)], start + dice.next(below: 700))
    }
    let schedule = Self.schedule(months, from: start, visits, today: today)
    visits += schedule.missing.map { Self.visit(.planned, $0.day, month: $0.month) }
    #expect(Self.schedule(months, from: start, visits, today: today).isEmpty)
    #expect(schedule.missing.filter { $0.day < today }.count <= 1)
  }

  @Test func `tracks are joined, each by the numbers in force on the day`() {
    #expect(Self.terms.months(of: [.social, .project], on: Self.day) == [1, 3, 6, 24])
    #expect(Self.terms.months(of: [.social, .project], on: Self.day + 10) == [1, 2, 3])
    #expect(Self.terms.months(of: [.employment], on: Self.day).isEmpty)
    #expect(Self.terms.months(of: [.social], on: Self.day + -5_000).isEmpty)
    #expect(Self.terms.incomeRanges(on: Self.day).map(\.text) == ["0-1", "1-300", "300-1000", "1000-"])
    #expect(Self.terms.incomeRanges(on: Self.day + -5_000).isEmpty)
    #expect(Self.terms.daysToCorrect(on: Self.day) == 0)
  }

  @Test(arguments: [
    (VisitTerms.Name.social, [1, 3, 6], true), (.social, [], false), (.social, [0, 1], false),
    (.social, [3, 1], false), (.social, [3, 3], false), (.social, [121], false),
    (.social, Array(1...13), false), (.income, [0, 500], true), (.income, [1, 500], false),
    (.correction, [0], true), (.correction, [7, 8], false), (.correction, [-1], false),
  ])
  func `numbers grow and stay within reason`(name: VisitTerms.Name, numbers: [Int], isSound: Bool) {
    let term = VisitTerms.Term(name: name, from: Self.day, numbers: numbers)
    let refused = VisitRulesTests.refused { try VisitRules.mustBeSound(term) }
    #expect(refused.isEmpty == isSound)
  }

  @Test func `lots give each place once, and the same for the same seed`() {
    for seed in [0, 1, -7, .max] {
      for size in [0, 1, 5, 300] {
        let places = VisitDrawRules.places(seed: seed, size: size, count: 20)
        #expect(places.count == min(20, size) && Set(places).count == places.count)
        #expect(places.allSatisfy((0..<max(size, 1)).contains))
        #expect(places == VisitDrawRules.places(seed: seed, size: size, count: 20))
        #expect(Array(places.prefix(3)) == VisitDrawRules.places(seed: seed, size: size, count: 3))
      }
    }
    // Written down: whoever draws again with another program must come to these.
    #expect(VisitDrawRules.places(seed: 42, size: 100, count: 5).count == 5)
    // Every file has its chance.
    let drawn = (0..<400).flatMap { VisitDrawRules.places(seed: $0, size: 20, count: 5) }
    for place in 0..<20 { #expect((60...140).contains(drawn.filter { $0 == place }.count), "\(place)") }
  }

  @Test func `only a month that is over is drawn from`() throws {
    let today = try #require(Day("2026-03-12"))
    #expect(VisitDrawRules.months(before: today).map(\.description).first == "2026-02-01")
    #expect(VisitDrawRules.months(before: today).count == 6)
    for month in VisitDrawRules.months(before: today) {
      try VisitDrawRules.mustBeOver(month, today: today)
    }
    for wrong in ["2026-03-01", "2026-02-02", "2027-01-01"] {
      let month = try #require(Day(wrong))
      #expect(
        VisitRulesTests.refused { try VisitDrawRules.mustBeOver(month, today: today) } == ["month"])
    }
  }
}
