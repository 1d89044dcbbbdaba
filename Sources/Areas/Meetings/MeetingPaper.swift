import Antennas
import Basics
import Cases
import Papers

/// Minutes as their paper says them: everything that `minutes.typ` shows.
struct MeetingPaper: Encodable, Sendable {
  struct Item: Encodable, Sendable {
    let title: String
    /// Paragraphs of what was spoken of.
    let lines: [PaperText]
    /// What was decided, for whom, and what became of it; empty where nothing was.
    let decision: [PaperRow]
  }

  let language: String
  let title: String
  /// Stands at the foot of each page.
  let number: String
  let facts: [PaperRow]
  let items: [Item]
  let addenda: [Item]
  let boxes: [String]
  let words: [String: String]

  init(
    _ shown: MeetingShown, _ names: [AccountID: String], _ territory: Territory, on today: Day,
    in language: Language
  ) {
    let reader = Reader(language)
    let meeting = shown.meeting
    let place = MeetingWords.place(meeting.antenna, territory, reader)
    self.language = language.rawValue
    title = reader("Minutes: \(place), \(reader.date(meeting.day))")
    number = ""
    let present = meeting.present.map { names[$0] ?? "—" }.joined(separator: "\(reader.comma) ")
    let state =
      meeting.closed.map { reader("closed on \(reader.date(Day(of: $0.at)))") } ?? reader("draft")
    facts = [
      (reader("Place of the meeting"), place), (reader("Day of the meeting"), reader.date(meeting.day)),
      (reader("Who was there"), present), (reader("Others who were there"), meeting.guests ?? ""),
      (reader("State"), state), (reader("Printed on"), reader.date(today)),
    ].filter { !$0.1.isEmpty }.map { PaperRow(label: $0.0, value: PaperText($0.1)) }
    func told(_ items: [MeetingItem]) -> [Item] {
      items.enumerated().map { index, item in
        Self.item(item, at: index + 1, shown.numbers, names, territory, on: today, reader)
      }
    }
    items = told(shown.items.filter { !$0.isAddendum })
    addenda = told(shown.items.filter(\.isAddendum))
    boxes = [reader("For the service")]
    words = [
      "page": reader("Page {1} of {2}"), "sign": reader("Name, date and signature"),
      "items": reader("What was spoken of"), "addenda": reader("Added later"),
    ]
  }

  private static func item(
    _ item: MeetingItem, at number: Int, _ numbers: [RecordID<CaseFile>: String],
    _ names: [AccountID: String],
    _ territory: Territory, on today: Day, _ reader: Reader
  ) -> Item {
    let hidden = reader("About a case that you do not see.")
    let file = item.file.flatMap { numbers[$0] }
    let rows = item.decision.map { decision in
      [
        PaperRow(label: reader("Decision"), value: PaperText(decision.words ?? hidden)),
        PaperRow(
          label: reader("For whom"),
          value: PaperText(MeetingWords.name(of: decision.to, names, territory, reader))),
        PaperRow(
          label: reader("State"), value: PaperText(MeetingWords.state(decision, on: today, reader))),
      ]
    }
    return Item(
      title: file.map { "\(number). \($0)" } ?? "\(number).",
      lines: (item.words ?? hidden).split(whereSeparator: \.isNewline).map { PaperText(String($0)) },
      decision: rows ?? [])
  }
}
