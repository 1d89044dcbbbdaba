import Basics
import Cases
import Foundation
import Households
import Papers
import People

/// A survey as its paper says it, in one language: everything that `survey.typ` shows, words and all.
struct SurveyPaper: Encodable, Sendable {
  struct Part: Encodable, Sendable {
    let title: String
    /// Short answers beside their questions.
    let facts: [PaperRow]
    /// Long answers under theirs.
    let texts: [PaperRow]
  }

  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  let parts: [Part]
  let note: String?
  let boxes: [String]
  let words: [String: String]

  /// - Parameter isWhole: with health and safety, for the service's own file; of health only what was read.
  init(_ found: OpenedSurvey, isWhole: Bool, on today: Day, in language: Language) {
    let reader = Reader(language)
    let survey = found.survey
    self.language = language.rawValue
    title = reader("Social survey")
    number = found.opened.file.number
    facts = Self.facts(found, today, reader)
    parts = SurveyPart.allCases.filter { isWhole || !$0.isGuarded }.compactMap {
      Self.part($0, survey.answers, found, reader)
    }
    note =
      isWhole
      ? nil
      : reader("What concerns health and safety is kept by the service and does not stand on this copy.")
    boxes = [reader("The person"), reader("The social worker")]
    words = [
      "page": reader("Page {1} of {2}"), "signatures": reader("Signatures"),
      "sign": reader("Name, date and signature"),
    ]
  }

  private static func facts(_ found: OpenedSurvey, _ today: Day, _ reader: Reader) -> [PaperRow] {
    let identity = found.opened.person.person.identity
    let name = reader.ordered(latin: identity.latinName, arabic: identity.arabicName)
    let names = [name.first, name.second ?? ""].filter { !$0.isEmpty }
    return names.map { PaperRow(label: reader("The person"), value: PaperText($0)) } + [
      PaperRow(label: reader("Case"), value: PaperText(found.opened.file.number)),
      PaperRow(label: reader("State"), value: PaperText(state(found, reader))),
      PaperRow(label: reader("Printed on"), value: PaperText(reader.date(today))),
    ]
  }

  private static func state(_ found: OpenedSurvey, _ reader: Reader) -> String {
    if let old = found.edition {
      return reader("Version \(old.number) of \(Day(of: old.concludedAt)), corrected since")
    }
    guard let last = found.survey.editions.last else { return reader("Draft, not concluded yet") }
    let day = Day(of: last.concludedAt)
    return last.number == 1
      ? reader("Concluded on \(day)") : reader("Version \(last.number), corrected on \(day)")
  }

  private static func part(
    _ part: SurveyPart, _ answers: Fields, _ found: OpenedSurvey, _ reader: Reader
  ) -> Part? {
    var (facts, texts): ([PaperRow], [PaperRow]) = ([], [])
    for told in SurveyReading.rows(part, answers, reader) {
      let row = PaperRow(label: reader(told.label), value: PaperText(told.value))
      if case .paragraph = told.question.kind { texts.append(row) } else { facts.append(row) }
    }
    if part == .income, let known = SurveyRules.income(in: answers) {
      facts.append(
        PaperRow(label: reader("Amounts told, together"), value: PaperText(reader.money(known.sum))))
      facts.append(
        PaperRow(
          label: reader("Kinds of income of which nothing is known"),
          value: PaperText(reader.number(known.unknown))))
    }
    if part == .schooling, found.household.members > 0 {
      facts += found.household.rows.map {
        PaperRow(label: reader($0.label), value: PaperText(reader.number($0.count)))
      }
    }
    return facts.isEmpty && texts.isEmpty
      ? nil : Part(title: reader(SurveyWords.title(part)), facts: facts, texts: texts)
  }
}
