import Basics
import Storage

/// The door of the area: what those who watch over the work may ask.
package struct Oversight: Sendable {
  let database: Database

  package init(database: Database) { self.database = database }

  /// A page of the journal, newest first: of the nation, or of the actor's antenna.
  package func page(after cursor: JournalCursor?, for actor: Actor) async throws -> JournalPage {
    try actor.must(.readJournal)
    let antenna = actor.scope == .nation ? nil : actor.antenna
    guard actor.scope == .nation || antenna != nil else { throw Refusal.notFound }
    return try await database.read { db in try Journal.page(of: antenna, after: cursor, in: db) }
  }
}
