import Basics
import Cases
import Foundation
import People
import Storage

/// How an opening lets a file be read: the areas that keep files ask here where they find nothing in sight.
extension Openings {
  /// For the door of cases.
  package static func caseLeave(at now: @escaping @Sendable () -> Date) -> CaseLeave {
    { file, subject, actor, db in try leave(to: file.id, key: subject.key, actor, at: now(), in: db) }
  }

  /// For the door of persons: who may read a case of hers may read her.
  package static func personLeave(_ database: Database, at now: @escaping @Sendable () -> Date) -> PersonLeave
  {
    let cases = Cases(database: database, people: People(database: database))
    return { files, actor, db in
      guard actor.may(.openOutsideScope) else { return nil }
      for line in try cases.all(of: files, in: db) {
        guard
          let key = try cases.people.subjects(of: line.person, in: db).first(where: { $0.id == line.person })?
            .key
        else { continue }
        if let leave = try leave(to: line.id, key: key, actor, at: now(), in: db) { return leave }
      }
      return nil
    }
  }

  private static func leave(
    to file: RecordID<CaseFile>, key: SealingKey, _ actor: Actor, at now: Date, in db: Connection
  ) throws -> ReadingLeave? {
    guard actor.may(.openOutsideScope), let line = try OpeningStore.last(of: file, by: actor, in: db),
      OpeningRules.isRunning(line, at: now)
    else { return nil }
    let reason = try OpeningStore.read(line.id, key: key, in: db).reason
    return ReadingLeave(until: line.until, reason: reason.why.label)
  }

  /// A ticket to a person's file, for this actor alone: it stands in a link, and no id does.
  package func ticket(to person: PersonID, for actor: Actor) async throws -> String {
    try await database.read { db in try ticket(to: person, for: actor, in: db) }
  }

  func ticket(to person: PersonID, for actor: Actor, in db: Connection) throws -> String {
    let ticket = OpeningTicket(to: person, at: now())
    let sealed = try InstallationKeys.key(for: .search, in: db).seal(ticket.text, as: Self.context(actor))
    // A step of a path: without the marks that mean something there.
    return Data(sealed).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// Tickets to the files that a search found out of sight, by their antennas.
  func tickets(to hidden: [AntennaCode: PersonID], for actor: Actor) async throws -> [(
    antenna: AntennaCode, ticket: String
  )] {
    try await database.read { db in
      try hidden.sorted { $0.key.rawValue < $1.key.rawValue }.map { antenna, person in
        (antenna, try ticket(to: person, for: actor, in: db))
      }
    }
  }

  /// The case to which a ticket leads, and a new ticket to go on with: a form takes its time.
  func renewed(_ ticket: String, for actor: Actor) async throws -> (antenna: AntennaCode, ticket: String) {
    try actor.must(.openOutsideScope)
    let now = now()
    return try await database.read { db in
      let person = try checked(ticket, for: actor, at: now, in: db)
      let file = try target(of: ticket, for: actor, at: now, in: db)
      let antenna = try cases.require(file, for: .program, in: db).file.antenna
      return (antenna, try self.ticket(to: person, for: actor, in: db))
    }
  }

  /// The newest case of the person that is not closed; the newest where all are.
  func target(of ticket: String, for actor: Actor, at now: Date, in db: Connection) throws -> RecordID<
    CaseFile
  > {
    let person = try checked(ticket, for: actor, at: now, in: db)
    let lines = try cases.all(of: cases.people.files(of: person, in: db), in: db)
    guard let line = lines.first(where: { $0.stage != .closed }) ?? lines.first else {
      throw Refusal.notFound
    }
    return line.id
  }

  private func checked(_ ticket: String, for actor: Actor, at now: Date, in db: Connection) throws -> PersonID
  {
    let letters = ticket.replacing("-", with: "+").replacing("_", with: "/")
    let text = letters + String(repeating: "=", count: (4 - letters.count % 4) % 4)
    let key = try InstallationKeys.key(for: .search, in: db)
    guard let sealed = Data(base64Encoded: text),
      let opened = try? key.openText(Array(sealed), as: Self.context(actor)),
      let ticket = OpeningTicket(opened), ticket.isGood(at: now)
    else {
      throw Refusal.conflict(
        say("This link is too old, or it was not made for you. Search for the person again."))
    }
    return ticket.person
  }

  private static func context(_ actor: Actor) -> String { "opening.ticket:\(actor.id)" }
}
