import Basics
import Foundation

/// What happened: who, when, from where, what, to which record, field by field.
package struct JournalEntry: Sendable, Identifiable {
  package let id: RecordID<JournalEntry>
  package let at: Date
  package let actor: AccountID
  /// The antenna the actor works for; nil at the centre and at the console.
  package let antenna: AntennaCode?
  /// The act by its noun and verb: `case.close`, `person.open`.
  package let act: String
  package let record: RecordReference
  /// Whom it is about; nil when it is about nobody (an account, an antenna).
  package let subject: PersonID?
  /// The version the record has after it; nil where it has none.
  package let version: Int?
  /// What changed; empty where nothing did or where the key is gone.
  package let changes: [FieldChange]
}

/// A record of any kind, for the journal.
package struct RecordReference: Sendable, Hashable {
  /// The table's own word: `person`, `case`, `visit`.
  package let kind: String
  package let id: String

  package init<Record>(_ kind: String, _ id: RecordID<Record>) {
    self.kind = kind
    self.id = id.text
  }

  package init(_ kind: String, code: some Code) {
    self.kind = kind
    id = code.rawValue
  }

  init(kind: String, id: String) {
    self.kind = kind
    self.id = id
  }
}

/// A person and her key: what an entry about her says is sealed with it.
package struct Subject: Sendable {
  package let id: PersonID
  package let key: SealingKey

  package init(id: PersonID, key: SealingKey) {
    self.id = id
    self.key = key
  }
}
