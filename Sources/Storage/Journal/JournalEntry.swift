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
  private let told: Told

  /// What changed; empty where nothing did, where the key is gone, and where it was put off and cannot be opened.
  package var changes: [FieldChange] {
    switch told {
    case .opened(let changes): changes
    case .sealed(let bytes, let key):
      (try? key.open(bytes, as: Journal.context(id))).flatMap { [FieldChange](bytes: $0) } ?? []
    }
  }

  private enum Told: Sendable {
    case opened([FieldChange])
    case sealed([UInt8], SealingKey)
  }
}

extension JournalEntry {
  /// - Parameter isLater: what changed is opened when it is asked for, and not for each line of a list that tells only
  ///   who did what.
  init(_ row: borrowing Row, key: SealingKey?, isOpenedLater isLater: Bool = false) throws {
    id = try row[0]
    at = try row[1]
    actor = try row[2]
    antenna = try row[3]
    act = try row[4]
    record = RecordReference(kind: try row[5], id: try row[6])
    subject = try row[7]
    version = try row[8]
    let stored: [UInt8] = try row[9]
    if stored.isEmpty || subject == nil {
      told = .opened([FieldChange](bytes: stored) ?? [])
    } else if let key {
      told =
        isLater
        ? .sealed(stored, key)
        : .opened([FieldChange](bytes: try key.open(stored, as: Journal.context(id))) ?? [])
    } else {
      told = .opened([])
    }
  }
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
