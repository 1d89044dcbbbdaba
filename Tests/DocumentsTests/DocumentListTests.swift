import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Documents

@Suite struct `The list of documents that expire` {
  private static func listed(
    _ room: DocumentRoom, _ actor: Actor, _ change: (inout ExpiryFilter) -> Void = { _ in }
  ) async throws -> [Int] {
    var filter = ExpiryFilter()
    change(&filter)
    let page = try await room.documents.expiring(filter, after: nil, for: actor)
    for document in page.documents { #expect(page.cases[document.caseFile] != nil) }
    return page.documents.map { $0.validUntil - room.today }
  }

  @Test(arguments: TestDatabase.engines)
  func `holds what has expired and soon will, the longest first, in one's own sight`(engine: Database.Engine)
    async throws
  {
    try await DocumentRoom.with(engine) { room, file in
      for days in [5, -400, 60, 61, 0, -1] { try await room.add(until: room.today + days, to: file) }
      try await room.add(to: file)
      try await room.add(Sample.pdf(), .medical, until: room.today + 7, to: file, by: Staff.dorra)
      let sfax = try await room.receive(by: Staff.emna, "Jlassi", at: "SFA")
      try await room.add(until: room.today + 1, to: sfax, by: Staff.emna)
      #expect(try await Self.listed(room, Staff.amel) == [-400, -1, 0, 5, 60])
      #expect(try await Self.listed(room, Staff.amel) { $0.state = .expired } == [-400, -1])
      #expect(try await Self.listed(room, Staff.amel) { $0.state = .soon } == [0, 5, 60])
      #expect(try await Self.listed(room, Staff.amel) { $0.whose = .mine } == [-400, -1, 0, 5, 60])
      #expect(try await Self.listed(room, Staff.chokri) { $0.whose = .mine } == [])
      #expect(try await Self.listed(room, Staff.dorra) == [-400, -1, 0, 5, 7, 60])
      #expect(try await Self.listed(room, Staff.emna) == [1])
      #expect(try await Self.listed(room, Staff.emna) { $0.antenna = "TUN" } == [])
      #expect(try await Self.listed(room, Staff.bilel) == [])
      #expect(try await Self.listed(room, Staff.fathi) == [-400, -1, 0, 1, 5, 60])
      #expect(try await Self.listed(room, Staff.fathi) { $0.antenna = "SFA" } == [1])
      await #expect(throws: Refusal.notAllowed(.readDocuments)) { try await Self.listed(room, Staff.hela) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `follows the case and the document`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      let id = try await room.add(until: room.today, to: file)
      let twin = try await room.add(until: room.today + 1, to: file)
      #expect(try await Self.listed(room, Staff.bilel) == [])
      try await room.cases.assign(file, to: Staff.bilel.id, by: Staff.chokri)
      #expect(try await Self.listed(room, Staff.bilel) == [0, 1])
      try await room.documents.withdraw(id, reason: "Blurred", in: file, by: Staff.amel)
      #expect(try await Self.listed(room, Staff.bilel) == [1])
      try await room.close(file)
      #expect(try await Self.listed(room, Staff.amel) == [])
      try await room.cases.reopen(file, reason: "Came back", by: Staff.chokri)
      #expect(try await Self.listed(room, Staff.amel) == [1])
      room.clock.advance(days: 30)
      #expect(try await Self.listed(room, Staff.amel) { $0.state = .expired } == [-29])
      _ = twin
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `comes page by page, and so do the documents of a case`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      // Several of one day and one moment.
      for number in 0..<90 { try await room.add(until: room.today + number / 4, to: file) }
      var (seen, cursor): ([RecordID<Document>], ExpiryCursor?) = ([], nil)
      repeat {
        let page = try await room.documents.expiring(ExpiryFilter(), after: cursor, for: Staff.amel)
        seen += page.documents.map(\.id)
        cursor = page.next.flatMap { ExpiryCursor($0.text) }
      } while cursor != nil
      #expect(seen.count == 90 && Set(seen).count == 90)
      var (all, place): ([RecordID<Document>], DocumentCursor?) = ([], nil)
      repeat {
        let page = try await room.documents.documents(of: file, after: place, for: Staff.amel).page
        all += page.documents.map(\.id)
        place = page.next.flatMap { DocumentCursor($0.text) }
      } while place != nil
      #expect(Set(all) == Set(seen) && all.count == 90)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `and every act read no table whole`(engine: Database.Engine) async throws {
    try await DocumentRoom.with(engine) { room, file in
      let id = try await room.add(until: room.today, to: file)
      let plans = QueryPlans()
      let watched = DocumentRoom(plans.watching(room.database), clock: room.clock)
      for actor in Staff.all where actor.may(.readDocuments) {
        for state in ExpiryFilter.State.allCases {
          for whose in ExpiryFilter.Whose.allCases {
            for antenna in [nil, "TUN"] as [AntennaCode?] {
              var filter = ExpiryFilter()
              (filter.state, filter.whose, filter.antenna) = (state, whose, antenna)
              for after in [nil, ExpiryCursor("\(room.today)~\(RecordID<Document>())")] {
                _ = try await watched.documents.expiring(filter, after: after, for: actor)
              }
            }
          }
        }
      }
      _ = try await watched.bytes(id, of: file)
      let cursor = DocumentCursor("1~\(id)")
      _ = try await watched.documents.documents(of: file, after: cursor, for: Staff.amel)
      try await watched.add(to: file)
      try await watched.documents.withdraw(id, reason: "x", in: file, by: Staff.amel)
      try await watched.cases.assign(file, to: Staff.chokri.id, by: Staff.chokri)
      #expect(plans.steps.count > 100)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }
}
