import Basics
import Cases
import Pages

/// How it went over time: a drawing, and its numbers in a table.
enum TrajectoryTemplates {
  static func show(_ trajectory: Trajectory, _ instrument: Instrument, _ file: CaseFile, on page: Page)
    -> HTML
  {
    let title = page("How it went over time")
    let versions: HTML =
      trajectory.isOfSeveralVersions
      ? page.alert(
        .info,
        "<p>\(page("These answers were given with several versions of the questionnaire, which may ask and count differently."))</p>"
      )
      : .empty
    let scored = trajectory.points.contains { $0.scoring.composite.score != nil }
    let drawing: HTML =
      scored
      ? TrajectoryChart.drawing(trajectory, instrument, on: page)
      : page.alert(.info, "<p>\(page("There is no score to draw; the answers can be read one by one."))</p>")
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(AssessmentTemplates.title("\(page(instrument.name)) · \(title)", file, back: true, on: page))\(versions)
      \(page.section(page("Score"), id: "trajectory", drawing + table(trajectory, instrument, on: page)))
      """)
  }

  private static func table(_ trajectory: Trajectory, _ instrument: Instrument, on page: Page) -> HTML {
    let language = page.reader.language
    let isWeighted = instrument.weights != .none
    let dimensions = isWeighted ? instrument.dimensions : []
    let columns = [page("Day"), page("Which time"), page("Score")] + dimensions.map { page($0.name) }
    let rows = trajectory.points.map { point -> [HTML] in
      let each = dimensions.map { dimension -> HTML in
        let found = point.scoring.dimensions.first { $0.code == dimension.code }
        return found?.outcome.score.map { page.bdi($0.text(for: language)) } ?? "—"
      }
      return [
        page.day(point.day), point.wave.map { "\(page(AssessmentWords.label($0)))" } ?? "—",
        AssessmentTemplates.short(point.scoring, instrument, on: page),
      ] + each
    }
    return page.table(page("How it went over time"), columns: columns, rows: rows, empty: .empty)
  }
}

/// The drawing: time runs in the direction of the text, the scale upwards. A line for the composite and thin ones for
/// the dimensions, each with a dash of its own and its name at its end.
enum TrajectoryChart {
  private static let (width, height) = (640, 320)
  private static let (left, right, top, bottom) = (56, 150, 20, 270)
  private static let dashes = ["2 4", "8 4", "10 3 2 3", "1 6", "14 4"]

  static func drawing(_ trajectory: Trajectory, _ instrument: Instrument, on page: Page) -> HTML {
    let (first, last) = (
      trajectory.points.first?.day ?? page.today, trajectory.points.last?.day ?? page.today
    )
    let isMirrored = page.reader.language.isRightToLeft
    func across(_ day: Day) -> Int {
      let span = max(last - first, 1)
      let place =
        first == last ? (left + width - right) / 2 : left + (day - first) * (width - right - left) / span
      return isMirrored ? width - place : place
    }
    let composite = line(trajectory.points, across) { $0.scoring.composite.score }
    let dimensions = instrument.dimensions.enumerated().map { index, dimension -> HTML in
      let points = points(trajectory.points, across) { point in
        point.scoring.dimensions.first { $0.code == dimension.code }?.outcome.score
      }
      return path(points, dash: dashes[index % dashes.count], width: 1.5)
        + name(page(dimension.name), at: points.last, index, isMirrored)
    }
    let days = trajectory.points.map { point -> HTML in
      text(page.reader.date(point.day), x: across(point.day), y: height - 24, anchor: "middle")
    }
    return """
      <figure class="map"><svg viewBox="0 0 \(String(width)) \(String(height))" role="img" aria-labelledby="chart-title chart-text">\
      <title id="chart-title">\(page("How it went over time"))</title><desc id="chart-text">\(told(trajectory, on: page))</desc>\
      \(grid(isMirrored, on: page))\(dimensions)\(composite)\(days)</svg></figure>
      <p class="faint">\(page("The strong line is the score, the thin ones its dimensions. All numbers stand in the table below."))</p>
      """
  }

  /// For whoever does not see it.
  private static func told(_ trajectory: Trajectory, on page: Page) -> String {
    trajectory.points.map { point in
      let score = point.scoring.composite.score?.text(for: page.reader.language) ?? page("no score")
      return "\(page.reader.date(point.day))\(page.reader.colon) \(score)"
    }.joined(separator: "\(page.reader.comma) ")
  }

  private static func down(_ score: Score) -> Int { bottom - score.thousandths * (bottom - top) / 1_000 }

  private static func grid(_ isMirrored: Bool, on page: Page) -> HTML {
    let lines = [0, 250, 500, 750, 1_000].map { thousandths -> HTML in
      let score = Score(thousandths: thousandths)
      let (y, label) = (down(score), String(score.text(for: page.reader.language).dropLast()))
      let (start, end) = isMirrored ? (right, width - left) : (left, width - right)
      return """
        <line x1="\(String(start))" y1="\(String(y))" x2="\(String(end))" y2="\(String(y))" stroke="currentColor" stroke-opacity="0.2"/>\
        \(text(label, x: isMirrored ? width - left / 2 : left / 2, y: y + 4, anchor: "middle"))
        """
    }
    return "\(lines)"
  }

  private static func points(
    _ points: [Trajectory.Point], _ across: (Day) -> Int, _ score: (Trajectory.Point) -> Score?
  ) -> [(x: Int, y: Int)] {
    points.compactMap { point in score(point).map { (across(point.day), down($0)) } }
  }

  private static func line(
    _ all: [Trajectory.Point], _ across: (Day) -> Int, _ score: (Trajectory.Point) -> Score?
  ) -> HTML {
    let points = points(all, across, score)
    let dots = points.map { point -> HTML in
      "<circle cx=\"\(String(point.x))\" cy=\"\(String(point.y))\" r=\"5\" fill=\"currentColor\"/>"
    }
    return path(points, dash: nil, width: 3) + "\(dots)"
  }

  private static func path(_ points: [(x: Int, y: Int)], dash: String?, width: Double) -> HTML {
    guard points.count > 1 else {
      return points.first.map {
        "<circle cx=\"\(String($0.x))\" cy=\"\(String($0.y))\" r=\"3\" fill=\"currentColor\"/>"
      } ?? .empty
    }
    let list = points.map { "\($0.x),\($0.y)" }.joined(separator: " ")
    return
      "<polyline points=\"\(list)\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"\(String(width))\"\(attribute: "stroke-dasharray", dash)/>"
  }

  /// Names stand one under the other at the end of the lines, each beside a piece of its dash.
  private static func name(
    _ label: String, at _: (x: Int, y: Int)?, _ index: Int, _ isMirrored: Bool
  ) -> HTML {
    let y = top + 10 + index * 22
    let (from, to) = (width - right + 12, width - right + 40)
    let (start, end, place) =
      isMirrored ? (width - from, width - to, width - to - 6) : (from, to, to + 6)
    return """
      <line x1="\(String(start))" y1="\(String(y))" x2="\(String(end))" y2="\(String(y))" stroke="currentColor" stroke-width="1.5" stroke-dasharray="\(dashes[index % dashes.count])"/>\
      \(text(label, x: place, y: y + 4, anchor: "start"))
      """
  }

  private static func text(_ text: String, x: Int, y: Int, anchor: String) -> HTML {
    """
    <text x="\(String(x))" y="\(String(y))" text-anchor="\(anchor)" font-size="13" fill="currentColor">\(text)</text>
    """
  }
}
