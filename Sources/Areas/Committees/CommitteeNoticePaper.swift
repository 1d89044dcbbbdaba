import Antennas
import Basics
import Cases
import Papers

/// The answer to the person as its paper says it: everything that `notice.typ` shows.
struct CommitteeNoticePaper: Encodable, Sendable {
  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  /// Conditions or reasons, line by line.
  let lines: [PaperText]
  let heading: String?
  /// What can be done against it.
  let appeal: [String]
  let boxes: [String]
  let words: [String: String]

  init(
    _ item: CommitteeItem, _ decision: Decision, _ file: CaseFile, isAppealed: Bool, daysToAppeal: Int?,
    _ territory: Territory, in language: Language
  ) {
    let reader = Reader(language)
    self.language = language.rawValue
    title = decision.isOnAppeal ? reader("Answer to your appeal") : reader("Answer to your request")
    number = file.number
    facts = [
      (reader("Antenna"), territory.name(of: file.antenna, in: language)), (reader("Case"), file.number),
      (reader("Your request"), item.title(for: reader)), (reader("Asked"), reader.money(item.amount)),
      (reader("The committee met on"), reader.date(decision.day)),
      (reader("Decision"), reader(decision.outcome.label)),
      (reader("Granted"), decision.amount.map { reader.money($0) } ?? ""),
      (reader("Reason"), decision.words.reason.map { reader($0.label) } ?? ""),
    ].filter { !$0.1.isEmpty }.map { PaperRow(label: $0.0, value: PaperText($0.1)) }
    heading =
      switch decision.outcome {
      case .granted: nil
      case .conditions: reader("Conditions")
      case .postponed, .refused: reader("Why")
      }
    lines = [decision.words.conditions, decision.words.text].compactMap(\.self)
      .flatMap { $0.split(separator: "\n") }.map { PaperText(String($0)) }
    appeal = Self.appeal(decision, isAppealed: isAppealed, days: daysToAppeal, reader)
    boxes = [reader("For the service")]
    words = [
      "page": reader("Page {1} of {2}"), "sign": reader("Name, date and signature"),
      "appeal": decision.outcome == .postponed
        ? reader("What comes next") : reader("If you do not agree"),
    ]
  }

  private static func appeal(_ decision: Decision, isAppealed: Bool, days: Int?, _ reader: Reader) -> [String]
  {
    switch decision.outcome {
    case .granted: return []
    case .postponed:
      return [reader("Nothing is refused: another session decides, and you are told.")]
    case .conditions, .refused:
      guard !decision.isOnAppeal, !isAppealed else {
        return [reader("Ask at any antenna what else can be done for you.")]
      }
      let how = reader(
        "Tell any antenna, in writing or by word of mouth: a session with other members decides anew.")
      guard let last = CommitteeRules.lastDay(toAppealAgainst: decision, days: days) else { return [how] }
      return [how, reader("Tell it by \(last).")]
    }
  }
}
