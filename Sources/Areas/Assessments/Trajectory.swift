import Basics

/// How a person stood by one instrument, each time it was given: what the chart and its table show.
struct Trajectory: Sendable, Equatable {
  struct Point: Sendable, Equatable {
    let day: Day
    let wave: Assessment.Wave?
    let scoring: Scoring
    /// The version of the instrument it was given with.
    let version: Int
  }

  /// The earliest first.
  let points: [Point]

  /// - Parameter assessments: of one instrument, concluded and counting.
  init(_ assessments: [Assessment], _ instruments: [InstrumentID: KeptInstrument]) {
    points = assessments.compactMap { assessment -> Point? in
      guard let day = assessment.givenOn, let kept = instruments[assessment.instrument] else { return nil }
      return Point(
        day: day, wave: assessment.wave,
        scoring: AssessmentScoring.scoring(kept.instrument, assessment.answers),
        version: assessment.instrument.version)
    }.sorted { $0.day < $1.day }
  }

  /// Versions may ask and count differently: whether that is to be said.
  var isOfSeveralVersions: Bool { Set(points.map(\.version)).count > 1 }
}
