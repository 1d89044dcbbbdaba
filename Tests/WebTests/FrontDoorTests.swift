import Basics
import Foundation
import HTTPTypes
import Hummingbird
import Storage
import TestSupport
import Testing

@testable import Web

@Suite struct `Where a form comes from` {
  @Test func `one of our own pages, for this very session`() async throws {
    try await Door.open { door async throws in
      let answer = try await door.post("/room", "said=a&said=b")
      #expect(answer.status == 200)
      #expect(answer.text.contains("<p>a|b</p>"))
    }
  }

  @Test(arguments: ["", "csrf=", "csrf=0123456789abcdef0123456789abcdef", "said=hello"])
  func `without the token of the session it is refused`(body: String) async throws {
    try await Door.open { door async throws in
      let answer = try await door.send(.post, "/room", body: body)
      #expect(answer.status == 409)
      #expect(!answer.text.contains("<p>hello</p>"))
      #expect(answer.text.contains("Open the page again"))
    }
  }

  @Test func `without a token a path that takes no form says so, and any other is refused, known or not`()
    async throws
  {
    try await Door.open { door async throws in
      #expect(try await door.send(.post, "/room/actor", body: "").status == 405)
      #expect(try await door.send(.post, "/nowhere", body: "").status == 409)
    }
  }

  @Test func `with the token of another session it is refused`() async throws {
    try await Door.open { door async throws in
      let other = SessionCookie.csrf(SessionCookie.newToken())
      #expect(try await door.send(.post, "/room", body: "csrf=\(other)").status == 409)
    }
  }

  @Test func `of a visitor without any cookie it is refused, whatever its token`() async throws {
    try await Door.open { door async throws in
      for token in [SessionCookie.csrf(""), ""] {
        let answer = try await door.send(.post, "/room", body: "csrf=\(token)", cookies: "")
        #expect(answer.status == 409)
      }
    }
  }

  @Test func `of a visitor it is tied to the cookie of the visit`() async throws {
    try await Door.open { door async throws in
      let visit = SessionCookie.newToken()
      let body = "csrf=\(SessionCookie.csrf(visit))"
      #expect(try await door.send(.post, "/room", body: body, cookies: "visit=\(visit)").status == 200)
      #expect(try await door.send(.post, "/room", body: body, cookies: "visit=another").status == 409)
    }
  }

  @Test(arguments: [
    ["Origin": "https://evil.example"], ["Origin": "null"], ["Origin": "http://localhost.evil.example"],
    ["Origin": "http://localhost:9999"], ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
    ["Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"],
  ]) func `another site is refused even with the right token`(headers: [String: String]) async throws {
    try await Door.open { door async throws in
      #expect(try await door.post("/room", headers: headers).status == 409)
    }
  }

  @Test(arguments: [
    [:], ["Origin": "http://localhost"], ["Sec-Fetch-Site": "same-origin"], ["Sec-Fetch-Site": "none"],
    ["Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"],
  ]) func `our own site passes`(headers: [String: String]) async throws {
    try await Door.open { door async throws in
      #expect(try await door.post("/room", headers: headers).status == 200)
    }
  }

  @Test(arguments: ["a=%FF", "a=%4", "%zz"])
  func `what is no form is a bad request`(body: String) async throws {
    try await Door.open { door async throws in
      let answer = try await door.post("/room", body)
      #expect(answer.status == 400)
      #expect(answer.text.contains("could not be read"))
    }
  }
}

@Suite struct `Who is at the door` {
  @Test func `the session of the cookie`() async throws {
    try await Door.open { door async throws in
      #expect(try await door.get("/room").text.contains("<p>Amel</p>"))
      #expect(try await door.get("/room", cookies: "").text.contains("<p>nobody</p>"))
      #expect(try await door.get("/room", cookies: "tounesna=short").text.contains("<p>nobody</p>"))
    }
  }

  @Test func `who must go somewhere first is sent there, but may leave and choose a language`() async throws {
    try await Door.open(mustVisit: "/room/actor") { door async throws in
      let detour = try await door.get("/room")
      #expect(detour.status == 303)
      #expect(detour.header("Location") == "/room/actor")
      #expect(try await door.post("/room").header("Location") == "/room/actor")
      #expect(try await door.get("/room/actor").text == "Amel")
      #expect(try await door.get("/language/fr?to=/room").header("Location") == "/room")
    }
  }

  @Test func `a page for staff sends a visitor to sign in, and back`() async throws {
    try await Door.open { door async throws in
      let answer = try await door.get("/room/actor?a=1&b=2", cookies: "")
      #expect(answer.status == 303)
      #expect(answer.header("Location") == "/sign-in?to=%2Froom%2Factor%3Fa%3D1%26b%3D2")
    }
  }

  @Test(
    arguments: [
      ("203.0.113.9", nil, "203.0.113.9"), ("203.0.113.9", "1.2.3.4", "203.0.113.9"),
      ("10.0.0.1", "1.2.3.4", "1.2.3.4"), ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
      ("10.0.0.1", "1.2.3.4, 10.0.0.2", "1.2.3.4"), ("10.0.0.1", nil, "10.0.0.1"),
      ("10.0.0.1", "", "10.0.0.1"), ("10.0.0.1", "10.0.0.2, 10.0.0.1", "10.0.0.1"),
    ] as [(String, String?, String)])
  func `the address a proxy tells is believed only of proxies that are named`(
    connection: String, forwarded: String?, address: String
  ) throws {
    var head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/")
    head.headerFields[try #require(HTTPField.Name("X-Forwarded-For"))] = forwarded
    let request = Request(head: head, body: .init(buffer: .init()))
    let found = FrontDoor.address(of: request, connection: connection, proxies: ["10.0.0.1", "10.0.0.2"])
    #expect(found == address)
  }
}

@Suite struct `The language of a page` {
  @Test(arguments: [
    ("", "", "fr"), ("", "ar", "ar"), ("", "en-GB,en;q=0.9", "en"), ("", "de, it;q=0.8, ar;q=0.5", "ar"),
    ("", "zz", "fr"), ("language=en", "ar", "en"), ("language=klingon", "ar", "ar"), ("", "AR-TN", "ar"),
  ]) func `of a visitor is the one chosen, then the browser's, then French`(
    cookie: String, accepted: String, language: String
  ) async throws {
    try await Door.open { door async throws in
      let answer = try await door.get("/room", headers: ["Accept-Language": accepted], cookies: cookie)
      #expect(answer.text.contains("<html lang=\"\(language)\" dir=\"\(language == "ar" ? "rtl" : "ltr")\">"))
    }
  }

  @Test func `of an account is the account's, unless another was chosen`() async throws {
    try await Door.open(language: .arabic) { door async throws in
      let own = try await door.get("/room", headers: ["Accept-Language": "en"])
      #expect(own.text.contains("<html lang=\"ar\""))
      let chosen = try await door.get("/room", cookies: "tounesna=\(Door.amel); language=en")
      #expect(chosen.text.contains("<html lang=\"en\""))
    }
  }

  @Test func `is kept in a cookie that no script reads`() async throws {
    for isSecure in [false, true] {
      try await Door.open(site: { $0.isSecure = isSecure }) { door async throws in
        let answer = try await door.get("/language/ar?to=%2Froom%3Fa%3D1", cookies: "")
        #expect(answer.header("Location") == "/room?a=1")
        let cookie = try #require(answer.cookies.first)
        #expect(cookie.hasPrefix("language=ar;"))
        #expect(cookie.contains("HttpOnly"))
        #expect(cookie.contains("SameSite=Lax"))
        #expect(cookie.contains("Secure") == isSecure)
      }
    }
  }

  @Test func `that nobody speaks is not found`() async throws {
    try await Door.open { door async throws in #expect(try await door.get("/language/tlh").status == 404) }
  }

  @Test(arguments: [
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
    "/ok\r\nSet-Cookie:a=b", "/\t/evil.example", "evil.example", "", "///evil.example", "/é", "/a b",
  ]) func `leads back to a place of this site only`(place: String) async throws {
    #expect(LocalPath.checked(place) == "/")
    try await Door.open { door async throws in
      let escaped = place.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      let answer = try await door.get("/language/fr?to=\(escaped)")
      #expect(answer.header("Location") == "/")
      #expect(answer.cookies.allSatisfy { !$0.hasPrefix("a=") })
    }
  }

  @Test(arguments: ["/", "/cases", "/cases?stage=closed&after=x", "/persons/0abc#consent"])
  func `leads back to where one was`(place: String) { #expect(LocalPath.checked(place) == place) }
}

@Suite struct `Too many requests` {
  @Test func `a visitor's bucket is emptied, and fills again evenly`() throws {
    let limiter = RateLimiter(aMinute: 60)
    let clock = TestClock()
    for _ in 0..<60 { try limiter.take("a", at: clock.now) }
    #expect(throws: Refusal.tooMany(retryAfter: 1)) { try limiter.take("a", at: clock.now) }
    try limiter.take("b", at: clock.now)
    clock.advance(seconds: 2)
    try limiter.take("a", at: clock.now)
    try limiter.take("a", at: clock.now)
    #expect(throws: Refusal.tooMany(retryAfter: 1)) { try limiter.take("a", at: clock.now) }
    clock.advance(seconds: 3_600)
    for _ in 0..<60 { try limiter.take("a", at: clock.now) }
    #expect(throws: Refusal.self) { try limiter.take("a", at: clock.now) }
  }

  @Test func `a clock that goes back takes nothing away and gives nothing`() throws {
    let limiter = RateLimiter(aMinute: 2)
    let clock = TestClock()
    try limiter.take("a", at: clock.now)
    clock.advance(seconds: -3_600)
    try limiter.take("a", at: clock.now)
    #expect(throws: Refusal.tooMany(retryAfter: 30)) { try limiter.take("a", at: clock.now) }
  }

  @Test func `are told when to come again, and others are not hindered`() async throws {
    let clock = TestClock()
    try await Door.open(
      site: {
        $0.requestsAMinute = 5
        $0.now = { clock.now }
      },
      { door async throws in
        for _ in 0..<5 { #expect(try await door.get("/room").status == 200) }
        let answer = try await door.get("/room")
        #expect(answer.status == 429)
        #expect(answer.header("Retry-After") == "12")
        #expect(answer.text.contains("12 seconds"))
        #expect(try await door.get("/room", cookies: "").status == 200)
        clock.advance(seconds: 12)
        #expect(try await door.get("/room").status == 200)
      })
  }

  @Test func `no limit lets all pass`() async throws {
    try await Door.open { door async throws in
      for _ in 0..<50 { #expect(try await door.get("/room").status == 200) }
    }
  }
}
