import Basics
import Foundation
import Storage

/// A file of services that was sent up: seen line by line before anything of it is entered.
struct ServiceImport: Identifiable, Sendable {
  let id: RecordID<ServiceImport>
  let name: String
  /// Whose the services will be; nil: the central office's.
  let antenna: AntennaCode?
  let sentAt: Date
  let sentBy: AccountID
  let rows: [ServiceRow]
  /// When it was entered, and what that made.
  let done: (at: Date, added: Int, changed: Int)?

  /// Rows that one file may hold; bytes of it.
  static let mostRows = 500
  static let mostBytes = 1 << 20
}

/// One line of such a file, as it was typed there.
struct ServiceRow: Codable, Sendable, Equatable {
  /// As a spreadsheet numbers it; in JSON the first service is 1.
  let line: Int
  /// By what the file knows the service again; nil where it has no word for it.
  let key: String?
  let providerKey: String?
  /// By the names of the fields of the forms.
  let provider: [String: String]
  let service: [String: [String]]
}

/// What a row would do.
struct ServiceRowResult: Sendable {
  enum Outcome: String, Sendable { case added, changed, same, refused }

  let row: ServiceRow
  let outcome: Outcome
  let errors: [FieldError]
}

/// A file that cannot be read at all, and the way out.
struct ServiceFileFault: Error {
  let phrase: Phrase
}
