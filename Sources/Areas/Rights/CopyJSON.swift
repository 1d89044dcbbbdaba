import Basics
import Foundation
import People
import Storage

/// A person's copy as other programs read it, version 1. Fields may be added, never renamed or removed.
///
/// One object: `format`, `person`, `madeAt`, `language`, `withheld`, then `parts`, each one table, and `history`, the
/// newest first. It is written piece by piece.
struct CopyJSON: Sendable {
  static let format = "tounesna.copy/1"

  struct Part: Encodable {
    /// The table's own word.
    let table: String
    let title: String
    let records: [Record]
  }

  struct Record: Encodable {
    let id: String
    let values: [Value]
  }

  struct Value: Encodable {
    let name: String
    let label: String
    let kind: String
    /// As it is kept; moments are ISO 8601 in UTC. Of staff there is none.
    let value: String?
    /// As she reads it.
    let shown: String
  }

  struct Act: Encodable {
    let at: String
    let act: String
    let words: String
    let by: String
    let why: String?
  }

  let told: CopyWords

  func opening(_ copy: PersonCopy) -> String {
    let withheld = CopyWords.withheld.map { text(told.reader($0)) }.joined(separator: ",")
    return """
      {"format":\(text(Self.format)),"person":\(text(copy.person.id.text)),"madeAt":\
      \(text(copy.madeAt.formatted(.iso8601))),"language":\(text(told.reader.language.rawValue)),\
      "withheld":[\(withheld)],"parts":[
      """
  }

  func part(_ part: CopyPart) -> String {
    text(
      Part(
        table: part.table.name, title: told.reader(part.table.label),
        records: part.rows.map { row in
          Record(
            id: row.id,
            values: row.values.map {
              Value(
                name: $0.name, label: told.reader($0.label), kind: $0.kind.rawValue,
                value: $0.kind == .account ? nil : $0.raw, shown: told.shown($0, part.posts))
            })
        }))
  }

  func act(_ entry: JournalEntry, _ page: SeenPage, words: (String) -> Phrase) -> String {
    text(
      Act(
        at: entry.at.formatted(.iso8601), act: entry.act, words: told.reader(words(entry.act)),
        by: told.post(entry.actor, page.posts), why: RightsPaper.why(entry, told.reader).first))
  }

  private func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Nothing here can fail to encode: text only.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }
}
