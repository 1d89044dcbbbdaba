import Accounts
import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@testable import Server

/// Who gets where: every route of the house, tried by every role at the antenna whose file it is about, by two there who
/// see only what was given to them, and by a counsellor and a head of another one. Whoever is not named in the table is
/// told 403 or 404, or to sign in.
@Suite struct `The matrix of permissions` {
  @Test func `lets in whom the table names, and nobody else`() async throws {
    try await Premises.with(.sqlite) { premises in
      let found = try await Self.tried(premises)
      let table = try Self.table()
      for (route, names) in found.sorted(by: { $0.key < $1.key }) where table[route] != names {
        Issue.record(
          "PermissionMatrix.txt has “\(route) | \(table[route] ?? "nothing")”; found: \(route) | \(names)")
      }
      for route in table.keys where found[route] == nil { Issue.record("There is no \(route) any more.") }
      #expect(found.count > 80)
    }
  }

  /// Those who got in, by route: their short names in the order of the desks.
  private static func tried(_ premises: Premises) async throws -> [String: String] {
    let aline = try await premises.hire(.counsellor, "aline")
    let first = try await Story.tell(premises, by: aline)
    var found: [String: String] = [:]
    for desk in try await desks(premises) {
      // What one has done is not to stand in the way of the next.
      let story = try await first.told(again: premises, by: aline)
      let token = try await desk.visitor.get("/sign-in").forms.first?["csrf"] ?? ""
      let routes = premises.routes.filter { !ends.contains($0.path) }
      // Read first: what is sent changes what can be read.
      for route in routes.filter({ $0.method == .get }) + routes.filter({ $0.method != .get }) {
        let path = story.paths(of: route)[0]
        let answer =
          route.method == .get
          ? try await desk.visitor.get(path) : try await desk.visitor.post(path, ["csrf": token])
        let key = "\(route.method) \(route.path)"
        let isSentAway = answer.status == 303 && answer.location?.hasPrefix("/sign-in") == true
        let isIn = ![403, 404].contains(answer.status) && !isSentAway
        #expect(answer.status < 500, "\(desk.name) \(key): \(answer.status)")
        found[key] = [found[key], isIn ? desk.name : nil].compactMap(\.self).filter { !$0.isEmpty }.joined(
          separator: " ")
      }
    }
    return found
  }

  /// Whoever goes there is not signed in any more.
  private static let ends: Set = ["/sign-out", "/account/sign-out-everywhere"]

  private struct Desk {
    let name: String
    let visitor: Visitor
  }

  private static func desks(_ premises: Premises) async throws -> [Desk] {
    var desks = [Desk(name: "anybody", visitor: Visitor(premises.client))]
    let names: [(Role, String)] = [
      (.counsellor, "counsellor"), (.socialCounsellor, "social"), (.employmentCounsellor, "employment"),
      (.antennaHead, "head"), (.centre, "centre"), (.administrator, "administrator"), (.auditor, "auditor"),
    ]
    for (role, name) in names {
      desks.append(Desk(name: name, visitor: try await premises.desk(of: premises.hire(role))))
    }
    for (role, name) in [(Role.counsellor, "counsellor-assigned"), (.socialCounsellor, "social-assigned")] {
      let actor = try await premises.hire(role, name, seesAssignedOnly: true)
      desks.append(Desk(name: name, visitor: try await premises.desk(of: actor)))
    }
    for (role, name) in [(Role.counsellor, "counsellor-elsewhere"), (.antennaHead, "head-elsewhere")] {
      let actor = try await premises.hire(role, name, at: "SFA")
      desks.append(Desk(name: name, visitor: try await premises.desk(of: actor)))
    }
    return desks
  }

  private static func table() throws -> [String: String] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "PermissionMatrix.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return Dictionary(
      uniqueKeysWithValues: lines.filter { !$0.hasPrefix("#") }.map { line in
        let parts = line.split(separator: "|", omittingEmptySubsequences: false).map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        return (parts[0], parts.count > 1 ? parts[1] : "")
      })
  }
}
