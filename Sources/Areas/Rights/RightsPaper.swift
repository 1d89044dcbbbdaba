import Accounts
import Antennas
import Basics
import Foundation
import Papers
import People
import Storage

/// A paper of the area as it says it, in one language: everything that `rights.typ` shows, words and all.
struct RightsPaper: Encodable, Sendable {
  struct Part: Encodable, Sendable {
    let title: String
    var paragraphs: [String] = []
    /// Records, each with its labels and values.
    var records: [[PaperRow]] = []
  }

  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  let parts: [Part]
  /// To sign in; none where nobody signs.
  let boxes: [String]
  let words: [String: String]

  init(
    _ title: String, _ number: String, facts: [PaperRow], parts: [Part], boxes: [String] = [],
    _ reader: Reader
  ) {
    language = reader.language.rawValue
    self.title = title
    self.number = number
    self.facts = facts
    self.parts = parts
    self.boxes = boxes
    words = [
      "page": reader("Page {1} of {2}"), "signatures": reader("Signatures"),
      "sign": reader("Name, date and signature"),
    ]
  }

  /// Everything that is kept about a person.
  static func copy(
    _ copy: PersonCopy, _ parts: [CopyPart], _ history: [SeenPage], words: (String) -> Phrase,
    in language: Language
  ) -> RightsPaper {
    let reader = Reader(language)
    let told = CopyWords(reader: reader, territory: copy.territory)
    let kept = parts.filter { !$0.rows.isEmpty }.map { part in
      Part(
        title: reader(part.table.label),
        records: part.rows.map { row in
          row.values.map {
            PaperRow(label: reader($0.label), value: PaperText(told.shown($0, part.posts)))
          }
        }.filter { !$0.isEmpty })
    }
    let seen = Part(
      title: reader("What was done with the data, and by whom"),
      records: history.flatMap { page in page.entries.map { row($0, page.posts, told, words) } })
    let first = Part(
      title: reader("What is not in this copy"), paragraphs: CopyWords.withheld.map { reader($0) })
    return RightsPaper(
      reader("A copy of the data"), copy.numbers.first ?? "—",
      facts: facts(copy.person, reader, at: copy.madeAt), parts: [first] + kept + [seen], reader)
  }

  /// Who read of a person, and what went out of her.
  static func seen(
    _ person: Person, _ pages: [SeenPage], _ shared: SharedOut = SharedOut(), words: (String) -> Phrase,
    _ territory: Territory, at now: Date, in language: Language
  ) -> RightsPaper {
    let reader = Reader(language)
    let told = CopyWords(reader: reader, territory: territory)
    let part = Part(
      title: reader("Who saw the data"),
      records: pages.flatMap { page in page.entries.map { row($0, page.posts, told, words) } })
    return RightsPaper(
      reader("Who saw the data"), reader.date(Day(of: now)), facts: facts(person, reader, at: now),
      parts: sent(shared, reader) + [part], reader)
  }

  static func facts(_ person: Person, _ reader: Reader, at now: Date) -> [PaperRow] {
    let name = reader.ordered(latin: person.identity.latinName, arabic: person.identity.arabicName)
    let names = [name.first, name.second ?? ""].filter { !$0.isEmpty }
    return names.map { PaperRow(label: reader("The person"), value: PaperText($0)) } + [
      PaperRow(label: reader("Printed on"), value: PaperText(reader.date(Day(of: now))))
    ]
  }

  private static func row(
    _ entry: JournalEntry, _ posts: [AccountID: Post], _ told: CopyWords, _ words: (String) -> Phrase
  ) -> [PaperRow] {
    [
      PaperRow(label: told.reader.time(entry.at), value: PaperText(told.reader(words(entry.act)))),
      PaperRow(label: told.reader("By"), value: PaperText(told.post(entry.actor, posts))),
    ]
      + why(entry, told.reader).map { [PaperRow(label: told.reader("Why"), value: PaperText($0))] }.joined()
  }

  /// The reason that somebody gave who opened a file from outside.
  static func why(_ entry: JournalEntry, _ reader: Reader) -> [String] {
    guard entry.act == "case.break-glass" else { return [] }
    return entry.changes.filter { $0.field == "words" }.compactMap(\.after)
  }
}
