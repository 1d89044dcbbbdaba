import Basics
import Cases
import Storage

/// What a clock of another area asks for. It is kept in the language of the catalogue, and shown in the reader's.
package enum TaskReminder: CaseIterable, Sendable {
  /// A referral waits for a service, a contact person or a head, beyond every term.
  case referralWaits

  var phrase: Phrase {
    switch self {
    case .referralWaits: say("A referral of this case has waited for too long: see who has to act.")
    }
  }

  package var words: String { Reader(.english)(phrase) }

  static func phrase(of words: String) -> Phrase? { allCases.first { $0.words == words }?.phrase }
}

/// Tasks that the clocks of other areas give, and take back.
extension Tasks {
  /// Gives a task for a clock: nothing where a task of this key was given before, whatever became of it and wherever its
  /// case went since.
  package func remind(_ task: NewTask, in db: Connection) throws {
    guard try TaskStore.named(task.key, in: db) == nil else { return }
    try give(task, in: db, by: .program)
  }

  /// What a clock asked for is no longer to be done: its open tasks are done, by nobody's hand.
  /// - Parameter keys: how the keys of those tasks begin.
  package func settle(_ keys: String, in db: Connection) throws {
    for task in try TaskStore.open(keys: keys, givenBy: .program, in: db) {
      guard try TaskStore.end(task.id, .done, reason: nil, by: .program, at: now(), in: db) else { continue }
      let subject = try task.file.map { try cases.require($0, for: .program, in: db).subject }
      try Journal.append(
        "task.settle", on: OfficeTask.reference(task.id), of: subject, by: .program, at: now(), in: db)
    }
  }
}
