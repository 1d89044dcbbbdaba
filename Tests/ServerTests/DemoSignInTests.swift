import Accounts
import ArgumentParser
import Basics
import Foundation
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing
import Web

@testable import Server

/// The first page of a demonstration, for those who have nothing but its address.
@Suite struct `The sign-in page of the demonstration` {
  /// A row of its table, as it is read.
  private struct Row {
    let name, role, antenna, password, worthTrying: String
  }

  /// Where the proposals of the page send whoever plays a role.
  private static let places: [Role: [String]] = [
    .counsellor: ["/", "/persons", "/cases"], .socialCounsellor: ["/cases"],
    .employmentCounsellor: ["/cases"],
    .antennaHead: ["/transfers", "/openings", "/visits/draws"],
    .centre: ["/", "/cases", "/cases/sheet?as=xlsx"],
  ]

  @Test(arguments: Language.allCases)
  func `proposes five things to try and an account for every role`(language: Language) async throws {
    try await Self.withDemo { client, _ in
      let (visitor, reader) = (Visitor(client), Reader(language))
      let page = try await Self.page(visitor, in: language)
      #expect(page.text.contains("<html lang=\"\(language.rawValue)\""))
      let rows = Self.rows(in: page.text)
      #expect(rows.map(\.name) == DemoStaff.shown.map(\.signInName))
      #expect(rows.map(\.password) == DemoStaff.shown.map(\.password))
      #expect(rows.map(\.role) == DemoStaff.shown.map { reader($0.role.label) })
      #expect(Set(rows.map(\.role)).count == Role.allCases.count, "every role is played by somebody")
      let proposals = zip(DemoStaff.shown, rows).filter { $0.1.worthTrying != "—" }
      #expect(Set(proposals.map { $0.0.role }) == Set(Self.places.keys))
      #expect(Set(proposals.map { $0.1.worthTrying }).count == 5, "each role is sent somewhere else")
      // In the reader's own language: in the other two it reads otherwise.
      for other in Language.allCases where other != language {
        let theirs = Self.rows(in: try await Self.page(visitor, in: other).text)
        for (mine, its) in zip(rows, theirs) where mine.worthTrying != "—" {
          #expect(mine.worthTrying != its.worthTrying, "\(mine.name) in \(language) and \(other)")
        }
      }
    }
  }

  @Test(arguments: Language.allCases)
  func `has no link that leads nowhere`(language: Language) async throws {
    try await Self.withDemo { client, _ in
      let visitor = Visitor(client)
      let page = try await Self.page(visitor, in: language)
      let links = Set(page.text.matches(of: /<a [^>]*href="(\/[^"]*)"/).map { String($0.1) })
      #expect(links.count >= 3, "the house, and the two other languages")
      for link in links { #expect(try await Self.leads(visitor, to: link), "\(link)") }
    }
  }

  @Test func `shows names, passwords and codes that open, and what it proposes is there`() async throws {
    try await Self.withDemo { client, clock in
      let rows = Self.rows(in: try await Self.page(Visitor(client), in: .english).text)
      for (account, row) in zip(DemoStaff.shown, rows) {
        let visitor = Visitor(client)
        let next = try await visitor.fill(
          "/sign-in", on: "/sign-in", ["name": row.name, "password": row.password])
        if next.hasPrefix("/sign-in/code") {
          clock.advance(seconds: 30)
          let shown = try await visitor.get(next).text.replacing(/<[^>]+>/, with: "")
          let start = try #require(shown.range(of: "\(row.name): ")?.upperBound)
          let digits = shown[start...].prefix(6)
          try await visitor.fill("/sign-in/code", on: next, ["code": String(digits)])
        }
        #expect(account.role.isNational == next.hasPrefix("/sign-in/code"), "\(row.name)")
        #expect(try await Self.leads(visitor, to: "/"), "\(row.name)")
        for place in Self.places[account.role] ?? [] {
          #expect(try await visitor.get(place).status == 200, "\(row.name): \(place)")
        }
      }
    }
  }

  @Test func `tells no account anywhere else`() async throws {
    try await Premises.with(.sqlite) { premises in
      let page = try await Visitor(premises.client).get("/sign-in").text
      #expect(Self.rows(in: page).isEmpty)
      for account in DemoStaff.shown { #expect(!page.contains(account.password)) }
    }
  }

  /// The house as `bin/run` serves it, with the accounts of the demonstration and no case.
  private static func withDemo(
    _ body: @escaping @Sendable (any TestClientProtocol, TestClock) async throws -> Void
  ) async throws {
    try await Premises.withDatabase(.sqlite) { database in
      let clock = TestClock()
      let installation = Installation(database: database, guessesAMinute: 0, now: { clock.now })
      try await DemoStaff.create(in: installation)
      let options = try SettingsOptions.parse(["--set", "http.requests-a-minute=0"])
      let settings = try await Settings(options, environment: [:])
      let router = ServeCommand.house(installation, settings, isDemo: true, metrics: Metrics()).router
      try await Application(router: router).test(.router) { client in try await body(client, clock) }
    }
  }

  /// The page in a language, by the switch that stands on it.
  private static func page(_ visitor: Visitor, in language: Language) async throws -> Visitor.Answer {
    let chosen = try await visitor.get("/language/\(language.rawValue)?to=%2Fsign-in")
    #expect(chosen.place == "/sign-in")
    return try await visitor.get("/sign-in")
  }

  private static func rows(in page: String) -> [Row] {
    let table = page.split(separator: "<tbody>").dropFirst().first?.split(separator: "</tbody>").first ?? ""
    return table.matches(of: /<tr>(.*?)<\/tr>/.dotMatchesNewlines()).compactMap { row in
      let cells = row.1.matches(of: /<t[hd][^>]*>(.*?)<\/t[hd]>/.dotMatchesNewlines()).map {
        String($0.1).replacing(/<[^>]+>/, with: "")
      }
      guard cells.count == 5 else { return nil }
      return Row(
        name: cells[0], role: cells[1], antenna: cells[2], password: cells[3], worthTrying: cells[4])
    }
  }

  /// Whether a page is at the end of a link.
  private static func leads(_ visitor: Visitor, to link: String) async throws -> Bool {
    var answer = try await visitor.get(link.replacing("&amp;", with: "&"))
    for _ in 0..<3 where answer.status == 303 {
      guard let place = answer.place else { return false }
      answer = try await visitor.get(place)
    }
    return answer.status == 200
  }
}
