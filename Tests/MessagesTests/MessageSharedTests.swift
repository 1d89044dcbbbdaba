import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Messages

@Suite struct `Messages that went to a person` {
  @Test(arguments: TestDatabase.engines)
  func `are told with the address, and neither what waits nor what others got`(engine: Database.Engine)
    async throws
  {
    try await MessageRoom.with(engine) { room, id in
      let sent = try await room.queue(MessageRoom.sms(about: id))
      try await room.messages.sendNext(.sms)
      try await room.queue(MessageRoom.mail(about: id))
      try await room.messages.sendNext(.email)
      try await room.queue(MessageRoom.sms(about: id, key: "reminder:2"))
      let plans = QueryPlans()
      let watched = MessageRoom(plans.watching(room.database), clock: room.clock, line: room.line)
      let found = try await watched.database.read { db in
        let subject = try watched.cases.require(id, for: .program, in: db).subject
        return try watched.messages.gone(to: subject, in: db).map { ($0.message.id, $0.address) }
      }
      #expect(found.map { $0.0 } == [sent] && found.map { $0.1 } == ["+21620123456"])
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }
}
