import Accounts
import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@testable import Server

@Suite struct `Every page of the house` {
  /// - Parameter path: a ticket to a file elsewhere is for one account, a link for one browser: all others are told so. A file
  ///   for the bank is not taken again once an order of it was sent back.
  private static func isExpected(_ status: Int, at path: String) -> Bool {
    [200, 303, 403, 404].contains(status) || status == 409 && path.hasPrefix("/openings/of/")
      || status == 409 && path.hasPrefix("/aids/files/") && path.contains("/orders.")
      || status == 410 && (path.hasPrefix("/answers/") || path.hasPrefix("/times/"))
  }

  @Test(arguments: TestDatabase.engines)
  func `answers every role and every visitor`(engine: Database.Engine) async throws {
    try await Premises.with(engine) { premises in
      let counsellor = try await premises.hire(.counsellor, "aline")
      let story = try await Story.tell(premises, by: counsellor)
      let routes = premises.routes.got
      #expect(routes.count > 15)
      for desk in try await Self.desks(premises) {
        var seen: Set<String> = []
        for route in routes {
          for path in Set(story.paths(of: route) + Self.strange(route)) {
            let answer = try await desk.visitor.get(path)
            let isExpected = Self.isExpected(answer.status, at: path) || path.contains("%00")
            #expect(isExpected && answer.status < 500, "\(desk.name) \(path): \(answer.status)")
            if answer.status == 200 { seen.insert(route.path) }
          }
        }
        #expect(seen.count >= desk.pages, "\(desk.name) sees \(seen.sorted())")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `hides another antenna's persons from everyone but the centre`(engine: Database.Engine) async throws {
    try await Premises.with(engine) { premises in
      let emna = try await premises.hire(.counsellor, "emna", at: "SFA")
      let story = try await Story.tell(premises, by: emna)
      let routes = premises.routes.got.filter {
        ["/cases/:", "/persons/:", "/imports/:", "/duplicates/", "/documents/:"].contains(
          where: $0.path.hasPrefix)
      }
      #expect(routes.count >= 4)
      for desk in try await Self.desks(premises) {
        for path in routes.flatMap(story.paths) {
          let answer = try await desk.visitor.get(path)
          #expect(!answer.text.contains("Zitouni") || desk.name == "centre", "\(desk.name) \(path)")
          let isRefused = [303, 403, 404].contains(answer.status)
          #expect(isRefused || desk.name == "centre", "\(desk.name) \(path): \(answer.status)")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `bears whatever stands in a query`(engine: Database.Engine) async throws {
    try await Premises.with(engine) { premises in
      let counsellor = try await premises.hire(.counsellor, "aline")
      let story = try await Story.tell(premises, by: counsellor)
      let names = [
        "q", "after", "to", "stage", "whose", "late", "antenna", "person", "notice", "language", "show",
        "before",
      ]
      let paths = Set(premises.routes.got.compactMap { story.paths(of: $0).first })
      let desks = try await Self.desks(premises, [.antennaHead, .administrator])
      for desk in desks {
        for path in paths {
          for value in Hostile.values {
            let query = names.map { "\($0)=\(value.encoded)" }.joined(separator: "&")
            let answer = try await desk.visitor.get("\(path)?\(query)")
            let isExpected = Self.isExpected(answer.status, at: path) || answer.status == 400
            #expect(isExpected, "\(desk.name) \(path), \(value.name): \(answer.status)")
            #expect(!Hostile.isLoose(in: answer.text), "\(desk.name) \(path), \(value.name)")
            #expect(answer.location?.hasPrefix("//") != true, "\(desk.name) \(path), \(value.name)")
          }
        }
      }
    }
  }

  @Test func `names what it leads to differently in every language`() async throws {
    try await Premises.with(.sqlite) { premises in
      let counsellor = try await premises.hire(.counsellor, "aline")
      let story = try await Story.tell(premises, by: counsellor)
      let file = try #require(premises.routes.got.first { $0.path == "/cases/:id" }.map(story.paths)?.first)
      for desk in try await Self.desks(premises, [.counsellor, .antennaHead]) where desk.name != "visitor" {
        for language in Language.allCases {
          _ = try await desk.visitor.get("/language/\(language.rawValue)")
          let page = try await desk.visitor.get(file).text
          for bar in ["side", "tabs"] {
            let labels = try Self.labels(of: bar, in: page)
            let twice = Dictionary(grouping: labels) { $0 }.filter { $0.value.count > 1 }.keys
            #expect(labels.count > 8 && twice.isEmpty, "\(desk.name) \(language) \(bar): \(twice)")
          }
        }
      }
    }
  }

  private static func labels(of bar: String, in page: String) throws -> [String] {
    let start = try #require(page.range(of: "<nav class=\"\(bar)\""))
    let text = page[start.upperBound...]
    let end = try #require(text.range(of: "</nav>"))
    return text[..<end.lowerBound].matches(of: /<a [^>]*>(.*?)<\/a>/).map {
      String($0.output.1.replacing(/<[^>]*>/, with: ""))
    }
  }

  @Test func `answers an empty form of every role with a refusal`() async throws {
    try await Premises.with(.sqlite) { premises in
      let counsellor = try await premises.hire(.counsellor, "aline")
      let story = try await Story.tell(premises, by: counsellor)
      for desk in try await Self.desks(premises) {
        let form = try await desk.visitor.get("/sign-in").forms.first
        let token = form?["csrf"] ?? ""
        for route in premises.routes where route.method == .post && route.path != "/sign-out" {
          for path in story.paths(of: route) where !path.hasSuffix("/sign-out-everywhere") {
            let answer = try await desk.visitor.post(path, ["csrf": token])
            // A link that is open in another browser says so; a new one, or a sheet, is made for the asking.
            let others =
              path.hasPrefix("/answers/") || path.hasPrefix("/times/")
              ? [200, 410, 429] : path.hasSuffix("/paper") ? [200] : []
            #expect(
              ([303, 403, 404, 409, 422] + others).contains(answer.status),
              "\(desk.name) \(path): \(answer.status)")
          }
        }
      }
    }
  }

  private struct Desk {
    let name: String
    let visitor: Visitor
    /// Kinds of page it sees at least.
    let pages: Int
  }

  /// One account of each role, signed in, and somebody who has not.
  private static func desks(_ premises: Premises, _ roles: [Role] = Role.allCases) async throws -> [Desk] {
    var desks = [Desk(name: "visitor", visitor: Visitor(premises.client), pages: 2)]
    for role in roles {
      let actor = try await premises.hire(role)
      let pages = role == .auditor ? 6 : role == .partner ? 5 : 8
      desks.append(Desk(name: role.rawValue, visitor: try await premises.desk(of: actor), pages: pages))
    }
    return desks
  }

  /// Ids that are none, or nobody's.
  private static func strange(_ route: Routes.Route) -> [String] {
    let steps = route.path.split(separator: "/")
    guard steps.contains(where: { $0.hasPrefix(":") }) else { return [] }
    let values = [
      "\(RecordID<Never>())", "1", "..", "%00", "%27%20OR%201%3D1", "%FF", "%D9%85%D8%B1", "a%2Fb",
    ]
    return values.map { value in
      "/" + steps.map { $0.hasPrefix(":") ? value : String($0) }.joined(separator: "/")
    }
  }
}
