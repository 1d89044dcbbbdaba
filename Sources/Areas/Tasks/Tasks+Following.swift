import Accounts
import Basics
import Cases
import Foundation
import People
import Storage

/// Tasks about a case go with it: nobody is left with one that she cannot open and end any more.
extension Tasks {
  /// When a case goes to another antenna or contact person, its open tasks that are for those who do not open
  /// it there go to those who do: the contact person, the antenna, the same role at the antenna.
  package static func follower(
    _ accounts: Accounts, _ people: People, at now: @escaping @Sendable () -> Date
  ) -> CaseFollower {
    let cases = Cases(database: people.database, people: people)
    return { file, place, isOpen, db in
      guard isOpen else { return }
      for task in try TaskStore.open(about: file, in: db) {
        guard let earlier = OfficeTask.Receiver(code: task.receiver) else { continue }
        var reader: Actor?
        if case .person(let id) = earlier { reader = try accounts.active(id, in: db)?.actor }
        let receiver = TaskRules.receiver(earlier, reader, at: place.antenna, with: place.contact)
        guard receiver != earlier else { continue }
        let subject = try cases.require(file, for: .program, in: db).subject
        try Self.address(task.id, to: receiver, of: subject, at: now(), in: db)
      }
    }
  }

  /// Gives an open task to somebody else, for an area that holds its case; what is not open stays as it is.
  package static func address(
    _ id: RecordID<OfficeTask>, to receiver: OfficeTask.Receiver, of subject: Subject, at now: Date,
    in db: Connection
  ) throws {
    guard let earlier = try TaskStore.address(id, to: receiver, in: db) else { return }
    try Journal.append(
      "task.follow", on: OfficeTask.reference(id), of: subject, by: .program, at: now,
      changes: [FieldChange(field: "receiver", before: earlier, after: receiver.code)], in: db)
  }
}
