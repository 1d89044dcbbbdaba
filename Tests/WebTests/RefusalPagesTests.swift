import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Web

@Suite struct `A refusal as a page` {
  @Test func `unknown and unseen are the same page`() async throws {
    try await Door.open { door async throws in
      let unseen = try await door.get("/room/things/\(RecordID<Never>())")
      let badID = try await door.get("/room/things/1%20OR%201=1")
      let unknown = try await door.get("/nowhere/at/all")
      for answer in [unseen, badID, unknown] { #expect(answer.status == 404) }
      // All that differs is where the language links lead back to.
      let pages = [unseen, badID, unknown].map { $0.text.replacing(/to=[^"]*/, with: "") }
      #expect(Set(pages).count == 1)
    }
  }

  @Test(arguments: [
    ("duty", 403, "close cases"), ("conflict", 409, "Changed."), ("changed", 409, "saved first"),
    ("invalid", 422, "Saved. Changed."), ("often", 429, "17"), ("nothing", 404, "nothing here"),
  ]) func `has its status and says what is the matter`(how: String, status: Int, words: String) async throws {
    try await Door.open { door async throws in
      let answer = try await door.get("/room/refused/\(how)")
      #expect(answer.status == status)
      #expect(answer.text.contains(words))
      #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
      #expect(door.log.errors.isEmpty)
    }
  }

  @Test func `speaks the reader's language`() async throws {
    try await Door.open(language: .french) { door async throws in
      let answer = try await door.get("/room/refused/duty")
      #expect(answer.text.contains("<html lang=\"fr\""))
      #expect(!answer.text.contains("close cases"))
    }
  }

  @Test(arguments: [
    ("DELETE", "/room", "GET, POST"), ("PUT", "/room/actor", "GET"), ("PATCH", "/room", "GET, POST"),
  ])
  func `a wrong method names the right ones`(method: String, path: String, allowed: String) async throws {
    try await Door.open { door async throws in
      let answer = try await door.send(try #require(.init(method)), path)
      #expect(answer.status == 405)
      #expect(answer.header("Allow") == allowed)
    }
  }

  @Test func `a form sent to a page that takes none names what it takes, once`() async throws {
    try await Door.open { door async throws in
      // Both /room/refused/:how and the exact path of no other route match.
      let answer = try await door.post("/room/refused/duty")
      #expect(answer.status == 405)
      #expect(answer.header("Allow") == "GET")
    }
  }

  @Test func `methods of a path that several routes match are named once each`() {
    let routes = [
      Routes.Route(method: .get, path: "/cases/new"), Routes.Route(method: .get, path: "/cases/:id"),
      Routes.Route(method: .post, path: "/cases/:id"),
    ]
    #expect(routes.methods(of: "/cases/new") == [.get, .post])
    #expect(routes.methods(of: "/cases").isEmpty)
    #expect(routes.methods(of: "/cases/a/b").isEmpty)
  }

  @Test func `an unknown path is not found whatever the method`() async throws {
    try await Door.open { door async throws in
      #expect(try await door.send(.delete, "/nowhere").status == 404)
      #expect(try await door.post("/nowhere").status == 404)
    }
  }
}

@Suite struct `A fault as a page` {
  @Test(arguments: [
    ("other", 500, "no such column: shoe_size"), ("duplicate", 500, "case_file.number"),
    ("unknown", 500, "Unknown"), ("unavailable", 503, "host db7 is down"), ("full", 503, "disk"),
    ("timeout", 503, "ran into its timeout"),
  ]) func `gives a number to quote; the cause stands in the log under it`(
    what: String, status: Int, cause: String
  ) async throws {
    try await Door.open { door async throws in
      let answer = try await door.get("/room/fault/\(what)")
      #expect(answer.status == status)
      #expect(!answer.text.contains(cause))
      #expect(!answer.text.contains("StorageFault"))
      let line = try #require(door.log.errors.first)
      #expect(line.contains(cause))
      #expect(line.contains("/room/fault/"))
      let number = try #require(line.firstMatch(of: /request=([0-9A-V]+)/)).1
      #expect(answer.text.contains(" \(number) "))
    }
  }

  @Test func `each request has a number of its own`() async throws {
    try await Door.open { door async throws in
      for _ in 0..<3 { _ = try await door.get("/room/fault/other") }
      let numbers = door.log.errors.compactMap { $0.firstMatch(of: /request=([0-9A-V]+)/)?.1 }
      #expect(Set(numbers).count == 3)
    }
  }

  @Test func `a database that is away while the session is looked for is a page too`() async throws {
    try await Door.open(
      findSession: { _, _ in throw StorageFault.unavailable("gone") },
      { door async throws in
        let answer = try await door.get("/room", cookies: "tounesna=\(Door.amel); language=en")
        #expect(answer.status == 503)
        #expect(answer.text.contains("Something went wrong on our side"))
        #expect(door.log.errors.count == 1)
        // Without a session there is nothing to look for.
        #expect(try await door.get("/room", cookies: "language=en").status == 200)
      })
  }

  @Test func `is never told with what was in the URL`() async throws {
    try await Door.open { door async throws in
      _ = try await door.get("/room/fault/other?q=Trabelsi")
      #expect(!door.log.lines.contains { $0.text.contains("Trabelsi") })
    }
  }
}
