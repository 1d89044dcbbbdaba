import Basics
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Duplicates

@Suite struct `What the engine reads for duplicates` {
  @Test(arguments: TestDatabase.engines)
  func `no list, comparison, decision or search reads or sorts a whole table`(engine: Database.Engine)
    async throws
  {
    try await DuplicateRoom.with(engine) { room in
      let plans = QueryPlans()
      let watched = DuplicateRoom(plans.watching(room.database))
      let (salma, selma) = (try await watched.receive(.salma), try await watched.receive(.selma))
      try await watched.receive(.nizar, by: Staff.emna)
      try await watched.duplicates.searchNext()
      let pair = try #require(try await watched.pairs().first)
      for actor in [Staff.amel, Staff.bilel, Staff.fathi] {
        for state in DuplicatePair.State.allCases {
          for after in [nil, DuplicateCursor("500~\(pair.id)")] {
            _ = try await watched.duplicates.list(state, after: after, for: actor)
          }
        }
      }
      _ = try await watched.duplicates.open(pair.id, for: Staff.amel)
      let joined = try await watched.join(salma, selma)
      _ = try await watched.duplicates.ofPerson(salma, for: Staff.amel)
      _ = try await watched.people.open(selma, for: Staff.amel)
      try await watched.duplicates.part(
        #require(joined.merge), .init(), room.decision(joined), by: Staff.chokri)
      #expect(plans.steps.count > 150)
      // Counting everybody is for the model alone, once in a while; the territory is a few dozen rows.
      let offences = plans.offences(small: ["installation_key"])
        .filter { offence in
          !["SELECT count(*) FROM person", "SELECT code,", "SELECT antenna, governorate"].contains(
            where: offence.hasPrefix)
        }
      for offence in offences { Issue.record("\(offence)") }
    }
  }
}
