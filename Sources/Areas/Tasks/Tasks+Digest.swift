import Accounts
import Basics
import Foundation
import Messages
import Storage

/// The daily word by e-mail, for whoever wants it: how many tasks wait, what other areas
/// add, and nothing of what they are about.
extension Tasks {
  private static func context(_ account: AccountID) -> String { "task_digest.address:\(account)" }

  /// Nil where somebody wants none.
  package func digest(of actor: Actor) async throws -> TaskDigest? {
    try await database.read { db in try kept(of: actor.id, in: db)?.digest }
  }

  private func kept(of account: AccountID, in db: Connection) throws -> (digest: TaskDigest, last: Day)? {
    guard let kept = try TaskDigestStore.find(account, in: db) else { return nil }
    let address = try InstallationKeys.key(for: .office, in: db).openText(
      kept.address, as: Self.context(account))
    return (TaskDigest(address: address, language: kept.language), kept.last)
  }

  /// Sets where one's own daily word goes, or ends it; the same a second time changes nothing.
  package func set(_ digest: TaskDigest?, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      let earlier = try kept(of: actor.id, in: db)
      guard earlier?.digest != digest else { return }
      if let digest {
        let key = try InstallationKeys.key(for: .office, in: db)
        // Today's is over for whoever asks after its hour.
        let last = earlier?.last ?? TaskRules.digestDay(at: now) ?? Day(of: now) + -1
        try TaskDigestStore.set(
          actor.id, address: try key.seal(digest.address, as: Self.context(actor.id)), digest.language,
          last: last, in: db)
      } else {
        try TaskDigestStore.remove(actor.id, in: db)
      }
      try Journal.append(
        digest == nil ? "task.digest-end" : "task.digest", on: RecordReference("account", actor.id),
        by: actor, at: now, in: db)
    }
  }

  /// Queues the words of this day that are not queued yet. Each in one transaction with the note that it is done: once a
  /// day, also after a crash, and by however many programs.
  /// - Returns: for how many accounts the day was done.
  @discardableResult
  package func tellOfTheDay() async throws -> Int {
    guard let day = TaskRules.digestDay(at: now()) else { return 0 }
    let due = try await database.read { db in try TaskDigestStore.due(before: day, limit: 100, in: db) }
    var fault: (any Error)?
    // One that fails keeps no other from being told.
    for account in due {
      do {
        try await database.write { db in try tell(account, of: day, in: db) }
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    return due.count
  }

  private func tell(_ account: AccountID, of day: Day, in db: Connection) throws {
    guard try TaskDigestStore.done(account, on: day, in: db),
      let digest = try kept(of: account, in: db)?.digest,
      let reader = try accounts.active(account, in: db)
    else { return }
    let count = try count(for: reader.actor, on: day, in: db)
    let language = Reader(digest.language)
    let more = try dailyLines.compactMap { try $0(reader.actor, language, db) }
    guard count.open > 0 || !more.isEmpty else { return }
    do {
      try messages.queue(message(count, more, digest, to: reader, on: day), in: db)
    } catch Refusal.invalid {
      // An address that no gateway takes; the list on the page says the same.
    }
  }

  private func message(
    _ count: TaskCount, _ more: [String], _ digest: TaskDigest, to account: Account, on day: Day
  ) -> NewMessage {
    let reader = Reader(digest.language)
    var lines: [String] = []
    if count.isCapped {
      lines.append(reader("More than \(TaskStore.mostCounted) tasks wait for you."))
    } else if count.open > 0 {
      lines.append(
        reader(count.open, one: "One task waits for you.", many: "\(count.open) tasks wait for you."))
    }
    if count.late > 0 { lines.append(reader("Late: \(count.late)")) }
    if count.today > 0 { lines.append(reader("Due today: \(count.today)")) }
    lines += more
    lines.append("")
    lines.append(reader("You asked for this word each morning; you can end it on the page of your tasks."))
    if !publicURL.isEmpty { lines.append("{link}") }
    let link = publicURL.isEmpty ? nil : publicURL + TaskPaths.list
    return NewMessage(
      key: "task-digest:\(account.id):\(day)", .email, to: .staff,
      MessageText(
        address: digest.address, subject: reader("Your tasks of today"), text: lines.joined(separator: "\n")),
      what: say("Your tasks of today"), language: digest.language, about: nil, link: link,
      antenna: account.antenna, account: account.id)
  }
}
