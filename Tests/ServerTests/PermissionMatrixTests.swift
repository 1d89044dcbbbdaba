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
      let table = try MatrixTable("PermissionMatrix.txt").lines
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
    var found = Dictionary(uniqueKeysWithValues: Desk.tried(premises).map { (Desk.key($0), [] as [String]) })
    for desk in try await desks(premises) {
      for route in try await desk.doors(of: premises, first, by: aline).sorted() {
        found[route, default: []].append(desk.name)
      }
    }
    return found.mapValues { $0.joined(separator: " ") }
  }

  private static func desks(_ premises: Premises) async throws -> [Desk] {
    var desks = [Desk(name: "anybody", visitor: Visitor(premises.client))]
    let names: [(Role, String)] = [
      (.counsellor, "counsellor"), (.socialCounsellor, "social"), (.employmentCounsellor, "employment"),
      (.antennaHead, "head"), (.centre, "centre"), (.administrator, "administrator"), (.auditor, "auditor"),
      (.partner, "partner"),
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
}
