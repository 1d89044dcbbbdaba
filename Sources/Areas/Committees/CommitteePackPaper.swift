import Basics
import Cases
import Papers

/// What the committee reads, on paper: everything that `pack.typ` shows. Without identity where the session asks for it.
struct CommitteePackPaper: Encodable, Sendable {
  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  let parts: [CommitteeMinutesPaper.Part]
  let words: [String: String]

  init(_ opened: OpenedSession, _ summaries: [RecordID<CommitteeItem>: String], in language: Language) {
    let (session, reader) = (opened.session, Reader(language))
    self.language = language.rawValue
    title = reader("What the committee reads")
    number = reader.date(session.day)
    facts = [
      (reader("Day of the session, which is the reference date"), reader.date(session.day)),
      (reader("Place"), session.place), (reader("Grid for scoring"), session.grid),
    ].map { PaperRow(label: $0.0, value: PaperText($0.1)) }
    parts = opened.entries.compactMap { entry in
      summaries[entry.item.id].map { Self.part(entry, $0, opened, reader) }
    }
    words = ["page": reader("Page {1} of {2}")]
  }

  private static func part(_ entry: AgendaEntry, _ summary: String, _ opened: OpenedSession, _ reader: Reader)
    -> CommitteeMinutesPaper.Part
  {
    let item = entry.item
    let criteria = (opened.grid?.criteria(for: item.track) ?? []).map {
      "\($0.name[reader.language] ?? $0.code): …… / \($0.most)"
    }
    let facts = [
      (reader("Case"), opened.showsIdentity ? opened.numbers[item.file] ?? "" : ""),
      (reader("Asked"), reader.money(item.amount)),
      (reader("Grid for scoring"), criteria.joined(separator: " · ")),
    ].filter { !$0.1.isEmpty }.map { PaperRow(label: $0.0, value: PaperText($0.1)) }
    let lines = summary.split(separator: "\n").map { PaperText(String($0)) }
    return CommitteeMinutesPaper.Part(
      title: "\(entry.number). \(item.title(for: reader))", facts: facts, votes: nil, lines: lines)
  }
}
