import Basics

/// A survey as it is read: what was asked, with the answer in the reader's words.
enum SurveyReading {
  struct Row {
    let question: SurveyQuestion
    let label: Phrase
    let value: String
  }

  /// Whether anything of a part was asked.
  static func isAsked(_ part: SurveyPart, in answers: Fields) -> Bool {
    part.questions.contains { answers[$0.name] != nil }
  }

  /// What was answered. Of incomes each kind has one line: the amount, why there is none, or that it was not asked.
  static func rows(_ part: SurveyPart, _ answers: Fields, _ reader: Reader) -> [Row] {
    guard isAsked(part, in: answers) else { return [] }
    return part.questions.compactMap { question in
      if let kind = SurveyPart.incomes.first(where: { question.name == "income-\($0)" }) {
        let why = answers["income-\(kind)-why"].map { SurveyWords.shown("income-\(kind)-why", $0, reader) }
        let amount = answers[question.name].map { SurveyWords.shown(question.name, $0, reader) }
        return Row(
          question: question, label: question.label, value: amount ?? why ?? reader("Not asked."))
      }
      guard let value = answers[question.name], !question.name.hasSuffix("-why") else { return nil }
      return Row(
        question: question, label: question.label, value: SurveyWords.shown(question.name, value, reader))
    }
  }

  /// What can be compared with an earlier survey and is not the same: no text, since that is never twice the same.
  static func changes(since earlier: Fields, in answers: Fields, _ reader: Reader) -> [Row] {
    SurveyPart.allCases.filter { $0 != .interview }.flatMap(\.questions).compactMap { question in
      switch question.kind {
      case .line, .paragraph: return nil
      case .day, .number, .amount, .choice, .choices: break
      }
      let (before, after) = (earlier[question.name], answers[question.name])
      guard before != after else { return nil }
      func words(_ value: String?) -> String {
        value.map { SurveyWords.shown(question.name, $0, reader) } ?? "—"
      }
      return Row(
        question: question, label: question.label,
        value: reader("\(words(after)) (before: \(words(before)))"))
    }
  }
}
