import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import Antennas
@testable import Rights

@Suite struct `Rights of a person` {
  private static func opened(_ room: RightsRoom, _ person: PersonID) async throws -> OpenedRights {
    try await room.rights.open(person, for: RightsRoom.head)
  }

  @Test(arguments: TestDatabase.engines)
  func `a request sent twice is one, with other words it is refused`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine) { room in
      let person = try await room.receive().person
      let request = room.request(of: person)
      for _ in 1...2 { try await room.rights.receive(request, by: RightsRoom.head) }
      await #expect(throws: Refusal.self) {
        try await room.rights.receive(
          room.request(request.id, of: person, words: "Other"), by: RightsRoom.head)
      }
      let opened = try await Self.opened(room, person)
      #expect(opened.requests.map(\.words) == ["All of it"])
      let waiting = try await room.rights.waiting(after: nil, for: RightsRoom.head)
      #expect(waiting.requests.count == 1 && waiting.names[person] != nil)
      #expect(try await room.rights.waiting(after: nil, for: RightsRoom.stranger).requests.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an answer stands, and waits no more`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine) { room in
      let person = try await room.receive().person
      let request = room.request(of: person)
      try await room.rights.receive(request, by: RightsRoom.head)
      let today = Day(of: room.clock.now)
      let answer = RightsRequest.Answer(outcome: .done, on: today, words: "Handed over")
      for _ in 1...2 {
        try await room.rights.answer(request.id, of: person, answer, by: RightsRoom.head)
      }
      let other = RightsRequest.Answer(outcome: .refused, on: today, words: "No")
      await #expect(throws: Refusal.self) {
        try await room.rights.answer(request.id, of: person, other, by: RightsRoom.head)
      }
      let opened = try await Self.opened(room, person)
      #expect(opened.requests.first?.answer == answer)
      #expect(try await room.rights.waiting(after: nil, for: RightsRoom.head).requests.isEmpty)
      let acts = try await room.acts(of: person)
      #expect(acts.filter { $0 == "rights.receive" }.count == 1)
      #expect(acts.filter { $0 == "rights.answer" }.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `only with the duty, and not at another antenna`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine) { room in
      let person = try await room.receive().person
      let request = room.request(of: person)
      await #expect(throws: Refusal.notAllowed(.answerRights)) {
        try await room.rights.receive(request, by: Staff.amel)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.rights.receive(request, by: RightsRoom.stranger)
      }
      await #expect(throws: Refusal.notFound) {
        _ = try await room.rights.open(person, for: RightsRoom.stranger)
      }
      await #expect(throws: Refusal.notFound) {
        _ = try await room.rights.beginCopy(of: person, as: .json, in: .french, for: RightsRoom.stranger)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `one asks, another decides`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine) { room in
      let person = try await room.closed()
      let id = RecordID<Erasure>()
      for _ in 1...2 {
        try await room.rights.ask(id, of: person, on: .request, because: "She asks", by: RightsRoom.centre)
      }
      await #expect(throws: Refusal.self) {
        try await room.rights.ask(id, of: person, on: .term, because: "She asks", by: RightsRoom.centre)
      }
      await #expect(throws: Refusal.self) {
        try await room.rights.ask(RecordID(), of: person, on: .term, because: "Again", by: RightsRoom.centre)
      }
      await #expect(throws: Refusal.self) { try await room.rights.erase(id, by: RightsRoom.centre) }
      await #expect(throws: Refusal.notAllowed(.decideErasure)) {
        try await room.rights.erase(id, by: RightsRoom.head)
      }
      for _ in 1...2 { try await room.rights.erase(id, by: RightsRoom.second) }
      let opened = try await Self.opened(room, person)
      #expect(opened.erasure?.record == "E-0001" && opened.known == nil)
      let record = try await room.rights.erasure(id, for: RightsRoom.head)
      #expect(record.erasure.state == .erased && record.reason == nil && record.label == nil)
      #expect(record.erasure.extent?.cases == 1)
      await #expect(throws: Refusal.self) {
        try await room.rights.decline(id, because: "No", by: RightsRoom.second)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `declined, the data stay, and it can be asked again`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine) { room in
      let person = try await room.closed()
      let id = RecordID<Erasure>()
      try await room.rights.ask(id, of: person, on: .term, because: "Over", by: RightsRoom.head)
      for _ in 1...2 { try await room.rights.decline(id, because: "A claim runs", by: RightsRoom.centre) }
      let record = try await room.rights.erasure(id, for: RightsRoom.head)
      #expect(record.erasure.state == .declined && record.answer == "A claim runs")
      try await room.rights.ask(RecordID(), of: person, on: .term, because: "Over", by: RightsRoom.head)
      let opened = try await Self.opened(room, person)
      #expect(opened.known != nil && opened.erasures.count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an open case or a hold stands against it`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine) { room in
      let (person, file) = try await room.receive()
      await #expect(throws: Refusal.self) {
        try await room.rights.ask(RecordID(), of: person, on: .request, because: "x", by: RightsRoom.head)
      }
      try await room.close(file)
      let hold = RightsHold(
        id: RecordID(), kind: .legal, until: nil, reason: "A court asks", setAt: room.clock.now)
      for _ in 1...2 { try await room.rights.keep(hold, of: person, by: RightsRoom.head) }
      var opened = try await Self.opened(room, person)
      #expect(opened.holds.map(\.reason) == ["A court asks"] && opened.obstacles.count == 1)
      await #expect(throws: Refusal.self) {
        try await room.rights.ask(RecordID(), of: person, on: .request, because: "x", by: RightsRoom.head)
      }
      await #expect(throws: Refusal.notAllowed(.decideErasure)) {
        try await room.rights.lift(hold.id, of: person, by: RightsRoom.head)
      }
      for _ in 1...2 { try await room.rights.lift(hold.id, of: person, by: RightsRoom.centre) }
      opened = try await Self.opened(room, person)
      #expect(opened.obstacles.isEmpty)
      let id = RecordID<Erasure>()
      try await room.rights.ask(id, of: person, on: .request, because: "x", by: RightsRoom.head)
      // A case that was opened meanwhile stands against the decision too.
      _ = try await room.receive(also: person)
      await #expect(throws: Refusal.self) { try await room.rights.erase(id, by: RightsRoom.centre) }
      #expect(try await Self.opened(room, person).known != nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `nothing is due without a rule, and then what is over its term`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine) { room in
      let old = try await room.closed("Old")
      let kept = try await room.closed("Kept")
      let sfax = try await room.closed("Far", by: Staff.emna)
      room.clock.advance(days: 366 * 5)
      let new = try await room.closed("New")
      let again = try await room.receive(also: new).file
      try await room.close(again)
      let none = try await room.rights.due(.withoutHelp, after: nil, for: RightsRoom.centre)
      #expect(none.rule == nil && none.due.isEmpty)
      let rule = room.rule(years: 5)
      for _ in 1...2 { try await room.rights.enter(rule, by: RightsRoom.centre) }
      await #expect(throws: Refusal.notAllowed(.setRetention)) {
        try await room.rights.enter(room.rule(), by: RightsRoom.head)
      }
      let hold = RightsHold(
        id: RecordID(), kind: .longer, until: Day(of: room.clock.now) + 10, reason: "An appeal",
        setAt: room.clock.now)
      try await room.rights.keep(hold, of: kept, by: RightsRoom.head)
      var due = try await room.rights.due(.withoutHelp, after: nil, for: RightsRoom.centre)
      #expect(Set(due.due.map(\.person)) == [old, sfax])
      due = try await room.rights.due(.withoutHelp, after: nil, for: RightsRoom.head)
      #expect(due.due.map(\.person) == [old] && due.names[old] != nil)
      #expect(try await room.rights.due(.withHelp, after: nil, for: RightsRoom.head).due.isEmpty)
      // Her own term is not over: another case of hers is younger.
      let second = try await room.receive(also: old).file
      #expect(try await room.rights.due(.withoutHelp, after: nil, for: RightsRoom.head).due.isEmpty)
      try await room.close(second)
      #expect(try await room.rights.due(.withoutHelp, after: nil, for: RightsRoom.head).due.isEmpty)
      room.clock.advance(days: 11)
      due = try await room.rights.due(.withoutHelp, after: nil, for: RightsRoom.head)
      #expect(due.due.map(\.person) == [kept])
      let today = Day(of: room.clock.now)
      try await room.rights.end(rule.id, on: today + -1, by: RightsRoom.centre)
      #expect(try await room.rights.due(.withoutHelp, after: nil, for: RightsRoom.head).rule == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `files with an aid go by a rule of their own, each rule in its years`(engine: Database.Engine)
    async throws
  {
    try await RightsRoom.with(engine) { room in
      let (aided, plain) = (try await room.closed("Aided"), try await room.closed("Plain"))
      let file = try await room.database.read { db in try Cases.ids(of: [aided], in: db) }
      let rights = Rights(
        cases: room.cases, accounts: room.accounts, antennas: room.antennas, kept: [],
        aided: { files, _ in Set(files).intersection(file) }, now: { room.clock.now })
      func due(_ category: RetentionRule.Category) async throws -> [PersonID] {
        try await rights.due(category, after: nil, for: RightsRoom.centre).due.map(\.person)
      }
      room.clock.advance(days: 366 * 5)
      try await rights.enter(room.rule(.withoutHelp, years: 5), by: RightsRoom.centre)
      // No rule says how long a file with an aid is kept: it stays.
      #expect(try await due(.withoutHelp) == [plain])
      #expect(try await due(.withAid).isEmpty)
      let long = room.rule(.withAid, years: 10)
      try await rights.enter(long, by: RightsRoom.centre)
      #expect(try await due(.withAid).isEmpty)
      // A shorter one from a day on: before that day the longer one holds.
      let today = Day(of: room.clock.now)
      try await rights.enter(room.rule(.withAid, years: 4, from: today + 10), by: RightsRoom.centre)
      #expect(try await due(.withAid).isEmpty)
      room.clock.advance(days: 10)
      #expect(try await due(.withAid) == [aided])
      #expect(try await due(.withoutHelp) == [plain])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who saw what is told by institution and role`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine) { room in
      let (person, file) = try await room.receive()
      _ = try await room.cases.open(file, for: Staff.amel)
      room.clock.advance(seconds: 60)
      _ = try await room.cases.people.open(person, for: RightsRoom.head)
      let seen = try await room.rights.seen(person, after: nil, for: RightsRoom.head).page
      #expect(seen.entries.map(\.act) == ["person.open", "case.open"])
      let sharing = try await room.rights.sharing(of: person, for: .shareSocial, Staff.amel)
      #expect(sharing.isEmpty)
      await #expect(throws: Refusal.notFound) {
        _ = try await room.rights.sharing(of: person, for: .accompaniment, Staff.emna)
      }
    }
  }

  @Test func `a service outside is not told as an institution`() throws {
    let post = Post(institution: "OTE", antenna: nil, roles: [.partner])
    let staff = Post(institution: "OTE", antenna: nil, roles: [.centre])
    let nowhere = Territory(antennas: [], governorates: [], countries: [], institutions: [], coverage: [])
    let told = CopyWords(reader: Reader(.english), territory: nowhere)
    let (service, centre) = (AccountID(), AccountID())
    let posts = [service: post, centre: staff]
    #expect(told.post(service, posts) == "Service outside, for its referrals")
    #expect(told.post(centre, posts) != told.post(service, posts))
    #expect(told.post(centre, posts).contains(told.reader(Role.centre.label)))
  }

  @Test(arguments: TestDatabase.engines)
  func `no act reads or sorts a whole table`(engine: Database.Engine) async throws {
    try await RightsRoom.with(engine) { room in
      let person = try await room.closed()
      try await room.rights.receive(room.request(of: person), by: RightsRoom.head)
      try await room.rights.enter(room.rule(), by: RightsRoom.centre)
      let plans = QueryPlans()
      let watched = RightsRoom(plans.watching(room.database))
      room.clock.advance(days: 1)
      for actor in [RightsRoom.head, RightsRoom.centre] {
        _ = try await watched.rights.open(person, for: actor)
        _ = try await watched.rights.waiting(after: nil, for: actor)
        _ = try await watched.rights.waiting(
          after: RightsCursor("2020-01-01", RecordID<Never>().text), for: actor)
        _ = try await watched.rights.due(.withoutHelp, after: nil, for: actor)
        _ = try await watched.rights.due(.withAid, after: nil, for: actor)
        _ = try await watched.rights.due(
          .withoutHelp, after: RightsCursor("2020-01-01", RecordID<Never>().text), for: actor)
        _ = try await watched.rights.erasures(after: nil, for: actor)
        _ = try await watched.rights.seen(person, after: nil, for: actor)
      }
      let id = RecordID<Erasure>()
      try await watched.rights.ask(id, of: person, on: .term, because: "Over", by: RightsRoom.head)
      try await watched.rights.erase(id, by: RightsRoom.centre)
      let offences = plans.offences(small: [
        "account", "rights_rule", "antenna", "governorate", "country", "institution", "coverage",
      ])
      #expect(offences.isEmpty, "\(offences.joined(separator: "\n\n"))")
    }
  }
}
