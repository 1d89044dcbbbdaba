import Antennas
import Basics
import Cases
import Foundation
import Storage

extension Meetings {
  /// The code under which minutes of a place are kept.
  private static func code(_ antenna: AntennaCode?) -> String { antenna?.rawValue ?? "" }

  /// Where somebody reads minutes: nil means everywhere.
  /// - Throws: `Refusal.notAllowed` for whoever opens no files.
  private func place(_ chosen: AntennaCode?, for actor: Actor) throws -> String? {
    try actor.must(.openFiles)
    if actor.scope == .nation { return chosen.map { $0.rawValue } }
    guard let own = actor.antenna else { throw Refusal.notFound }
    return own.rawValue
  }

  /// A page of minutes, the latest meeting first.
  func list(at antenna: AntennaCode?, after cursor: MeetingCursor?, for actor: Actor) async throws
    -> MeetingsFound
  {
    let place = try place(antenna, for: actor)
    let drafts = MeetingRules.mayWrite(at: actor.antenna, actor) ? Self.code(actor.antenna) : nil
    return try await database.read { db in
      let found = try MeetingStore.page(
        at: place, drafts: drafts, after: cursor, key: Self.key(in: db), in: db)
      let shown = Array(found.prefix(MeetingStore.pageSize))
      return MeetingsFound(
        meetings: shown,
        next: found.count > shown.count ? shown.last.map { MeetingCursor(after: $0) } : nil)
    }
  }

  /// Minutes with what they hold; a draft begins with what earlier meetings decided and is open.
  func find(_ id: RecordID<Meeting>, for actor: Actor) async throws -> MeetingShown {
    try await database.read { db in
      let meeting = try MeetingStore.find(id, key: Self.key(in: db), in: db)
      guard MeetingRules.mayRead(meeting, actor) else { throw Refusal.notFound }
      let keys = try keys(for: actor, in: db)
      let items = try MeetingItemStore.of(id, key: keys, in: db)
      var earlier: [MeetingItem] = []
      if meeting.closed == nil {
        earlier = try MeetingItemStore.decisions(
          isOpen: true, at: Self.code(meeting.antenna), after: nil, limit: MeetingItemStore.pageSize,
          key: keys, in: db)
      }
      return MeetingShown(
        meeting: meeting, items: items, numbers: try numbers(of: items + earlier, in: db), earlier: earlier,
        mayWrite: MeetingRules.mayWrite(at: meeting.antenna, actor))
    }
  }

  /// Of the items whose words were read: whoever does not see a case does not learn its number.
  private func numbers(of items: [MeetingItem], in db: Connection) throws -> [RecordID<CaseFile>: String] {
    try cases.numbers(of: items.filter { $0.words != nil }.compactMap(\.file), in: db)
  }

  /// A page of decisions with what became of them.
  func decisions(
    isOpen: Bool, at antenna: AntennaCode?, after cursor: RecordID<MeetingItem>?, for actor: Actor
  ) async throws -> DecisionsFound {
    let place = try place(antenna, for: actor)
    return try await database.read { db in
      let found = try MeetingItemStore.decisions(
        isOpen: isOpen, at: place, after: cursor, limit: MeetingItemStore.pageSize + 1,
        key: keys(for: actor, in: db), in: db)
      let shown = Array(found.prefix(MeetingItemStore.pageSize))
      return DecisionsFound(
        items: shown, meetings: try MeetingStore.places(of: shown.map(\.meeting), in: db),
        numbers: try numbers(of: shown, in: db), next: found.count > shown.count ? shown.last?.id : nil)
    }
  }

  /// For the board: decisions of an antenna, or of the centre, whose task is not ended.
  package func waiting(at antenna: AntennaCode?, in db: Connection) throws -> Waiting? {
    try MeetingItemStore.waiting(at: Self.code(antenna), in: db)
  }

  /// Tells the journal that the minutes were made as a paper.
  func notePaper(of id: RecordID<Meeting>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      try Journal.append("meeting.print", on: Meeting.reference(id), by: actor, at: now, in: db)
    }
  }
}
