import Antennas
import Basics
import Cases
import People
import Web

/// A file that was sent up: whose it is.
enum SendForm {
  /// - Throws: `Refusal.invalid` when partner or file were not chosen.
  static func checked(_ typed: Typed, _ file: UploadedFile?, _ mappings: [KeptMapping]) throws(Refusal) -> (
    id: RecordID<ImportFile>, mapping: KeptMapping, file: UploadedFile
  ) {
    var check = FormCheck(typed)
    let id: RecordID<ImportFile> = check.newID()
    let partner = check.required("partner", say("Choose the partner."))
    let mapping = mappings.first { $0.mapping.partner == partner }
    if mapping == nil, !partner.isEmpty {
      check.refuse("partner", say("Choose one of the answers offered."))
    }
    let chosen = file.flatMap { $0.size > 0 ? $0 : nil }
    if chosen == nil { check.refuse("file", say("Choose the file.")) }
    try check.finish()
    guard let mapping, let chosen else { throw .invalid(check.errors) }
    return (id, mapping, chosen)
  }
}

/// A mapping to be kept, with a sample to prove it.
enum MappingForm {
  static func checked(_ typed: Typed, _ sample: UploadedFile?) throws(Refusal) -> (
    mapping: KeptMapping, sample: UploadedFile
  ) {
    var check = FormCheck(typed)
    let text = check.required("mapping", say("Write the mapping."), limit: 20_000)
    let chosen = sample.flatMap { $0.size > 0 ? $0 : nil }
    if chosen == nil { check.refuse("sample", say("Choose a file of the partner's to try it on.")) }
    var mapping: KeptMapping?
    do {
      mapping = text.isEmpty ? nil : try KeptMapping(text: text)
      if let mapping, mapping.mapping.partner.isEmpty {
        check.refuse("mapping", say("Name the partner: `partner: …` on a line of its own."))
      }
    } catch let fault as ImportFault {
      check.refuse("mapping", fault.phrase)
    } catch { check.refuse("mapping", say("Write the mapping.")) }
    try check.finish()
    guard let mapping, let chosen else { throw .invalid(check.errors) }
    return (mapping, chosen)
  }
}

/// A row as it is mended: the fields of a person and her return, and nothing else that came with the form.
enum RowForm {
  private static let days = [
    Identity.Field.birthDate.rawValue, ReturnFacts.Field.returnedOn.rawValue,
    ReturnFacts.Field.leftOn.rawValue,
  ]

  static let fields: [String] =
    Identity.Field.allCases.map(\.rawValue) + ReturnFacts.Field.allCases.map(\.rawValue) + ["antenna"]

  /// Why a row is another person's than the one it resembles.
  static let reason = "apart-reason"
  static let reasonMissing = FieldError(
    reason, say("Say why it is somebody else, or open the file that is there."))

  /// - Throws: `Refusal.invalid` for a text that is too long or holds what no text may.
  static func reason(_ typed: Typed) throws(Refusal) -> String? {
    var check = FormCheck(typed)
    let text = check.paragraph(reason, limit: 2_000)
    try check.finish()
    return text
  }

  static func read(_ typed: Typed) -> Typed {
    Typed(
      Fields(Dictionary(uniqueKeysWithValues: fields.map { ($0, typed[$0]) }).filter { !$0.value.isEmpty }))
  }

  /// What stands in the form at first: what the row says, its days as browsers write them.
  static func shown(_ row: ImportRow) -> Typed {
    var typed = row.typed
    var check = FormCheck(row.typed)
    for field in days {
      if let day = check.day(field) { typed[field] = day.description }
    }
    return typed
  }
}
