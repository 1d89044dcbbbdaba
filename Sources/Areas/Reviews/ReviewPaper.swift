import Antennas
import Basics
import Papers

/// What a round came to, as its paper says it: everything that `summary.typ` shows. No file is named on it.
struct ReviewPaper: Encodable, Sendable {
  let language: String
  let title: String
  /// Stands at the foot of each page.
  let number: String
  let facts: [PaperRow]
  let columns: [String]
  /// The question, and its cells.
  let rows: [[PaperText]]
  let note: String?
  let words: [String: String]

  init(
    _ opened: OpenedRound, _ knowledge: ReviewKnowledge, _ territory: Territory, on today: Day,
    in language: Language
  ) {
    let reader = Reader(language)
    let round = opened.round
    let days = round.criteria.days
    let isDouble = round.raters > 1
    self.language = language.rawValue
    title = reader("Review of files")
    number = ""
    let findings = opened.findings.values.joined()
    facts = [
      (reader("Antenna"), territory.name(of: round.criteria.antenna, in: language)),
      (reader("Which files"), reader(round.criteria.basis.label)),
      (reader("Period"), "\(reader.date(days.lowerBound)) – \(reader.date(days.upperBound))"),
      (reader("Files from which they were drawn"), reader.number(round.size)),
      (reader("Files drawn"), reader.number(round.count)), (reader("Seed"), String(round.seed)),
      (reader("Checklist"), reader("version \(round.checklist)")),
      (reader("Reviewers of each file"), reader.number(round.raters)),
      (
        reader("Files reviewed"),
        reader("\(opened.summary.settled) of \(round.count)")
      ),
      (reader("Findings"), reader("\(findings.count { $0.closed == nil }) of \(findings.count) open")),
      (reader("Printed on"), reader.date(today)),
    ].map { PaperRow(label: $0.0, value: PaperText($0.1)) }
    columns =
      [reader("Question")] + ReviewReading.Answer.allCases.map { reader($0.label) }
      + (isDouble ? [reader("Agreement")] : [])
    rows = opened.summary.lines.map { line in
      [PaperText(knowledge.name(of: line.item, in: round.checklist, language))]
        + ReviewReading.Answer.allCases.map { PaperText(reader.number(line.counts[$0] ?? 0)) }
        + (isDouble ? [PaperText(ReviewWords.told(line.agreement, reader))] : [])
    }
    note =
      isDouble
      ? reader(
        "Agreement of the two reviewers over all questions: \(ReviewWords.told(opened.summary.agreement, reader))"
      )
      : nil
    words = ["page": reader("Page {1} of {2}")]
  }
}
