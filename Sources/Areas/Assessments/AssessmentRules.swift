import Basics
import Foundation

/// Decisions only: no database, no clock, no request.
enum AssessmentRules {
  /// Assessments that a case may have; more are a mistake.
  static let most = 120
  /// Corrections that an assessment may have.
  static let mostEditions = 50
  /// Days between two assessors' answers that are compared, at most: later the person may have changed.
  static let mostDaysApart = 31
  /// Years before which nothing was given.
  static let mostYears = 10

  /// "2026-4": the quarter of the year in which a day lies.
  static func quarter(of day: Day) -> String {
    let (year, month, _) = day.parts
    return "\(year)-\((month - 1) / 3 + 1)"
  }

  /// In which quarter it counts; nil where it is a second reading.
  static func quarter(of fields: Fields, secondOf: Bool) -> String? {
    guard !secondOf, let day = fields["on"].flatMap({ Day($0) }) else { return nil }
    return quarter(of: day)
  }

  static func mayBegin(beside others: [Assessment]) throws(Refusal) {
    guard others.count < most else {
      throw .conflict(say("This case has \(most) assessments already: no more can be added."))
    }
  }

  /// The same instrument may not be asked twice in a quarter, and the waves follow each other.
  /// - Parameter others: of the same case and instrument, without this one.
  static func mustFit(_ fields: Fields, beside others: [Assessment]) throws(Refusal) {
    guard let day = fields["on"].flatMap({ Day($0) }),
      let wave = fields["wave"].flatMap({ Assessment.Wave(rawValue: $0) })
    else { return }
    let counting = others.filter(\.counts)
    var errors: [FieldError] = []
    if let other = counting.first(where: { $0.givenOn.map { quarter(of: $0) == quarter(of: day) } ?? false }),
      let on = other.givenOn
    {
      errors.append(
        FieldError(
          "on", say("Answers of \(on) are there already: a questionnaire is given once a quarter at most.")))
    }
    if wave != .middle, let other = counting.first(where: { $0.wave == wave }), let on = other.givenOn {
      errors.append(
        FieldError(
          "wave",
          wave == .baseline
            ? say("There is a first one already, of \(on).") : say("There is a last one already, of \(on).")))
    }
    for other in counting where !isOrdered(wave, day, other) {
      guard let on = other.givenOn else { continue }
      errors.append(
        FieldError(
          "wave",
          say("This does not follow the answers of \(on): look at the days and at first, later and last.")))
      break
    }
    guard errors.isEmpty else { throw .invalid(errors) }
  }

  /// What is first stands before all others, what is last after them.
  private static func isOrdered(_ wave: Assessment.Wave, _ day: Day, _ other: Assessment) -> Bool {
    guard let otherDay = other.givenOn, let otherWave = other.wave else { return true }
    let order = Assessment.Wave.allCases
    guard let mine = order.firstIndex(of: wave), let theirs = order.firstIndex(of: otherWave), mine != theirs
    else { return true }
    return mine < theirs ? day <= otherDay : otherDay <= day
  }

  /// What another assessor gives for comparison: the same questions, shortly before or after.
  static func mayCompare(
    with first: Assessment, instrument: InstrumentID, seconds: [Assessment], by account: AccountID
  ) throws(Refusal) {
    guard first.isConcluded, first.counts, first.instrument == instrument else {
      throw .conflict(say("Only what is concluded and counts can be given a second time for comparison."))
    }
    guard seconds.allSatisfy({ $0.withdrawn != nil }) else {
      throw .conflict(say("A second assessor has given this already."))
    }
    guard first.begunBy != account, first.editions.first?.concludedBy != account else {
      throw .conflict(say("You gave this yourself: it is compared with what a colleague finds."))
    }
  }

  /// The last one of the same instrument that was given before, is concluded and counts.
  /// - Parameter all: those given last first.
  static func earlier(than assessment: Assessment, in all: [Assessment]) -> Assessment? {
    guard let day = assessment.givenOn else { return nil }
    return all.first { other in
      // Whoever gives it a second time is not shown what the first found, and no change lies between the two.
      other.id != assessment.secondOf && other.instrument.code == assessment.instrument.code && other.counts
        && other.isConcluded
        && other.givenOn.map { $0 < day } ?? false
    }
  }

  /// Whoever gives one a second time does not see the first answers until hers are concluded.
  static func isBlind(_ id: RecordID<Assessment>, _ all: [Assessment], for reader: AccountID) -> Bool {
    all.contains { $0.secondOf == id && $0.begunBy == reader && !$0.isConcluded && $0.withdrawn == nil }
  }

  /// A second reading is written by whoever began it: two who know each other's answers do not agree, they copy.
  static func mayWrite(_ assessment: Assessment, _ account: AccountID) throws(Refusal) {
    guard assessment.secondOf == nil || assessment.begunBy == account else {
      throw .conflict(say("A colleague gives these answers for comparison: she goes on with them herself."))
    }
  }

  static func mustBeNear(_ first: Assessment, _ fields: Fields) throws(Refusal) {
    guard let one = first.givenOn, let other = fields["on"].flatMap({ Day($0) }),
      abs(one - other) > mostDaysApart
    else { return }
    throw .invalid([
      FieldError(
        "on", say("The first answers are of \(one): a comparison is made within \(mostDaysApart) days."))
    ])
  }

  static func mustBeDraft(_ assessment: Assessment) throws(Refusal) {
    try mustStand(assessment)
    guard !assessment.isConcluded else {
      throw .conflict(say("This is concluded: it is corrected with a reason, and kept as it was."))
    }
  }

  static func mustBeConcluded(_ assessment: Assessment) throws(Refusal) {
    try mustStand(assessment)
    guard assessment.isConcluded else {
      throw .conflict(say("This is not concluded yet: change it without a reason."))
    }
    guard assessment.editions.count < mostEditions else {
      throw .conflict(say("This was corrected \(mostEditions) times: no more corrections are taken."))
    }
  }

  static func mustStand(_ assessment: Assessment) throws(Refusal) {
    guard assessment.withdrawn == nil else { throw .conflict(say("This was set aside: it is only kept.")) }
  }

  static func mayConclude(_ fields: Fields) throws(Refusal) {
    guard fields.answers.values.contains(where: { if case .value = $0 { true } else { false } }) else {
      throw .conflict(say("Nothing was answered yet: there is nothing to conclude."))
    }
  }

  /// Whether the version of the instrument may be used for what was given on that day.
  static func mustBeUsable(_ kept: KeptInstrument, _ fields: Fields) throws(Refusal) {
    guard let day = fields["on"].flatMap({ Day($0) }) else { return }
    guard !kept.isUsable(on: day) else { return }
    throw .invalid([
      FieldError(
        "on", say("On that day version \(kept.instrument.version) of this questionnaire was not in force."))
    ])
  }

  /// Answers that do not go together: two windows may each have brought one of them.
  static func mustBeSound(_ fields: Fields, _ instrument: Instrument, on today: Day) throws(Refusal) {
    var errors: [FieldError] = []
    if let day = fields["on"].flatMap({ Day($0) }), day > today {
      errors.append(FieldError("on", say("That day is still to come: write it down when it was given.")))
    }
    if fields["way"] == Assessment.Way.paper.rawValue, fields["asked-by"] == nil {
      errors.append(FieldError("asked-by", say("Write who asked the questions on paper.")))
    }
    let answers = fields.answers
    let asked = AssessmentScoring.asked(instrument, answers)
    for item in instrument.items where answers[item.code] != nil && !asked.contains(item.code) {
      errors.append(
        FieldError(
          AnswerField.name(item.code),
          say("This is not asked after the answers above: empty it, or change what was answered there.")))
    }
    guard errors.isEmpty else { throw .invalid(errors) }
  }
}

/// Decisions about instruments.
enum InstrumentRules {
  static func mayForce(_ kept: KeptInstrument, on today: Day) throws(Refusal) {
    guard !kept.instrument.isFrame else {
      throw .conflict(say("This is a frame only: its words and weights are still to be loaded."))
    }
    guard kept.state == .loaded else {
      throw .conflict(say("This version is in force already, or was retired."))
    }
    if let until = kept.instrument.until, until < today {
      throw .conflict(say("Its last day has passed: load a version that is valid now."))
    }
  }

  static func mayRetire(_ kept: KeptInstrument) throws(Refusal) {
    guard kept.state != .retired else { throw .conflict(say("This version is retired already.")) }
  }

  /// The newest version of each instrument that may be filled in on a day.
  static func current(_ all: [KeptInstrument], on day: Day) -> [KeptInstrument] {
    var newest: [String: KeptInstrument] = [:]
    for kept in all where kept.isUsable(on: day) {
      let code = kept.instrument.code
      if (newest[code]?.instrument.version ?? 0) < kept.instrument.version { newest[code] = kept }
    }
    return newest.values.sorted { $0.instrument.code < $1.instrument.code }
  }
}
