import Accounts
import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import Server

/// What each duty opens, and nothing else: every route of the house, tried by accounts that have one duty beside that of
/// opening files (and beside what the duty is of no use without), at the antenna whose file it is about; and by accounts with every duty that see other files.
///
/// The table says for each route who gets in: `all` of the staff, those who `open-files`, or the duties that are needed
/// beside it; then, after `elsewhere`, `assigned` and `nation`, whether every duty together opens it for somebody of
/// another antenna, for somebody who sees only what was given to her, and for the whole country.
@Suite struct `The matrix of duties` {
  @Test func `opens what the table names, and nothing else`() async throws {
    try await Premises.with(.sqlite) { premises in
      let found = try await Self.tried(premises)
      let table = try MatrixTable("DutyMatrix.txt").lines
      for (route, names) in found.sorted(by: { $0.key < $1.key }) where table[route] != names {
        Issue.record(
          "DutyMatrix.txt has “\(route) | \(table[route] ?? "nothing")”; found: \(route) | \(names)")
      }
      for route in table.keys where found[route] == nil { Issue.record("There is no \(route) any more.") }
    }
  }

  private static func tried(_ premises: Premises) async throws -> [String: String] {
    let aline = try await premises.hire(.counsellor, "aline")
    let first = try await Story.tell(premises, by: aline)
    func doors(
      _ name: String, _ duties: Set<Duty>, at antenna: AntennaCode = "TUN", _ scope: Actor.Scope = .antenna
    )
      async throws -> Set<String>
    {
      let desk = try await desk(name, duties, at: antenna, scope, premises)
      return try await desk.doors(of: premises, first, by: aline)
    }
    let anybody = try await Desk(name: "anybody", visitor: Visitor(premises.client)).doors(
      of: premises, first, by: aline)
    let staff = try await doors("none", [])
    let opening = try await doors("opening", [.openFiles])
    var byDuty: [(Duty, Set<String>)] = []
    for duty in Duty.allCases where duty != .openFiles {
      let along = along[duty] ?? []
      let before =
        try await along.isEmpty ? opening : doors("\(duty.rawValue)-before", along.union([.openFiles]))
      let found = try await doors(duty.rawValue, along.union([.openFiles, duty]))
      for shut in before.subtracting(found) { Issue.record("\(duty) shuts \(shut)") }
      byDuty.append((duty, found.subtracting(before)))
    }
    let every = Set(Duty.allCases)
    let further = [
      ("elsewhere", try await doors("elsewhere", every, at: "SFA")),
      ("assigned", try await doors("assigned", every, .assigned)),
      ("nation", try await doors("nation", every, .nation)),
    ]
    let routes = Desk.tried(premises).map(Desk.key)
    return Dictionary(
      uniqueKeysWithValues: routes.map { route in
        let who =
          anybody.contains(route)
          ? ["anybody"]
          : staff.contains(route)
            ? ["staff"]
            : opening.contains(route)
              ? ["open-files"] : byDuty.filter { $0.1.contains(route) }.map(\.0.rawValue)
        let others = further.filter { $0.1.contains(route) }.map(\.0)
        return (route, [who, others].map { $0.joined(separator: " ") }.joined(separator: " | "))
      })
  }

  /// What a duty is of no use without.
  private static let along: [Duty: Set<Duty>] = [
    .writeSocialSection: [.readSocialSection], .writeEmploymentSection: [.readEmploymentSection],
    .writeHealthSection: [.readHealthSection], .addDocuments: [.readDocuments],
    .openWithdrawnDocuments: [.readDocuments], .importPersons: [.receivePersons],
    .assignCases: [.receivePersons, .offerTransfers], .setRetention: [.answerRights],
    .decideErasure: [.answerRights],
  ]

  /// An account with these duties and no role; no form makes such a one.
  private static func desk(
    _ name: String, _ duties: Set<Duty>, at antenna: AntennaCode, _ scope: Actor.Scope, _ premises: Premises
  ) async throws -> Desk {
    let role: Role = scope == .nation ? .auditor : .counsellor
    let hired = try await premises.hire(role, name, at: antenna, seesAssignedOnly: scope == .assigned)
    let listed = duties.map(\.rawValue).sorted().joined(separator: ",")
    let roles = scope == .nation ? role.rawValue : ""
    try await premises.installation.database.write { db in
      try db.run("UPDATE account SET duties = \(listed), roles = \(roles) WHERE id = \(hired.id)")
    }
    return Desk(name: name, visitor: try await premises.desk(of: hired))
  }
}
