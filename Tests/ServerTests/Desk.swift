import Basics
import Foundation
import HTTPTypes
import Testing
import Web

@testable import Server

/// Somebody at a screen who tries every door of the house.
struct Desk {
  let name: String
  let visitor: Visitor

  /// The routes that let her in; told 403 or 404, or sent to sign in, she is not.
  func doors(of premises: Premises, _ first: Story, by teller: Actor) async throws -> Set<String> {
    // What one has done is not to stand in the way of the next.
    let story = try await first.told(again: premises, by: teller)
    let token = try await visitor.get("/sign-in").forms.first?["csrf"] ?? ""
    var found: Set<String> = []
    let routes = Self.tried(premises)
    // Read first: what is sent changes what can be read.
    for route in routes.filter({ $0.method == .get }) + routes.filter({ $0.method != .get }) {
      let path = story.paths(of: route)[0]
      let answer =
        route.method == .get ? try await visitor.get(path) : try await visitor.post(path, ["csrf": token])
      #expect(answer.status < 500, "\(name) \(Self.key(route)): \(answer.status)")
      let isSentAway = answer.status == 303 && answer.location?.hasPrefix("/sign-in") == true
      if ![403, 404].contains(answer.status), !isSentAway { found.insert(Self.key(route)) }
    }
    return found
  }

  static func tried(_ premises: Premises) -> [Routes.Route] {
    premises.routes.filter { !ends.contains($0.path) }
  }

  static func key(_ route: Routes.Route) -> String { "\(route.method) \(route.path)" }

  /// Whoever goes there is not signed in any more.
  private static let ends: Set = ["/sign-out", "/account/sign-out-everywhere"]
}

/// A table of this folder: `route | what stands beside it`, and lines of `#`.
struct MatrixTable {
  let lines: [String: String]

  init(_ file: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: file)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    self.lines = Dictionary(
      uniqueKeysWithValues: lines.filter { !$0.hasPrefix("#") }.map { line in
        let parts = line.split(separator: " | ", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      })
  }
}
