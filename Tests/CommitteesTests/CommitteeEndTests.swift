import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import Storage
import TestSupport
import Testing

@testable import Committees

@Suite struct `The end of a session` {
  /// A session in which Chokri, Bilel and Emna refused a request of Amel's, and which is signed.
  private func refused(_ room: CommitteeRoom) async throws -> (
    item: RecordID<CommitteeItem>, session: RecordID<CommitteeSession>
  ) {
    let item = try await room.submit()
    let session = try await room.convene([item], members: [Staff.bilel, Staff.emna])
    try await room.vote(.refused, on: item, in: session, by: [Staff.chokri, Staff.bilel, Staff.emna])
    try await room.committees.decide(
      CommitteeRoom.refusal, as: RecordID(), on: item, in: session, by: Staff.chokri)
    try await room.committees.close(session, by: Staff.chokri)
    try await room.committees.confirm(session, by: Staff.bilel)
    return (item, session)
  }

  @Test(arguments: TestDatabase.engines)
  func `is closed by the chair once all is decided, and confirmed by another`(engine: Database.Engine)
    async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item])
      await #expect(throws: Refusal.conflict(say("Not decided yet: \("1"). Decide them, or take them off.")))
      {
        try await room.committees.close(session, by: Staff.chokri)
      }
      try await room.vote(.granted, on: item, in: session, by: [Staff.chokri, Staff.bilel, Staff.emna])
      try await room.committees.decide(
        Decision.Words(.granted), as: RecordID(), on: item, in: session, by: Staff.fathi)
      await #expect(throws: Refusal.conflict(say("The chair closes the session, and is there."))) {
        try await room.committees.close(session, by: Staff.bilel)
      }
      for _ in 1...2 { try await room.committees.close(session, by: Staff.chokri) }
      let wrong = Refusal.conflict(say("A member with a vote who was there confirms, and not the chair."))
      await #expect(throws: wrong) { try await room.committees.confirm(session, by: Staff.chokri) }
      for _ in 1...2 { try await room.committees.confirm(session, by: Staff.emna) }
      let opened = try await room.open(session)
      let hash = try #require(opened.session.hash)
      #expect(opened.session.state == .signed && hash.count == 64)
      let acts = try await room.database.read { db in
        try db.rows(
          "SELECT act FROM journal_entry WHERE act IN ('committee.close', 'committee.confirm') ORDER BY at, id"
        ) { try $0[0] as String }
      }
      #expect(acts == ["committee.close", "committee.confirm"])
      // The same minutes have the same fingerprint; others have another.
      let (again, decisions) = try await room.committees.minutes(of: session, for: Staff.emna)
      #expect(try CommitteeMinutes(again, decisions).hash() == hash)
      #expect(try CommitteeMinutes(again, [:]).hash() != hash)
      let over = Refusal.conflict(say("This session is over: nothing changes in it any more."))
      await #expect(throws: over) {
        try await room.committees.setPresent([], in: session, by: Staff.chokri)
      }
      await #expect(throws: over) {
        try await room.committees.remove(Staff.emna.id, from: session, by: Staff.fathi)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `lets an appeal go to a session without those who decided`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine, daysToAppeal: 30) { room in
      let (item, first) = try await refused(room)
      let appeal = RecordID<Appeal>()
      room.clock.advance(days: 10)
      for _ in 1...2 {
        try await room.committees.appeal(item, as: appeal, "It is wrong", on: room.today, by: Staff.amel)
      }
      await #expect(throws: Refusal.conflict(say("An appeal was recorded already: there is one."))) {
        try await room.committees.appeal(item, as: RecordID(), "Again", on: room.today, by: Staff.amel)
      }
      // What was minuted stays as it was.
      let (kept, decisions) = try await room.committees.minutes(of: first, for: Staff.fathi)
      let hash = try CommitteeMinutes(kept, decisions).hash()
      #expect(hash == kept.session.hash && kept.countedScores(kept.entries[0].item).count == 3)
      // Neither to a session in which one of them sits, nor does one of them come to it.
      let same = try await room.convene([], members: [Staff.emna, Staff.amel], chair: Staff.ghazi)
      await #expect(
        throws: Refusal.conflict(say("One of these is an appeal against what a member here decided."))
      ) {
        try await room.committees.list([item], in: same, by: Staff.fathi)
      }
      let other = try await room.convene([item], quorum: 2, members: [Staff.fathi], chair: Staff.ghazi)
      await #expect(
        throws: Refusal.conflict(
          say("An appeal on the agenda is against what she decided: it goes to others."))
      ) {
        try await room.committees.seat(Staff.bilel.id, as: .member, in: other, by: Staff.fathi)
      }
      try await room.vote(.granted, on: item, in: other, by: [Staff.ghazi, Staff.fathi])
      try await room.committees.decide(
        Decision.Words(.granted), as: RecordID(), on: item, in: other, by: Staff.ghazi)
      let last = try #require(try await room.decision(of: item))
      #expect(last.isOnAppeal && last.outcome == .granted && last.session == other && first != other)
      #expect(room.heard.map(\.outcome) == [.refused, .granted])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `lets an appeal be taken back, and what was decided stands`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let (item, first) = try await refused(room)
      let late = Refusal.conflict(say("A committee has decided this: it cannot be taken back."))
      await #expect(throws: late) {
        try await room.committees.withdraw(item, because: "Late", by: Staff.amel)
      }
      try await room.committees.appeal(item, as: RecordID(), "It is wrong", on: room.today, by: Staff.amel)
      let next = try await room.convene([item], quorum: 2, members: [Staff.fathi], chair: Staff.ghazi)
      try await room.serve { site in
        let file = try await room.database.read { db in try CommitteeItemStore.require(item, in: db).file }
        let page = try await site.get("/committees/of/\(file)", as: Staff.amel).text
        #expect(page.contains("Take the appeal back"))
      }
      for _ in 1...2 {
        try await room.committees.withdraw(item, because: "She thought again", by: Staff.amel)
      }
      let (state, last) = (try await room.state(of: item), try await room.decision(of: item))
      #expect(state == .decided && last?.outcome == .refused && last?.isOnAppeal == false)
      #expect(try await room.open(next).entries.isEmpty)
      #expect(try await room.open(first).entries.map(\.item.id) == [item])
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act LIKE 'committee.withdraw%'") {
          try $0[0] as String
        }
      }
      #expect(acts == ["committee.withdraw-appeal"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `receives appeals for as long as was set, and holds no term where none was`(engine: Database.Engine)
    async throws
  {
    for days in [30, nil] as [Int?] {
      try await CommitteeRoom.with(engine, daysToAppeal: days) { room in
        let (item, _) = try await refused(room)
        let last = room.today + 30
        room.clock.advance(days: 31)
        if days != nil {
          let late = Refusal.invalid([FieldError("received-on", say("Appeals were received until \(last)."))])
          await #expect(throws: late) {
            try await room.committees.appeal(item, as: RecordID(), "Late", on: room.today, by: Staff.amel)
          }
          // What was received in time may be recorded later.
          try await room.committees.appeal(item, as: RecordID(), "In time", on: last, by: Staff.amel)
        } else {
          try await room.serve { site in
            let file = try await room.database.read { db in try CommitteeItemStore.require(item, in: db).file
            }
            let page = try await site.get("/committees/of/\(file)", as: Staff.amel).text
            #expect(page.contains("The days to appeal are not loaded"))
          }
          try await room.committees.appeal(item, as: RecordID(), "Any time", on: room.today, by: Staff.amel)
        }
        let state = try await room.state(of: item)
        #expect(state == .waiting)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `sends what is postponed to another session`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item])
      try await room.vote(.postponed, on: item, in: session, by: [Staff.chokri, Staff.bilel])
      let words = Decision.Words(.postponed, reason: .papers, text: "A quote is missing")
      try await room.committees.decide(words, as: RecordID(), on: item, in: session, by: Staff.chokri)
      let state = try await room.state(of: item)
      #expect(state == .waiting)
      await #expect(throws: Refusal.conflict(say("This item is decided."))) {
        try await room.committees.decide(
          CommitteeRoom.refusal, as: RecordID(), on: item, in: session, by: Staff.chokri)
      }
      let next = try await room.convene([item])
      try await room.vote(.granted, on: item, in: next, by: [Staff.chokri, Staff.bilel])
      try await room.committees.decide(
        Decision.Words(.granted), as: RecordID(), on: item, in: next, by: Staff.chokri)
      #expect(room.heard.map(\.outcome) == [.postponed, .granted])
      let last = try await room.decision(of: item)
      #expect(last?.session == next && last?.isOnAppeal == false)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `gives minutes and an answer on paper, in French and Arabic, without a name`(engine: Database.Engine)
    async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let (item, session) = try await refused(room)
      let kept = try await room.database.read { db in try CommitteeItemStore.require(item, in: db) }
      let decision = try #require(try await room.decision(of: item))
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        for language in ["fr", "ar"] {
          let minutes = try await site.get(
            "/committees/\(session)/minutes.pdf?language=\(language)", as: Staff.emna)
          let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], minutes.bytes)
          #expect(minutes.status == .ok && text.contains("Chokri") && !text.contains("Zitouni"))
          let answer = try await site.get(
            "/committees/of/\(kept.file)/\(item)/\(decision.id)/notice.pdf?language=\(language)",
            as: Staff.amel)
          #expect(answer.status == .ok)
          let told = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
          #expect(told.contains("TUN-") && told.contains(language == "fr" ? "Motif" : "السبب"))
          for pdf in [minutes.bytes, answer.bytes] {
            let conformance = try PaperTools.conformance(of: pdf)
            #expect(conformance == "2a True ua1 True")
          }
        }
        let foreign = try await site.get("/committees/\(session)/minutes.pdf", as: Staff.ghazi)
        #expect(foreign.status == .notFound)
      }
      let printed = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act IN ('committee.print', 'committee.notice')") {
          try $0[0] as String
        }
      }
      #expect(printed.count == 4)
    }
  }
}
