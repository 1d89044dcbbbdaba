import Assessments
import Basics
import TestSupport

@testable import Server

extension Story {
  /// She answers a questionnaire, and another one is loaded.
  static func assess(_ thread: Thread, _ house: Installation, by actor: Actor) async throws {
    let fields = Fields([
      "on": Day(of: house.now()).description, "wave": "baseline", "way": "screen", "q-work": "regular",
    ])
    let followUp = InstrumentID(code: "follow-up", version: 1)
    try await house.assessments.begin(thread.assessment, followUp, fields, in: thread.file, by: actor)
    _ = try await house.assessments.load(questionnaire(thread.instrument), by: .program)
  }

  private static func questionnaire(_ id: InstrumentID) -> String {
    """
    instrument: \(id.code)
    version: \(id.version)
    name: {fr: Essai, ar: تجربة, en: Sample}
    purpose: {fr: Pour essayer, ar: للتجربة, en: For trying}
    section: none
    valid-from: 2020-01-01
    source: {fr: Ce test, ar: هذا الاختبار, en: This test}
    rule: {fr: Rien, ar: لا شيء, en: Nothing}
    weights: none
    items:
      - code: rooms
        kind: number
        least: 0
        most: 20
        text: {fr: Pièces, ar: الغرف, en: Rooms}
      - code: said
        kind: text
        text: {fr: Remarques, ar: ملاحظات, en: Remarks}
    """
  }
}
