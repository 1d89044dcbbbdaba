import Basics
import Foundation
import Storage

/// Every SQL statement about consents.
enum ConsentStore {
  static func insert(
    _ consent: Consent, of person: PersonID, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO consent (id, person, purpose, text_version, language, given_on, way, recorded_at, recorded_by)
      VALUES (\(consent.id), \(person), \(consent.purpose), \(consent.textVersion), \(consent.language),
        \(consent.givenOn), \(consent.way), \(now), \(actor.id))
      """)
  }

  static func exists(_ id: RecordID<Consent>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM consent WHERE id = \(id)")
  }

  /// - Returns: false when it is not in force, or is another person's.
  static func withdraw(
    _ id: RecordID<Consent>, of person: PersonID, by actor: Actor, at now: Date, in db: Connection
  )
    throws -> Bool
  {
    try db.run(
      """
      UPDATE consent SET withdrawn_at = \(now), withdrawn_by = \(actor.id)
      WHERE id = \(id) AND person = \(person) AND withdrawn_at IS NULL
      """) == 1
  }

  /// Consents that were recorded after `moment`, oldest first.
  static func recorded(after moment: Date, of person: PersonID, in db: Connection) throws -> [Consent] {
    try db.rows(
      """
      SELECT id, person, purpose, text_version, language, given_on, way, withdrawn_at FROM consent
      WHERE person = \(person) AND recorded_at > \(moment) ORDER BY recorded_at LIMIT 200
      """
    ) { row in try Consent(row) }
  }

  /// Gives a consent to another file of those that were joined.
  static func move(_ id: RecordID<Consent>, to person: PersonID, in db: Connection) throws {
    try db.run("UPDATE consent SET person = \(person) WHERE id = \(id)")
  }

  static func all(of person: PersonID, in db: Connection) throws -> [Consent] {
    try db.rows(
      """
      SELECT id, person, purpose, text_version, language, given_on, way, withdrawn_at FROM consent
      WHERE person = \(person) ORDER BY recorded_at DESC LIMIT 200
      """
    ) { row in try Consent(row) }
  }
}

extension Consent {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], person: try row[1], purpose: try row[2], textVersion: try row[3], language: try row[4],
      givenOn: try row[5], way: try row[6], withdrawnAt: try row[7])
  }
}
