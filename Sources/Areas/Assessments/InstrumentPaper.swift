import Basics
import Papers

/// An instrument as a blank form, in one language: everything that `form.typ` shows, words and all. Nothing on it says
/// whom it is for.
struct InstrumentPaper: Encodable, Sendable {
  struct Question: Encodable, Sendable {
    let number: String
    let text: String
    /// A hint, and when it is asked.
    let notes: [String]
    /// Boxes to tick; none where the answer is written.
    let options: [String]
    /// Lines to write on.
    let lines: Int
    /// Why there is no answer.
    let missing: [String]
  }

  struct Part: Encodable, Sendable {
    let title: String
    let questions: [Question]
  }

  let language: String
  let title: String
  let number: String
  let head: [String]
  let waves: [String]
  let intro: String
  let parts: [Part]
  let words: [String: String]

  init(_ instrument: Instrument, in language: Language) {
    let reader = Reader(language)
    self.language = language.rawValue
    title = reader(instrument.name)
    number = "\(instrument.code) · \(reader("version \(instrument.version)"))"
    head = [reader("Case"), reader("Day"), reader("Who asked the questions")]
    waves = Assessment.Wave.allCases.map { reader(AssessmentWords.label($0)) }
    intro = reader("Tick what the person answers. Leave empty what you did not ask.")
    parts = Self.parts(instrument, reader)
    words = ["page": reader("Page {1} of {2}"), "wave": reader("Which time")]
  }

  private static func parts(_ instrument: Instrument, _ reader: Reader) -> [Part] {
    var number = 0
    return instrument.groups.map { group in
      let questions = group.items.map { item in
        number += 1
        return question(item, number, instrument, reader)
      }
      return Part(title: group.dimension.map { reader($0.name) } ?? reader("Questions"), questions: questions)
    }
  }

  private static func question(_ item: Item, _ number: Int, _ instrument: Instrument, _ reader: Reader)
    -> Question
  {
    let notes = [reader(item.hint), AssessmentWords.condition(item, instrument, reader) ?? ""]
    var kind: String?
    if case .severalOf = item.kind { kind = reader("any number of answers") }
    return Question(
      number: String(number), text: reader(item.text), notes: (notes + [kind ?? ""]).filter { !$0.isEmpty },
      options: item.options.map { reader(AssessmentWords.text($0, item)) },
      lines: item.options.isEmpty ? (item.kind == .text ? 2 : 1) : 0,
      missing: [reader(AssessmentWords.refused), reader(AssessmentWords.notApplicable)])
  }
}
