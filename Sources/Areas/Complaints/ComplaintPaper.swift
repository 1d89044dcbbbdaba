import Antennas
import Basics
import Papers

/// The answer as its paper says it, in the language of whoever complained: everything that `answer.typ` shows.
struct ComplaintPaper: Encodable, Sendable {
  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  /// Paragraphs of lines.
  let parts: [[PaperText]]
  /// What can be done against it; nil after an appeal.
  let appeal: String?
  let boxes: [String]
  let words: [String: String]

  /// - Parameter number: of the case; empty where there is none, or none that the reader may see.
  init(
    _ complaint: Complaint, _ answered: Complaint.Answered, _ words: String, number: String,
    _ territory: Territory
  ) {
    let line = complaint.line
    let reader = Reader(line.language)
    language = line.language.rawValue
    title = reader(line.appealOf == nil ? say("Answer to your complaint") : say("Answer to your appeal"))
    self.number = number
    facts = [
      (reader("Antenna"), territory.name(of: line.antenna, in: line.language)),
      (reader("Case"), number), (reader("What it is about"), reader(line.kind.label)),
      (reader("Received on"), reader.date(line.receivedOn)),
      (reader("Answered"), reader.date(Day(of: answered.at))),
      (reader("Outcome"), reader(answered.outcome.label)),
    ].filter { !$0.1.isEmpty }.map { PaperRow(label: $0.0, value: PaperText($0.1)) }
    parts = words.split(separator: "\n\n").map { part in
      part.split(separator: "\n").map { PaperText(String($0)) }
    }
    appeal =
      ComplaintRules.mayAppeal(line)
      ? reader(
        "If you do not agree with this answer, tell any antenna: somebody else than the one who gave it will decide."
      ) : nil
    boxes = [reader("For the service")]
    self.words = ["page": reader("Page {1} of {2}"), "sign": reader("Name, date and signature")]
  }
}
