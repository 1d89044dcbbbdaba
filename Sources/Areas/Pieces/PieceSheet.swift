import Basics
import Cases
import Foundation
import Papers
import People

/// What is still to be come by, as the person takes it home, in one language: everything that `sheet.typ` shows, words
/// and all. Whoever finds it learns nothing of why it is asked.
struct PieceSheet: Encodable, Sendable {
  struct Item: Encodable, Sendable {
    let name: String
    let how: String
    /// By which day; nil where none was set, or it has passed.
    let by: String?
  }

  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  let items: [Item]
  let nothing: String
  let closing: String
  let words: [String: String]

  init(_ open: [PieceLine], _ opened: OpenedCase, on today: Day, in language: Language) {
    let reader = Reader(language)
    let identity = opened.person.person.identity
    let name = reader.ordered(latin: identity.latinName, arabic: identity.arabicName).first
    self.language = language.rawValue
    title = reader("Papers to bring")
    number = opened.file.number
    facts = [
      PaperRow(label: reader("Name"), value: PaperText(name)),
      PaperRow(label: reader("Day"), value: PaperText(reader.date(today))),
    ]
    items = open.map { line in
      Item(
        name: line.entry.name[language] ?? line.entry.code, how: line.entry.how[language] ?? "",
        by: line.piece?.dueOn.flatMap { $0 < today ? nil : reader("By \($0)") })
    }
    nothing = reader("Nothing is missing.")
    closing = reader("If one of these papers cannot be had, tell us: there may be another way.")
    words = ["page": reader("Page {1} of {2}")]
  }
}
