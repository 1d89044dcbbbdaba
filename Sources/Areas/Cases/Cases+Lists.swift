import Basics
import Foundation
import People
import Storage

extension Cases {
  /// A page of cases with the names of their persons.
  package func list(_ filter: CaseFilter, after: CaseCursor?, for actor: Actor) async throws -> CasePage {
    try actor.must(.openFiles)
    let today = Day(of: now())
    return try await database.read { db in
      var lines = try CaseListStore.page(filter, today: today, after: after, for: actor, in: db)
      let hasMore = lines.count > CaseListStore.pageSize
      if hasMore { lines.removeLast() }
      let next = hasMore ? lines.last.flatMap { CaseCursor(after: $0, isLate: filter.isLate) } : nil
      return CasePage(lines: lines, names: try people.labels(of: lines.map(\.person), in: db), next: next)
    }
  }

  /// The first page of a list that is taken away as a file; that it was, under which filter and as what
  /// kind of file, is in the journal.
  func takeAway(_ filter: CaseFilter, as kind: CaseSheet.Kind, for actor: Actor) async throws -> CasePage {
    let page = try await list(filter, after: nil, for: actor)
    let now = now()
    let fields = Fields([
      "whose": filter.whose.rawValue, "stage": filter.stage?.rawValue ?? "",
      "antenna": filter.antenna?.rawValue ?? "",
      "contact": filter.contact?.text ?? "", "late": filter.isLate ? "yes" : "",
      "file": kind.rawValue,
    ])
    try await database.write { db in
      try Journal.append(
        "case.take-list", on: RecordReference("account", actor.id), by: actor, at: now, changes: fields.asNew,
        in: db)
    }
    return page
  }

  /// What the actor's day holds: late, due today or in the week, and received without a plan.
  package func day(of actor: Actor) async throws -> CaseDay {
    try actor.must(.openFiles)
    let today = Day(of: now())
    return try await database.read { db in
      let late = try CaseListStore.due(Day(number: 0)...(today + -1), for: actor, limit: 20, in: db)
      let soon = try CaseListStore.due(today...(today + 7), for: actor, limit: 20, in: db)
      let waiting = try CaseListStore.waiting(for: actor, limit: 20, in: db)
      let persons = Set((late + soon + waiting).map(\.person))
      return CaseDay(
        late: late, soon: soon, waiting: waiting, names: try people.labels(of: Array(persons), in: db))
    }
  }

  /// Of the fifty cases that the actor may see and that were received last, the open ones in which an institution has not
  /// written its part yet, the longest waiting first.
  /// - Parameter written: those of the given cases in which it has.
  package func unwritten(
    for actor: Actor, written: @escaping @Sendable ([CaseLine], Connection) throws -> Set<RecordID<CaseFile>>
  ) async throws -> (lines: [CaseLine], names: [PersonID: PersonLabel]) {
    try actor.must(.openFiles)
    let today = Day(of: now())
    return try await database.read { db in
      let latest = try CaseListStore.page(CaseFilter(), today: today, after: nil, for: actor, in: db)
      let open = latest.prefix(CaseListStore.pageSize).filter { $0.stage != .closed }
      let known = try written(open, db)
      let lines = Array(open.filter { !known.contains($0.id) }.reversed())
      return (lines, try people.labels(of: Array(Set(lines.map(\.person))), in: db))
    }
  }

  /// Where the cases in the actor's charge stand: those of the antennas for the centre, those of the counsellors for the
  /// head of an antenna; nil for whoever has nobody's cases in charge. At most a minute old.
  package func caseload(for actor: Actor) async throws -> Caseload? {
    guard actor.may(.openFiles), actor.may(.assignCases) else { return nil }
    let (today, now) = (Day(of: now()), now())
    switch actor.scope {
    case .nation:
      return try await keptCaseloads.caseload(of: nil, at: now) {
        try await database.read { db in try CaseloadStore.ofAntennas(today: today, at: now, in: db) }
      }
    case .antenna:
      guard let antenna = actor.antenna else { return nil }
      return try await keptCaseloads.caseload(of: antenna, at: now) {
        try await database.read { db in
          try CaseloadStore.ofContacts(at: antenna, today: today, at: now, in: db)
        }
      }
    case .assigned: return nil
    }
  }

  /// The case with this number, however it is typed; nil when there is none, or none that the actor may see.
  package func find(number text: String, for actor: Actor) async throws -> RecordID<CaseFile>? {
    try actor.must(.openFiles)
    guard let number = CaseRules.number(typed: text) else { return nil }
    return try await database.read { db in try CaseStore.find(number: number, visibleTo: actor, in: db) }
  }

  /// Cases that another area's list names, with the names of their persons; those that the actor may not see are left
  /// out.
  package func lines(of ids: [RecordID<CaseFile>], for actor: Actor, in db: Connection) throws -> (
    lines: [RecordID<CaseFile>: CaseLine], names: [PersonID: PersonLabel]
  ) {
    let lines = try CaseListStore.lines(of: Array(Set(ids)), for: actor, in: db)
    return (
      Dictionary(uniqueKeysWithValues: lines.map { ($0.id, $0) }),
      try people.labels(of: Array(Set(lines.map(\.person))), in: db)
    )
  }

  /// Cases of an antenna from which another area draws by lot, in an order that does not change; at most `limit`.
  package func frame(
    of antenna: AntennaCode, _ basis: CaseFrame, _ days: ClosedRange<Day>, limit: Int, in db: Connection
  ) throws -> [RecordID<CaseFile>] {
    try CaseFrameStore.frame(of: antenna, basis, days, limit: limit, in: db)
  }

  /// Other cases of the same persons, for areas that count what a person got: of one who was received again, or whose files
  /// were joined. Nothing of them is told but that they are.
  package static func others(of files: ClosedRange<RecordID<CaseFile>>, in db: Connection) throws -> [(
    file: RecordID<CaseFile>, other: RecordID<CaseFile>
  )] {
    try CaseListStore.others(of: files, in: db)
  }

  /// The numbers of cases that another area's list names, for whoever may see that list.
  package func numbers(of ids: [RecordID<CaseFile>], in db: Connection) throws -> [RecordID<CaseFile>: String]
  {
    try ids.isEmpty ? [:] : CaseListStore.numbers(of: Array(Set(ids)), in: db)
  }

  /// The cases of one person that the actor may see.
  package func cases(of person: PersonID, for actor: Actor) async throws -> [CaseLine] {
    try actor.must(.openFiles)
    return try await database.read { db in
      try CaseStore.ofPerson(people.files(of: person, in: db), for: actor, in: db)
    }
  }
}

/// What puts a case into a period, where cases are drawn by lot.
package enum CaseFrame: Sendable { case received, closed }

/// A page of a list of cases.
package struct CasePage: Sendable {
  package let lines: [CaseLine]
  package let names: [PersonID: PersonLabel]
  /// Where the next page begins; nil on the last.
  package let next: CaseCursor?
}

/// The counsellor's day.
package struct CaseDay: Sendable {
  package let late: [CaseLine]
  package let soon: [CaseLine]
  package let waiting: [CaseLine]
  package let names: [PersonID: PersonLabel]
}

extension CaseCursor {
  /// Nil for a line without a due day in a list by due day: there is none.
  init?(after line: CaseLine, isLate: Bool) {
    guard isLate else {
      self = .received(line.receivedAt, line.id)
      return
    }
    guard let due = line.due else { return nil }
    self = .due(due.on, line.id)
  }
}
