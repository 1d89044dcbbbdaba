import Basics
import Cases
import People

/// What was typed about a pair, and what is meant.
enum DuplicateForm {
  static func decision(_ typed: Typed) throws(Refusal) -> Duplicates.Decision {
    var check = FormCheck(typed)
    let decision = decision(&check)
    try check.finish()
    return decision
  }

  private static func decision(_ check: inout FormCheck) -> Duplicates.Decision {
    let reason = check.paragraph("reason", limit: 2_000)
    let version = check.number("version", in: 1...Int(Int32.max)) ?? 0
    return Duplicates.Decision(id: check.newID(), version: version, reason: reason)
  }

  static func joining(_ typed: Typed) throws(Refusal) -> (joining: Joining, decision: Duplicates.Decision) {
    var check = FormCheck(typed)
    let decision = decision(&check)
    let kept = check.choice("kept", Joining.Side.self)
    if kept == .both { check.refuse("kept", say("Choose one of the answers offered.")) }
    var joining = Joining(kept: kept ?? .first)
    for field in Identity.Field.allCases {
      joining.fields[field] = check.choice("field-\(field.rawValue)", Joining.Side.self)
    }
    try check.finish()
    return (joining, decision)
  }

  static func parting(
    _ typed: Typed, _ since: Duplicates.Since
  ) throws(Refusal) -> (attribution: Duplicates.Attribution, decision: Duplicates.Decision) {
    var check = FormCheck(typed)
    let reason = check.required("reason", say("Say why the files are parted."), limit: 2_000)
    let version = check.number("version", in: 1...Int(Int32.max)) ?? 0
    var attribution = Duplicates.Attribution()
    for field in Identity.Field.allCases {
      attribution.fields[field] = check.choice("field-\(field.rawValue)", PersonMerge.Choice.self)
    }
    for line in since.cases {
      attribution.cases[line.id] = check.choice("case-\(line.id)", PersonMerge.Choice.self)
    }
    for consent in since.consents {
      attribution.consents[consent.id] = check.choice("consent-\(consent.id)", PersonMerge.Choice.self)
    }
    for (_, note) in since.notes { attribution.notes[note.id] = RecordID(typed["note-\(note.id)"]) }
    if since.mayPart {
      do { try PartingRules.mustBeWhole(attribution, since) } catch Refusal.invalid(let errors) {
        for error in errors { check.refuse(error.field, error.message) }
      }
    }
    let id: RecordID<DuplicateAct> = check.newID()
    try check.finish()
    return (attribution, Duplicates.Decision(id: id, version: version, reason: reason))
  }
}

/// What a counsellor answers when others are alike.
struct ApartForm {
  let reason: String?
  /// Whom she was shown, and which antennas.
  let persons: Set<String>
  let antennas: Set<String>

  init(_ typed: Typed) {
    let text = typed["apart-reason"]
    reason = text.isEmpty ? nil : String(text.prefix(2_000))
    persons = Set(typed.all("apart-from"))
    antennas = Set(typed.all("apart-at"))
  }

  var wasAsked: Bool { !persons.isEmpty || !antennas.isEmpty }

  /// A reason counts for those whom she was shown.
  func answers(_ warning: Duplicates.Warning) -> Bool {
    reason != nil && persons.isSuperset(of: warning.alike.map(\.person.id.text))
      && antennas.isSuperset(of: warning.elsewhere.map(\.rawValue))
  }
}
