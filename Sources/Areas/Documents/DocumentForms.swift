import Basics
import Web

/// A document as it is sent up.
enum DocumentForm {
  /// - Throws: `Refusal.invalid` with everything that was typed wrongly, or when no file was chosen.
  static func checked(_ typed: Typed, _ file: UploadedFile?, today: Day) throws(Refusal) -> (
    document: NewDocument, content: DocumentContent
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Document> = check.newID()
    let kind = check.required(choice: "kind", say("Say what kind of document it is.")) as Document.Kind?
    let title = check.text("title", limit: 120)
    // Papers of a long life: a certificate of birth, a card without an end.
    let range = Day(number: today.number - 36_600)...(today + 36_600)
    let from = check.day("valid-from", in: range)
    let until = check.day("valid-until", in: range)
    if let from, let until, until < from {
      check.refuse("valid-until", say("The last day of validity cannot be before the first."))
    }
    // A browser sends an empty file without a name where none was chosen.
    if file == nil || file?.size == 0 && file?.name.isEmpty == true {
      check.refuse("file", say("Choose the file."))
    }
    try check.finish()
    guard let kind, let file else { throw .invalid(check.errors) }
    let document = NewDocument(
      id: id, kind: kind, title: title, validFrom: from, validUntil: until, fileName: file.name)
    return (document, DocumentContent(file))
  }

  static func reason(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("reason", say("Write why the document is withdrawn."), limit: 1_000)
    try check.finish()
    return reason
  }
}
