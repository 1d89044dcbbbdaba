import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Messages
import People
import Storage

/// The door of the area: what pages and other areas may ask about tasks.
package struct Tasks: Sendable {
  let database: Database
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  let messages: Messages
  /// Areas that keep what became of a task they gave.
  let followers: [TaskFollower]
  /// What other areas add to the daily word.
  let dailyLines: [DailyLine]
  /// How the program is reached from outside; empty where nobody said it.
  let publicURL: String
  let now: @Sendable () -> Date

  package init(
    cases: Cases, accounts: Accounts, antennas: Antennas, messages: Messages,
    followers: [TaskFollower] = [], dailyLines: [DailyLine] = [], publicURL: String = "",
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.messages = messages
    self.followers = followers
    self.dailyLines = dailyLines
    self.publicURL = publicURL
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try TaskStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Gives a task in the caller's transaction. The same key a second time is the same task, whatever became of it.
  /// - Throws: `Refusal.notFound` for a case out of the actor's sight, and for a receiver to whom she gives no tasks;
  ///   `Refusal.sentBefore` when the key came with other words.
  @discardableResult
  package func give(_ task: NewTask, in db: Connection, by actor: Actor) throws -> RecordID<OfficeTask> {
    try TaskRules.mustBeWhole(task)
    var antenna: AntennaCode?
    if case .person(let id) = task.to { antenna = try accounts.posts(of: [id], in: db)[id]?.antenna }
    guard TaskRules.mayGive(to: task.to, actor, antennaOfPerson: antenna) else { throw Refusal.notFound }
    let subject = try task.about.map { try held($0, by: actor, in: db) }
    let key = try subject?.key ?? InstallationKeys.key(for: .office, in: db)
    let words = try key.seal(task.words, as: "task.words:\(task.id)")
    let now = now()
    guard try TaskStore.insert(task, words: words, by: actor, at: now, in: db) else {
      guard let kept = try TaskStore.named(task.key, in: db) else { throw Refusal.notFound }
      guard kept.givenBy == actor.id, kept.file == task.about else { throw Refusal.notFound }
      let earlier = try key.openText(kept.words, as: "task.words:\(kept.id)")
      guard earlier == task.words, kept.receiver == task.to.code, kept.due == task.due else {
        throw Refusal.sentBefore("words", kept: earlier)
      }
      return kept.id
    }
    // About no case the words stay out of the journal: nothing there would seal them.
    try Journal.append(
      "task.give", on: OfficeTask.reference(task.id), of: subject, by: actor, at: now,
      changes: subject == nil ? [] : Fields(["words": task.words]).asNew, in: db)
    return task.id
  }

  /// The same in a transaction of its own.
  @discardableResult
  package func give(_ task: NewTask, by actor: Actor) async throws -> RecordID<OfficeTask> {
    try await database.write { db in try give(task, in: db, by: actor) }
  }

  /// A page of a list: what is open by its day, late first; what is over the other way round. At most 50.
  func list(_ list: TaskList, after cursor: TaskCursor? = nil, for actor: Actor) async throws -> TasksFound {
    try await database.read { db in
      let limit = TaskStore.listSize + 1
      let receivers = try receivers(list, of: actor, in: db)
      var kept: [KeptTask] = []
      for receiver in receivers {
        kept +=
          list == .ended
          ? try TaskStore.ended(of: receiver, after: cursor, limit: limit, in: db)
          : try TaskStore.open(of: receiver, after: cursor, limit: limit, in: db)
      }
      if list == .given { kept = try TaskStore.given(by: actor.id, after: cursor, limit: limit, in: db) }
      if list == .ended {
        kept += try TaskStore.ended(givenBy: actor.id, after: cursor, limit: limit, in: db)
      }
      var seen: Set<RecordID<OfficeTask>> = []
      kept = kept.filter { seen.insert($0.id).inserted }
      kept.sort { ($0.due, $0.id.text) < ($1.due, $1.id.text) }
      if list == .ended { kept.reverse() }
      let shown = Array(kept.prefix(TaskStore.listSize))
      return TasksFound(
        tasks: try shown.map { try read($0, for: actor, in: db) },
        next: kept.count > shown.count ? shown.last?.cursor : nil)
    }
  }

  /// What waits for `actor`, late first: her own, and those of her roles, her antenna or the centre. At most 50.
  package func open(for actor: Actor) async throws -> (tasks: [OfficeTask], hasMore: Bool) {
    let found = try await list(.waiting, for: actor)
    return (found.tasks, found.next != nil)
  }

  /// How much waits for `actor`, for her home page.
  package func count(for actor: Actor) async throws -> TaskCount {
    let day = Day(of: now())
    return try await database.read { db in try count(for: actor, on: day, in: db) }
  }

  func count(for actor: Actor, on day: Day, in db: Connection) throws -> TaskCount {
    let dues = try TaskStore.dues(of: receivers(.waiting, of: actor, in: db), in: db)
    return TaskCount(
      open: min(dues.count, TaskStore.mostCounted), late: dues.count { $0 < day },
      today: dues.count { $0 == day }, isCapped: dues.count > TaskStore.mostCounted)
  }

  /// One task, for those for whom it is meant and for whoever gave it.
  func find(_ id: RecordID<OfficeTask>, for actor: Actor) async throws -> TaskShown {
    try await database.read { db in
      let receivers = try receivers(.waiting, of: actor, in: db)
      let kept = try TaskStore.require(id, of: receivers, orGivenBy: actor.id, in: db)
      let file = try kept.file.flatMap { try seen($0, by: actor, in: db)?.file }
      return TaskShown(
        task: try read(kept, for: actor, in: db), file: file,
        isForReader: receivers.contains(kept.receiver)
          && (kept.file == nil || file != nil || kept.words.isEmpty))
    }
  }

  /// Takes a task upon oneself, so that the others know.
  /// - Parameter earlier: who had taken it when it was looked at; nil where nobody had.
  /// - Throws: `Refusal.conflict` when somebody else took it, or ended it, meanwhile.
  package func take(_ id: RecordID<OfficeTask>, from earlier: AccountID?, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      let kept = try TaskStore.require(id, of: try receivers(.waiting, of: actor, in: db), in: db)
      let subject = try kept.file.map { try held($0, by: actor, in: db) }
      if kept.state == .open, kept.takenBy == actor.id { return }
      guard try TaskStore.take(id, from: earlier, by: actor, in: db) else {
        throw Refusal.conflict(say("Somebody else was faster. Look at the page again."))
      }
      try Journal.append("task.take", on: OfficeTask.reference(id), of: subject, by: actor, at: now, in: db)
    }
  }

  /// The task is done; the same a second time changes nothing.
  package func finish(_ id: RecordID<OfficeTask>, by actor: Actor) async throws {
    try await end(id, .done, because: nil, by: actor)
  }

  /// The task is not taken on, for a reason; the same a second time changes nothing.
  package func refuse(_ id: RecordID<OfficeTask>, because reason: String, by actor: Actor) async throws {
    try TaskRules.mustBeReason(reason)
    try await end(id, .refused, because: reason, by: actor)
  }

  private func end(
    _ id: RecordID<OfficeTask>, _ state: OfficeTask.State, because reason: String?, by actor: Actor
  ) async throws {
    let now = now()
    try await database.write { db in
      let receivers = try receivers(.waiting, of: actor, in: db)
      let kept = try TaskStore.require(id, of: receivers, in: db)
      // Of an erased person nothing is told any more, and her task can still be put aside.
      let file = kept.words.isEmpty ? nil : kept.file
      let subject = try file.map { try held($0, by: actor, in: db) }
      let key = try subject?.key ?? InstallationKeys.key(for: .office, in: db)
      let sealed = try reason.map { try key.seal($0, as: "task.reason:\(id)") }
      guard try TaskStore.end(id, state, reason: sealed, by: actor, at: now, in: db) else {
        let ended = try TaskStore.require(id, of: receivers, in: db)
        let earlier = try ended.reason.map { try key.openText($0, as: "task.reason:\(id)") }
        guard ended.state == state, earlier == reason else {
          throw Refusal.conflict(say("This task was done or refused meanwhile. Look at the page again."))
        }
        return
      }
      for follow in followers { try follow(id, state, now, db) }
      try Journal.append(
        "task.\(state.rawValue)", on: OfficeTask.reference(id), of: subject, by: actor, at: now, in: db)
    }
  }

  func read(_ kept: KeptTask, for actor: Actor, in db: Connection) throws -> OfficeTask {
    let key: SealingKey? =
      if kept.words.isEmpty {
        nil  // The person was erased.
      } else if let file = kept.file {
        try seen(file, by: actor, in: db)?.subject.key
      } else {
        try InstallationKeys.key(for: .office, in: db)
      }
    var ending: OfficeTask.Ending?
    if let at = kept.endedAt, let by = kept.endedBy {
      let reason = try kept.reason.flatMap { try key?.openText($0, as: "task.reason:\(kept.id)") }
      ending = OfficeTask.Ending(at: at, by: by, reason: reason)
    }
    return try OfficeTask(
      kept, words: key?.openText(kept.words, as: "task.words:\(kept.id)"), ending: ending)
  }

  /// A receiver need not be one who opens files: what a task says of a case is for those who do.
  private func seen(_ file: RecordID<CaseFile>, by actor: Actor, in db: Connection) throws -> (
    file: CaseFile, subject: Subject
  )? {
    actor.may(.openFiles) ? try cases.findUnerased(file, for: actor, in: db) : nil
  }

  private func held(_ file: RecordID<CaseFile>, by actor: Actor, in db: Connection) throws -> Subject {
    guard actor.may(.openFiles) else { throw Refusal.notFound }
    return try cases.hold(file, for: actor, in: db).subject
  }

  /// Under which words tasks of a list are found.
  private func receivers(_ list: TaskList, of actor: Actor, in db: Connection) throws -> [String] {
    let roles = try accounts.posts(of: [actor.id], in: db)[actor.id]?.roles ?? []
    return TaskRules.receivers(list, of: actor, roles: roles).map(\.code)
  }
}

/// What another area adds to the daily word of somebody; nil where nothing of it waits for her.
package typealias DailyLine =
  @Sendable (_ actor: Actor, _ reader: Reader, _ db: Connection) throws -> String?

/// What another area keeps of a task that it gave: told in the transaction that ends it.
package typealias TaskFollower =
  @Sendable (_ task: RecordID<OfficeTask>, _ state: OfficeTask.State, _ now: Date, _ db: Connection) throws ->
  Void

/// What the page of a task shows.
struct TaskShown: Sendable {
  let task: OfficeTask
  /// Nil where there is none, or none that the reader sees.
  let file: CaseFile?
  /// Whether the reader may take and end it.
  let isForReader: Bool
}
