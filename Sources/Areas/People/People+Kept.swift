import Basics
import Foundation
import Storage

/// What the area keeps of persons.
extension People {
  package static let kept = Kept([
    KeptTable("person", say("Identity"), by: .person("id"), identity),
    KeptTable("consent", say("Consent"), by: .person("person"), consent),
    KeptTable("person_merge", say("Files that were joined"), by: .person("kept"), merge),
    KeptTable("person_merge", say("Files that were joined"), by: .person("other"), mergeOfOther),
    // Told page by page as what was done, and by whom: the entries stand in a signed tree and are never touched.
    KeptTable(
      "journal_entry", say("Journal"), by: .person("subject"), isGiven: false,
      KeptColumn.all(
        [],
        inner: [
          "id", "at", "actor", "antenna", "act", "record_kind", "record_id", "subject", "version", "changes",
          "position", "hash",
        ])),
  ])

  private static let identity: [KeptColumn] =
    KeptColumn.all(
      [
        .sealed("identity", .fields("person.identity", { Identity.kept($0) }), isRequired: true),
        .plain("antenna", say("Antenna"), .antenna), .plain("contact", say("Contact person"), .account),
        // A second time, for lists.
        .sealed("label", .withheld, isRequired: true),
        .plain("erased_on", say("Erased on"), .day), .plain("erasure", say("Record of the destruction")),
      ],
      inner: [
        "id", "version", "sealing_key", "sex", "birth_year", "governorate", "number", "tokens",
        "tokens_version", "merged_into", "joined", "compared",
      ])

  private static let consent: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("purpose", say("For"), .code { Consent.Purpose(rawValue: $0)?.label }),
        .plain("text_version", say("Version of the text")),
        .plain(
          "language", say("Language in which the text was read"),
          .code { Language(rawValue: $0)?.phrase }),
        .plain("given_on", say("Given on"), .day),
        .plain("way", say("How it was given"), .code { Consent.Way(rawValue: $0)?.label }),
        .plain("recorded_at", say("Recorded"), .moment), .plain("recorded_by", say("Recorded by"), .account),
        .plain("withdrawn_at", say("Withdrawn"), .moment),
        .plain("withdrawn_by", say("Withdrawn by"), .account),
      ], inner: ["id", "person"])

  /// What the kept file was before stands under that file's own key.
  private static let mergeOfOther: [KeptColumn] = KeptColumn.all(
    merge.filter { $0.name != "kept_identity" }, inner: ["kept_identity"])

  private static let merge: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("merged_at", say("Joined"), .moment), .plain("merged_by", say("Joined by"), .account),
        .plain("undone_at", say("Parted"), .moment), .plain("undone_by", say("Parted by"), .account),
        .sealed("kept_identity", .withheld, isRequired: true),
      ], inner: ["id", "kept", "other", "position", "choices", "settled"])
}

extension Identity {
  /// A field of hers with its words.
  static func kept(_ name: String) -> KeptField? {
    Field(rawValue: name).map { field in
      let kind: CopiedValue.Kind =
        switch field {
        case .birthDate: .day
        case .governorate: .governorate
        default: .text
        }
      return KeptField(field.label, kind) { value in
        switch field {
        case .sex: Person.Sex(rawValue: value)?.label
        case .unsafeWay: UnsafeWay(rawValue: value)?.label
        default: nil
        }
      }
    }
  }
}

extension People {
  /// Locks a person's files until the transaction ends: whoever comes second sees what the first one did.
  package func hold(_ files: [PersonID], in db: Connection) throws {
    try PersonMergeStore.hold(files, in: db)
  }

  /// Destroys the keys of these files, with what is sealed in their own rows and the tokens under which a search finds
  /// them. What remains is for counts: sex, year of birth, governorate.
  /// - Parameter record: the number of the destruction record; shown wherever her pages were.
  /// - Returns: how many tokens were taken away.
  package func erase(_ files: [PersonID], on day: Day, record: String, in db: Connection) throws -> Int {
    try files.reduce(0) { $0 + (try PersonErasureStore.erase($1, on: day, record: record, in: db)) }
  }

  /// When a person was erased and under which record; nil for one who was not, or whom the actor may not see.
  package func erased(_ id: PersonID, for actor: Actor, in db: Connection) throws -> PersonErasure? {
    try PersonErasureStore.find(id, visibleTo: actor, in: db)
  }
}

/// That a person was erased.
package struct PersonErasure: Equatable, Sendable {
  package let on: Day
  /// The number of the destruction record.
  package let record: String

  /// What is said wherever her pages were.
  var refusal: Refusal {
    .gone(say("What was known of this person was erased on \(on), under the record \(record)."))
  }
}

extension Language {
  /// As a word in a sentence.
  fileprivate var phrase: Phrase {
    switch self {
    case .french: say("in French")
    case .arabic: say("in Arabic")
    case .english: say("in English")
    }
  }
}
