import Basics
import Pages

/// A score with what it rests on, and answers as they are read.
enum ScoreTemplates {
  static func score(_ scoring: Scoring, _ instrument: Instrument, on page: Page) -> HTML {
    let composite: HTML =
      switch scoring.composite {
      case .score(let score):
        "<p><strong>\(page.bdi(score.text(for: page.reader.language)))</strong>\(band(scoring, instrument, on: page))</p>"
      case .withheld(let reason):
        page.alert(.info, "<p>\(page(AssessmentWords.reason(reason, instrument)))</p>")
      }
    let rests: HTML =
      instrument.weights == .none
      ? .empty
      : "<p>\(page("It rests on \(scoring.answered) answers of the \(scoring.concerned) that concern the person; at least \(instrument.minimum) are needed."))</p>"
    let scale: HTML =
      instrument.scale.map {
        "<p class=\"faint\">\(page("0: \(page($0.low)). 1: \(page($0.high))."))</p>"
      } ?? .empty
    return page.section(
      page("Score"), id: "score",
      """
      \(composite)\(rests)\(scale)\(dimensions(scoring, instrument, on: page))
      <p class="faint">\(missing(scoring, on: page))</p>\(isUnchecked(instrument, on: page))
      """)
  }

  private static func band(_ scoring: Scoring, _ instrument: Instrument, on page: Page) -> HTML {
    guard let band = instrument.bands.first(where: { $0.code == scoring.band }) else { return .empty }
    return " \(page.badge(page(band.name), .info))"
  }

  private static func dimensions(_ scoring: Scoring, _ instrument: Instrument, on page: Page) -> HTML {
    guard instrument.weights != .none else { return .empty }
    let columns = [page("Dimension"), page("Score"), page("Answers it rests on")]
    let rows = scoring.dimensions.map { found -> [HTML] in
      let score: HTML =
        switch found.outcome {
        case .score(let score): page.bdi(score.text(for: page.reader.language))
        case .withheld(let reason): "\(page(AssessmentWords.reason(reason, instrument)))"
        }
      return [
        "\(page(instrument.dimension(found.code)?.name ?? [:]))", score,
        "\(page("\(found.answered) of \(found.concerned)"))",
      ]
    }
    return page.table(page("Dimensions"), columns: columns, rows: rows, empty: .empty)
  }

  private static func missing(_ scoring: Scoring, on page: Page) -> String {
    page(
      "Without an answer: refused \(scoring.refused), does not concern \(scoring.notApplicable), not asked \(scoring.notAsked). None of them counts as nothing."
    )
  }

  static func isUnchecked(_ instrument: Instrument, on page: Page) -> HTML {
    guard instrument.checkedBy == nil else { return .empty }
    return
      "<p class=\"faint\">\(page("Nobody has checked this questionnaire yet: decide nothing by its score alone."))</p>"
  }

  /// Answers in the order in which they were asked; those not to be asked are left out.
  static func answers(_ answers: [String: Answer], _ instrument: Instrument, on page: Page) -> HTML {
    let asked = AssessmentScoring.asked(instrument, answers)
    let groups: [(title: String, items: [Item])] =
      instrument.dimensions.map { dimension in
        (page(dimension.name), instrument.items.filter { $0.dimension == dimension.code })
      } + [(page("Other questions"), instrument.items.filter { $0.dimension == nil })]
    let parts = groups.map { group -> HTML in
      let rows = group.items.filter { asked.contains($0.code) }.map { item in
        (label: page(item.text), value: value(answers[item.code], item, on: page) as HTML?)
      }
      return rows.isEmpty ? .empty : "<h3>\(group.title)</h3>\(page.facts(rows))"
    }
    return page.section(page("Answers"), id: "answers", "\(parts)")
  }

  private static func value(_ answer: Answer?, _ item: Item, on page: Page) -> HTML {
    let text = AssessmentWords.shown(answer, item, page.reader)
    guard case .value? = answer else { return "<span class=\"faint\">\(text)</span>" }
    if case .text = item.kind { return "<span dir=\"auto\">\(text)</span>" }
    return "\(text)"
  }
}
