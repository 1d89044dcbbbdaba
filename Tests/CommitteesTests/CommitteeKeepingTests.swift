import Basics
import Cases
import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Committees

@Suite struct `What is kept of committees` {
  /// A request that was refused, appealed against, and waits again; and one that was taken back.
  private func told(_ room: CommitteeRoom) async throws -> (
    item: RecordID<CommitteeItem>, file: RecordID<CaseFile>, back: RecordID<CommitteeItem>
  ) {
    let item = try await room.submit()
    let file = try await room.database.read { db in try CommitteeItemStore.require(item, in: db).file }
    let session = try await room.convene([item])
    try await room.vote(.refused, on: item, in: session, by: [Staff.chokri, Staff.bilel])
    try await room.committees.decide(
      CommitteeRoom.refusal, as: RecordID(), on: item, in: session, by: Staff.chokri)
    try await room.committees.close(session, by: Staff.chokri)
    try await room.committees.confirm(session, by: Staff.bilel)
    try await room.committees.appeal(item, as: RecordID(), "Asecretappeal", on: room.today, by: Staff.amel)
    let back = room.item(file)
    try await room.committees.submit(back, by: Staff.amel)
    for _ in 1...2 {
      try await room.committees.withdraw(back.id, because: "Asecretreason", by: Staff.amel)
    }
    return (item, file, back.id)
  }

  @Test(arguments: TestDatabase.engines)
  func `lies sealed, and goes along when the case goes to another person`(engine: Database.Engine)
    async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let (item, file, _) = try await told(room)
      let sealed = try await room.database.read { db in
        try db.rows("SELECT summary FROM committee_item") { try $0[0] as [UInt8] }
          + db.rows("SELECT words FROM committee_appeal") { try $0[0] as [UInt8] }
          + db.rows("SELECT words FROM committee_decision") { try $0[0] as [UInt8] }
      }
      #expect(sealed.count == 4)
      #expect(!sealed.contains { String(decoding: $0, as: UTF8.self).contains("secret") })
      let other = try await room.receive()
      try await room.database.write { db in
        let old = try room.cases.require(file, for: .program, in: db).subject.key
        let new = try room.cases.require(other, for: .program, in: db).subject.key
        try room.committees.resealing(file, old, new, db)
        let (summary, appeal) = (
          try CommitteeItemStore.summary(of: item, key: new, in: db),
          try CommitteeItemStore.readAppeal(of: item, key: new, in: db)
        )
        #expect(summary == "Asecretneed" && appeal?.words == "Asecretappeal")
        let kept = try CommitteeItemStore.require(item, in: db)
        let decision = try CommitteeDecisionStore.decisions(of: [kept], key: { _ in new }, in: db).first
        #expect(decision?.words == CommitteeRoom.refusal)
        #expect(throws: (any Error).self) { try CommitteeItemStore.summary(of: item, key: old, in: db) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is counted after its words were erased with the person, and waits no more`(engine: Database.Engine)
    async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let (item, file, _) = try await told(room)
      let next = try await room.convene([item], quorum: 2, members: [Staff.fathi], chair: Staff.ghazi)
      let (today, person) = (
        room.today,
        try await room.database.read { db in try room.cases.require(file, for: .program, in: db).subject }
      )
      try await room.database.write { db in
        try Committees.kept.erase([person.id], today, db)
        for table in Committees.kept.tables { try KeptStore.empty(table, of: person.id, in: db) }
        _ = try room.people.erase([person.id], on: today, record: "E-1", in: db)
      }
      let (state, decision) = (try await room.state(of: item), try await room.decision(of: item))
      #expect(state == .withdrawn && decision?.outcome == .refused && decision?.words.text == nil)
      let opened = try await room.open(next)
      #expect(opened.entries.isEmpty)
      // The session that decided keeps its line: its minutes are signed.
      let decided = try #require(decision?.session)
      #expect(try await room.open(decided).entries.map(\.item.id) == [item])
      let count = try await room.database.read { db in
        try db.value("SELECT COUNT(*) FROM committee_vote", as: Int.self)
      }
      #expect(count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is seen by those who sit or convene, and by those who see the case`(engine: Database.Engine)
    async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item], members: [Staff.bilel, Staff.emna])
      for (actor, sees) in [
        (Staff.chokri, true), (Staff.bilel, true), (Staff.emna, true), (Staff.fathi, true),
        (Staff.amel, false),
        (Staff.ghazi, false),
      ] {
        let listed = try await room.committees.list(after: nil, for: actor).sessions.map(\.id)
        #expect(listed == (sees ? [session] : []), "\(actor.name)")
        do {
          _ = try await room.open(session, for: actor)
          #expect(sees, "\(actor.name)")
        } catch Refusal.notFound { #expect(!sees, "\(actor.name)") }
      }
      for actor in [Staff.dorra, Staff.hela] {
        await #expect(throws: Refusal.notAllowed(.sitInCommittees)) {
          _ = try await room.open(session, for: actor)
        }
      }
      await #expect(throws: Refusal.notAllowed(.holdCommittees)) {
        try await room.committees.seat(Staff.ghazi.id, as: .member, in: session, by: Staff.chokri)
      }
      await #expect(throws: Refusal.notAllowed(.holdCommittees)) {
        try await room.committees.remove(Staff.bilel.id, from: session, by: Staff.emna)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.committees.withdraw(item, because: "Mine", by: Staff.emna)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `shows nobody who votes whose file it is, where a session hides it`(engine: Database.Engine)
    async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let file = try await room.database.read { db in try CommitteeItemStore.require(item, in: db).file }
      let number = try await room.cases.open(file, for: Staff.fathi).file.number
      let hidden = try await room.convene([item], hidesIdentity: true)
      try await room.serve { site in
        for path in ["/committees/\(hidden)", "/committees/\(hidden)/items/\(item)"] {
          for (actor, sees) in [(Staff.chokri, false), (Staff.emna, false), (Staff.fathi, true)] {
            let page = try await site.get(path, as: actor)
            #expect(page.status == .ok && page.text.contains(number) == sees, "\(path) \(actor.name)")
            #expect(
              page.text.contains(file.text) == (sees && path.contains("items")), "\(path) \(actor.name)")
          }
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `sixty files open in as many questions as one, none of which reads a whole table`(
    engine: Database.Engine
  ) async throws {
    try await CommitteeRoom.with(engine) { room in
      var items: [RecordID<CommitteeItem>] = []
      for _ in 0..<60 { items.append(try await room.submit()) }
      for _ in 0..<25 { _ = try await room.submit() }
      let (large, small) = (
        try await room.convene(Array(items.dropFirst())), try await room.convene([items[0]])
      )
      for item in items.dropFirst().prefix(10) {
        try await room.vote(.granted, on: item, in: large, by: [Staff.chokri, Staff.bilel, Staff.emna])
      }
      func steps(_ id: RecordID<CommitteeSession>) async throws -> (count: Int, offences: [String]) {
        let plans = QueryPlans()
        let watched = CommitteeRoom(plans.watching(room.database), clock: room.clock)
        for actor in [Staff.fathi, Staff.chokri] { _ = try await watched.committees.open(id, for: actor) }
        _ = try await watched.committees.coming(for: Staff.ghazi)
        _ = try await watched.committees.list(after: nil, for: Staff.chokri)
        _ = try await watched.committees.list(after: nil, for: Staff.fathi)
        _ = try await watched.committees.waiting(at: "TUN", after: nil, for: Staff.fathi)
        _ = try await watched.committees.waiting(at: nil, after: nil, for: Staff.fathi)
        return (
          plans.steps.count,
          plans.offences(small: ["committee_member", "committee_appeal", "committee_session"])
        )
      }
      let (many, one) = (try await steps(large), try await steps(small))
      #expect(many.count == one.count && many.count < 40, "\(many.count) \(one.count)")
      for offence in many.offences { Issue.record("\(offence)") }
      try await room.serve { site in
        for actor in [Staff.emna, Staff.fathi] {
          let page = try await site.get("/committees/\(large)", as: actor)
          #expect(page.status == .ok && page.bytes.count < 50_000, "\(actor.name) \(page.bytes.count)")
        }
      }
    }
  }
}
