import Basics
import Storage

/// Decisions only: no database, no clock, no request.
enum DocumentRules {
  static func chunkCount(of size: Int) -> Int { (size + Document.chunk - 1) / Document.chunk }

  /// Where a chunk stands. Opened elsewhere, in another order, or as the last one when it is not, it is refused.
  static func place(_ number: Int, of count: Int, in id: RecordID<Document>) -> String {
    "document.chunk:\(id):\(number):\(number == count - 1 ? "last" : "more")"
  }

  static func mustFit(_ size: Int) throws(Refusal) {
    if size == 0 { throw .invalid([FieldError("file", say("The file is empty. Choose another one."))]) }
    if size > Document.limit {
      throw .invalid([
        FieldError(
          "file",
          say(
            "The file has \((size >> 20) + (size & 0xFFFFF > 0 ? 1 : 0)) MB; at most \(Document.limit >> 20) MB are taken. Scan it with a lower resolution, or send it in parts."
          ))
      ])
    }
  }

  static var typeRefused: Refusal {
    .invalid([
      FieldError(
        "file",
        say(
          "A file of this kind is not taken. Taken are: \(MediaType.named). Save or print it as a PDF and send that."
        ))
    ])
  }

  /// How a document stands on a day: nil when it is valid for long, or for ever.
  enum Expiry: Equatable {
    case expired
    /// Days that are left; 0 on its last day.
    case soon(days: Int)
  }

  static func expiry(until day: Day?, on today: Day, warnDays: Int) -> Expiry? {
    guard let day else { return nil }
    if day < today { return .expired }
    return day - today <= warnDays ? .soon(days: day - today) : nil
  }

  static func mayKnow(of kind: Document.Kind, _ actor: Actor) -> Bool {
    actor.may(.readDocuments) && kind.dutyToRead.map(actor.may) ?? true
  }

  /// A withdrawn document is opened by the head of the antenna alone: to judge whether it was rightly withdrawn.
  static func mayOpen(_ document: Document, _ actor: Actor) -> Bool {
    document.withdrawal == nil || actor.may(.openWithdrawnDocuments)
  }

  /// An act about a document of a kind that the actor may not read is not told to her.
  static func isKnown(_ entry: JournalEntry, to actor: Actor) -> Bool {
    guard entry.record.kind == "document" else { return true }
    let kind = entry.changes.first { $0.field == "kind" }?.after.flatMap { Document.Kind(rawValue: $0) }
    return kind.map { $0.dutyToRead.map(actor.may) ?? true } ?? false
  }
}
