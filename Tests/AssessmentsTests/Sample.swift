import Basics

@testable import Assessments

/// A small instrument, as its file says it.
enum Sample {
  /// Four items in two dimensions: 0.6 and 0.4 of all.
  static let text = """
    instrument: sample
    version: 1
    name: {fr: Essai, ar: تجربة, en: Sample}
    purpose: {fr: Pour essayer, ar: للتجربة, en: For trying}
    section: none
    valid-from: 2020-01-01
    source: {fr: Ce test, ar: هذا الاختبار, en: This test}
    rule: {fr: À pas égaux, ar: خطوات متساوية, en: Equal steps}
    weights: loaded
    minimum: 2
    scale:
      low: {fr: mal, ar: سيئ, en: badly}
      high: {fr: bien, ar: حسن, en: well}
    dimensions:
      - {code: money, weight: 0.6, name: {fr: Argent, ar: المال, en: Money}}
      - {code: home, weight: 0.4, name: {fr: Logement, ar: السكن, en: Home}}
    bands:
      - {code: low, from: 0, to: 0.5, name: {fr: bas, ar: منخفض, en: low}}
      - {code: high, from: 0.5, to: 1, name: {fr: haut, ar: مرتفع, en: high}}
    items:
      - code: income
        dimension: money
        weight: 0.75
        kind: one-of
        text: {fr: Revenu, ar: الدخل, en: Income}
        options:
          - {code: none, score: 0, text: {fr: aucun, ar: لا شيء, en: none}}
          - {code: some, score: 0.5, text: {fr: un peu, ar: بعض, en: some}}
          - {code: enough, score: 1, text: {fr: assez, ar: كاف, en: enough}}
      - code: debts
        dimension: money
        weight: 0.25
        kind: number
        least: 0
        most: 100
        text: {fr: Dettes, ar: الديون, en: Debts}
        steps:
          - {to: 0, score: 1}
          - {to: 100, score: 0}
      - code: housed
        kind: yes-no
        text: {fr: Logé, ar: له سكن, en: Housed}
      - code: rooms
        dimension: home
        weight: 1
        kind: several-of
        if: {item: housed, is: [yes]}
        text: {fr: Pièces, ar: الغرف, en: Rooms}
        options:
          - {code: kitchen, score: 0.5, text: {fr: cuisine, ar: مطبخ, en: kitchen}}
          - {code: bath, score: 0.75, text: {fr: bain, ar: حمام, en: bath}}
          - {code: nothing, score: 0, alone: true, text: {fr: rien, ar: لا شيء, en: nothing}}
    """

  static func instrument(_ text: String = text) throws -> Instrument {
    switch Instrument.read(text) {
    case .instrument(let instrument): return instrument
    case .faults(let faults): throw Unreadable(faults: faults)
    }
  }

  struct Unreadable: Error { let faults: [InstrumentFault] }

  /// What is wrong with a text, as "line: reason".
  static func faults(_ text: String) -> [String] {
    guard case .faults(let faults) = Instrument.read(text) else { return [] }
    return faults.map { "\($0.line): \(Reader(.english)($0.reason))" }
  }

  /// The line on which a text stands first.
  static func line(_ part: String, in text: String = text) -> Int {
    (text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(part) } ?? -1) + 1
  }
}
