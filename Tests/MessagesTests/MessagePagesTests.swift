import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Messages

@Suite(.serialized) struct `The pages of messages` {
  @Test(arguments: TestDatabase.engines)
  func `show what did not go, and take what was done about it`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine, hasGateways: false) { room, id in
      let message = try await room.queue(MessageRoom.sms(about: id))
      try await room.serve { site in
        #expect(
          try await site.get("/cases/\(id)", as: Staff.amel).text.contains("href=\"/messages/of/\(id)\""))
        let list = try await site.get("/messages", as: Staff.amel).text
        for words in [
          "No SMS gateway is configured", "No gateway configured: print or call", "/messages/\(message)",
        ] {
          #expect(list.contains(words), "\(words)")
        }
        #expect(
          try await site.get("/messages/of/\(id)", as: Staff.amel).text.contains("/messages/\(message)"))
        let page = try await site.get("/messages/\(message)", as: Staff.amel).text
        #expect(page.contains("موعدكم") && !page.contains("/again\""))
        let wrong = try await site.post("/messages/\(message)/settlement", ["how": ""], as: Staff.amel)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("Choose what was done."))
        for _ in 0..<2 {
          let done = try await site.post("/messages/\(message)/settlement", ["how": "called"], as: Staff.amel)
          #expect(done.status == .seeOther)
        }
        #expect(try await site.get("/messages?show=over", as: Staff.amel).text.contains("Said on the phone"))
        #expect(try await site.get("/messages", as: Staff.amel).text.contains("Every message went out."))
      }
    }
  }

  @Test func `hide the link, and are not for other antennas`() async throws {
    try await MessageRoom.with(.sqlite) { room, id in
      let message = try await room.queue(MessageRoom.mail(about: id))
      try await room.serve { site in
        let page = try await site.get("/messages/\(message)", as: Staff.amel).text
        #expect(page.contains("Répondez ici : [link]") && !page.contains("https://x/abc"))
        #expect(try await site.get("/messages/\(message)", as: Staff.emna).status == .notFound)
        #expect(try await site.get("/messages/of/\(id)", as: Staff.emna).status == .notFound)
        for act in ["again", "settlement", "withdrawal"] {
          #expect(
            try await site.post("/messages/\(message)/\(act)", ["how": "called"], as: Staff.emna).status
              == .notFound)
          #expect(try await site.post("/messages/\(message)/\(act)", as: Staff.dorra).status == .forbidden)
        }
        for _ in 0..<2 {
          #expect(try await site.post("/messages/\(message)/withdrawal", as: Staff.amel).status == .seeOther)
        }
        #expect(try await site.post("/messages/\(message)/again", as: Staff.amel).status == .conflict)
      }
      #expect(try await room.state(message).state == .withdrawn)
    }
  }
}
