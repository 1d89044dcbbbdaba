import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@testable import Accounts

/// A browser: keeps cookies, and sends the token of the form it was shown last.
final class Browser {
  let site: TestSite
  private(set) var cookies: [String: String] = ["language": "en"]
  private(set) var setCookies: [String] = []
  private var csrf = ""

  init(_ site: TestSite) { self.site = site }

  func get(_ path: String) async throws -> TestSite.Answer {
    note(try await site.send(.get, path, as: nil, body: nil, headers: headers))
  }

  func post(_ path: String, _ fields: [String: String] = [:]) async throws -> TestSite.Answer {
    let body = TestSite.encoded(fields.merging(["csrf": csrf]) { $1 })
    return note(try await site.send(.post, path, as: nil, body: body, headers: headers))
  }

  private var headers: HTTPFields {
    [.cookie: cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")]
  }

  private func note(_ answer: TestSite.Answer) -> TestSite.Answer {
    for text in answer.headers[values: .setCookie] {
      setCookies.append(text)
      let pair = text.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      cookies[String(pair[0])] = pair.count > 1 ? String(pair[1]) : nil
    }
    if let found = answer.text.firstMatch(of: /name="csrf" value="([^"]*)"/) { csrf = String(found.1) }
    return answer
  }
}

@Suite struct `The pages of signing in` {
  @Test func `lead back to where one wanted to go, and never off the site`() async throws {
    try await AccountRoom.with(.sqlite) { room in
      try await room.create()
      try await room.serve { site in
        for (to, expected) in [
          ("/antennas/SFA?x=1", "/antennas/SFA?x=1"), ("", "/"), ("https://example.com/", "/"),
          ("//example.com", "/"), ("/\\example.com", "/"), ("javascript:alert(1)", "/"), ("/a\nb", "/"),
        ] {
          let browser = Browser(site)
          _ = try await browser.get("/sign-in")
          let answer = try await browser.post(
            "/sign-in", ["name": "Amel", "password": AccountRoom.password, "to": to])
          #expect(answer.status == .seeOther)
          #expect(answer.location == expected, "\(to)")
          #expect(try await browser.get("/antennas").status == .ok)
        }
        let visitor = Browser(site)
        #expect(try await visitor.get("/antennas/SFA").location == "/sign-in?to=%2Fantennas%2FSFA")
      }
    }
  }

  @Test func `say the same for an unknown name and a wrong password, keep the name and no password`()
    async throws
  {
    try await AccountRoom.with(.sqlite) { room in
      try await room.create()
      try await room.serve { site in
        func page(_ name: String) async throws -> String {
          let browser = Browser(site)
          _ = try await browser.get("/sign-in")
          let answer = try await browser.post("/sign-in", ["name": name, "password": "wrong password"])
          #expect(answer.status == .unprocessableContent)
          #expect(answer.text.contains("value=\"\(name)\"") && !answer.text.contains("wrong password"))
          #expect(answer.text.contains("href=\"#f-password\""))
          #expect(browser.cookies["tounesna"] == nil)
          return answer.text.replacing(name, with: "").replacing(/name="csrf" value="[^"]*"/, with: "")
        }
        #expect(try await page("amel") == page("nobody"))
        let browser = Browser(site)
        _ = try await browser.get("/sign-in")
        let empty = try await browser.post("/sign-in", ["name": "<b>", "password": ""])
        #expect(empty.status == .unprocessableContent)
        #expect(empty.text.contains("value=\"&lt;b&gt;\"") && empty.text.contains("href=\"#f-password\""))
      }
    }
  }

  @Test func `ask to wait, with the seconds, when too many were wrong`() async throws {
    try await AccountRoom.with(.sqlite) { room in
      try await room.serve { site in
        let browser = Browser(site)
        _ = try await browser.get("/sign-in")
        for _ in 0..<3 {
          _ = try await browser.post("/sign-in", ["name": "x", "password": "wrong password"])
        }
        let answer = try await browser.post("/sign-in", ["name": "x", "password": "wrong password"])
        #expect(answer.status == .tooManyRequests)
        #expect(answer.headers[.retryAfter] == "2")
      }
    }
  }

  @Test(arguments: [false, true]) func `give a cookie that scripts and other sites cannot use`(isSecure: Bool)
    async throws
  {
    try await AccountRoom.with(.sqlite) { room in
      try await room.create()
      try await room.serve(isSecure: isSecure) { site in
        let browser = Browser(site)
        _ = try await browser.get("/sign-in")
        _ = try await browser.post("/sign-in", ["name": "amel", "password": AccountRoom.password])
        #expect(browser.setCookies.count == 2)
        for cookie in browser.setCookies {
          #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
          #expect(cookie.contains("Secure") == isSecure)
        }
        let token = try #require(browser.cookies["tounesna"])
        _ = try await browser.get("/antennas")
        #expect(try await browser.post("/sign-out").location == "/sign-in")
        #expect(try await room.session(token) == nil)
        #expect(try await browser.get("/antennas").location?.hasPrefix("/sign-in") == true)
      }
    }
  }

  @Test func `keep whoever must change a password there until it is done`() async throws {
    try await AccountRoom.with(.sqlite) { room in
      try await room.create(mustChange: true)
      try await room.serve { site in
        let browser = Browser(site)
        _ = try await browser.get("/sign-in")
        _ = try await browser.post("/sign-in", ["name": "amel", "password": AccountRoom.password])
        for path in ["/antennas", "/account", "/accounts", "/nowhere"] {
          #expect(try await browser.get(path).location == "/account/password", "\(path)")
        }
        #expect(try await browser.get("/account/password").status == .ok)
        let wrong = try await browser.post(
          "/account/password", ["password": AccountRoom.password, "new-password": "short"])
        #expect(wrong.status == .unprocessableContent)
        #expect(wrong.text.contains("href=\"#f-new-password\""))
        #expect(!wrong.text.contains("value=\"short\"") && !wrong.text.contains(AccountRoom.password))
        let right = try await browser.post(
          "/account/password", ["password": AccountRoom.password, "new-password": "amandes et figues"])
        #expect(right.location == "/sign-in")
        _ = try await browser.get("/sign-in")
        _ = try await browser.post("/sign-in", ["name": "amel", "password": "amandes et figues"])
        #expect(try await browser.get("/antennas").status == .ok)
      }
    }
  }

  @Test func `keep a national account at its second factor, then ask for a code each time`() async throws {
    try await AccountRoom.with(.sqlite) { room in
      try await room.create("fathi", roles: [.centre])
      try await room.serve { site in
        let browser = Browser(site)
        _ = try await browser.get("/sign-in")
        _ = try await browser.post("/sign-in", ["name": "fathi", "password": AccountRoom.password])
        #expect(try await browser.get("/antennas").location == "/account/second-factor")
        let page = try await browser.get("/account/second-factor").text
        let secret = String(try #require(page.firstMatch(of: /name="secret" value="([A-Z2-7]{32})"/)).1)
        #expect(page.contains("<svg class=\"qr\""))
        let wrong = try await browser.post(
          "/account/second-factor",
          ["secret": secret, "code": "abc", "password": AccountRoom.password])
        #expect(wrong.status == .unprocessableContent)
        #expect(wrong.text.contains("href=\"#f-code\"") && wrong.text.contains("value=\"\(secret)\""))
        let weak = try await browser.post("/account/second-factor", ["secret": "MZXW6", "code": "123456"])
        #expect(weak.status == .conflict)
        var code = try #require(OneTimeCode.code(base32: secret, at: room.clock.now))
        let form = ["secret": secret, "code": code]
        let unproven = try await browser.post("/account/second-factor", form)
        #expect(unproven.status == .unprocessableContent && unproven.text.contains("href=\"#f-password\""))
        let done = try await browser.post(
          "/account/second-factor", form.merging(["password": AccountRoom.password]) { $1 })
        #expect(done.text.matches(of: />[0-9a-z]{5}-[0-9a-z]{5}</).count == 10)
        #expect(try await browser.get("/antennas").status == .ok)

        room.clock.advance(seconds: 60)
        let again = Browser(site)
        _ = try await again.get("/sign-in")
        let half = try await again.post(
          "/sign-in", ["name": "fathi", "password": AccountRoom.password, "to": "/antennas"])
        #expect(half.location == "/sign-in/code?to=%2Fantennas")
        #expect(try await again.get("/antennas").location?.hasPrefix("/sign-in?") == true)
        #expect(try await again.get("/sign-in/code?to=%2Fantennas").status == .ok)
        let refused = try await again.post("/sign-in/code", ["code": "000000", "to": "/antennas"])
        #expect(refused.status == .unprocessableContent && refused.text.contains("href=\"#f-code\""))
        code = try #require(OneTimeCode.code(base32: secret, at: room.clock.now))
        let entered = try await again.post("/sign-in/code", ["code": code, "to": "/antennas"])
        #expect(entered.location == "/antennas")
        #expect(try await again.get("/antennas").status == .ok)
      }
    }
  }
}

@Suite struct `The pages of accounts` {
  @Test func `an account is made, changed, given a password and closed by those who manage them`()
    async throws
  {
    try await AccountRoom.with(.sqlite) { room in
      try await room.enter("hela", [.administrator]) { browser in
        _ = try await browser.get("/accounts/new")
        let form = [
          "sign-in-name": "Amel@ote.tn", "name": "Amel", "roles": "counsellor", "antenna": "TUN",
          "institution": "OTE", "new-password": AccountRoom.password, "once": AccountID().text,
        ]
        let made = try await browser.post("/accounts", form)
        let location = try #require(made.location)
        #expect(try await browser.post("/accounts", form).location == location)
        let taken = try await browser.post("/accounts", form.merging(["once": AccountID().text]) { $1 })
        #expect(taken.status == .unprocessableContent)
        #expect(
          taken.text.contains("href=\"#f-sign-in-name\"") && taken.text.contains("value=\"Amel@ote.tn\""))

        let empty = try await browser.post("/accounts", [:])
        #expect(empty.status == .unprocessableContent)
        for field in ["sign-in-name", "name", "roles", "new-password"] {
          #expect(empty.text.contains("href=\"#f-\(field)\""), "\(field)")
        }
        let hostile = try await browser.post(
          "/accounts", form.merging(["name": "<script>x</script>", "antenna": "XYZ"]) { $1 })
        #expect(hostile.status == .unprocessableContent)
        #expect(hostile.text.contains("&lt;script&gt;x") && !hostile.text.contains("<script>x"))

        let page = try await browser.get(location).text
        #expect(page.contains("value=\"Amel\"") && page.contains("amel@ote.tn"))
        let change = [
          "name": "Amel B.", "roles": "antenna-head", "antenna": "SFA", "institution": "PS", "version": "1",
        ]
        #expect(
          try await browser.post(location, change.merging(["name": ""]) { $1 }).status
            == .unprocessableContent)
        #expect(try await browser.post(location, change).location == location)
        #expect(try await browser.post(location, change).location == location)
        #expect(try await browser.get(location).text.contains("value=\"PS\" selected"))
        let other = try await browser.post(location, change.merging(["antenna": "BIZ"]) { $1 })
        #expect(other.status == .conflict)
        for text in [
          "Someone saved “Sfax”", "(it was “Tunis”)", "keep yours: “Bizerte”", "value=\"BIZ\" selected",
        ] {
          #expect(other.text.contains(text), "\(text)")
        }
        let weak = try await browser.post("\(location)/password", ["new-password": "short"])
        #expect(weak.status == .unprocessableContent && weak.text.contains("href=\"#f-new-password\""))
        #expect(
          try await browser.post("\(location)/password", ["new-password": "raisins et dattes"]).location
            == location)
        #expect(try await browser.post("\(location)/disabling").location == location)
        #expect(try await browser.get("/accounts").text.contains("closed"))
        #expect(try await browser.post("\(location)/enabling").location == location)
      }
    }
  }

  @Test func `who lacks the duty is told which, for every page and act`() async throws {
    try await AccountRoom.with(.sqlite) { room in
      let other = try await room.create("other")
      try await room.enter("amel", [.antennaHead]) { browser in
        for path in ["/accounts", "/accounts/new", "/accounts/\(other)"] {
          let answer = try await browser.get(path)
          #expect(answer.status == .forbidden && answer.text.contains("manage accounts"), "\(path)")
        }
        _ = try await browser.get("/account")
        for path in [
          "/accounts", "/accounts/\(other)", "/accounts/\(other)/password", "/accounts/\(other)/disabling",
        ] {
          let answer = try await browser.post(path)
          #expect(answer.status == .forbidden && answer.text.contains("manage accounts"), "\(path)")
        }
      }
    }
  }

  @Test func `one's own account: language, sessions, signing out everywhere`() async throws {
    try await AccountRoom.with(.sqlite) { room in
      try await room.enter("amel", [.counsellor]) { browser in
        #expect(try await browser.get("/account").text.contains("You are signed in once."))
        let saved = try await browser.post("/account/language", ["language": "ar"])
        #expect(saved.location == "/language/ar?to=%2Faccount%3Fnotice%3Dsaved")
        #expect(try await browser.post("/account/language", ["language": "xx"]).status == .notFound)
        #expect(try await browser.post("/account/sign-out-everywhere").location == "/sign-in")
        #expect(try await browser.get("/account").location?.hasPrefix("/sign-in") == true)
      }
    }
  }

  @Test func `the fifty-first account stands on the next page`() async throws {
    try await AccountRoom.with(.sqlite) { room in
      try await room.enter("hela", [.administrator]) { browser in
        try await room.database.write { db in
          for index in 100..<150 {
            try db.run(
              """
              INSERT INTO account (id, sign_in_name, name, institution, antenna, roles, assigned_only, language,
                password, must_change_password, sealing_key, last_step, version)
              SELECT \(AccountID()), \("a\(index)"), name, institution, antenna, roles, assigned_only, language,
                password, must_change_password, sealing_key, last_step, version
              FROM account WHERE sign_in_name = 'hela'
              """)
          }
        }
        let first = try await browser.get("/accounts").text
        #expect(first.contains("a149") && !first.contains(">hela<"))
        let next = try await browser.get("/accounts?after=a149").text
        #expect(next.contains(">hela<") && !next.contains("after="))
      }
    }
  }
}

extension AccountRoom {
  /// Lends a browser in which an account with these roles has signed in, its second factor set up.
  func enter(_ name: String, _ roles: Set<Role>, _ body: @Sendable (Browser) async throws -> Void)
    async throws
  {
    let id = try await create(name, roles: roles)
    let isNational = roles.contains(where: \.isNational)
    if isNational { _ = try await `The second factor`.enrol(self, id) }
    clock.advance(seconds: 60)
    try await serve { [self] site in
      let browser = Browser(site)
      _ = try await browser.get("/sign-in")
      _ = try await browser.post("/sign-in", ["name": name, "password": Self.password])
      if isNational {
        _ = try await browser.get("/sign-in/code")
        _ = try await browser.post("/sign-in/code", ["code": `The second factor`.code(self)])
      }
      try await body(browser)
    }
  }
}
